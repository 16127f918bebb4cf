using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Telemetry;
using SkiaSharp;

namespace Dailies.Bench;

/// <summary>Run folders that nobody rendered, told by the product's own projections.</summary>
internal static class SyntheticRun
{
    private const string RunId = "20261123-221500";
    private const int Looks = 40;
    private static readonly DateTimeOffset Night = new(2026, 11, 23, 22, 15, 0, TimeSpan.Zero);

    /// <summary>Scenes that timed out twice, were refused, or were never begun: all text and JSON of a large run, and no picture.</summary>
    public static string OfScenes(string folder, int scenes) => Write(Path.Combine(folder, $"scenes-{scenes}", RunId), scenes, Enumerable.Range(1, scenes).SelectMany(n => (n % 4) switch
    {
        0 => [],
        1 => Refused(n),
        _ => TimedOut(n),
    }));

    /// <summary>One take of many frames, 768×432.</summary>
    public static string OfFrames(string folder, int frames)
    {
        var run = Path.Combine(folder, $"frames-{frames}", RunId);
        var dir = RunFolder.Frames("scene-001", 1);
        Directory.CreateDirectory(Path.Combine(run, dir));
        var records = new List<FrameRecord>();
        for (var i = 1; i <= frames; i++)
        {
            var (bytes, name) = (Picture(i), string.Create(CultureInfo.InvariantCulture, $"{dir}/frame_{i:00000}.png"));
            File.WriteAllBytes(Path.Combine(run, name), bytes);
            records.Add(new FrameRecord(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), 768, 432));
        }

        var prompt = PromptId(1, 1);
        foreach (var (name, text) in new[] { ("workflow.json", "{}"), ("history.json", new JsonObject { [prompt] = new JsonObject { ["status"] = new JsonObject { ["status_str"] = "success" } } }.ToJsonString()) })
        {
            Directory.CreateDirectory(Path.Combine(run, "scene-001/attempt-1"));
            File.WriteAllText(Path.Combine(run, "scene-001", name), text);
            File.WriteAllText(Path.Combine(run, "scene-001/attempt-1", name), text);
        }

