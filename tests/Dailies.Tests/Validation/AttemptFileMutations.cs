using System.Text.Json.Nodes;
using Dailies.Contract;
using static Dailies.Tests.Validation.Mutations;

namespace Dailies.Tests.Validation;

/// <summary>TC-616 to TC-633: frames that are no pictures, files of attempts that were edited, markers and dumps of others.</summary>
internal static class AttemptFileMutations
{
    private const string Frame = "scene-001/generated-frames-attempt-1/frame_00002.png";
    private const string Marker = "scene-001/attempt-1/scene-001.done";
    private const string Dump = "scene-002/forced-copy-debug-20261123221500.txt";

    public static IReadOnlyList<Mutation> All { get; } =
    [
        Edit("TC-211", "a hash in capitals", r => r.Set("/Scenes/0/Frames/1/Sha256", GoodRun.Hash(GoodRun.Frame(2)).ToUpperInvariant())),
        Edit("TC-211", "half a hash of a video", r => r.Set("/Scenes/0/Video/Sha256", "0123456789abcdef")),
        Picture("TC-616", "a frame torn and hashed anew", GoodRun.Frame(2)[..^20].ToArray()),
        Picture("TC-616", "a frame without its end mark, hashed anew", GoodRun.Frame(2)[..^12].ToArray()),
        Picture("TC-616", "words for a frame", "a lighthouse at dusk"u8.ToArray()),
        Picture("TC-616", "nothing for a frame", []),
        Picture("TC-617", "another size than the picture's", GoodRun.Png(2, width: 8)),
        Frames("TC-617", "no size of a picture that decodes", f => f with { Width = 0, Height = 0 }),
        Frames("TC-617", "half a size", f => f with { Height = 0 }),
        Frames("TC-618", "frames of two sizes", f => f with { Width = 8 }) with { Break = r => RePicture(r, GoodRun.Png(2, width: 8)) },
                Edit("TC-619", "two scenes with one frame", LinkBetweenScenes),
        Edit("TC-607", "one frame under two names", LinkWithinScene),
        Scene("TC-620", "a frame of another folder", 0, s => s with { Frames = [s.Frames[0], s.Frames[1], s.Frames[2] with { File = "scene-001/kept/frame_00003.png" }] }),
        Scene("TC-621", "the folder of another attempt", 2, s => s with { GeneratedFramesDir = RunFolder.Frames(s.SceneId, 2) }),
        Edit("TC-622", "another scene's history", r => History(r, h => h.Replace("00000000001\"", "00000000099\"", StringComparison.Ordinal))),
        Edit("TC-622", "a history of nobody", r => History(r, _ => "{}")),
        Edit("TC-622", "a history that is none", r => History(r, _ => "once upon a time")),
        Edit("TC-622", "another id in a history without our note", r => History(r, h => h.Replace("00000000001\"", "00000000099\"", StringComparison.Ordinal).Replace("\"dailies\"", "\"other\"", StringComparison.Ordinal))),
        Edit("TC-623", "the attempt's history gone", r => r.Delete("scene-001/attempt-1/history.json")),
        Edit("TC-623", "the attempt's workflow gone", r => r.Delete("scene-002/attempt-2/workflow.json")),
        Edit("TC-623", "the scene's workflow gone", r => r.Delete("scene-001/workflow.json")),
        Edit("TC-624", "the scene's history edited", r => r.File("scene-001/history.json", "{ }"u8)),
        Edit("TC-624", "the scene's workflow edited", r => r.File("scene-002/workflow.json", "{ }"u8)),
        Edit("TC-625", "another seed in the workflow", r => Workflow(r, "3", "seed", 43)),
        Edit("TC-625", "another prompt in the workflow", r => Workflow(r, "6", "text", "a lighthouse at dawn")),
        Edit("TC-625", "another prefix in the workflow", r => Workflow(r, "9", "filename_prefix", "elsewhere")),
        Edit("TC-625", "a workflow that is none", r => r.File("scene-003/attempt-1/workflow.json", "[]"u8)),
        Edit("TC-625", "another seed in a first attempt", r => Workflow(r, "3", "seed", 44, "scene-002/attempt-1/workflow.json")),
        Scene("TC-625", "another seed in the metadata", 2, s => s) with { Break = r => r.Set("/Scenes/2/Attempts/0/Seed", 7) },
        .. new[] { "title", "summary", "prompt", "negativePrompt", "mood", "cameraMovement" }.Select(f => Edit("TC-626", $"another {f} in the story", r => Story(r, "scene-002", s => s[f] = "edited"))),
        Edit("TC-626", "another number of frames in the story", r => Story(r, "scene-001", s => s["expectedFrames"] = 24)),
        Edit("TC-626", "a scene gone from the story", r => Story(r, "scene-004", s => s["id"] = "scene-099")),
        .. new[] { "storyId", "logline", "directorsVision", "generator" }.Select(f => Edit("TC-626", $"another {f}", r => Story(r, null, s => s[f] = "edited"))),
        Edit("TC-626", "a scene more in the story", r => Story(r, null, s => s["scenes"]!.AsArray().Add(new JsonObject { ["id"] = "scene-099" }))),
        Edit("TC-626", "a story that is none", r => r.File(RunFolder.StoryFile, "Once"u8)),
        Edit("TC-627", "an attempt that nobody lists", r => r.File("scene-003/attempt-2/workflow.json", "{}"u8)),
        Edit("TC-627", "frames of an attempt that nobody lists", r => r.File("scene-001/generated-frames-attempt-7/frame.txt", "{}"u8)),
        Edit("TC-628", "a marker gone", r => r.Delete(Marker)),
        Measured("TC-629", "a marker on a station that we don't see", 0, t => t with { DoneMarkerPath = @"D:\ComfyUI\output\scene-001.done" }) with { Break = Unmarked },
        Measured("TC-629", "a marker of this machine that is gone", 0, t => t with { DoneMarkerPath = "/comfy/output/scene-001.done" }) with { Break = Unmarked },
        Edit("TC-630", "a marker that is none", r => r.File(Marker, "done"u8)),
        Edit("TC-630", "a marker of another run", r => Mark(r, m => m with { RunId = "20261122-220000" })),
        Edit("TC-630", "a marker of another attempt", r => Mark(r, m => m with { Attempt = 2 })),
        Edit("TC-630", "a marker of fewer frames", r => Mark(r, m => m with { FrameCount = 2 })),
        .. ForcedCopyDebug.Heads.Select(h => Edit("TC-631", $"a dump without {h}", r => DumpText(r, t => string.Concat(t.Split('\n').Where(l => !l.StartsWith(h, StringComparison.Ordinal)).Select(l => l + "\n"))))),
        Edit("TC-631", "a dump that counts in words", r => DumpText(r, t => t.Replace("Frame count: 2", "Frame count: two", StringComparison.Ordinal))),
        Edit("TC-632", "a dump of more frames", r => DumpText(r, t => t.Replace("Frame count: 2", "Frame count: 3", StringComparison.Ordinal))),
        Edit("TC-633", "a history that tells an error", r => History(r, h => h.Replace("\"execution_success\"", "\"execution_error\"", StringComparison.Ordinal))),
    ];

