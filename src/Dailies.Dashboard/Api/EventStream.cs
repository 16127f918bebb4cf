using System.Globalization;
using Dailies.Contract;
using Dailies.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Data.Sqlite;

namespace Dailies.Dashboard.Api;

/// <summary><c>/api/runs/{id}/events</c>: the ledger's events as they are committed, server-sent. An event's id is the number of its row, so whoever comes back with it misses nothing.</summary>
internal sealed class EventStream(RunLookup runs, TimeProvider clock, CancellationToken stopping)
{
    /// <summary>How often the ledger is looked at.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    /// <summary>A comment is sent after so much silence, so that nobody in between takes the connection for dead.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Streams at once.</summary>
    public const int MostStreams = 64;

    private const int MostAtOnce = 500;
    private const string ContentType = "text/event-stream; charset=utf-8";
    private int open;

    /// <summary>Answers, until the other side or we have had enough; without <paramref name="follow"/> until there are no more events.</summary>
    public async Task AnswerAsync(HttpContext context, string id, string? after, bool follow)
    {
        var (request, response) = (context.Request, context.Response);
        var from = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? last : after ?? "0";
        if (!long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var row))
        {
            await ApiProblem.Of(StatusCodes.Status400BadRequest, "Last-Event-ID is no number of an event; allowed: a whole number from 0").ExecuteAsync(context);
        }
        else if (runs.Find(id) is not { } run)
        {
            await ApiProblem.NoRun.ExecuteAsync(context);
        }
        else if (RealPath.Below(run.Root, [RunFolder.Ledger]) is not { } ledger || !CanRead(ledger))
        {
            await ApiProblem.Of(StatusCodes.Status404NotFound, "the run has no ledger that can be read").ExecuteAsync(context);
        }
        else if (HttpMethods.IsHead(request.Method))
        {
            response.ContentType = ContentType;
        }
        else if (Interlocked.Increment(ref open) is var now && now > MostStreams)
        {
            Interlocked.Decrement(ref open);
            response.Headers.RetryAfter = "5";
            await ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, "too many streams are open").ExecuteAsync(context);
        }
        else
        {
            try
            {
                using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
                await SendAsync(context, ledger, row, follow, end.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SqliteException)
            {
                // Gone: the reader, we, or the run.
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        }
    }

    private async Task SendAsync(HttpContext context, string ledger, long row, bool follow, CancellationToken end)
    {
        var response = context.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would hold events back
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await response.WriteAsync("retry: 2000\n\n", end);
        for (var spoke = clock.GetTimestamp(); ;)
        {
            var events = RunLedger.ReadAfter(ledger, row, MostAtOnce);
            foreach (var (number, e) in events)
            {
                await response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"id: {number}\ndata: {e.ToCamelLine()}\n\n"), end);
                (row, spoke) = (number, clock.GetTimestamp());
            }

            if (events.Count == MostAtOnce)
            {
                continue;
            }

            if (!follow)
            {
                return;
            }

            if (clock.GetElapsedTime(spoke) >= Heartbeat)
            {
                await response.WriteAsync(": still here\n\n", end);
                spoke = clock.GetTimestamp();
            }

            await response.Body.FlushAsync(end);
            await Task.Delay(Poll, clock, end);
        }
    }

    private static bool CanRead(string ledger)
    {
        try
        {
            return RunLedger.LastRow(ledger) >= 0;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
