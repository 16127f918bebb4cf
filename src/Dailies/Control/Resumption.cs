using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Queueing;
using Dailies.Takes;

namespace Dailies.Control;

/// <summary>What a run that is taken up again owes its scenes before any new one is sent: asks <see cref="DoubtDecision"/> about each, does what it says.</summary>
internal sealed class Resumption(RunRequest request, RunLedger ledger, RunFolder run, AttemptRunner attempts, TakeRunner takes, SceneSettlement settlement, TimeProvider clock)
{
    /// <summary>Resolves every doubt. True when one of our prompts could not be taken back, so that nothing may be sent there.</summary>
    public async Task<bool> ResolveAsync(CancellationToken stop)
    {
        var stuck = false;
        foreach (var scene in ledger.State.Scenes.Values.Where(s => s.Accepted is not null))
        {
            await VerifyAsync(scene, stop);
        }

        foreach (var scene in ledger.State.Scenes.Values.Where(s => DoubtDecision.Of(s.Trail) != DoubtStep.None))
        {
            stuck |= await ResolveAsync(scene, stop);
        }

        return stuck;
    }

    /// <summary>Accepted scenes whose files are gone or changed, with what is wrong. Reads every byte of every take.</summary>
    public static IEnumerable<(SceneState Scene, string Damage)> Damaged(RunState state, RunFolder run) =>
        from scene in state.Scenes.Values
        where scene.Accepted is not null
        let damage = TakeCheck.Damage(run, scene.Described?.Take?.Files ?? [])
        where damage is not null
        select (scene, damage);

    // What is damaged is fetched again while the station has it; what it has no more is rendered again.
    private async Task VerifyAsync(SceneState scene, CancellationToken stop)
    {
        var attempt = scene.Described!;
        var files = attempt.Take?.Files ?? [];
        if (await Task.Run(() => TakeCheck.Damage(run, files), stop) is not { } damage)
        {
            return;
        }

        await takes.FetchAgainAsync(scene.Plan.SceneId, attempt, stop);
        ledger.Append(TakeCheck.Damage(run, files) is { } still
            ? new TakeSpoiled(Stamp.Of(clock), scene.Plan.SceneId, attempt.Number, $"the take is lost: {still}")
            : new SceneWarned(Stamp.Of(clock), scene.Plan.SceneId, attempt.Number, $"take fetched again: {damage}"));
    }

    private async Task<bool> ResolveAsync(SceneState scene, CancellationToken stop)
    {
        var attempt = scene.Accepted is { } accepted ? scene.Attempts.Single(a => a.Number == accepted.Attempt) : scene.Attempts[^1];
        var order = AttemptOrders.Make(request, request.Selected.First(s => s.Id == scene.Plan.SceneId), run.RunId, attempt.Number, nthSeed: 1) with { Seed = attempt.Seed };
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
            case Rendered.Failed { Kind: FailureKind.Canceled } stopped:
                settlement.Cancel(order.SceneId, order.Attempt);
                return stopped.Stuck;
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
