using System.Globalization;
using Dailies.Contract;
using Dailies.Cuts;

namespace Dailies.Tests.Cuts;

/// <summary>The film as a plan: scenes → pieces, size, rate.</summary>
public class CutPlanTests
{
    [Fact]
    public void Scenes_follow_each_other_with_their_slates_and_cards()
    {
        var plan = CutPlan.Of(
        [
            Clip(1, 768, 432, 24, 25 / 24.0),
            Still(2, 512, 512, 48),
            Failed(3, FailureKind.OutOfMemory, "CUDA out of memory"),
            Clip(4, 768, 432, 24, 1) with { Video = null },
        ], slate: true)!;

        Spelled(plan).ShouldBe(
        [
            "768x432@24",
            "scene-001 Slate 24", "scene-001 Clip video/scene-001.mp4 25",
            "scene-002 Slate 24", "scene-002 Still scene-002/a.png 48",
            "scene-003 Card outOfMemory: CUDA out of memory 48",
            "scene-004 Card : it has a take, but no video: none was made 48",
        ]);
    }

    [Fact]
    public void Without_slates_there_are_none() => CutPlan.Of([Clip(1, 64, 48, 24, 1)], slate: false)!.Pieces.ShouldHaveSingleItem().Show.ShouldBeOfType<CutShow.Clip>();

    [Fact]
    public void Where_no_scene_has_a_take_there_is_no_film() => CutPlan.Of([Failed(1, FailureKind.Stalled, "s")], slate: true).ShouldBeNull();

    public static TheoryData<string, CutScene[], string> Forms => new()
    {
        { "most scenes decide", [Clip(1, 64, 48, 12, 1), Clip(2, 32, 32, 24, 1), Clip(3, 32, 32, 24, 1)], "32x32@24" },
        { "of equals the first", [Clip(1, 64, 48, 12, 1), Clip(2, 32, 32, 24, 1)], "64x48@12" },
        { "odd sizes are padded", [Clip(1, 63, 47, 24, 1)], "64x48@24" },
        { "a still has a size and no say in the rate", [Still(1, 100, 100, 24), Still(2, 100, 100, 24), Clip(3, 64, 48, 8, 1)], "100x100@8" },
        { "stills alone have their own rate", [Still(1, 100, 100, 24)], "100x100@24" },
        { "failed scenes have no say", [Failed(1, null, "x"), Failed(2, null, "x"), Clip(3, 64, 48, 8, 1)], "64x48@8" },
        { "an animated picture has the rate of its frames", [Clip(1, 64, 48, null, 2) with { FrameCount = 16 }], "64x48@8" },
        { "a rate that no film has", [Clip(1, 64, 48, 1000, 1)], "64x48@120" },
        { "a video of unknown size", [Clip(1, null, null, 24, 1)], "1280x720@24" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_form_is_that_of_most_scenes(string why, CutScene[] scenes, string form) => Spelled(CutPlan.Of(scenes, slate: false)!)[0].ShouldBe(form, why);

    [Fact]
    public void A_video_whose_length_is_not_known_is_a_card() =>
        CutPlan.Of([Clip(1, 64, 48, 24, null) with { Source = FrameSource.Video }, Clip(2, 64, 48, 24, 1)], slate: true)!.Pieces[0].Show.ShouldBeOfType<CutShow.Card>().Why.ShouldContain("ffprobe");

    internal static CutScene Clip(int n, int? width, int? height, double? fps, double? seconds) => new()
    {
        SceneId = RunFolder.SceneId(n),
        Source = FrameSource.Files,
        FrameCount = 25,
        Video = new VideoRecord($"video/{RunFolder.SceneId(n)}.mp4", seconds, VideoRecord.Complete, null, null, "h264", fps, width, height, null),
    };

    private static CutScene Still(int n, int width, int height, int frames) => new()
    {
        SceneId = RunFolder.SceneId(n),
        Source = FrameSource.Still,
        Files = [new FrameRecord($"{RunFolder.SceneId(n)}/a.png", 1, "", width, height)],
        FrameCount = 1,
        ExpectedFrames = frames,
        Fps = 24,
    };

    private static CutScene Failed(int n, string? kind, string why) => new() { SceneId = RunFolder.SceneId(n), Kind = kind, Why = why };

    private static List<string> Spelled(CutPlan plan) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{plan.Width}x{plan.Height}@{plan.Fps}"),
        .. plan.Pieces.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Scene.SceneId} {p.Show.GetType().Name}{Words(p.Show)} {p.Frames}")),
    ];

    private static string Words(CutShow show) => show switch
    {
        CutShow.Clip clip => $" {clip.Path}",
        CutShow.Still still => $" {still.Path}",
        CutShow.Card card => $" {card.Kind}: {card.Why}",
        _ => "",
    };
}
