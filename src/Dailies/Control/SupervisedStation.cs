using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Control;

/// <summary>A station that we start, watch, start again and end: our own child and nobody else's. Says in the ledger what it does.</summary>
internal sealed class SupervisedStation(RunRequest request, RunFolder run, RunLedger ledger, ComfyClient client, TimeProvider clock, CancellationToken hurry) : IAsyncDisposable
{
    private static readonly Task Never = new TaskCompletionSource().Task;
    private StationProcess? process, told;

    /// <summary>There is a child of ours, alive or dead.</summary>
    public bool IsOurs => process is not null;

    /// <summary>The child has ended.</summary>
    public bool HasEnded => process is { HasExited: true };

    /// <summary>Ends when the child does; never while there is none.</summary>
    public Task Ended => process?.Ended ?? Never;

    /// <summary>The child's exit code, where the system told.</summary>
    public int? ExitCode => process?.ExitCode;

    /// <summary>How the child ended: exit code, what it means, last words.</summary>
    public string Words() => process is null ? "" : StationExit.Words(process.ExitCode, process.Log.Tail(since: process.Begin));

    /// <summary>What it printed.</summary>
    public StationLog? Log => process?.Log;

    /// <summary>Finds the child that an earlier controller of this run left, or starts one where nobody answers. A server that answers already is used and left alone.
    /// Throws <see cref="StationException"/> when it does not come up.</summary>
    public async Task BeginAsync(CancellationToken cancel)
    {
        if (request.StationStart is null)
        {
            return;
        }

        process = Left() is { } child ? StationProcess.TryAdopt(child, run.At(RunFolder.StationLog), clock, request.StationStart) : null;
        if (process is not null)
        {
            await ReadyAsync(cancel);
        }
        else if (await AnswersAsync(cancel))
        {
            ledger.Append(new RunNoted(Stamp.Of(clock), $"{request.StationName} answers already: it is used as it is, and neither restarted nor ended by us"));
        }
        else
        {
            await StartAsync("it does not answer", cancel);
        }
    }

    /// <summary>Ends the child if it still runs, and starts it again. Null when it answers; else why not.</summary>
    public async Task<string?> RestartAsync(string why, CancellationToken cancel)
    {
        try
        {
            await EndAsync();
            await StartAsync(why, cancel);
            return null;
        }
        catch (StationException e)
        {
            return e.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        process?.Dispose();
    }

    private async Task StartAsync(string why, CancellationToken cancel)
    {
        process = StationProcess.Start(request.StationStart!, run.At(RunFolder.StationLog), clock);
        ledger.Append(new StationStarted(Stamp.Of(clock), request.StationName, process.Child.Pid, process.Child.StartedAt, process.Child.Birth, why));
        await ReadyAsync(cancel);
    }

    private async Task ReadyAsync(CancellationToken cancel)
    {
        var limit = request.StationStartTimeout;
        switch (await new StationReadiness(clock).WaitAsync(client.SystemStatsAsync, process!.Ended, limit, Say, cancel))
        {
            case StationReadinessStep.Exited:
                throw new StationException(StationFault.Unreachable, $"the command that starts it {Words()} (more in {RunFolder.StationLog})");
            case StationReadinessStep.TooLate:
                await EndAsync();
                throw new StationException(StationFault.Unreachable, $"it was started, and did not answer within {limit.TotalSeconds:0} s ({StationOptions.StartTimeout.Option}; see {RunFolder.StationLog})");
        }
    }

    private void Say(string line) => ledger.Append(new RunNoted(Stamp.Of(clock), line));

    private async Task EndAsync()
    {
        if (process is not { } child)
        {
            return;
        }

        var byUs = !child.HasExited;
        await child.EndAsync(hurry);
        if (!ReferenceEquals(told, child))
        {
            told = child;
            ledger.Append(new StationEnded(Stamp.Of(clock), request.StationName, child.ExitCode, byUs));
        }
    }

    private StationChild? Left() => ledger.State.Incidents.LastOrDefault(i => i is StationStarted or StationEnded) is StationStarted s
        ? new StationChild(s.Pid, s.ProcessStartedAt, s.Birth)
        : null;

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            await client.SystemStatsAsync(cancel);
            return true;
        }
        catch (StationException e)
        {
            return e.Fault != StationFault.Unreachable; // whoever answers there, and however, holds the port
        }
    }
}
