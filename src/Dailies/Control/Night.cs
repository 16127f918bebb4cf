using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Queueing;
using Microsoft.Data.Sqlite;

namespace Dailies.Control;

/// <summary>How the rendering of all scenes ended.</summary>
internal sealed record NightEnd(string State, string? Why, int ExitCode);

/// <summary>Renders the scenes one after the other: the next is sent before the last one's files are fetched, so the GPU waits milliseconds.</summary>
internal sealed class Night(RunRequest request, StationSession station, RunLedger ledger, RunFolder run, Evidence evidence, AttemptRunner attempts, TakeRunner takes, SceneSettlement settlement, Resumption resumption, TimeProvider clock) : IDisposable
{
    private const int MostCollecting = 4;

    // After a stop, what has been rendered already is still fetched: nothing rendered is lost for the want of seconds.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private readonly Dictionary<string, Task> collecting = [];
    private readonly Dictionary<string, (long Since, TimeSpan Span)> pauses = [];
    private readonly CancellationTokenSource fetching = new(Timeout.InfiniteTimeSpan, clock);
    private NightEnd? halt;
    private string? lastDeviceLoss;

    /// <summary>Renders until every scene has ended, the run has to halt, or the operator stops it.</summary>
    public async Task<NightEnd> RenderAsync(CancellationToken stop)
    {
        try
        {
            halt = await resumption.ResolveAsync(stop) ? Stuck() : null;
            await SendAllAsync(stop);
            return halt ?? new NightEnd(RunStates.Finished, null, ledger.State.Scenes.Values.All(s => s.Accepted is not null) ? ExitCode.Ok : ExitCode.Failed);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            fetching.CancelAfter(Grace);
            await CollectedAsync();
            await new Withdrawal(station, ledger, clock).TakeStraysBackAsync(Withdrawal.WhenStopping, CancellationToken.None);
            settlement.CancelUnsettled();
            return new NightEnd(RunStates.Stopped, "stopped by the operator", ExitCode.Interrupted);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            return new NightEnd(RunStates.Failed, $"{FailureKind.LocalStorage}: {e.Message}", ExitCode.Station);
        }
        finally
        {
            fetching.CancelAfter(Grace);
            await CollectedAsync(); // nobody writes into the ledger of a run that has ended
        }
    }

    public void Dispose() => fetching.Dispose();

