using Dailies.Contract;
using Dailies.Cuts;
using Dailies.Takes;
using Dailies.Tests.Takes;

namespace Dailies.Tests.Cuts;

/// <summary>Films by the real ffmpeg, of small takes of every kind.</summary>
public sealed class StoryCutTests : IDisposable
{
    private readonly CutBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Takes_of_every_kind_become_one_film_of_one_form()
    {
        CutScene[] scenes =
        [
            await _bench.FramesAsync(1),
            await _bench.VideoAsync(2, ".mp4", "96x64", 24, 24, sound: true),
            await _bench.VideoAsync(3, ".webm", "64x96", 12, 6, sound: true, "-c:v", "libvpx", "-c:a", "libopus"),
            await _bench.VideoAsync(4, ".webp", "96x64", 8, 4, sound: false, "-c:v", "libwebp_anim", "-loop", "0"),
            await _bench.VideoAsync(5, ".gif", "32x32", 10, 5, sound: false),
            _bench.Still(6, 36),
            CutBench.Failed(7),
        ];

        var end = await _bench.CutAsync(scenes, slate: true);

        end.Notes.ShouldBeEmpty();
        (end.Video.Error, end.Video.Path, end.Video.Codec, end.Video.Width, end.Video.Height, end.Video.Fps).ShouldBe((null, RunFolder.StoryVideo, "h264", 96, 64, 24));
        // Six slates of 24; 12 frames; 24; half a second; half a second; half a second; a second and a half; a card of two seconds.
        const int frames = (6 * 24) + 12 + 24 + 12 + 12 + 12 + 36 + 48;
        end.Video.DurationSeconds!.Value.ShouldBe(frames / 24.0, 1 / 24.0);
        (await Film.FramesAsync(_bench.Run.At(RunFolder.StoryVideo), CutBench.Cancel)).Count.ShouldBe(frames);
        var said = await Film.AskAsync(_bench.Run.At(RunFolder.StoryVideo), "format_tags:stream=codec_name,pix_fmt,avg_frame_rate,sample_rate,channels", CutBench.Cancel);
        string[] facts = ["pix_fmt=yuv420p", "avg_frame_rate=24/1", "codec_name=aac", "sample_rate=48000", "channels=2", "TAG:title=A 'title': with, all; of it", "TAG:comment=run=20261124-000000 scenes=7"];
        facts.ShouldAllBe(f => said.Contains(f));
        Directory.GetFileSystemEntries(_bench.Run.At(RunFolder.Video)).Select(f => Path.GetFileName(f)).Order()
            .ShouldBe(["scene-001.mp4", "scene-002.mp4", "scene-003.webm", "scene-004.webp", "scene-005.gif", "story.mp4"]);
    }

    [Fact]
    public async Task Sound_is_where_its_scene_is_and_silence_is_elsewhere()
    {
        var end = await _bench.CutAsync(
        [
            await _bench.FramesAsync(1, 24), await _bench.VideoAsync(2, ".mp4", "96x64", 24, 48, sound: true), await _bench.FramesAsync(3, 24), await _bench.VideoAsync(4, ".mp4", "96x64", 24, 24, sound: true),
        ]);

        var film = _bench.Run.At(end.Video.Path!);
        (await Film.LoudestAsync(film, 0.1, 0.7, CutBench.Cancel)).ShouldNotBeNull().ShouldBeLessThan(-80);
        (await Film.LoudestAsync(film, 1.2, 1.6, CutBench.Cancel)).ShouldNotBeNull().ShouldBeGreaterThan(-30);
        (await Film.LoudestAsync(film, 3.2, 0.6, CutBench.Cancel)).ShouldNotBeNull().ShouldBeLessThan(-80);
        (await Film.LoudestAsync(film, 4.1, 0.8, CutBench.Cancel)).ShouldNotBeNull().ShouldBeGreaterThan(-30);
    }

    [Fact]
    public async Task Sound_that_is_shorter_than_its_picture_moves_nothing()
    {
        var scenes = new List<CutScene>();
        for (var n = 1; n <= 8; n++)
        {
            scenes.Add(await _bench.VideoAsync(n, ".mp4", "96x64", 23.976, 7, sound: n % 2 == 0));
        }

        var end = await _bench.CutAsync(scenes);

        end.Video.DurationSeconds!.Value.ShouldBe(8 * 7 / (24000 / 1001.0), 0.02);
        end.Video.Fps!.Value.ShouldBe(23.976, 0.001);
        (await Film.FramesAsync(_bench.Run.At(end.Video.Path!), CutBench.Cancel)).Count.ShouldBe(56);
    }