        return Write(run, 1, Taken(records));
    }

    private static string Write(string run, int scenes, IEnumerable<RunEvent> events)
    {
        var planned = Enumerable.Range(1, scenes).Select(n => new PlannedScene(RunFolder.SceneId(n), $"Shot {n}", "The lamp is lit.", "a lighthouse at dusk, soft grain, natural light", "text, watermark", "calm", "slow dolly in", 25, null)).ToList();
        var state = RunState.Fold([new RunStarted(Night, Plan(planned)), new StationProbed(Night, new StationRecord("studio", "http://127.0.0.1:8188", "comfyui", "0.3.57", "RTX 4090")), .. events, new RunEnded(Night.AddDays(1), RunStates.Finished, null)]);
        var metadata = MetadataProjection.Project(state);
        Directory.CreateDirectory(Path.Combine(run, RunFolder.Story));
        File.WriteAllText(Path.Combine(run, RunFolder.StoryFile), $$"""{"storyId":"bench","scenes":[{{string.Join(',', planned.Select(s => $$"""{"id":"{{s.SceneId}}","title":"{{s.Title}}","prompt":"{{s.Prompt}}"}"""))}}]}""");
        File.WriteAllBytes(Path.Combine(run, RunFolder.Metadata), metadata.Write());
        File.WriteAllText(Path.Combine(run, RunFolder.Summary), SummaryText.Write(state, metadata));
        return run;
    }

    private static RunPlan Plan(IReadOnlyList<PlannedScene> scenes) => new()
    {
        RunId = RunId,
        RunDir = "logs/" + RunId,
        Program = new ProgramRecord("dailies", "0.1.0", null),
        Story = new StoryRecord("bench", "A keeper lights the lamp.", "Slow.", "file", RunFolder.StoryFile, scenes.Count, RunFolder.Story, null, [], new HealthCheckRecord(null, null, "not requested", null, null, Night, false, null)),
        Policy = new QueueConfig(1, 600, 2, 0, 30, false, 60, 5, 3, 900, new Dictionary<string, string>()),
        Settings = [],
        Workflow = new WorkflowRecord("workflow.json", new string('0', 64), [], [], FramesBound: true),
        Scenes = scenes,
    };

    private static IEnumerable<RunEvent> TimedOut(int n)
    {
        var id = RunFolder.SceneId(n);
        foreach (var attempt in new[] { 1, 2 })
        {
            var at = Begun(n, attempt);
            foreach (var e in Sent(id, n, attempt, at).Append(new ExecutionSeen(at.AddSeconds(1), id, attempt, "socket"))
                .Concat(Enumerable.Range(1, Looks).Select(i => new Looked(at.AddSeconds(2 * i), id, attempt, "running", true, null)))
                .Append(new AttemptSettled(at.AddSeconds(601), id, attempt, ExitReason.MaxWait, FailureKind.TimedOut, "no result after 600 s", Charged: true)))
            {
                yield return e;
            }

            yield return attempt == 1 ? new SceneRequeued(at.AddSeconds(601), id, 2, FailureKind.TimedOut, "no result after 600 s") : new SceneFailed(at.AddSeconds(601), id, FailureKind.TimedOut, "no result after 600 s");
        }
    }

    private static IEnumerable<RunEvent> Refused(int n)
    {
        var (id, at) = (RunFolder.SceneId(n), Begun(n, 1));
        return [.. Sent(id, n, 1, at), new AttemptSettled(at.AddSeconds(1), id, 1, ExitReason.Unknown, FailureKind.Rejected, "4.ckpt_name: not in the list", Charged: true), new SceneFailed(at.AddSeconds(1), id, FailureKind.Rejected, "4.ckpt_name: not in the list")];
    }

    private static IEnumerable<RunEvent> Taken(IReadOnlyList<FrameRecord> frames)
    {
        const string id = "scene-001";
        var at = Begun(1, 1);
        return
        [
            .. Sent(id, 1, 1, at), new ExecutionSeen(at.AddSeconds(1), id, 1, "socket"), new Looked(at.AddSeconds(60), id, 1, "success", true, null), new SuccessSeen(at.AddSeconds(60), id, 1, "history"),
            new HistoryReceived(at.AddSeconds(60), id, 1, RunFolder.History(id, 1), [], at.AddSeconds(1), at.AddSeconds(60), []),
            new TakeFetched(at.AddSeconds(70), id, 1, FrameSource.Files, frames.Count, frames.Count, frames), new AttemptSettled(at.AddSeconds(71), id, 1, ExitReason.Success, null, null, Charged: true),
            new SceneAccepted(at.AddSeconds(71), id, 1, 25), new VideoSettled(at.AddSeconds(72), id, new VideoRecord(null, null, VideoRecord.Missing, null, "ffmpeg not found", null, null, null, null, null)),
        ];
    }

    private static IEnumerable<RunEvent> Sent(string id, int n, int attempt, DateTimeOffset at)
    {
        GpuSample Sample(int seconds) => new(at.AddSeconds(seconds), GpuSample.FromStats, "cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync", "cuda", 0, 24L << 30, 20L << 30, new JsonObject { ["os"] = "posix", ["comfyui_version"] = "0.3.57" });
        return
        [
            new AttemptStarted(at, id, attempt, "shot", "studio", PromptId(n, attempt), "client", (ulong)n, $"dailies/{RunId}/{id}/attempt-{attempt}/{id}"),
            new GpuSampled(at, id, attempt, GpuSampled.Before, Sample(0)), new PromptAccepted(at, id, attempt, PromptId(n, attempt), n), new GpuSampled(at.AddSeconds(601), id, attempt, GpuSampled.After, Sample(601)),
        ];
    }

    private static DateTimeOffset Begun(int n, int attempt) => Night.AddSeconds((2 * (n % 1_000)) + (700 * attempt));

    private static string PromptId(int n, int attempt) => string.Create(CultureInfo.InvariantCulture, $"0b5a5b1e-0000-4000-{attempt:0000}-{n:000000000000}");

    // A sky, a sea and grain: about as large as what a model draws.
    private static byte[] Picture(int number)
    {
        using var picture = new SKBitmap(768, 432);
        var grain = (uint)number;
        var pixels = new uint[768 * 432];
        for (var i = 0; i < pixels.Length; i++)
        {
            grain = (grain * 1664525) + 1013904223;
            var light = (uint)(i / 768 / 2) + (grain >> 29);
            pixels[i] = 0xFF000000 | (light << 16) | ((light / 2) << 8) | (200 - (light / 2));
        }

        System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels.AsSpan()).CopyTo(picture.GetPixelSpan());
        using var data = picture.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
