using System.Text.Json.Nodes;
using Dailies.Contract;

namespace Dailies.Tests.Validation;

/// <summary>A finished run of four scenes: a take, a take at the second attempt without VRAM and with a forced copy,
/// one that failed without a history, one that was never attempted.</summary>
internal static class GoodMetadata
{
    public const string RunId = "20261123-221500";

    private const int FirstFurther = 101;

    private static readonly string[] Looks = ["pending", "running", "success"];
    public static readonly DateTimeOffset Begin = new(2026, 11, 23, 22, 15, 0, TimeSpan.Zero);

    /// <summary>With further scenes, good ones, before and behind the four.</summary>
    public static ArtifactMetadata Make(int before = 0, int behind = 0) => new(
        ArtifactMetadata.CurrentVersion, RunId, null, RunStates.Finished, Begin, Begin.AddMinutes(9), "logs/" + RunId,
        new ProgramRecord("dailies", "0.1.0", null),
        new StoryRecord(
            "story-lighthouse", "A keeper lights the lamp.", "Slow, grey, patient.", "file", RunFolder.StoryFile, 4 + before + behind, RunFolder.Story, null, [],
            new HealthCheckRecord(null, null, "not requested", null, null, Begin, false, null)),
        new QueueConfig(1, 600, 2, 0, 30, false, 60, 5, 3, 900, new Dictionary<string, string> { ["SceneRetryBudget"] = "default" }),
        [.. Enumerable.Range(0, before).Select(Further), Take(), SecondTry(), Failed(), NeverTried(), .. Enumerable.Range(before, behind).Select(Further)],
        new HelperSummaries(null, null), new VitestLogs(null, null, null, null), null, null,
        [new StationRecord("animatic", "http://127.0.0.1:8188", "animatic", "0.3.57", null)]);

    /// <summary>Whether a scene is none of the four.</summary>
    public static bool IsFurther(string sceneId) => int.Parse(sceneId["scene-".Length..]) >= FirstFurther;

    // A failure and a take by turns.
    private static SceneRecord Further(int n) => n % 2 == 0 ? Failed(FirstFurther + n) : Plain(FirstFurther + n);

    /// <summary>A take at the first attempt.</summary>
    public static SceneRecord Plain(int number)
    {
        var telemetry = Telemetry(number, 60);
        return Scene(number, 1) with { DurationSeconds = 60, Attempts = [new AttemptRecord(1, telemetry, true, true, false, (ulong)number, null, 1)], Telemetry = telemetry };
    }

    private static SceneRecord Take()
    {
        var marker = RunFolder.Marker("scene-001", 1);
        var telemetry = Telemetry(1, 136.8) with { DoneMarkerDetected = true, DoneMarkerPath = marker, DoneMarkerWaitSeconds = 0.2 };
        return Scene(1, 3) with
        {
            Content = new TakeContent(60, 12.5, 40, 80, 0, false),
            Warnings = ["Keyframe is smaller than the picture"],
            Attempts = [new AttemptRecord(1, telemetry, true, true, false, 42, null, 3)],
            Telemetry = telemetry,
            Video = new VideoRecord("video/scene-001.mp4", 0.125, VideoRecord.Complete, Begin, null, "h264", 24, 4, 4, GoodRun.Hash("a film"u8)),
        };
    }

    private static SceneRecord SecondTry()
    {
        var first = Telemetry(2, 600) with { HistoryExitReason = ExitReason.MaxWait, FailureKind = FailureKind.TimedOut, ExecutionSuccessDetected = false, ExecutionSuccessAt = null, CollectSeconds = null };
        const string dump = "scene-002/forced-copy-debug-20261123221500.txt";
        var telemetry = Telemetry(3, 12.5) with
        {
            ForcedCopyTriggered = true,
            ForcedCopyDebugPath = dump,
            GPU = new GpuTelemetry { Name = "Unknown", Type = "unknown", Index = 0 },
            System = new SystemTelemetry { Before = [], After = [], FallbackNotes = [FallbackNotes.NoVram, FallbackNotes.ForcedCopy(dump)] },
        };
        return Scene(2, 2) with
        {
            FrameFloor = 3,
            MeetsFrameFloor = false,
            Warnings = [SummaryLine.BelowFloor(2, 3)],
            AttemptsRun = 2,
            Requeued = true,
            DurationSeconds = 12.5,
            Attempts = [new AttemptRecord(1, first, false, true, false, 43, null, 0), new AttemptRecord(2, telemetry, true, true, false, 44, null, 2)],
            GeneratedFramesDir = RunFolder.Frames("scene-002", 2),
            Telemetry = telemetry,
        };
    }