    private Task CollectedAsync() =>
        Task.WhenAll(collecting.Values).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private async Task SendAllAsync(CancellationToken stop)
    {
        while (halt is null)
        {
            stop.ThrowIfCancellationRequested();
            await ReapAsync();
            var next = collecting.Count < MostCollecting ? SceneChoice.Next(ledger.State.Scenes.Values.Select(s => (s.Plan.SceneId, Standing(s)))) : null;
            if (next is not null)
            {
                await SendAsync(ledger.State.Scenes[next], stop);
            }
            else if (collecting.Count > 0 || HasPauses)
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

    private async Task SendAsync(SceneState scene, CancellationToken stop)
    {
        var id = scene.Plan.SceneId;
        lock (pauses)
        {
            pauses.Remove(id);
        }

        if (!await new Withdrawal(station, ledger, clock).TakeStraysBackAsync(Withdrawal.WhenGivenUp, stop))
        {
            halt = Stuck(); // before there is an attempt: nothing was sent, nothing is settled
            return;
        }

        var order = AttemptOrders.Make(request, request.Selected.First(s => s.Id == id), run.RunId, scene.Attempts.Length + 1, scene.Reopened?.Seed, scene.Tally.OutOfMemory);
        switch (await attempts.RenderAsync(order, stop))
        {
            case Rendered.Done done:
                collecting[id] = CollectAsync(order, done.SuccessAt, fetching.Token);
                break;
            case Rendered.Failed failed:
                await FollowAsync(id, await settlement.SettleAsync(order, new TakeEnd(failed.Reason, failed.Kind, failed.Message), stop), stop);
                halt ??= failed.Stuck ? Stuck() : null;
                break;
        }

        evidence.Refresh(ledger.State);
    }

    private async Task CollectAsync(AttemptOrder order, long successAt, CancellationToken stop)
    {
        await Task.Yield(); // the caller goes on to send the next scene
        var end = await takes.CollectAsync(order, successAt, stop);
        await FollowAsync(order.SceneId, await settlement.SettleAsync(order, end, stop), stop);
    }

    private async Task FollowAsync(string sceneId, RetryStep step, CancellationToken stop)
    {
        if (step is RetryStep.Again { Kind: FailureKind.OutOfMemory } or RetryStep.GiveUp { Kind: FailureKind.OutOfMemory })
        {
            await new MemoryRelief(station, ledger, clock).FreeAsync(sceneId, stop);
        }

        // One scene after the other: then it is the device. The same scene again and again may be the scene's doing, and only costs that scene.
        var lost = step is RetryStep.Again { Kind: FailureKind.DeviceLost } or RetryStep.GiveUp { Kind: FailureKind.DeviceLost };
        var byAnother = lost && lastDeviceLoss is not null && lastDeviceLoss != sceneId;
        lastDeviceLoss = lost ? sceneId : null;
        switch (step)
        {
            case RetryStep.Again or RetryStep.GiveUp when byAnother:
                halt = new NightEnd(RunStates.Failed, $"{station.Name} has lost its GPU for two scenes in a row: restart that ComfyUI, then resume", ExitCode.Station);
                break;
            case RetryStep.Again { Kind: FailureKind.StationLost } when !await AnswersAsync(stop):
                halt = Silent();
                break;
            case RetryStep.Again { Pause: var pause } when pause > TimeSpan.Zero:
                lock (pauses)
                {
                    pauses[sceneId] = (clock.GetTimestamp(), pause);
                }

                break;
            case RetryStep.GiveUp { Kind: FailureKind.StationLost or FailureKind.DeviceLost } when !await AnswersAsync(stop):
                halt = Silent();
                break;
            case RetryStep.StopRun stopRun:
                halt = new NightEnd(RunStates.Failed, stopRun.Kind, ExitCode.Station);
                break;
        }
    }

    private NightEnd Silent() =>
        new(RunStates.Failed, $"{station.Name} ({station.Client.Address.Shown}) does not answer any more", ExitCode.Station);

    private NightEnd Stuck() =>
        new(RunStates.Failed, $"a prompt of ours can't be taken back from {station.Name}: restart that ComfyUI, then resume", ExitCode.Station);

    private async Task<bool> AnswersAsync(CancellationToken stop)
    {
        try
        {
            await station.Client.QueueAsync(stop);
            return true;
        }
        catch (Comfy.StationException)
        {
            return false;
        }
    }

    private bool HasPauses
    {
        get
        {
            lock (pauses)
            {
                return pauses.Count > 0;
            }
        }
    }

    private SceneStanding Standing(SceneState scene)
    {
        var id = scene.Plan.SceneId;
        lock (pauses)
        {
            return scene.Ended ? SceneStanding.Ended
                : collecting.ContainsKey(id) ? SceneStanding.InFlight
                : pauses.TryGetValue(id, out var pause) && Left(pause) > TimeSpan.Zero ? SceneStanding.Pausing
                : SceneStanding.Waiting;
        }
    }

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

    private async Task SomethingAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        List<Task> waits = [.. collecting.Values];
        lock (pauses)
        {
            waits.AddRange(pauses.Values.Select(p => Task.Delay(Left(p) > Tick ? Left(p) : Tick, clock, either.Token)));
        }

        waits.Add(Task.Delay(Timeout.InfiniteTimeSpan, clock, either.Token));
        await Task.WhenAny(waits);
        await either.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    private TimeSpan Left((long Since, TimeSpan Span) pause) => pause.Span - clock.GetElapsedTime(pause.Since);
}
