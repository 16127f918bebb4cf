using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Queueing;

namespace Dailies.Control;

/// <summary>How the rendering of all scenes ended.</summary>
internal sealed record NightEnd(string State, string? Why, int ExitCode)
{
    public static NightEnd Station(string why) => new(RunStates.Failed, why, Control.ExitCode.Station);

    public static NightEnd Stopped { get; } = new(RunStates.Stopped, "stopped by the operator", Control.ExitCode.Interrupted);
}

/// <summary>Renders the scenes one after the other: the next is sent before the last one's files are fetched, so the GPU waits milliseconds.</summary>
internal sealed class Night(
    RunRequest request, RunLedger ledger, RunFolder run, Evidence evidence, NightCrew crew, TimeProvider clock, CancellationToken hurry) : IDisposable
{
    private const int MostCollecting = 16; // a take that waits for its marker must not keep the GPU waiting

    // After a stop, what has been rendered already is still fetched: nothing rendered is lost for the want of seconds.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, Task> collecting = [];
    private readonly ScenePauses pauses = new(clock);
    private readonly CancellationTokenSource fetching = CancellationTokenSource.CreateLinkedTokenSource(hurry);
    private NightEnd? halt;

    /// <summary>Renders until every scene has ended, the run has to halt, its time is over, or the operator stops it.</summary>
    public async Task<NightEnd> RenderAsync(CancellationToken stop)
    {
        try
        {
            await HaltUnlessFitAsync(await crew.Resumption.ResolveAsync(stop) ? StationSign.Stuck : StationSign.Well, stop);
            await SendAllAsync(stop);
            await AdoptFailedAsync(stop);
            CleanUp();
            var whole = ledger.State.Scenes.Values.All(s => s.Accepted is not null);
            return halt ?? new NightEnd(RunStates.Finished, null, whole ? ExitCode.Ok : ExitCode.Failed);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await CollectedAsync();
            await crew.Withdrawal.TakeStraysBackAsync(Withdrawal.WhenStopping, hurry);
            crew.Settlement.CancelUnsettled();
            return NightEnd.Stopped;
        }
        catch (Exception e) when (StorageFault.Is(e))
        {
            await TakeBackAsync();
            return NightEnd.Station($"{FailureKind.LocalStorage}: {e.Message}");
        }
        finally
        {
            await CollectedAsync(); // nobody writes into the ledger of a run that has ended
        }
    }

    public void Dispose() => fetching.Dispose();

    // The last word about a scene that failed: what it had given up may have finished meanwhile.
    private async Task AdoptFailedAsync(CancellationToken stop)
    {
        foreach (var scene in halt is null ? ledger.State.Scenes.Values.Where(s => s.Failed is not null) : [])
        {
            await crew.Late.AdoptAsync(scene, stop);
        }
    }

    // What a controller that ended early did not come to.
    private void CleanUp()
    {
        foreach (var scene in ledger.State.Scenes.Values.Where(s => s.Accepted is not null))
        {
            crew.Cleanup.After(scene.Plan.SceneId);
        }

        if (crew.Cleanup.Left() is { } left)
        {
            ledger.Append(new RunNoted(Stamp.Of(clock), left));
        }
    }

    // Our disk is full, not the station's: nobody will fetch what it still renders for us. What can't be written down about it is found again on resume.
    private async Task TakeBackAsync()
    {
        try
        {
            await crew.Withdrawal.TakeStraysBackAsync(Withdrawal.WhenStopping, hurry);
        }
        catch (Exception e) when (StorageFault.Is(e))
        {
            // The prompt is gone before its record is tried.
        }
    }

    private async Task CollectedAsync()
    {
        using var over = new CancellationTokenSource(Grace, clock);
        await using var end = over.Token.UnsafeRegister(_ => fetching.Cancel(), null);
        await Task.WhenAll(collecting.Values).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task SendAllAsync(CancellationToken stop)
    {
        while (halt is null)
        {
            stop.ThrowIfCancellationRequested();
            await ReapAsync();
            var next = Next();
            if (next is not null && request.Until is { } until && clock.GetUtcNow() >= until)
            {
                halt = new NightEnd(RunStates.Stopped, $"its time was over ({Curfew.Option} {Curfew.Text(until, clock)})", ExitCode.Failed);
            }
            else if (next is not null)
            {
                await SendAsync(ledger.State.Scenes[next], stop);
            }
            else if (collecting.Count > 0 || pauses.Shortest() is not null)
            {
                await SomethingAsync(stop);
            }
            else
            {
                return;
            }
        }

        await Task.WhenAll(collecting.Values).WaitAsync(stop);
    }

    private string? Next() =>
        collecting.Count < MostCollecting ? SceneChoice.Next(ledger.State.Scenes.Values.Select(s => (s.Plan.SceneId, Standing(s)))) : null;

    private async Task SendAsync(SceneState scene, CancellationToken stop)
    {
        var id = scene.Plan.SceneId;
        pauses.End(id);
        if (!await crew.Withdrawal.TakeStraysBackAsync(Withdrawal.WhenGivenUp, stop))
        {
            await HaltUnlessFitAsync(StationSign.Stuck, stop); // before there is an attempt: nothing was sent, nothing is settled
            return;
        }

        if (await crew.Late.AdoptAsync(ledger.State.Scenes[id], stop))
        {
            crew.Care.Took();
            return;
        }

        var order = AttemptOrders.Make(
            request, request.Selected.First(s => s.Id == id), run.RunId, scene.Attempts.Length + 1, scene.NextSeed, scene.Reopened?.Seed, scene.Tally.OutOfMemory);
        switch (await crew.Attempts.RenderAsync(order, stop))
        {
            case Rendered.Done done:
                collecting[id] = CollectAsync(order, done.SuccessAt, fetching.Token);
                break;
            case Rendered.Failed failed:
                crew.Care.Blame(order, failed);
                await FollowAsync(id, await crew.Settlement.SettleAsync(order, new TakeEnd(failed.Reason, failed.Kind, failed.Message), stop), stop);
                await HaltUnlessFitAsync(await crew.Care.SignAsync(failed, stop), stop);
                break;
        }

        evidence.Refresh(ledger.State);
    }

    private async Task HaltUnlessFitAsync(StationSign sign, CancellationToken stop)
    {
        if (sign is not StationSign.Well and not StationSign.Ended)
        {
            await Task.WhenAll(collecting.Values).WaitAsync(stop); // what it has rendered is fetched before it is touched
        }

        if (halt is null && await crew.Care.MakeFitAsync(sign, stop) is { } why)
        {
            halt = NightEnd.Station(why);
        }
    }

    private async Task CollectAsync(AttemptOrder order, long successAt, CancellationToken stop)
    {
        await Task.Yield(); // the caller goes on to send the next scene
        var end = await crew.Takes.CollectAsync(order, successAt, stop);
        await FollowAsync(order.SceneId, await crew.Settlement.SettleAsync(order, end, stop), stop);
    }

    private async Task FollowAsync(string sceneId, RetryStep step, CancellationToken stop)
    {
        if (step is RetryStep.Again { Kind: FailureKind.OutOfMemory } or RetryStep.GiveUp { Kind: FailureKind.OutOfMemory } or RetryStep.FallBack { Kind: FailureKind.OutOfMemory })
        {
            await crew.Memory.FreeAsync(sceneId, stop);
        }

        switch (step)
        {
            case RetryStep.Accept:
                crew.Care.Took();
                break;
            case RetryStep.FallBack back:
                crew.Care.Failed(sceneId, back.Kind); // a take came of it, but not from this station now
                break;
            case RetryStep.GiveUp given:
                crew.Care.Failed(sceneId, given.Kind);
                break;
            case RetryStep.Again { Pause: var pause } when pause > TimeSpan.Zero:
                pauses.Add(sceneId, pause);
                break;
            case RetryStep.StopRun stopRun:
                halt = NightEnd.Station(stopRun.Kind);
                break;
        }
    }

    private SceneStanding Standing(SceneState scene) =>
        scene.Ended ? SceneStanding.Ended
        : collecting.ContainsKey(scene.Plan.SceneId) ? SceneStanding.InFlight
        : pauses.Holds(scene.Plan.SceneId) ? SceneStanding.Pausing
        : SceneStanding.Waiting;

    // What has been collected leaves the list; its fault, if any, is thrown here.
    private async Task ReapAsync()
    {
        foreach (var (id, task) in collecting.Where(c => c.Value.IsCompleted).ToList())
        {
            collecting.Remove(id);
            await task;
            evidence.Refresh(ledger.State);
        }
    }

    // Until a take is in, a pause is over, or a person asks for one more attempt (looked for once a second, as their request is).
    private async Task SomethingAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var pause = pauses.Shortest() is { } left && left < LongestPause ? left : LongestPause;
        await Task.WhenAny([.. collecting.Values, Task.Delay(pause, clock, either.Token)]);
        await either.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }
}
