using System.Text.Json.Nodes;
using Dailies.Contract;

namespace Dailies.Tests.Contract;

/// <summary>Values of the contract's own example, for tests to vary.</summary>
internal static class Samples
{
    public static DateTimeOffset Night { get; } = new(2026, 11, 23, 22, 15, 7, 42, TimeSpan.Zero);

    /// <summary>The telemetry of contract §7: 10 s, 10240 → 9664 MiB, no marker, no forced copy.</summary>
    public static SceneTelemetry Telemetry { get; } = new()
    {
        SubmittedAt = Night,
        QueueStart = Night.AddSeconds(2),
        QueueEnd = Night.AddSeconds(12),
        DurationSeconds = 10,
        QueueWaitSeconds = 2,
        ExecutionSeconds = 9.5,
        CollectSeconds = 0.5,
        MaxWaitSeconds = 600,
        PollIntervalSeconds = 2,
        PostExecutionTimeoutSeconds = 30,
        HistoryAttempts = 3,
        HistoryAttemptLimit = 0,
        HistoryExitReason = ExitReason.Success,
        HistoryPostExecutionTimeoutReached = false,
        ExecutionSuccessDetected = true,
        ExecutionSuccessAt = Night.AddSeconds(11.5),
        SceneRetryBudget = 1,
        Station = "studio",
        PromptId = "6b0a6a9e-6d0f-4a55-8c1f-3f2d7c7f1a10",
        SampledBeforeAt = Night.AddSeconds(-0.1),
        SampledAfterAt = Night.AddSeconds(12),
        GPU = new GpuTelemetry
        {
            Name = "cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync",
            Type = "cuda",
            Index = 0,
            VramTotal = 25_757_220_864,
            VramFreeBefore = 10_737_418_240,
            VramFreeAfter = 10_133_438_464,
            VramBeforeMB = 10240,
            VramAfterMB = 9664,
            VramDeltaMB = -576,
        },
        System = new SystemTelemetry { Before = new JsonObject { ["os"] = "posix" }, After = [], FallbackNotes = [] },
    };

    public static QueueConfig Policy { get; } = new(1, 600, 2, 0, 30, false, 60, 5, 3, 900, new Dictionary<string, string> { ["SceneRetryBudget"] = "default", ["HistoryMaxWaitSeconds"] = "cli" });
}
