using Dailies.Contract;
using Dailies.Cuts;
using Dailies.Takes;
using SkiaSharp;

namespace Dailies.Tests.Cuts;

/// <summary>Contact sheets, drawn and read back.</summary>
public sealed class ContactSheetTests : IDisposable
{
    private readonly CutBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_sheet_decodes_has_the_size_as_planned_and_shows_every_kind_of_take()
    {
        CutScene[] scenes =
        [
            await _bench.FramesAsync(1, 3), await _bench.VideoAsync(2, ".mp4", "96x64", 24, 6, sound: false),
            await _bench.VideoAsync(3, ".webp", "96x64", 8, 4, sound: false, "-c:v", "libwebp_anim", "-loop", "0"), _bench.Still(4, 24), CutBench.Failed(5),
        ];

        var sheet = await _bench.SheetAsync(scenes);

        (sheet.Path, sheet.Status, sheet.Pages.Count).ShouldBe((RunFolder.ContactSheet(1), VideoRecord.Complete, 1));
        var plan = SheetPlan.Of(5, 1.5);
        using var page = SKBitmap.Decode(_bench.Run.At(sheet.Path!));
        (page.Width, page.Height).ShouldBe((plan.Width, plan.Height(0)));
        Enumerable.Range(0, 4).ShouldAllBe(cell => _bench.Middle(sheet, plan, cell) != CardPainter.Board);
    }

    [Fact]
    public async Task The_picture_is_the_one_from_the_middle()
    {
        var scene = await _bench.FramesAsync(1, 3);
        for (var i = 0; i < 3; i++)
        {
            using var flat = new SKBitmap(96, 64);
            flat.Erase(i == 1 ? SKColors.Lime : SKColors.Red);
            using var png = flat.Encode(SKEncodedImageFormat.Png, 100);
            await File.WriteAllBytesAsync(_bench.Run.At(scene.Files[i].File), png.ToArray(), CutBench.Cancel);
        }

        _bench.Middle(await _bench.SheetAsync([scene]), SheetPlan.Of(1, 1.5), 0).ShouldBe(SKColors.Lime);
    }

    [Fact]
    public async Task A_take_that_can_t_be_read_is_a_card_and_no_fault()
    {
        var (torn, gone, video) = (await _bench.FramesAsync(1, 3), await _bench.FramesAsync(2, 3), await _bench.VideoAsync(3, ".mp4", "96x64", 24, 6, sound: false));
        await File.WriteAllTextAsync(_bench.Run.At(torn.Files[1].File), "torn", CutBench.Cancel);
        File.Delete(_bench.Run.At(gone.Files[1].File));
        var middle = new MiddleFrame(_bench.Run, new VideoTools(null, null), TimeProvider.System);

        (await middle.OfAsync(torn, CutBench.Cancel)).ShouldBe((null, "the picture does not decode"));
        (await middle.OfAsync(gone, CutBench.Cancel)).Why.ShouldNotBeNull().ShouldNotContain(_bench.Run.Root);
        (await middle.OfAsync(video, CutBench.Cancel)).Why.ShouldNotBeNull().ShouldStartWith("ffmpeg is not installed; ");
        (await _bench.SheetAsync([torn, gone, video], new VideoTools(null, null))).Status.ShouldBe(VideoRecord.Complete);
    }

    [Fact]
    public async Task Many_scenes_are_many_pages()
    {
        var scene = await _bench.FramesAsync(1, 1);
        var scenes = Enumerable.Range(1, 120).Select(n => n % 7 == 0 ? CutBench.Failed(n) : scene with { SceneId = RunFolder.SceneId(n) }).ToList();

        var sheet = await _bench.SheetAsync(scenes);

        var plan = SheetPlan.Of(120, 1.5);
        sheet.Pages.ShouldBe(Enumerable.Range(1, plan.Pages).Select(RunFolder.ContactSheet));
        foreach (var (number, name) in sheet.Pages.Index())
        {
            using var page = SKBitmap.Decode(_bench.Run.At(name));
            page.Height.ShouldBe(plan.Height(number));
        }
    }

    public static TheoryData<CutScene, string, string> Words => new()
    {
        { new() { SceneId = "scene-001", Source = FrameSource.Files, FrameCount = 25, Attempt = 2 }, "scene-001", "25 frames · 1.04 s · attempt 2" },
        { new() { SceneId = "scene-002", Label = "2", Source = FrameSource.Still, FrameCount = 1, Attempt = 1 }, "scene-002", "still · attempt 1" },
        { new() { SceneId = "scene-003", Label = "12A", Attempt = 2 }, "scene-003 · 12A", "attempt 2" },
        { new() { SceneId = "scene-004" }, "scene-004", "not attempted" },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public void A_scene_is_named_and_told_in_two_lines(CutScene scene, string name, string facts) => (SheetCell.Name(scene), SheetCell.Facts(scene)).ShouldBe((name, facts));
}