    [Fact]
    public async Task A_video_that_is_torn_becomes_a_card_and_the_others_stay()
    {
        var (good, torn, gone) = (await _bench.FramesAsync(1, 24), await _bench.VideoAsync(2, ".mp4", "96x64", 24, 24, sound: true), await _bench.FramesAsync(3, 24));
        var path = _bench.Run.At(torn.Video!.Path!);
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path, CutBench.Cancel))[..2_000], CutBench.Cancel);
        File.Delete(_bench.Run.At(gone.Video!.Path!));

        var changed = await _bench.CutAsync([good, torn, gone]);
        var unread = await _bench.CutAsync([good, torn with { Video = torn.Video with { Sha256 = null } }]);

        changed.Notes[0].ShouldBe("scene-002: its video has changed since it was made");
        changed.Notes[1].ShouldStartWith("scene-003: Could not find file 'video/scene-003.mp4'");
        changed.Video.DurationSeconds!.Value.ShouldBe(1 + CutPlan.CardSeconds + CutPlan.CardSeconds, 1 / 24.0);
        unread.Notes.ShouldHaveSingleItem().ShouldStartWith("scene-002: ");
        unread.Notes[0].ShouldNotContain(_bench.Run.Root);
        unread.Video.DurationSeconds!.Value.ShouldBe(1 + CutPlan.CardSeconds, 1 / 24.0);
    }

    [Fact]
    public async Task A_video_that_ends_early_is_not_stretched()
    {
        var short_ = await _bench.VideoAsync(2, ".mp4", "96x64", 24, 12, sound: false);

        var end = await _bench.CutAsync([await _bench.FramesAsync(1), short_ with { Video = short_.Video! with { DurationSeconds = 2 } }]);

        end.Notes.ShouldBe(["scene-002: it ends after 14 of 48 frames"]);
    }

    [Fact]
    public async Task A_file_that_only_claims_to_be_a_video_opens_no_other()
    {
        var (good, liar) = (await _bench.FramesAsync(1), await _bench.VideoAsync(2, ".mp4", "96x64", 24, 12, sound: false));
        await File.WriteAllTextAsync(_bench.Run.At(liar.Video!.Path!), "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/secret.ts\n#EXT-X-ENDLIST\n", CutBench.Cancel);

        var end = await _bench.CutAsync([good, liar with { Video = liar.Video with { Sha256 = null } }]);

        end.Notes.ShouldHaveSingleItem().ShouldStartWith("scene-002: ");
    }

    [Theory]
    [InlineData("'; drawtext=text=x,[0:v]%{pts}\\:")]
    [InlineData("日本語のタイトル 🎬 العربية עברית हिन्दी")]
    [InlineData("a\0b\u0001\u202e\u001b[2J\n\n")]
    public async Task Any_text_can_stand_on_a_card(string text)
    {
        var scene = await _bench.FramesAsync(1) with { Title = text, Label = text };

        var end = await _bench.CutAsync([scene, CutBench.Failed(2, text), CutBench.Failed(3, string.Concat(Enumerable.Repeat(text, 500)))], slate: true);

        (end.Video.Status, end.Notes.Count).ShouldBe((VideoRecord.Complete, 0));
    }

    [Fact]
    public async Task Nothing_to_see_or_no_ffmpeg_is_a_reason()
    {
        (await _bench.CutAsync([CutBench.Failed(1)])).Video.Error.ShouldBe("no scene has a take");
        (await _bench.CutAsync([_bench.Still(1, 24)], tools: new VideoTools(null, null))).Video.Error.ShouldNotBeNull().ShouldStartWith("ffmpeg is not installed; ");
        (await _bench.CutAsync([_bench.Still(1, 24)], tools: new VideoTools(_bench.Run.At("no-ffmpeg"), null))).Video.Status.ShouldBe(VideoRecord.Missing);
        File.Exists(_bench.Run.At(RunFolder.StoryVideo)).ShouldBeFalse();
    }

    [Fact]
    public async Task Cancelling_leaves_nothing_behind()
    {
        var scene = await _bench.FramesAsync(1);
        using var stop = new CancellationTokenSource();
        var cut = new StoryCut(VideoTools.Find(), new VideoProbe(VideoTools.Find()), TimeProvider.System);

        await Should.ThrowAsync<OperationCanceledException>(() => cut.MakeAsync(_bench.Run, CutPlan.Of([scene, scene], slate: true), "t", (done, _) => { if (done == 1) { stop.Cancel(); } }, stop.Token));

        Directory.GetFileSystemEntries(_bench.Run.At(RunFolder.Video)).ShouldHaveSingleItem().ShouldEndWith("scene-001.mp4");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.099, 0)]
    [InlineData(0.1, 1)]
    [InlineData(0.25, 2)]
    [InlineData(9, 2)]
    public void The_frame_of_an_animated_picture_is_on_for_its_span(double seconds, int frame) => AnimatedPicture.FrameAt([100, 100, 50], seconds).ShouldBe(frame);
}
