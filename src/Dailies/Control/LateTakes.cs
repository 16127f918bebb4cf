using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Queueing;
using Dailies.Stories;

namespace Dailies.Control;

/// <summary>Prompts that we gave up on and that finished all the same: where the scene has no take, theirs is used. A GPU-hour is never rendered twice for the want of a look.</summary>
internal sealed class LateTakes(RunRequest request, StationSession station, PromptEntries entries, RunLedger ledger, RunFolder run, TakeRunner takes, SceneSettlement settlement, TimeProvider clock)
{
    /// <summary>Looks for a late take of the scene and accepts it. False when there is none; a station that does not answer has none now.</summary>
    public async Task<bool> AdoptAsync(SceneState scene, CancellationToken cancel)
    {
        foreach (var attempt in scene.Attempts.Where(MayHaveFinished))
        {
            if (await FinishedAsync(scene.Plan.SceneId, attempt, cancel)
                && await settlement.AdoptAsync(Order(scene, attempt), await takes.CollectAsync(Order(scene, attempt), clock.GetTimestamp(), cancel), cancel))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MayHaveFinished(AttemptState a) =>
        a.Settled is { } settled && LateDecision.MayHaveFinished(new LateFacts(a.Queued, settled.FailureKind, a.Withdrawn, a.HistoryPath is not null));

    private AttemptOrder Order(SceneState scene, AttemptState attempt)
    {
        Scene asked = request.Selected.First(s => s.Id == scene.Plan.SceneId);
        return AttemptOrders.Make(request, asked, run.RunId, attempt.Number, nthSeed: 1) with { Seed = attempt.Seed };
    }

    private async Task<bool> FinishedAsync(string sceneId, AttemptState attempt, CancellationToken cancel)
    {
        try
        {
            var (entry, bytes) = await station.Client.HistoryAsync(attempt.ServerPromptId, cancel);
            if (entry is not { Verdict: HistoryVerdict.Succeeded, Files.Count: > 0 })
            {
                return false;
            }

            entries.Keep(sceneId, attempt.Number, entry, bytes);
            if (attempt.Measures.ExecutionSeenAt is null)
            {
                ledger.Append(new ExecutionSeen(Stamp.Of(clock), sceneId, attempt.Number, "history"));
            }

            if (attempt.Measures.SuccessAt is null)
            {
                ledger.Append(new SuccessSeen(Stamp.Of(clock), sceneId, attempt.Number, "history"));
            }

            return true;
        }
        catch (StationException)
        {
            return false;
        }
    }
}
