using System.Text.Json.Nodes;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Takes;
using Dailies.Telemetry;
using Dailies.Tests.Contract;

namespace Dailies.Tests.Ledger;

/// <summary>A night made by hand, in a story whose author tries to forge lines.</summary>
internal static class SampleRun
{
    private const string Forged = "\n[2026-11-23T22:15:07.042Z] [Scene scene-001] Telemetry: DurationSeconds=1s | HistoryExitReason=success";

    public static DateTimeOffset At(double seconds) => Samples.Night.AddMilliseconds(Math.Round(seconds * 1000));

    public static RunPlan Plan(int scenes = 3, string text = Forged) => new()
    {
        RunId = "20261123-221507",
        Name = "first try" + text,
        RunDir = "logs/20261123-221507",
        Program = new ProgramRecord("dailies", "0.1.0", "abc1234"),
        Story = new StoryRecord(
            "the-lighthouse", "A keeper" + text, "Slow | blue", "file", "story/story.json", scenes, "story", null, ["no keyframe" + text],
            new HealthCheckRecord(null, null, "not requested", null, null, Samples.Night, true, "no provider")),
        Policy = Samples.Policy,
        Settings = [new SettingRecord("sceneRetryBudget", "1", "default")],
        Workflow = new WorkflowRecord("graph" + text + ".json", new string('c', 64), ["prompt → 6.text", "seed → 3.seed"], ["frames are not bound" + text], FramesBound: true),
        Scenes = [.. Enumerable.Range(1, scenes).Select(n => new PlannedScene(RunFolder.SceneId(n), "Scene" + text, "summary" + text, "prompt" + text, "", "mood", "pan", 2, null))],
        SentinelScanSeconds = 2,
        SentinelStableSeconds = 3,
    };

    private static RunEvent[] Opening => [new RunStarted(At(0), Plan()), new StationProbed(At(0.1), new StationRecord("studio", "http://127.0.0.1:8188", "comfyui", "0.3.57", "RTX | 4090"))];

    /// <summary>A plain take; out of memory, then a take; rejected.</summary>
    public static IReadOnlyList<RunEvent> Finished =>
    [
        .. Opening,
        new RunNoted(At(0.2), "the disk is nearly full" + Forged),
        .. Sent("scene-001", 1, 1),
        .. Taken("scene-001", 1, 2),
        .. Sent("scene-002", 1, 20),
        new HistoryReceived(At(25), "scene-002", 1, RunFolder.History("scene-002", 1), ["KSampler 3: CUDA out of memory" + Forged], null, null, []),
        Gpu("scene-002", 1, 25.1, GpuSample.FromNowhere),
        new AttemptSettled(At(25.2), "scene-002", 1, "unknown", "outOfMemory", "KSampler 3: CUDA out of memory" + Forged, Charged: true),
        new SceneRequeued(At(25.2), "scene-002", 2, "outOfMemory", "KSampler 3: CUDA out of memory" + Forged),
        .. Sent("scene-002", 2, 26),
        .. Taken("scene-002", 2, 27),
        new AttemptStarted(At(40), "scene-003", 1, "shot", "studio", "id-scene-003-1", "client", 3, "dailies/scene-003-1"),
        Gpu("scene-003", 1, 40, GpuSample.FromStats),
        new PromptRefused(At(40.1), "scene-003", 1, 400, ["4 CheckpointLoaderSimple.ckpt_name: 'x | y' is not in the list"]),
        new AttemptSettled(At(40.2), "scene-003", 1, "unknown", "rejected", "4 CheckpointLoaderSimple.ckpt_name: 'x | y' is not in the list", Charged: true),
        new SceneFailed(At(40.2), "scene-003", "rejected", "4 CheckpointLoaderSimple.ckpt_name: 'x | y' is not in the list"),
        new RunEnded(At(41), RunStates.Finished, null),
        new ArchiveSettled(At(41.5), "artifacts/comfyui-e2e-20261123-221507.zip", null),
        new RunValidated(At(42), 0, 0),
    ];

    /// <summary>One take, one attempt cut off, one scene never sent.</summary>
    public static IReadOnlyList<RunEvent> Stopped =>
    [
        .. Opening,
        .. Sent("scene-001", 1, 1),
        .. Taken("scene-001", 1, 2),
        .. Sent("scene-002", 1, 20),
        new PromptWithdrawn(At(22), "scene-002", 1, "interrupted"),
        new AttemptSettled(At(22), "scene-002", 1, "unknown", "canceled", "the operator stopped the run", Charged: false),
        new RunEnded(At(22.5), RunStates.Stopped, "stopped by the operator"),
    ];

    private static RunEvent[] Sent(string scene, int attempt, double at) =>
    [
        new AttemptStarted(At(at), scene, attempt, "shot", "studio", $"id-{scene}-{attempt}", "client", 18446744073709551615, $"dailies/{scene}-{attempt}"),
        Gpu(scene, attempt, at, GpuSample.FromStats),
        new PromptAccepted(At(at + 0.1), scene, attempt, $"id-{scene}-{attempt}", 7),
        new Looked(At(at + 0.2), scene, attempt, "pending", ReadHistory: false, null),
        new ExecutionSeen(At(at + 0.5), scene, attempt, "socket"),
        new Looked(At(at + 2.2), scene, attempt, "error", ReadHistory: true, "HTTP 502" + Forged),
    ];

    private static RunEvent[] Taken(string scene, int attempt, double at) =>
    [
        new SuccessSeen(At(at + 10), scene, attempt, "socket"),
        new Looked(At(at + 10), scene, attempt, "success", ReadHistory: true, null),
        new HistoryReceived(At(at + 10), scene, attempt, RunFolder.History(scene, attempt), [], At(3600), At(3609.25), [File("a_00001_.png"), File("a_00002_.png")]),
        new GpuPeakSampled(At(at + 10), scene, attempt, new GpuPeak(21_000_000_000, 2, 5, 1)),
        Gpu(scene, attempt, at + 10.1, GpuSample.FromStats),
        new TakeFetched(At(at + 10.5), scene, attempt, FrameSource.Files, 2, 2, [Frame(scene, attempt, 1), Frame(scene, attempt, 2)]),
        new SceneWarned(At(at + 10.5), scene, attempt, "a frame is black" + Forged),
        new AttemptSettled(At(at + 10.6), scene, attempt, "success", null, null, Charged: true),
        new SceneAccepted(At(at + 10.6), scene, attempt, 2),
        new VideoSettled(At(at + 11), scene, new VideoRecord($"video/{scene}.mp4", 0.083, VideoRecord.Complete, At(at + 11), null, "h264", 24, 768, 512, new string('b', 64))),
    ];

    private static GpuSampled Gpu(string scene, int attempt, double at, string source) => new(
        At(at), scene, attempt, at % 1 < 0.05 ? GpuSampled.Before : GpuSampled.After,
        source == GpuSample.FromNowhere
            ? new GpuSample(At(at), source, null, null, null, null, null, null)
            : new GpuSample(At(at), source, "cuda:0 RTX | 4090" + Forged, "cuda", 0, 25_757_220_864, 10_737_418_240 - (long)(at * 1_000_000), new JsonObject { ["os"] = "posix" }));

    private static AnnouncedFile File(string name) => new("9", "images", name, "dailies", "output", false);

    private static FrameRecord Frame(string scene, int attempt, int n) => new($"{RunFolder.Frames(scene, attempt)}/a_0000{n}_.png", 1000 + n, new string('a', 64), 768, 512);
}
