using System.Text;
using System.Threading.Channels;
using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Queueing;

namespace Dailies.Control;

/// <summary>The renderer's part of one attempt: sends it, gathers facts, asks <see cref="AttemptDecision"/>, does what it says. Owns no rule.</summary>
internal sealed class AttemptRunner(StationSession station, RunLedger ledger, RunFolder run, QueuePolicy policy, TimeProvider clock)
{
    /// <summary>Renders one attempt until the history tells its end or we stop looking.</summary>
    public async Task<Rendered> RenderAsync(AttemptOrder order, CancellationToken cancel)
    {
        var before = await station.Gpu.SampleAsync(cancel);
        AtomicFile.Write(run.At(RunFolder.Workflow(order.SceneId, order.Attempt)), Encoding.UTF8.GetBytes(order.Graph.ToJsonString(ContractJson.Pascal)));
        var clientId = station.Events.ClientId ?? Guid.NewGuid().ToString("N");
        var promptId = Guid.NewGuid().ToString();

        // In the ledger before the POST: no prompt of ours is ever unknown to us.
        ledger.Append(new AttemptStarted(Now, order.SceneId, order.Attempt, "shot", station.Name, promptId, clientId, order.Seed, order.Prefix));
        ledger.Append(new GpuSampled(before.At, order.SceneId, order.Attempt, GpuSampled.Before, before));
        try
        {
            var reply = await station.Client.SubmitAsync(order.Graph, promptId, clientId, order.PngInfo, cancel);
            var rendered = await new SubmitReading(station, ledger, clock).ReadAsync(order, promptId, reply, cancel) switch
            {
                { Queued: { } id } => await WatchAsync(order, id, cancel),
                { Failure: var failure } => failure!,
            };
            var after = await station.Gpu.SampleAsync(cancel);
            ledger.Append(new GpuSampled(after.At, order.SceneId, order.Attempt, GpuSampled.After, after));
            return rendered;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            var id = ledger.State.Scenes[order.SceneId].Attempts[^1].ServerPromptId;
            await new Withdrawal(station, ledger, clock).TakeBackAsync(order, id, Withdrawal.WhenStopping);
            throw;
        }
    }

    private DateTimeOffset Now => Stamp.Of(clock);

    private async Task<Rendered> WatchAsync(AttemptOrder order, string promptId, CancellationToken cancel)
    {
        var look = new PromptLook(station, ledger, run, order, promptId, readAlways: policy.HistoryMaxAttempts is not null, clock);
        var ears = new PromptEars(ledger, order, promptId, clock);
        var seen = Witnesses.Submitted(clock.GetTimestamp());
        while (true)
        {
            seen = ears.Drain(station.Events.Events, seen);
            switch (AttemptDecision.Next(policy, AttemptFacts.Of(seen, clock, clock.GetTimestamp())))
            {
                case AttemptStep.Wait wait:
                    await WaitAsync(station.Events.Events, wait.Delay, cancel);
                    break;
                case AttemptStep.Look:
                    seen = await look.LookAsync(seen, cancel);
                    break;
                case AttemptStep.Fail fail:
                    var stuck = fail.Withdraw && !await new Withdrawal(station, ledger, clock).TakeBackAsync(order, promptId, Withdrawal.WhenGivenUp);
                    return new Rendered.Failed(fail.Reason, fail.Kind, fail.Detail, stuck);
                default:
                    return new Rendered.Done(seen.SuccessAt ?? clock.GetTimestamp());
            }
        }
    }

    // Until the delay is over or the socket says anything, whichever comes first.
    private async Task WaitAsync(ChannelReader<ComfyEvent> events, TimeSpan delay, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var heard = events.WaitToReadAsync(either.Token).AsTask();
        var over = Task.Delay(delay, clock, either.Token);
        await Task.WhenAny(heard, over);
        await either.CancelAsync();
        await Task.WhenAll(heard, over).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        cancel.ThrowIfCancellationRequested();
    }
}
