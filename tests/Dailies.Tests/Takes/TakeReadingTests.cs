using Dailies.Contract;
using Dailies.Takes;
using SkiaSharp;

namespace Dailies.Tests.Takes;

/// <summary>What files that have arrived are taken for: whole, torn, or not readable here. Made by the real ffmpeg, which the gate has.</summary>
public sealed class TakeReadingTests : IDisposable
{
    private const int Frames = 10;
    private static readonly VideoTools None = new(null, null);

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>A name, how ffmpeg makes it, and whether it can be counted where there is no ffprobe.</summary>
    public static TheoryData<string, string, bool> Videos => new()
    {
        { "v.mp4", "-c:v libx264", false },
        { "fast.mp4", "-c:v libx264 -movflags +faststart", false },
        { "v-audio.mp4", "-f lavfi -i sine -shortest -c:v libx264 -frames:v 10", false },
        { "v.mov", "-c:v libx264", false },
        { "v.mkv", "-c:v libx264", false },
        { "v.webm", "-c:v libvpx-vp9", false },
        { "v.avi", "-c:v mjpeg", false },
        { "v.gif", "", true },
        { "v.webp", "-c:v libwebp_anim", true },
        { "animated.png", "-f apng", false },
        { "v.apng", "", false },
        { "v.avif", "-c:v libaom-av1 -cpu-used 8", false },
    };

    [Theory]
    [MemberData(nameof(Videos))]
    public async Task A_whole_video_is_counted(string name, string arguments, bool withoutFfprobe)
    {
        var file = await MakeAsync(name, arguments);

        var read = await ReadAsync(FrameSource.Video, VideoTools.Find(), file);
        (read.Outcome, read.FrameCount, read.Problem).ShouldBe((CollectOutcome.Whole, Frames, null));
        read.Files.ShouldHaveSingleItem().ShouldBe(new FrameRecord($"scene/{name}", file.Bytes, file.Sha256, 64, 48));

        var blind = await ReadAsync(FrameSource.Video, None, file);
        (blind.Outcome, blind.FrameCount, blind.Problem is null).ShouldBe((CollectOutcome.Whole, withoutFfprobe ? Frames : 1, withoutFfprobe));
    }

    // ffprobe counts what is left of a video and is content; GIF without a word.
    [Theory]
    [MemberData(nameof(Videos))]
    public async Task Bug_a_video_that_lost_its_end_is_no_shorter_video(string name, string arguments, bool withoutFfprobe)
    {
        var whole = await MakeAsync(name, arguments);
        foreach (var percent in new[] { 99, 95, 60, 30 })
        {
            var torn = Cut(whole, percent);

            foreach (var tools in new[] { VideoTools.Find(), None })
            {
                var read = await ReadAsync(FrameSource.Video, tools, torn);
                (read.Outcome, read.FrameCount).ShouldBe((CollectOutcome.Bad, 0), $"{name} at {percent} %, {(withoutFfprobe ? "" : "not ")}counted without ffprobe");
                read.Problem.ShouldNotBeNull().ShouldStartWith($"{name}: ");
            }
        }
    }

    [Theory]
    [InlineData("a.png", SKEncodedImageFormat.Png)]
    [InlineData("a.jpg", SKEncodedImageFormat.Jpeg)]
    [InlineData("a.webp", SKEncodedImageFormat.Webp)]
    public async Task A_whole_picture_is_read_and_a_torn_one_is_bad(string name, SKEncodedImageFormat format)
    {
        var file = Write(name, Pictures.Make(format));

        var read = await ReadAsync(FrameSource.Still, None, file);
        (read.Outcome, read.Problem, read.Files.Single().Width, read.Content is null).ShouldBe((CollectOutcome.Whole, null, 64, false));

        (await ReadAsync(FrameSource.Still, VideoTools.Find(), Cut(file, 99))).Outcome.ShouldBe(CollectOutcome.Bad);
    }

    [Theory]
    [InlineData("s.exr", "-pix_fmt gbrpf32le", "OpenEXR")]
    [InlineData("s.tif", "", "TIFF")]
    [InlineData("s.avif", "-c:v libaom-av1 -cpu-used 8", "AVIF")]
    public async Task A_picture_that_we_have_no_decoder_for_is_kept_with_a_note(string name, string arguments, string format)
    {
        var file = await MakeAsync(name, arguments + " -frames:v 1");

        foreach (var (tools, width, height) in new[] { (VideoTools.Find(), 64, 48), (None, 0, 0) })
        {
            var read = await ReadAsync(FrameSource.Still, tools, file);
            (read.Outcome, read.FrameCount, read.Content, read.Problem).ShouldBe((CollectOutcome.Whole, 1, null, $"{name} ({format}): kept and hashed, not looked at"));
            read.Files.ShouldHaveSingleItem().ShouldBe(new FrameRecord($"scene/{name}", file.Bytes, file.Sha256, width, height));
        }
    }