    /// <summary>A failure at the first attempt, without a history.</summary>
    public static SceneRecord Failed(int number = 3)
    {
        var telemetry = Telemetry(number == 3 ? 4 : number, 4.2) with { HistoryExitReason = ExitReason.Unknown, FailureKind = FailureKind.ExecutionError, ExecutionSuccessDetected = false, ExecutionSuccessAt = null, CollectSeconds = null };
        return Scene(number, 0) with
        {
            FrameSource = null,
            FrameFloor = 25,
            MeetsFrameFloor = false,
            Success = false,
            DurationSeconds = 4.2,
            HistoryPath = null,
            HistoryRetrieved = false,
            HistoryRetrievedAt = null,
            Errors = ["executionError: KSampler: shapes | don't match"],
            Attempts = [new AttemptRecord(1, telemetry, false, true, false, 45 + (ulong)number, null, 0)],
            Telemetry = telemetry,
        };
    }

    /// <summary>A scene that the run never came to.</summary>
    public static SceneRecord NeverTried(int number = 4) => Scene(number, 0) with
    {
        FrameSource = null,
        FrameFloor = 25,
        MeetsFrameFloor = false,
        Success = false,
        DurationSeconds = 0,
        HistoryPath = null,
        HistoryRetrieved = false,
        HistoryRetrievedAt = null,
        HistoryAttempts = 0,
        HistoryPollLog = [],
        HistoryPollLogTotal = 0,
        FramePrefix = "",
        GeneratedFramesDir = "",
        Errors = ["not attempted"],
        AttemptsRun = 0,
        Attempts = [],
        Telemetry = null,
    };

    public static SceneRecord Scene(int number, int frames)
    {
        var id = RunFolder.SceneId(number);
        var folder = RunFolder.Frames(id, number == 2 ? 2 : 1);
        return new SceneRecord
        {
            SceneId = id,
            Title = "Scene " + number,
            Prompt = "a lighthouse at dusk",
            NegativePrompt = "",
            FrameSource = FrameSource.Files,
            RequestedFrames = 25,
            AnnouncedFrames = frames,
            FrameFloor = frames,
            FrameCount = frames,
            DurationSeconds = 136.8,
            FramePrefix = $"dailies/{RunId}/{id}",
            HistoryPath = RunFolder.History(id),
            HistoryRetrieved = true,
            HistoryRetrievedAt = Begin.AddSeconds(130),
            HistoryAttempts = 3,
            HistoryPollLog = [.. Looks.Select((s, i) => new PollLogEntry(i + 1, Begin.AddSeconds(2 * i), s, null))],
            HistoryPollLogTotal = 3,
            HistoryErrors = [],
            Success = true,
            MeetsFrameFloor = true,
            Warnings = [],
            Errors = [],
            AttemptsRun = 1,
            Requeued = false,
            SceneRetryBudget = 1,
            HistoryConfig = new HistoryConfig(600, 0, 2, 30),
            Attempts = [],
            GeneratedFramesDir = folder,
            Frames = [.. Enumerable.Range(1, frames).Select(n => new FrameRecord($"{folder}/frame_0000{n}.png", GoodRun.Frame(n).Length, GoodRun.Hash(GoodRun.Frame(n)), 4, 4))],
            StoryTitle = "Scene " + number,
            StorySummary = "The lamp is lit.",
            StoryMood = "calm",
            StoryExpectedFrames = 25,
            StoryCameraMovement = "static",
            Video = new VideoRecord(null, null, VideoRecord.Missing, null, "ffmpeg not found", null, null, null, null, null),
        };
    }

    public static SceneTelemetry Telemetry(int number, double seconds)
    {
        var submitted = Begin.AddMinutes(1 + (number % 5));
        var start = submitted.AddMilliseconds(1500);
        var end = start.AddSeconds(seconds);
        return new SceneTelemetry
        {
            SubmittedAt = submitted,
            QueueStart = start,
            QueueEnd = end,
            DurationSeconds = seconds,
            QueueWaitSeconds = 1.5,
            ExecutionSeconds = seconds - 1,
            CollectSeconds = 0.25,
            MaxWaitSeconds = 600,
            PollIntervalSeconds = 2,
            PostExecutionTimeoutSeconds = 30,
            HistoryAttempts = 3,
            HistoryAttemptLimit = 0,
            HistoryExitReason = ExitReason.Success,
            HistoryPostExecutionTimeoutReached = false,
            ExecutionSuccessDetected = true,
            ExecutionSuccessAt = end.AddMilliseconds(-250),
            SceneRetryBudget = 1,
            Station = "animatic",
            PromptId = $"0b5a5b1e-0000-4000-8000-{number:000000000000}",
            SampledBeforeAt = submitted,
            SampledAfterAt = end,
            GPU = new GpuTelemetry
            {
                Name = "cuda:0 NVIDIA GeForce RTX 3090 : cudaMallocAsync",
                Type = "cuda",
                Index = 0,
                VramTotal = 24576L << 20,
                VramFreeBefore = 10240L << 20,
                VramFreeAfter = 9664L << 20,
                VramBeforeMB = 10240,
                VramAfterMB = 9664,
                VramDeltaMB = -576,
            },
            System = new SystemTelemetry { Before = new JsonObject { ["os"] = "posix" }, After = [], FallbackNotes = [] },
        };
    }
}
