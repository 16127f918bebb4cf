using System.Text;
using System.Threading.Channels;
using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Ledger;
using Dailies.Queueing;
using Dailies.Telemetry;

namespace Dailies.Control;

/// <summary>The renderer's part of one attempt: sends it, gathers facts, asks <see cref="AttemptDecision"/>, does what it says. Owns no rule.</summary>
internal sealed class AttemptRunner(StationSession station, Withdrawal withdrawal, RunLedger ledger, RunFolder run, QueuePolicy policy, TimeSpan? gpuSample, TimeProvider clock)
{
    private static readonly AttemptStep.Fail Stopped = new(ExitReason.Unknown, FailureKind.Canceled, "the operator stopped the run");

    /// <summary>Renders one attempt until the history tells its end or we stop looking.</summary>
    public async Task<Rendered> RenderAsync(AttemptOrder order, CancellationToken cancel)
    {
        var before = await station.Gpu.SampleAsync(cancel);
        AtomicFile.Write(run.At(RunFolder.Workflow(order.SceneId, order.Attempt)), Encoding.UTF8.GetBytes(order.Graph.ToJsonString(ContractJson.Pascal)));
        var clientId = station.Events.ClientId ?? Guid.NewGuid().ToString("N");
        var promptId = Guid.NewGuid().ToString();

        // In the ledger before the POST: no prompt of ours is ever unknown to us.
        ledger.Append(new AttemptStarted(Now, order.SceneId, order.Attempt, "shot", station.Name, promptId, clientId, order.Seed, order.Prefix) { Rung = order.Rung });
        ledger.Append(new GpuSampled(before.At, order.SceneId, order.Attempt, GpuSampled.Before, before));
        return await FinishAsync(order, async () =>
        {
            var reply = await station.Client.SubmitAsync(order.Graph, promptId, clientId, AttemptOrders.Tagged(order.PngInfo, promptId), cancel);
            return await FollowAsync(order, await Submits.ReadAsync(order, promptId, reply, cancel), adopted: false, cancel);
        }, cancel);
    }

    /// <summary>Takes up an attempt that another controller sent: adopts what finished, waits for what still runs, goes on taking back what was given up. Never sends anything.</summary>
    public Task<Rendered> AdoptAsync(AttemptOrder order, AttemptState attempt, CancellationToken cancel) => FinishAsync(order, async () => attempt.GivenUp is { } given
        ? new Rendered.Failed(given.ExitReason, given.FailureKind, given.Message, Stuck: !await withdrawal.TakeBackAsync(order.SceneId, attempt, Withdrawal.WhenGivenUp))
        : await FollowAsync(
            order, attempt.Queued ? new Submitted(attempt.ServerPromptId, null) : await Submits.FindAsync(order, attempt.ServerPromptId, "the controller ended before the answer came", cancel),
            adopted: true, cancel), cancel);

    // In the ledger before the prompt is touched: a controller that dies in between leaves no riddle about who interrupted it.
    private Task<bool> TakeBackAsync(AttemptOrder order, AttemptStep.Fail why, TimeSpan bound)
    {
        ledger.Append(new AttemptGivenUp(Now, order.SceneId, order.Attempt, why.Reason, why.Kind, why.Detail));
        return withdrawal.TakeBackAsync(order.SceneId, Attempt(order), bound);
    }

    private AttemptState Attempt(AttemptOrder order) => ledger.State.Scenes[order.SceneId].Attempts.Single(a => a.Number == order.Attempt);

    private SubmitReading Submits => new(station, ledger, withdrawal, clock);

    private async Task<Rendered> FinishAsync(AttemptOrder order, Func<Task<Rendered>> render, CancellationToken cancel)
    {
        var mark = station.LogMark();
        try
        {
            var rendered = await render();
            station.KeepLog(order.SceneId, order.Attempt, mark);
            var after = await station.Gpu.SampleAsync(cancel);
            ledger.Append(new GpuSampled(after.At, order.SceneId, order.Attempt, GpuSampled.After, after));
            return rendered;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await TakeBackAsync(order, Stopped, Withdrawal.WhenStopping);
            throw;
        }
    }

    private async Task<Rendered> FollowAsync(AttemptOrder order, Submitted submitted, bool adopted, CancellationToken cancel) =>
        submitted.Queued is { } id ? await WatchAsync(order, id, adopted, cancel) : submitted.Failure!;

    private DateTimeOffset Now => Stamp.Of(clock);

    private async Task<Rendered> WatchAsync(AttemptOrder order, string promptId, bool adopted, CancellationToken cancel)
    {
        var look = new PromptLook(station, ledger, new PromptEntries(ledger, run, clock), order, promptId, readAlways: policy.HistoryMaxAttempts is not null, adopted, clock);
        var ears = new PromptEars(ledger, order, promptId, clock);
        var seen = Witnesses.Submitted(clock.GetTimestamp());
        await using var peak = new PeakWatch(station.Gpu.UsedAsync, gpuSample, p => ledger.Append(new GpuPeakSampled(Now, order.SceneId, order.Attempt, p)), clock);
        while (true)
        {
            seen = ears.Drain(station.Events.Events, seen);
            if (seen.StartedAt is not null)
            {
                peak.Begin();
            }

            switch (AttemptDecision.Next(policy, AttemptFacts.Of(seen, clock, clock.GetTimestamp(), station.HasEnded)))
            {
                case AttemptStep.Wait wait:
                    await WaitAsync(station.Events.Events, wait.Delay, cancel);
                    break;
                case AttemptStep.Look:
                    seen = await look.LookAsync(seen, cancel);
                    break;
                case AttemptStep.Fail fail:
                    var bound = fail.Kind == FailureKind.StationLost ? Withdrawal.WhenStopping : Withdrawal.WhenGivenUp;
                    var stuck = fail.Withdraw && !await TakeBackAsync(order, fail, bound);
                    // What another controller saw begin may have been lost with the whole machine: that is nobody's doing.
                    var detail = fail.StationDown && station.HasEnded ? $"the station {station.LastWords}" : fail.Detail;
                    var tookDown = fail.StationDown && !adopted && seen.StartedAt is not null;
                    return stuck && fail.Kind == FailureKind.Stalled
                        ? new Rendered.Failed(fail.Reason, FailureKind.StationLost, $"{fail.Detail}, and it can't be taken back: the station's worker is dead", Stuck: true, TookDown: seen.StartedAt is not null)
                        : new Rendered.Failed(fail.Reason, fail.Kind, detail, stuck, tookDown);
                default:
                    return new Rendered.Done(seen.SuccessAt ?? clock.GetTimestamp());
            }
        }
    }

    // Until the delay is over, the socket says anything, or the station, our own child, ends, whichever comes first.
    private async Task WaitAsync(ChannelReader<ComfyEvent> events, TimeSpan delay, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var heard = events.WaitToReadAsync(either.Token).AsTask();
        var over = Task.Delay(delay, clock, either.Token);
        await Task.WhenAny(heard, over, station.Ended);
        await either.CancelAsync();
        await Task.WhenAll(heard, over).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        cancel.ThrowIfCancellationRequested();
    }
}
