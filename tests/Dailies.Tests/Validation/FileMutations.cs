using Dailies.Contract;
using static Dailies.Tests.Validation.Mutations;

namespace Dailies.Tests.Validation;

/// <summary>TC-6xx: files gone, changed, added; paths that lead elsewhere.</summary>
internal static class FileMutations
{
    private const string Frame = "scene-001/generated-frames-attempt-1/frame_00002.png";

    public static IReadOnlyList<Mutation> All { get; } =
    [
        Edit("TC-601", "frame gone", r => r.Delete(Frame)),
        Edit("TC-601", "frame is a folder", r => { r.Delete(Frame); Directory.CreateDirectory(r.At(Frame)); }),
        Edit("TC-602", "path upwards", r => r.Set("/Scenes/0/HistoryPath", "../secret.json")) with { Change = m => With(m, 0, s => s with { HistoryPath = "../secret.json" }) },
        Edit("TC-602", "absolute path", r => r.Set("/Story/File", "/etc/hostname")),
        Edit("TC-602", "path of another drive", r => r.Set("/Story/File", @"C:\story.json")),
        Edit("TC-602", "frame is a link out", LinkOut),
        Edit("TC-602", "folder is a link out", FolderOut),
        Edit("TC-602", "a path with NUL", r => r.Set("/Story/File", "story/\0.json")),
        Edit("TC-603", "frame truncated", r => r.File(Frame, GoodRun.Frame(2)[..^1])),
        Edit("TC-603", "frame empty", r => r.File(Frame, [])),
        Edit("TC-604", "one byte flipped", r => r.File(Frame, [.. GoodRun.Frame(2)[..^1], (byte)(GoodRun.Frame(2)[^1] ^ 1)])),
        Edit("TC-604", "another hash in the metadata", r => r.Set("/Scenes/1/Frames/0/Sha256", new string('0', 64))),
        Scene("TC-605", "more frames counted than listed", 1, s => s with { FrameCount = 3, MeetsFrameFloor = true, Warnings = [], Attempts = [s.Attempts[0], s.Attempts[1] with { FrameCount = 3 }] }),
        Scene("TC-605", "a video without a file", 1, s => s with { FrameSource = FrameSource.Video, Frames = [] }),
        Edit("TC-606", "a picture too many", r => r.File("scene-001/generated-frames-attempt-1/extra.PNG", GoodRun.Frame(1))),
        Scene("TC-607", "a frame listed twice", 0, s => s with { Frames = [s.Frames[0], s.Frames[0], s.Frames[1]] }) with { Break = r => r.Delete("scene-001/generated-frames-attempt-1/frame_00003.png") },
        Edit("TC-608", "video gone", r => r.Delete("video/scene-001.mp4")),
        Edit("TC-609", "another video", r => r.File("video/scene-001.mp4", "a cut"u8)),
        Scene("TC-610", "complete without a path", 0, s => s with { Video = s.Video with { Path = null } }),
        Scene("TC-610", "missing without a reason", 1, s => s with { Video = s.Video with { Error = null } }),
        Edit("TC-611", "history gone", r => r.Delete("scene-002/history.json")),
        Edit("TC-612", "story gone", r => r.Delete(RunFolder.StoryFile)),
        Edit("TC-613", "forced-copy dump gone", r => r.Delete("scene-002/forced-copy-debug-20261123221500.txt")),
        Change("TC-613", "a log that isn't there", m => m with { VitestLogs = m.VitestLogs with { E2E = "checks/vitest-e2e.log" } }),
        Change("TC-613", "a preflight that isn't there", m => m with { HelperSummaries = new HelperSummaries(null, new HelperSummary("story/story.json", "preflight/comfyui-status.log")) }),
        Scene("TC-613", "a keyframe that isn't there", 0, s => s with { KeyframeSource = "story/keyframes/scene-001.png" }),
        Edit("TC-615", "a scene that nobody lists", r => r.File("scene-009/scene.json", "{}"u8)),
        Change("TC-634", "a film that isn't there", m => m with { StoryVideo = m.Scenes[0].Video with { Path = RunFolder.StoryVideo } }),
        Change("TC-634", "a page that isn't there", m => m with { ContactSheet = new ContactSheetRecord("video/scene-001.mp4", ["video/scene-001.mp4", RunFolder.ContactSheet(2)], VideoRecord.Complete, null, null) }),
        Change("TC-610", "a film that is complete without a path", m => m with { StoryVideo = m.Scenes[0].Video with { Path = null } }),
        Change("TC-609", "another film", m => m with { StoryVideo = m.Scenes[0].Video with { Sha256 = new string('0', 64) } }),
        Change("TC-602", "a page upwards", m => m with { ContactSheet = new ContactSheetRecord("video/scene-001.mp4", ["../sheet.png"], VideoRecord.Complete, null, null) }),
        Edit("TC-614", "a path of Windows", r => r.Set("/Story/File", @"story\story.json")),
    ];

    private static void LinkOut(GoodRun run)
    {
        File.WriteAllBytes(run.Outside("frame.png"), GoodRun.Frame(2));
        run.Delete(Frame);
        File.CreateSymbolicLink(run.At(Frame), run.Outside("frame.png"));
    }

    private static void FolderOut(GoodRun run)
    {
        Directory.Move(run.At("video"), run.Outside("video"));
        Directory.CreateSymbolicLink(run.At("video"), run.Outside("video"));
    }
}
