using Dailies.Contract;
using Dailies.Disk;
using Dailies.Ledger;
using Dailies.Queueing;
using Dailies.Takes;

namespace Dailies.Control;

/// <summary>Settles an attempt: asks <see cref="RetryDecision"/>, writes its word into the ledger, publishes an accepted take.</summary>
internal sealed class SceneSettlement(RunRequest request, RunLedger ledger, RunFolder run, VideoAssembler video, StationCleanup cleanup, Random chance, TimeProvider clock)
{
    private readonly Lock gate = new();

    /// <summary>What happens to the scene now.</summary>
    public Task<RetryStep> SettleAsync(AttemptOrder order, TakeEnd end, CancellationToken cancel) =>
        PublishedAsync(order, Settle(order, end), cancel);

    /// <summary>Decides again about an attempt that was settled, but whose controller ended before it wrote what follows.</summary>
    public async Task<RetryStep> FollowUpAsync(AttemptOrder order, CancellationToken cancel)
    {
        var scene = ledger.State.Scenes[order.SceneId];
        var attempt = scene.Attempts.Single(a => a.Number == order.Attempt);
        var settled = Settlement(scene, attempt, attempt.Settled!.FailureKind);
        // A whole take was settled as one: what it was accepted for then holds now.
        var step = settled.Kind is null ? new RetryStep.Accept(BelowFloor: false) : RetryDecision.Next(request.Policy, settled, scene.Tally, chance.NextDouble());
        Follow(order, step, settled.FrameFloor, attempt.Settled.Message ?? "");
        return await PublishedAsync(order, step, cancel);
    }

    /// <summary>Accepts the take of an attempt that was given up and finished all the same. False where it is not whole, or too short while another attempt can be made: then it is kept aside.</summary>
    public async Task<bool> AdoptAsync(AttemptOrder order, TakeEnd end, CancellationToken cancel)
    {
        var scene = ledger.State.Scenes[order.SceneId];
        var settled = Settlement(scene, scene.Attempts.Single(a => a.Number == order.Attempt), end.Kind);
        if (RetryDecision.Next(request.Policy, settled, scene.Tally) is not RetryStep.Accept accept)
        {
            return false;
        }

        if (accept.BelowFloor)
        {
            ledger.Append(new SceneWarned(Now, order.SceneId, order.Attempt, SummaryLine.BelowFloor(settled.FrameCount, settled.FrameFloor)));
        }

        ledger.Append(new TakeAdopted(Now, order.SceneId, order.Attempt));
        Follow(order, accept, settled.FrameFloor, "");
        await PublishAsync(order, cancel);
        return true;
    }

    /// <summary>Attempts that a stop cut off: canceled, not charged, resumable.</summary>
    public void CancelUnsettled()
    {
        foreach (var scene in ledger.State.Scenes.Values)
        {
            foreach (var attempt in scene.Attempts.Where(a => a.Settled is null))
            {
                Cancel(scene.Plan.SceneId, attempt.Number);
            }
        }
    }

    /// <summary>An attempt that a stop cut off: nothing follows from it.</summary>
    public void Cancel(string sceneId, int attempt) =>
        ledger.Append(new AttemptSettled(Now, sceneId, attempt, ExitReason.Unknown, FailureKind.Canceled, "the operator stopped the run", Charged: false));

    private DateTimeOffset Now => Stamp.Of(clock);

    private async Task<RetryStep> PublishedAsync(AttemptOrder order, RetryStep step, CancellationToken cancel)
    {
        if (step is RetryStep.Accept or RetryStep.FallBack)
        {
            await PublishAsync(order, cancel);
        }

        return step;
    }

    private RetryStep Settle(AttemptOrder order, TakeEnd end)
    {
        lock (gate)
        {
            var scene = ledger.State.Scenes[order.SceneId];
            var attempt = scene.Attempts.Single(a => a.Number == order.Attempt);
            var settled = Settlement(scene, attempt, end.Kind) with { Doubt = end.Doubt };
            // An attempt that a person asked for is theirs: not charged, and not repeated by itself.
            var asked = scene.Reopened is not null;
            var charged = !asked && RetryDecision.IsCharged(request.Policy, end.Kind, scene.Tally);
            var tally = scene.Tally.With(request.Policy, end.Kind, attempt.WentDown is not null);
            var step = RetryDecision.Next(asked ? request.Policy with { SceneRetryBudget = -1 } : request.Policy, settled, tally, chance.NextDouble());
            var belowFloor = SummaryLine.BelowFloor(settled.FrameCount, settled.FrameFloor);
            var (kind, message) = step switch
            {
                RetryStep.Accept => (null, null),
                RetryStep.Again again => (again.Kind, end.Message ?? again.Why),
                RetryStep.GiveUp given => (given.Kind, end.Message ?? belowFloor),
                RetryStep.FallBack back => (back.Kind, end.Message ?? belowFloor),
                _ => (end.Kind, end.Message),
            };
            if (step is RetryStep.Accept { BelowFloor: true })
            {
                ledger.Append(new SceneWarned(Now, order.SceneId, order.Attempt, belowFloor));
            }

            ledger.Append(new AttemptSettled(Now, order.SceneId, order.Attempt, end.Reason, kind, message, charged) { Aside = end.Kind is null && step is RetryStep.Again });
            Follow(order, step, settled.FrameFloor, message ?? "");
            return step;
        }
    }

