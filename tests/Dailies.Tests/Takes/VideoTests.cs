using System.Globalization;
using Dailies.Contract;
using Dailies.Takes;

namespace Dailies.Tests.Takes;

/// <summary>Videos by the real ffmpeg and ffprobe, which the gate has; and what is said where they are missing.</summary>
public sealed class VideoTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private RunFolder Run => new(Path.Combine(_folder.Path, "20261124-000000"));

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Answers => new()
    {
        { """{"streams":[{"codec_name":"h264","width":768,"height":432,"avg_frame_rate":"24/1","duration":"1.04","nb_read_frames":"25"}],"format":{"duration":"2"}}""", "25 1.04 24 768x432 h264 " },
        { """{"streams":[{"codec_name":"vp9","width":64,"height":64,"avg_frame_rate":"30000/1001","nb_read_frames":"3"}],"format":{"duration":"0.1"}}""", "3 0.1 29.97 64x64 vp9 " },
        { """{"streams":[{"codec_name":"png","nb_read_frames":"N/A","avg_frame_rate":"0/0","duration":"N/A"}]}""", "    x png " },
        { """{"streams":[{"nb_read_frames":12,"width":10,"height":20}],"format":{}}""", "12   10x20  " },
        { """{"streams":[{"avg_frame_rate":"24"}]}""", "    x  " },
        { """{"streams":[{}]}""", "    x  " },
        { """{"streams":[]}""", "    x  no video stream" },
        { """{}""", "    x  no video stream" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_of_ffprobe_is_read(string json, string expected)
    {
        var f = VideoProbe.Read(json);

        string.Create(CultureInfo.InvariantCulture, $"{f.Frames} {f.Seconds} {f.Fps} {f.Width}x{f.Height} {f.Codec} {f.Error}").ShouldBe(expected.Replace("    x", "   x", StringComparison.Ordinal));
        f.Undecidable.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("ffprobe: not found")]
    public void An_answer_that_is_no_JSON_is_an_error(string json) => VideoProbe.Read(json).Error.ShouldNotBeNull().ShouldContain("not understood");

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"streams":{}}""")]
    [InlineData("""{"streams":["x"]}""")]
    [InlineData("""{"streams":[{"avg_frame_rate":24,"codec_name":7}]}""")]
    [InlineData("""{"streams":[{}],"format":[]}""")]
    public void Bug_JSON_of_another_shape_is_no_crash(string json) => Should.NotThrow(() => VideoProbe.Read(json)).Frames.ShouldBeNull();

    [Theory]
    [InlineData(24)]
    [InlineData(12.5)]
    public async Task Twenty_five_frames_are_a_video_of_twenty_five_frames(double fps)
    {
        var video = await MakeAsync(VideoTools.Find(), "A title", Frames(25, 64, 48), fps);

        (video.Status, video.Path, video.Error, video.Codec, video.Fps).ShouldBe((VideoRecord.Complete, "video/scene-001.mp4", null, "h264", fps));
        video.DurationSeconds!.Value.ShouldBe(25 / fps, 0.002);
        (await new VideoProbe(VideoTools.Find()).ReadAsync(Run.At(video.Path!), Cancel)).Frames.ShouldBe(25);
        video.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(Run.At(video.Path!), Cancel))));
        Directory.GetFiles(Run.At(RunFolder.Video)).ShouldHaveSingleItem("no half-written file stays");
    }

    [Theory]
    [InlineData(65, 49, 66, 50)]
    [InlineData(64, 49, 64, 50)]
    [InlineData(1, 1, 2, 2)]
    public async Task An_odd_size_is_padded(int width, int height, int madeWidth, int madeHeight)
    {
        var video = await MakeAsync(VideoTools.Find(), "odd", Frames(2, width, height), 24);

        (video.Error, video.Width, video.Height).ShouldBe((null, madeWidth, madeHeight));
    }

    [Theory]
    [InlineData("jpg", SkiaSharp.SKEncodedImageFormat.Jpeg)]
    [InlineData("webp", SkiaSharp.SKEncodedImageFormat.Webp)]
    public async Task Other_pictures_are_a_video_too(string extension, SkiaSharp.SKEncodedImageFormat format)
    {
        var video = await MakeAsync(VideoTools.Find(), "t", Frames(3, 64, 48, extension, format), 24);

        (video.Status, video.Error).ShouldBe((VideoRecord.Complete, null));
    }

    [Theory]
    [InlineData("\"; rm -rf / #'")]
    [InlineData("-y -i /etc/passwd")]
    [InlineData("a=b=c\\:d;e\n[x]")]
    [InlineData("日本 🎬 $(id) %PATH%")]
    [InlineData("a\0b\u001b[31m")]
    [InlineData("")]
    public async Task A_hostile_title_is_only_a_title(string title)
    {
        var video = await MakeAsync(VideoTools.Find(), title, Frames(2, 64, 48), 24);

        (video.Status, video.Error).ShouldBe((VideoRecord.Complete, null));
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([Run.Root]);
    }

    [Fact]
    public async Task A_title_longer_than_any_command_line_is_cut() =>
        (await MakeAsync(VideoTools.Find(), new string('x', 3_000_000), Frames(2, 64, 48), 24)).Error.ShouldBeNull();

    [Fact]
    public async Task A_video_names_its_run_its_scene_its_attempt_and_its_seed_and_starts_fast()
    {
        var video = await MakeAsync(VideoTools.Find(), "A title", Frames(3, 64, 48), 23.976);

        var said = await Film.AskAsync(Run.At(video.Path!), "format_tags:stream=pix_fmt,avg_frame_rate,color_space,codec_type", Cancel);
        said.ShouldContain("TAG:title=A title");
        said.ShouldContain("TAG:comment=run=20261124-000000 scene=scene-001 attempt=2 seed=18446744073709551615");
        said.ShouldContain("pix_fmt=yuv420p");
        said.ShouldContain("avg_frame_rate=24000/1001");
        said.ShouldContain("color_space=bt709");
        video.FpsOrigin.ShouldBe("cli");
        var bytes = await File.ReadAllBytesAsync(Run.At(video.Path!), Cancel);
        bytes.AsSpan().IndexOf("moov"u8).ShouldBeLessThan(bytes.AsSpan().IndexOf("mdat"u8));
    }

    [Fact]
    public async Task Frames_of_several_sizes_are_named_and_no_video()
    {
        var frames = Frames(2, 64, 48);

        (await MakeAsync(VideoTools.Find(), "t", [frames[0], frames[1] with { Width = 80 }], 24)).Error.ShouldBe("its frames have several sizes: 64×48 and 80×48");
    }

    [Fact]
    public async Task A_still_becomes_a_clip_of_the_frames_that_were_asked_for_and_it_moves()
    {
        var video = await Assembler(VideoTools.Find()).MakeAsync(Run, Order("scene-001", "t", Frames(1, 65, 49), 24, FrameSource.Still) with { MoveFrames = 13 }, Cancel);

        (video.Error, video.Width, video.Height, video.Fps).ShouldBe((null, 66, 50, 24));
        (await new VideoProbe(VideoTools.Find()).ReadAsync(Run.At(video.Path!), Cancel)).Frames.ShouldBe(13);
        var frames = await Film.FramesAsync(Run.At(video.Path!), Cancel);
        frames[0].ShouldNotBe(frames[^1]);
    }

    [Fact]
    public async Task A_still_that_does_not_decode_is_a_reason()
    {
        var still = Frames(1, 64, 48);
        await File.WriteAllTextAsync(Run.At(still[0].File), "torn", Cancel);

        (await Assembler(VideoTools.Find()).MakeAsync(Run, Order("scene-001", "t", still, 24, FrameSource.Still) with { MoveFrames = 5 }, Cancel))
            .Error.ShouldBe("the still image does not decode");
    }

    [Fact]
    public async Task Without_ffmpeg_there_is_no_video_and_the_way_to_it()
    {
        var video = await MakeAsync(new VideoTools(null, null), "t", Frames(2, 64, 48), 24);

        (video.Status, video.Path).ShouldBe((VideoRecord.Missing, null));
        video.Error.ShouldNotBeNull().ShouldContain("ffmpeg is not installed; ");
        video.Error!.ShouldContain("install");
    }

    [Fact]
    public async Task A_program_that_can_t_be_started_is_a_reason_and_no_crash()
    {
        var video = await MakeAsync(new VideoTools(Path.Combine(_folder.Path, "no-such-ffmpeg"), null), "t", Frames(2, 64, 48), 24);

        (video.Status, string.IsNullOrEmpty(video.Error)).ShouldBe((VideoRecord.Missing, false));
    }

    [Fact]
    public async Task Frames_that_ffmpeg_can_t_read_leave_no_video()
    {
        var frames = Frames(2, 64, 48);
        await File.WriteAllTextAsync(Run.At(frames[0].File), "torn", Cancel);
        await File.WriteAllTextAsync(Run.At(frames[1].File), "torn", Cancel);

        var video = await MakeAsync(VideoTools.Find(), "t", frames, 24);

        (video.Status, video.Path).ShouldBe((VideoRecord.Missing, null));
        Directory.GetFiles(Run.At(RunFolder.Video)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_video_that_lost_a_frame_is_not_published()
    {
        var frames = Frames(3, 64, 48);
        await File.WriteAllTextAsync(Run.At(frames[1].File), "", Cancel);

        var video = await MakeAsync(VideoTools.Find(), "t", frames, 24);

        video.Error.ShouldBe("the video had 2 frames, the take has 3");
        Directory.GetFiles(Run.At(RunFolder.Video)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_still_has_no_video() => (await MakeAsync(VideoTools.Find(), "t", Frames(1, 64, 48), 24, FrameSource.Still)).Error.ShouldBe("the take is one still image");

    [Fact]
    public async Task The_renderer_s_own_video_is_kept_byte_for_byte()
    {
        var made = await MakeAsync(VideoTools.Find(), "t", Frames(4, 64, 48), 24);
        var bytes = await File.ReadAllBytesAsync(Run.At(made.Path!), Cancel);
        Directory.CreateDirectory(Run.At("scene-002"));
        await File.WriteAllBytesAsync(Run.At("scene-002/take.MP4"), bytes, Cancel);

        var kept = await Assembler(VideoTools.Find()).MakeAsync(Run, Order("scene-002", "t", [new FrameRecord("scene-002/take.MP4", bytes.Length, "", 64, 48)], 24, FrameSource.Video), Cancel);

        (kept.Path, kept.Sha256, kept.Status).ShouldBe(("video/scene-002.mp4", made.Sha256, VideoRecord.Complete));
    }

    private static VideoAssembler Assembler(VideoTools tools) => new(tools, new VideoProbe(tools), TimeProvider.System);

    private Task<VideoRecord> MakeAsync(VideoTools tools, string title, IReadOnlyList<FrameRecord> frames, double fps, string source = FrameSource.Files) =>
        Assembler(tools).MakeAsync(Run, Order("scene-001", title, frames, fps, source), Cancel);

    private static VideoOrder Order(string scene, string title, IReadOnlyList<FrameRecord> frames, double fps, string source = FrameSource.Files) =>
        new(scene, 2, 18446744073709551615, title, source, frames, new FrameRate(fps, "cli"));

    private List<FrameRecord> Frames(int count, int width, int height, string extension = "png", SkiaSharp.SKEncodedImageFormat format = SkiaSharp.SKEncodedImageFormat.Png)
    {
        Directory.CreateDirectory(Run.At("scene-001"));
        return [.. Enumerable.Range(1, count).Select(n =>
        {
            var name = $"scene-001/f_{n:00000}_.{extension}";
            File.WriteAllBytes(Run.At(name), Pictures.Make(format, width, height, n));
            return new FrameRecord(name, 1, "", width, height);
        })];
    }
}
