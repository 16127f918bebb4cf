using Dailies.Contract;
using static Dailies.Validation.Field;

namespace Dailies.Validation;

/// <summary>artifact-metadata.json field by field (contract §3 and §8): type, null, range, closed set.</summary>
internal static class ContractShape
{
    private const double MostSeconds = 86400;

    /// <summary>More than 0.</summary>
    private const double AboveZero = double.Epsilon;

    /// <summary>Contract §3.</summary>
    public static Field Telemetry { get; } = Object(
        "Telemetry",
        Time("SubmittedAt"), Time("QueueStart"), Time("QueueEnd"), Number("DurationSeconds"),
        OrNull(Number("QueueWaitSeconds")), OrNull(Number("ExecutionSeconds")), OrNull(Number("CollectSeconds")),
        Number("MaxWaitSeconds", AboveZero, MostSeconds), Number("PollIntervalSeconds", 0.1), Number("PostExecutionTimeoutSeconds"),
        Count("HistoryAttempts"), Count("HistoryAttemptLimit"), Text("HistoryExitReason", [.. ExitReason.All]),
        Flag("HistoryPostExecutionTimeoutReached"), Flag("ExecutionSuccessDetected"), OrNull(Time("ExecutionSuccessAt")),
        OrNull(Text("FailureKind", [.. FailureKind.All])), Count("SceneRetryBudget"),
        Flag("DoneMarkerDetected"), Number("DoneMarkerWaitSeconds"), OrNull(Text("DoneMarkerPath")),
        Flag("ForcedCopyTriggered"), OrNull(Text("ForcedCopyDebugPath")),
        Text("Station"), Text("PromptId"), OrNull(Time("SampledBeforeAt")), OrNull(Time("SampledAfterAt")),
        Object(
            "GPU",
            Text("Name"), Text("Type"), Field.Integer("Index", int.MinValue, int.MaxValue),
            OrNull(Bytes("VramTotal")), OrNull(Bytes("VramFreeBefore")), OrNull(Bytes("VramFreeAfter")),
            OrNull(Number("VramBeforeMB")), OrNull(Number("VramAfterMB")), OrNull(Number("VramDeltaMB", double.NegativeInfinity)),
            OrNull(Number("VramPeakUsedMB")), OrNull(Number("PeakSampleSeconds"))),
        Object("System", Object("Before"), Object("After"), List("FallbackNotes", Text("")))) with
    { IsTelemetry = true };

    /// <summary>The policy in force.</summary>
    public static Field QueueConfig { get; } = Object(
        "QueueConfig",
        Count("SceneRetryBudget", 10), Number("HistoryMaxWaitSeconds", AboveZero, MostSeconds), Number("HistoryPollIntervalSeconds", 0.1),
        Count("HistoryMaxAttempts"), Number("PostExecutionTimeoutSeconds"), Flag("FastIteration"), Number("DoneMarkerTimeoutSeconds"),
        Number("StabilitySeconds"), Count("StabilityRetries"), Number("StallTimeoutSeconds"),
        Map("Origins", Text("", "cli", "env", "file", "fast", "default")));

    /// <summary>The LLM's health.</summary>
    public static Field HealthCheck { get; } = Object(
        "HealthCheck",
        OrNull(Text("Url")), OrNull(Text("Override")), Text("Status", "success", "failed", "skipped", "not requested"), OrNull(Count("Models")),
        OrNull(Text("Error")), Time("Timestamp"), Flag("Skipped"), OrNull(Text("SkipReason")));

    /// <summary>The checks' logs.</summary>
    public static Field VitestLogs { get; } = Object(
        "VitestLogs", OrNull(Text("ComfyUI")), OrNull(Text("E2E")), OrNull(Text("Scripts")), OrNull(Text("ResultsJson")));

    /// <summary>One scene but for its Telemetry and Attempts' telemetry, which are judged apart.</summary>
    public static Field Scene { get; } = Object(
        "",
        Text("SceneId"), Text("Title"), Text("Prompt"), Text("NegativePrompt"), OrNull(Text("FrameSource", [.. FrameSource.All])),
        Count("RequestedFrames"), Count("AnnouncedFrames"), Count("FrameFloor"), Count("FrameCount"), Number("DurationSeconds"),
        Text("FramePrefix"), OrNull(Text("HistoryPath")), Flag("HistoryRetrieved"), OrNull(Time("HistoryRetrievedAt")), Count("HistoryAttempts"),
        List("HistoryPollLog", Object("", Count("Attempt"), Time("Timestamp"), Text("Status", "pending", "running", "success", "error"))),
        Count("HistoryPollLogTotal"), List("HistoryErrors", Text("")), OrNull(Text("HistoryError")), Flag("Success"), Flag("MeetsFrameFloor"),
        List("Warnings", Text("")), List("Errors", Text("")), Count("AttemptsRun"), Flag("Requeued"), Count("SceneRetryBudget"),
        Object("HistoryConfig", Number("MaxWaitSeconds", AboveZero, MostSeconds), Count("MaxAttempts"), Number("PollIntervalSeconds", 0.1), Number("PostExecutionTimeoutSeconds")),
        List("Attempts", Object("", Field.Integer("Attempt", 1, int.MaxValue), Any("Telemetry"), Flag("Success"), Flag("Charged"), Flag("AdoptedLate"), Field.Integer("Seed", 0, ulong.MaxValue), OrNull(Text("Rung")), Count("FrameCount"))),
        OrNull(Any("Telemetry")), Text("GeneratedFramesDir"),
        List("Frames", Object("", Text("File"), Bytes("Bytes"), Text("Sha256"), Count("Width"), Count("Height"))),
        OrNull(Text("KeyframeSource")), Text("StoryTitle"), Text("StorySummary"), Text("StoryMood"), Count("StoryExpectedFrames"), Text("StoryCameraMovement"),
        Object(
            "Video",
            OrNull(Text("Path")), OrNull(Number("DurationSeconds")), Text("Status", VideoRecord.Complete, VideoRecord.Missing), OrNull(Time("UpdatedAt")),
            OrNull(Text("Error")), OrNull(Text("Codec")), OrNull(Number("Fps")), OrNull(Count("Width")), OrNull(Count("Height")), OrNull(Text("Sha256"))));

    /// <summary>The whole file; QueueConfig, HealthCheck, VitestLogs and the scenes are judged apart.</summary>
    public static Field Metadata { get; } = Object(
        "",
        Text("ContractVersion"), Text("RunId"), OrNull(Text("Name")), Text("State", [.. RunStates.All]), Time("Timestamp"), OrNull(Time("EndedAt")), Text("RunDir"),
        Object("Program", Text("Name"), Text("Version"), OrNull(Text("Commit"))),
        Object(
            "Story",
            Text("Id"), Text("Logline"), Text("DirectorsVision"), Text("Generator"), Text("File"), Count("SceneCount"), Text("StoryDir"), OrNull(Any("LLM")), List("Warnings", Text("")), Any("HealthCheck")),
        Any("QueueConfig"), List("Scenes", Any("")),
        Object("HelperSummaries", OrNull(Preflight("MappingPreflight")), OrNull(Preflight("ComfyUIStatus"))),
        Any("VitestLogs"), OrNull(Text("VitestSummary")), OrNull(Text("Archive")),
        List("Stations", Object("", Text("Name"), Text("Url"), Text("Renderer", "comfyui", "animatic"), OrNull(Text("ComfyVersion")), OrNull(Text("Gpu")))));

    private static Field Bytes(string name) => Field.Integer(name, 0, long.MaxValue);

    private static Field Preflight(string name) => Object(name, Text("Summary"), Text("Log"));
}
