using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Queueing;

namespace Dailies.Control;

/// <summary>What a run that is taken up again owes its scenes before any new one is sent: asks <see cref="DoubtDecision"/> about each, does what it says.</summary>
internal sealed class Resumption(RunRequest request, RunLedger ledger, RunFolder run, AttemptRunner attempts, TakeRunner takes, SceneSettlement settlement, TimeProvider clock)
{
    /// <summary>Resolves every doubt. True when one of our prompts could not be taken back, so that nothing may be sent there.</summary>
    public async Task<bool> ResolveAsync(CancellationToken stop)
    {
        var stuck = false;
        foreach (var scene in ledger.State.Scenes.Values.Where(s => DoubtDecision.Of(s.Trail) != DoubtStep.None))
        {
            stuck |= await ResolveAsync(scene, stop);
        }

        return stuck;
    }

    private async Task<bool> ResolveAsync(SceneState scene, CancellationToken stop)
    {
        var attempt = scene.Accepted is { } accepted ? scene.Attempts.Single(a => a.Number == accepted.Attempt) : scene.Attempts[^1];
        var order = AttemptOrders.Make(request, request.Selected.First(s => s.Id == scene.Plan.SceneId), run.RunId, attempt.Number);
        switch (DoubtDecision.Of(scene.Trail))
        {
            case DoubtStep.Publish:
                await settlement.PublishAsync(order, stop);
                return false;
            case DoubtStep.Follow:
                await settlement.FollowUpAsync(order, stop);
                return false;
            case DoubtStep.Collect:
                await CollectAsync(order, clock.GetTimestamp(), stop);
                return false;
            default:
                return await AskAsync(order, attempt, stop);
        }
    }

    private async Task<bool> AskAsync(AttemptOrder order, AttemptState attempt, CancellationToken stop)
    {
        switch (await attempts.AdoptAsync(order, attempt, stop))
        {
            case Rendered.Done done:
                await CollectAsync(order, done.SuccessAt, stop);
                return false;
            case Rendered.Failed failed:
                await settlement.SettleAsync(order, new TakeEnd(failed.Reason, failed.Kind, failed.Message), stop);
                return failed.Stuck;
            default:
                return false;
        }
    }

    private async Task CollectAsync(AttemptOrder order, long successAt, CancellationToken stop) =>
        await settlement.SettleAsync(order, await takes.CollectAsync(order, successAt, stop), stop);
}
