using Dailies.Artifacts;
using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Control;

/// <summary>A run from its first event to its verdict. It always ends with evidence: whatever stops it, summary and metadata say so.</summary>
public sealed class RunLoop(RunRequest request, TimeProvider clock)
{
    /// <summary>Told once the ledger is open, before the first event: whoever shows the run listens there.</summary>
    public event Action<RunLedger, RunFolder>? Opened;

    /// <summary>Cancelled when the operator will not wait for a gentle end: nothing more is taken back or fetched, the evidence is written all the same.</summary>
    public CancellationToken Hurry { get; init; }

    /// <summary>Renders the story. Cancelling <paramref name="stop"/> withdraws our prompt and ends the run with evidence.</summary>
    public async Task<RunResult> RunAsync(CancellationToken stop)
    {
        var (folder, shownDir) = RunOpening.MakeFolder(request, clock);
        using var gate = RunLock.TryTake(folder.Root) ?? throw new IOException($"{folder.Root} is new, and yet another process holds it");
        using var reserve = ReserveOrLeaveNothing(folder, gate);
        return await KeepAsync(folder, reserve, ledger =>
        {
            RunOpening.WriteStory(request, folder);
            ledger.Append(new RunStarted(Stamp.Of(clock), RunOpening.Plan(request, folder, shownDir, Stamp.Of(clock))));
            foreach (var warning in request.Warnings)
            {
                ledger.Append(new RunNoted(Stamp.Of(clock), warning));
            }
        }, stop);
    }

    /// <summary>Takes a run up again where its ledger ends: what finished is adopted, what still runs is waited for, only what is provably lost is sent again.
    /// Call it under the run's <see cref="RunLock"/>. <paramref name="first"/> is what the operator wants to be known first.</summary>
    public async Task<RunResult> ResumeAsync(RunFolder folder, CancellationToken stop, Func<DateTimeOffset, RunEvent>? first = null)
    {
        using var reserve = DiskReserve.Take(folder);
        return await KeepAsync(folder, reserve, ledger =>
        {
            ledger.Append(new RunResumed(Stamp.Of(clock), request.Program));
            if (first is not null)
            {
                ledger.Append(first(Stamp.Of(clock)));
            }
        }, stop);
    }

    // A run that can't begin leaves no folder that `latest` would name.
    private static DiskReserve ReserveOrLeaveNothing(RunFolder folder, RunLock gate)
    {
        try
        {
            return DiskReserve.Take(folder);
        }
        catch (Exception e) when (StorageFault.Is(e))
        {
            gate.Dispose();
            Directory.Delete(folder.Root, recursive: true);
            throw;
        }
    }

    private async Task<RunResult> KeepAsync(RunFolder folder, DiskReserve reserve, Action<RunLedger> begin, CancellationToken stop)
    {
        using var ledger = RunLedger.Open(folder.At(RunFolder.Ledger));
        using var log = new RunLog(folder.At(RunFolder.Log));
        ledger.Appended += log.Write;
        Opened?.Invoke(ledger, folder);
        begin(ledger);
        var evidence = new Evidence(folder, Path.Combine(request.PublicDir, RunFolder.LatestRun), clock);
        var ending = new RunEnding(request, ledger, folder, evidence, reserve, clock);
        var checks = new PostRunChecks(request, ledger, folder, evidence, clock);
        NightEnd night;
        await using (var asked = OperatorRequests.Watch(folder, ledger, clock, stop))
        await using (ClockWatch.Start(ledger, clock))
        {
            night = await RenderAsync(ledger, folder, evidence, checks, asked.Token);
            await new CutRunner(request, ledger, folder, clock).MakeAsync(night, asked.Token, Hurry);
            await checks.RunAsync(night, asked.Token);
        }

        return ending.Write(night, stop);
    }

    private async Task<NightEnd> RenderAsync(RunLedger ledger, RunFolder folder, Evidence evidence, PostRunChecks checks, CancellationToken stop)
    {
        try
        {
            evidence.Write(ledger.State);
            await using var station = StationSession.Open(request, ledger, folder, clock, Hurry);
            await station.BeginAsync(stop);
            evidence.Write(ledger.State);
            var asked = request with { SeedRange = await SeedRange.AskAsync(station.Client, request, stop) };
            await KeptTakes.TakeOverAsync(asked, ledger, folder, clock, stop);
            using var night = new Night(asked, ledger, folder, evidence, NightCrew.At(station, asked, ledger, folder, clock, Hurry), clock, Hurry);
            var end = await night.RenderAsync(stop);
            if (end.State != RunStates.Stopped)
            {
                await checks.ProbeAsync(station.Client, stop);
            }

            return end;
        }
        catch (StationException e)
        {
            return NightEnd.Station($"{request.StationName} ({request.Station!.Shown}) can't be used: {e.Message}");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return NightEnd.Stopped;
        }
        catch (Exception e) when (StorageFault.Is(e))
        {
            return NightEnd.Station($"{FailureKind.LocalStorage}: {e.Message}");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The last border: our own fault must still end with evidence.
            return new NightEnd(RunStates.Failed, $"internal error: {e.GetType().Name}: {e.Message}", ExitCode.Internal);
        }
    }
}