    private static Mutation Picture(string code, string what, byte[] bytes) => Edit(code, what, r => RePicture(r, bytes));

    // The forger knows the contract: size and sum are those of the new file.
    private static void RePicture(GoodRun run, byte[] bytes)
    {
        run.File(Frame, bytes);
        run.Set("/Scenes/0/Frames/1/Bytes", bytes.Length);
        run.Set("/Scenes/0/Frames/1/Sha256", GoodRun.Hash(bytes));
    }

    private static Mutation Frames(string code, string what, Func<FrameRecord, FrameRecord> change) =>
        Scene(code, what, 0, s => s with { Frames = [s.Frames[0], change(s.Frames[1]), s.Frames[2]] });

    private static void LinkBetweenScenes(GoodRun run)
    {
        const string other = "scene-002/generated-frames-attempt-2/frame_00001.png";
        run.Delete(other);
        File.CreateSymbolicLink(run.At(other), run.At("scene-001/generated-frames-attempt-1/frame_00001.png"));
    }

    private static void LinkWithinScene(GoodRun run)
    {
        run.Delete(Frame);
        File.CreateSymbolicLink(run.At(Frame), run.At("scene-001/generated-frames-attempt-1/frame_00001.png"));
    }

    private static void History(GoodRun run, Func<string, string> edit)
    {
        foreach (var name in new[] { "scene-001/attempt-1/history.json", "scene-001/history.json" })
        {
            var before = File.ReadAllText(run.At(name));
            edit(before).ShouldNotBe(before);
            File.WriteAllText(run.At(name), edit(before));
        }
    }

    private static void Workflow(GoodRun run, string node, string input, JsonNode value, string? only = null)
    {
        foreach (var name in only is null ? new[] { "scene-001/attempt-1/workflow.json", "scene-001/workflow.json" } : [only])
        {
            var graph = JsonNode.Parse(File.ReadAllText(run.At(name)))!;
            graph[node]!["inputs"]![input] = value.DeepClone();
            File.WriteAllText(run.At(name), graph.ToJsonString());
        }
    }

    private static void Story(GoodRun run, string? scene, Action<JsonNode> edit)
    {
        var story = JsonNode.Parse(File.ReadAllText(run.At(RunFolder.StoryFile)))!;
        edit(scene is null ? story : story["scenes"]!.AsArray().Single(s => (string)s!["id"]! == scene)!);
        File.WriteAllText(run.At(RunFolder.StoryFile), story.ToJsonString());
    }

    private static void Mark(GoodRun run, Func<DoneMarker, DoneMarker> change)
    {
        DoneMarker.TryRead(File.ReadAllBytes(run.At(Marker)), out var marker, out _).ShouldBeTrue();
        run.File(Marker, change(marker!).Write());
    }

    private static void Unmarked(GoodRun run) => File.Exists(run.At(Marker)).ShouldBeFalse();

    private static void DumpText(GoodRun run, Func<string, string> edit)
    {
        var before = File.ReadAllText(run.At(Dump));
        edit(before).ShouldNotBe(before);
        File.WriteAllText(run.At(Dump), edit(before));
    }
}