    private Settlement Settlement(SceneState scene, AttemptState attempt, string? kind)
    {
        var framesBound = ledger.State.Plan!.Workflow.FramesBound;
        var announced = attempt.Take?.AnnouncedFrames ?? attempt.Announced.Length;
        var count = attempt.Take?.FrameCount ?? 0;
        // A video that we can't read here has no size, and counts as one: what it holds can't be held against it.
        var unread = attempt.Take is { FrameSource: FrameSource.Video, Files: [{ Width: 0 }] };
        var floor = unread ? count : FrameFloor.Of(framesBound, scene.Plan.ExpectedFrames, announced);
        return new Settlement(kind, count, floor, framesBound);
    }

    private void Follow(AttemptOrder order, RetryStep step, int floor, string message)
    {
        switch (step)
        {
            case RetryStep.Accept:
                ledger.Append(new SceneAccepted(Now, order.SceneId, order.Attempt, floor));
                break;
            case RetryStep.Again again:
                ledger.Append(new SceneRequeued(Now, order.SceneId, order.Attempt + 1, again.Kind, message));
                break;
            case RetryStep.FallBack back:
                FallBack(order.SceneId, back, message);
                break;
            case RetryStep.GiveUp given:
                ledger.Append(new SceneFailed(Now, order.SceneId, given.Kind, given.Why is { } why ? $"{why}; the last time: {message}" : message));
                break;
        }
    }

    private void FallBack(string sceneId, RetryStep.FallBack back, string message)
    {
        var scene = ledger.State.Scenes[sceneId];
        var settled = Settlement(scene, scene.Attempts.Single(a => a.Number == back.Attempt), kind: null);
        if (settled.FrameCount < settled.FrameFloor)
        {
            ledger.Append(new SceneWarned(Now, sceneId, back.Attempt, SummaryLine.BelowFloor(settled.FrameCount, settled.FrameFloor)));
        }

        ledger.Append(new SceneWarned(Now, sceneId, back.Attempt, $"no better take came ({back.Kind}: {message}): this one, which had been set aside, is used"));
        ledger.Append(new TakeAdopted(Now, sceneId, back.Attempt));
        ledger.Append(new SceneAccepted(Now, sceneId, back.Attempt, settled.FrameFloor));
    }

    /// <summary>Copies of an accepted take, and its video.</summary>
    public async Task PublishAsync(AttemptOrder order, CancellationToken cancel)
    {
        var id = order.SceneId;
        var attempt = ledger.State.Scenes[id].Accepted!.Attempt;
        CopyUp(RunFolder.Workflow(id, attempt), RunFolder.Workflow(id));
        CopyUp(RunFolder.History(id, attempt), RunFolder.History(id));
        var record = request.NoVideo
            ? video.Missing("videos are switched off (--no-video)")
            : await video.MakeAsync(run, Video(ledger.State.Scenes[id]), cancel);
        ledger.Append(new VideoSettled(Now, id, record));
        cleanup.After(id);
    }

    private VideoOrder Video(SceneState scene)
    {
        var (id, attempt, take) = (scene.Plan.SceneId, scene.Described!, scene.Described!.Take!);
        var order = new VideoOrder(id, attempt.Number, attempt.Seed, scene.Plan.Title, take.FrameSource, take.Files, SceneRate.Of(request, run, id))
        {
            MoveFrames = request.Cut.StillMove ? scene.Plan.ExpectedFrames : null,
        };
        return order with { Progress = done => ledger.Progress(new AttemptProgress(id, attempt.Number, RunFolder.Video, done, order.FrameCount, Now)) };
    }

    private void CopyUp(string from, string to) => AtomicFile.Write(run.At(to), File.ReadAllBytes(run.At(from)));
}
