using Dailies.Contract;
using Dailies.Validation;
using SkiaSharp;
using static Dailies.Tests.Validation.Mutations;

namespace Dailies.Tests.Validation;

/// <summary>Frames of every kind: what this machine can decode is decoded, what it can't is never held against a run.</summary>
public class FrameKindTests
{
    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, ".jpg")]
    [InlineData(SKEncodedImageFormat.Webp, ".webp")]
    [InlineData(SKEncodedImageFormat.Png, ".png")]
    public void A_whole_picture_is_no_finding_and_half_of_it_is_torn(SKEncodedImageFormat format, string extension)
    {
        var picture = Picture(format);
        Codes(extension, picture, 64, 48).ShouldBeEmpty();
        Codes(extension, picture, 48, 64).ShouldBe(["TC-617"]);
        Codes(extension, picture, 0, 0).ShouldBe(["TC-617"]);
        Codes(extension, picture[..(picture.Length / 2)], 64, 48).ShouldBe(["TC-616"]);
    }

    [Theory]
    [InlineData(".exr")]
    [InlineData(".tiff")]
    [InlineData(".dpx")]
    public void What_can_not_be_decoded_here_is_not_judged(string extension)
    {
        Codes(extension, "II*\0 something of another trade"u8.ToArray(), 0, 0).ShouldBeEmpty();
        Codes(extension, "II*\0 something of another trade"u8.ToArray(), 4096, 2160).ShouldBeEmpty();
    }

    // A station whose ffprobe we don't have: the video is there, and nobody knows its size.
    [Fact]
    public void A_video_without_a_size_is_no_finding()
    {
        using var run = GoodRun.Write(m => With(m, 0, s => s with
        {
            FrameSource = FrameSource.Video,
            Frames = [new FrameRecord($"{s.GeneratedFramesDir}/clip_00001.mp4", 6, GoodRun.Hash("a film"u8), 0, 0)],
            Telemetry = s.Telemetry! with { DoneMarkerDetected = false, DoneMarkerPath = null, DoneMarkerWaitSeconds = 0 },
            Attempts = [s.Attempts[0] with { Telemetry = s.Telemetry! with { DoneMarkerDetected = false, DoneMarkerPath = null, DoneMarkerWaitSeconds = 0 } }],
        }));
        RunValidator.Validate(run.Folder).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_run_that_ends_trusts_what_it_decoded_itself()
    {
        using var run = Torn();
        RunValidator.Validate(run.Folder).Findings.Select(f => f.Rule.Code).ShouldBe(["TC-616"]);
        RunValidator.Validate(run.Folder, new ValidationOptions { Decode = false }).Findings.ShouldBeEmpty();
    }

    private static GoodRun Torn()
    {
        var run = GoodRun.Write();
        var bytes = GoodRun.Frame(2)[..^20];
        run.File(run.Metadata.Scenes[0].Frames[1].File, bytes);
        run.Set("/Scenes/0/Frames/1/Bytes", bytes.Length);
        run.Set("/Scenes/0/Frames/1/Sha256", GoodRun.Hash(bytes));
        return run;
    }

    private static IEnumerable<string> Codes(string extension, byte[] bytes, int width, int height)
    {
        using var run = GoodRun.Write(m => With(m, 0, s => s with
        {
            Frames = [.. s.Frames.Select((f, i) => new FrameRecord($"{s.GeneratedFramesDir}/frame_0000{i + 1}{extension}", bytes.Length, GoodRun.Hash(bytes), width, height))],
        }), bytes);
        return [.. RunValidator.Validate(run.Folder).Findings.Select(f => f.Rule.Code).Distinct()];
    }

    private static byte[] Picture(SKEncodedImageFormat format)
    {
        using var picture = new SKBitmap(64, 48);
        for (var i = 0; i < 64 * 48; i++)
        {
            picture.SetPixel(i % 64, i / 64, new SKColor((uint)(0xFF000000 | (i * 2654435761))));
        }

        using var data = picture.Encode(format, 90);
        return data.ToArray();
    }
}
