using System.Globalization;
using System.Net;
using Dailies.Contract;
using Dailies.Dashboard.Api;
using Dailies.Ledger;
using Dailies.Tests.Ledger;

namespace Dailies.Dashboard.Tests.Api;

/// <summary>Events of a live ledger, each once, in order, whoever comes back.</summary>
public class EventStreamTests
{
    private const string Run = "20261123-221507";
    private static readonly RunEvent[] Night = [.. SampleRun.Finished];

    [Fact]
    public async Task Events_come_as_they_are_committed_and_silence_is_filled()
    {
        await using var dashboard = await Dashboard.StartAsync();
        using var ledger = RunLedger.Open(new RunFolder(Path.Combine(dashboard.Runs.Logs, Run)).At(RunFolder.Ledger));
        ledger.Append(Night[0]);
        using var answer = await dashboard.GetAsync($"/api/runs/{Run}/events");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        (await NextAsync(dashboard, lines)).ShouldBe("retry: 2000");
        (await NextAsync(dashboard, lines)).ShouldBe("id: 1");
        (await NextAsync(dashboard, lines)).ShouldBe($"data: {Night[0].ToCamelLine()}");

        for (var n = 1; n < 4; n++)
        {
            ledger.Append(Night[n]);
            (await NextAsync(dashboard, lines)).ShouldBe(string.Create(CultureInfo.InvariantCulture, $"id: {n + 1}"));
            (await NextAsync(dashboard, lines)).ShouldBe($"data: {Night[n].ToCamelLine()}");
        }

        var before = dashboard.Clock.GetUtcNow();
        (await NextAsync(dashboard, lines)).ShouldBe(": still here");
        (dashboard.Clock.GetUtcNow() - before).ShouldBeGreaterThanOrEqualTo(EventStream.Heartbeat - EventStream.Poll);
    }

    [Fact]
    public async Task Whoever_comes_back_gets_what_was_missed_and_nothing_twice()
    {
        await using var dashboard = await Dashboard.StartAsync();
        dashboard.Runs.Add(Run, Night);
        (await IdsAsync("", null)).ShouldBe(Enumerable.Range(1, Night.Length));
        (await IdsAsync("&after=3", null)).ShouldBe(Enumerable.Range(4, Night.Length - 3));
        (await IdsAsync("&after=3", "7")).ShouldBe(Enumerable.Range(8, Night.Length - 7), "the browser's own word counts");
        (await IdsAsync("", Night.Length.ToString(CultureInfo.InvariantCulture))).ShouldBeEmpty();
        (await IdsAsync("&after=999999", null)).ShouldBeEmpty();

        async Task<IEnumerable<int>> IdsAsync(string query, string? last)
        {
            using var answer = await dashboard.GetAsync($"/api/runs/{Run}/events?follow=false{query}", last is null ? [] : [("Last-Event-ID", last)]);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return text.Split('\n').Where(l => l.StartsWith("id: ", StringComparison.Ordinal)).Select(l => int.Parse(l[4..], CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task More_events_than_are_read_at_once_all_come()
    {
        await using var dashboard = await Dashboard.StartAsync();
        dashboard.Runs.Add(Run, [Night[0], .. Enumerable.Range(0, 1200).Select(n => new RunNoted(SampleRun.At(n), "line\nbreak"))]);
        var text = await dashboard.Http.GetStringAsync(new Uri($"/api/runs/{Run}/events?follow=false", UriKind.Relative), TestContext.Current.CancellationToken);
        text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + 1201, "a break in a text breaks no event");
    }

    [Fact]
    public async Task Streams_have_a_limit_and_give_their_place_back()
    {
        await using var dashboard = await Dashboard.StartAsync();
        dashboard.Runs.Add(Run, Night);
        var open = new List<HttpResponseMessage>();
        for (var n = 0; n < EventStream.MostStreams; n++)
        {
            open.Add(await dashboard.GetAsync($"/api/runs/{Run}/events"));
        }

        using var refused = await dashboard.GetAsync($"/api/runs/{Run}/events");
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        open.ForEach(o => o.Dispose());
        for (var status = HttpStatusCode.ServiceUnavailable; status != HttpStatusCode.OK;)
        {
            using var again = await dashboard.GetAsync($"/api/runs/{Run}/events?follow=false");
            status = again.StatusCode;
        }
    }

    [Fact]
    public async Task An_open_stream_does_not_hold_the_server_up()
    {
        var dashboard = await Dashboard.StartAsync();
        dashboard.Runs.Add(Run, Night);
        using var answer = await dashboard.GetAsync($"/api/runs/{Run}/events");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        (await lines.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("retry: 2000");
        await dashboard.DisposeAsync(); // by the clock of the test, which stands still: only the end itself can end it
    }

    // Time goes on only while somebody waits for a line.
    private static async Task<string> NextAsync(Dashboard dashboard, StreamReader lines)
    {
        while (true)
        {
            var line = lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
            while (await Task.WhenAny(line, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken)) != line)
            {
                dashboard.Clock.Advance(EventStream.Poll);
            }

            if (await line is { Length: > 0 } text)
            {
                return text;
            }
        }
    }
}