    [Fact]
    public async Task A_sequence_of_such_pictures_is_one_note()
    {
        var first = await MakeAsync("s.exr", "-pix_fmt gbrpf32le -frames:v 1");
        var bytes = await File.ReadAllBytesAsync(At(first.Name), Cancel);
        TakeFile[] files = [.. Enumerable.Range(1, 5).Select(n => Write($"f_{n:00000}_.exr", bytes))];

        var read = await ReadAsync(FrameSource.Files, None, files);

        (read.Outcome, read.FrameCount, read.Problem).ShouldBe((CollectOutcome.Whole, 5, "f_00001_.exr and 4 more (OpenEXR): kept and hashed, not looked at"));
    }

    [Fact]
    public async Task A_size_that_is_not_known_is_no_other_size()
    {
        var exr = await MakeAsync("s.exr", "-pix_fmt gbrpf32le -frames:v 1");

        (await ReadAsync(FrameSource.Files, None, Write("a.png", Pictures.Png()), exr, Write("b.png", Pictures.Png()))).Outcome.ShouldBe(CollectOutcome.Whole);
        (await ReadAsync(FrameSource.Files, None, exr, Write("a.png", Pictures.Png()), Write("b.png", Pictures.Png(48, 64)))).Outcome.ShouldBe(CollectOutcome.Bad);
        (await ReadAsync(FrameSource.Files, VideoTools.Find(), exr, Write("a.png", Pictures.Png(48, 64)))).Outcome.ShouldBe(CollectOutcome.Bad);
    }

    [Theory]
    [InlineData("v/1\u0001", "OpenEXR")]
    [InlineData("II*\0", "TIFF")]
    [InlineData("MM\0*", "TIFF")]
    [InlineData("II+\0", "TIFF")]
    [InlineData("\0\0\0\u001cftypavif", "AVIF")]
    [InlineData("\0\0\0\u001cftypavis", "AVIF")]
    [InlineData("\0\0\0\u001cftypheic", "HEIF")]
    [InlineData("\0\0\0\u001cftypisom", null)]
    [InlineData("\0\0\0\u000cJXL \r\n", "JPEG XL")]
    [InlineData("\u00ff\n", "JPEG XL")]
    [InlineData("\0\0\0\u000cjP  \r\n", "JPEG 2000")]
    [InlineData("SDPX", "DPX")]
    [InlineData("#?RADIANCE\n", "Radiance HDR")]
    [InlineData("\u0089PNG\r\n\u001a\n", null)]
    [InlineData("\u00ff\u00d8\u00ff", null)]
    [InlineData("GIF89a", null)]
    [InlineData("<html>", null)]
    [InlineData("", null)]
    public void A_format_is_told_by_its_first_bytes(string head, string? format) =>
        FileSignature.Foreign(System.Text.Encoding.Latin1.GetBytes(head.Replace("v/1", "\u0076\u002f\u0031", StringComparison.Ordinal))).ShouldBe(format);

    // The ending says what somebody meant, the bytes what there is.
    [Theory]
    [InlineData("a.exr")]
    [InlineData("a.avif")]
    [InlineData("a.tif")]
    public async Task What_only_calls_itself_so_is_bad(string name)
    {
        (await ReadAsync(FrameSource.Still, VideoTools.Find(), Write(name, "<html>log in</html>"u8.ToArray()))).Outcome.ShouldBe(CollectOutcome.Bad);
        (await ReadAsync(FrameSource.Still, VideoTools.Find(), Write(name, Pictures.Png()[..^12]))).Outcome.ShouldBe(CollectOutcome.Bad);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private Task<Collected> ReadAsync(string source, VideoTools tools, params TakeFile[] files) =>
        new TakeReading(new VideoProbe(tools)).ReadAsync(source, files, _folder.Path, "scene", Cancel);

    private TakeFile Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return new TakeFile(name, bytes.Length, $"sha of {name}");
    }

    private TakeFile Cut(TakeFile file, int percent) => Write(file.Name, File.ReadAllBytes(At(file.Name))[..(int)(file.Bytes * percent / 100)]);

    private async Task<TakeFile> MakeAsync(string name, string arguments)
    {
        await CliWrap.Cli.Wrap(VideoTools.Find().Ffmpeg!)
            .WithArguments(["-y", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=64x48:r=10:d=1", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), At(name)])
            .ExecuteAsync(Cancel);
        return new TakeFile(name, new FileInfo(At(name)).Length, $"sha of {name}");
    }
}
