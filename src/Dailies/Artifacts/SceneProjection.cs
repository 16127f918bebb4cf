using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Queueing;
using Dailies.Telemetry;

namespace Dailies.Artifacts;

/// <summary>SceneState → its record in the metadata. Pure. Every field speaks of one attempt: the accepted one, else the last.</summary>
public static class SceneProjection
{
    /// <summary>One scene of a run.</summary>
    public static SceneRecord Project(SceneState scene, RunState run)
    {
        var (plan, config) = (scene.Plan, run.Plan!.Policy);
        var attempt = scene.Described;
        var telemetry = attempt is null ? null : TelemetryBuilder.Build(attempt.Measures, config);
        var take = attempt?.Take;
        var announced = take?.AnnouncedFrames ?? attempt?.Announced.Length ?? 0;
        var floor = scene.Accepted?.FrameFloor ?? FrameFloor.Of(run.Plan.Workflow.FramesBound, plan.ExpectedFrames, announced);
        var settled = scene.Attempts.Where(a => a.Settled is not null).ToList();
        return new SceneRecord
        {
            SceneId = plan.SceneId,
            Title = plan.Title,
            Prompt = plan.Prompt,
            NegativePrompt = plan.NegativePrompt,
            FrameSource = take?.FrameSource,
            RequestedFrames = plan.ExpectedFrames,
            AnnouncedFrames = announced,
            FrameFloor = floor,
            FrameCount = take?.FrameCount ?? 0,
            DurationSeconds = telemetry?.DurationSeconds ?? 0,
            FramePrefix = attempt?.Prefix ?? "",
            HistoryPath = HistoryPath(scene, attempt),
            HistoryRetrieved = attempt?.HistoryPath is not null,
            HistoryRetrievedAt = attempt?.HistoryAt,
            HistoryAttempts = telemetry?.HistoryAttempts ?? 0,
            HistoryPollLog = attempt?.Polls.Entries ?? [],
            HistoryPollLogTotal = attempt?.Polls.Total ?? 0,
            HistoryErrors = attempt is null ? [] : [.. attempt.HistoryErrors],
            HistoryError = attempt is null ? null : attempt.HistoryPath is null ? NoHistory(attempt) : attempt.HistoryErrors.FirstOrDefault(),
            Success = scene.Accepted is not null,
            MeetsFrameFloor = (take?.FrameCount ?? 0) >= floor,
            Warnings = [.. Kept(scene), .. attempt is null ? [] : attempt.Warnings.Select(w => w.Text)],
            Errors = [.. Errors(scene, run)],
            AttemptsRun = settled.Count,
            Requeued = settled.Count > 1,
            SceneRetryBudget = config.SceneRetryBudget,
            HistoryConfig = new HistoryConfig(config.HistoryMaxWaitSeconds, config.HistoryMaxAttempts, config.HistoryPollIntervalSeconds, config.PostExecutionTimeoutSeconds),
            Attempts = [.. settled.Select(a => Attempt(plan.SceneId, a, config))],
            Telemetry = telemetry,
            GeneratedFramesDir = attempt is null ? "" : RunFolder.Frames(plan.SceneId, attempt.Number),
            Frames = take?.Files ?? [],
            KeyframeSource = plan.Keyframe,
            StoryTitle = plan.Title,
            StorySummary = plan.Summary,
            StoryMood = plan.Mood,
            StoryExpectedFrames = plan.ExpectedFrames,
            StoryCameraMovement = plan.CameraMovement,
            Video = scene.Video?.Video ?? new VideoRecord(
                null, null, VideoRecord.Missing, null, scene.Accepted is null ? "the scene has no take" : "not made yet", null, null, null, null, null),
            Content = take?.Content,
        };
    }

    /// <summary>Why an attempt has no history entry.</summary>
    public static string NoHistory(AttemptState attempt) => $"no history entry: {attempt.Settled?.Message ?? "not settled"}";

    private static string? HistoryPath(SceneState scene, AttemptState? attempt) => attempt?.HistoryPath is null ? null
        : scene.Accepted is not null ? RunFolder.History(scene.Plan.SceneId)
        : attempt.HistoryPath;

    private static IEnumerable<string> Kept(SceneState scene) => scene.KeptFrom is { } run ? [$"take kept from run {run}: nothing it depends on has changed"] : [];

    private static IEnumerable<string> Errors(SceneState scene, RunState run)
    {
        if (scene.Failed is { } failed)
        {
            yield return $"{failed.FailureKind}: {failed.Message}";
        }
        else if (scene.Accepted is null && run.Ended is { } ended)
        {
            yield return $"no take: the run ended first ({ended.Why ?? ended.State})";
        }
    }

    private static AttemptRecord Attempt(string sceneId, AttemptState a, QueueConfig config) => new(
        a.Number, TelemetryBuilder.Build(a.Measures, config), a.Settled!.FailureKind is null, a.Settled.Charged, a.AdoptedLate, a.Seed, a.Rung, a.Take?.FrameCount ?? 0)
    {
        Content = a.Take?.Content,
        GeneratedFramesDir = a.Take is { Files.Count: > 0 } ? RunFolder.Frames(sceneId, a.Number) : null,
    };
}
