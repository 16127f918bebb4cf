using SkiaSharp;

namespace Dailies.Takes;

/// <summary>What a frame file turned out to be: its size in pixels, or a fault.</summary>
internal sealed record FrameVerdict(int Width, int Height, int Frames, string? Fault, FrameLight? Light = null)
{
    /// <summary>A picture that can't be used.</summary>
    public static FrameVerdict Bad(string fault) => new(0, 0, 0, fault);
}

/// <summary>Decodes a frame whole. A file that only begins like a picture is a torn one.</summary>
internal static class FrameCheck
{
    private const long MostPixels = 8192L * 8192;
    private static readonly byte[] PngEnd = [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82];

    /// <summary>Reads and decodes the file; every fault is a verdict, never an exception, but for a disk that fails.</summary>
    public static FrameVerdict Check(string path)
    {
        using var codec = SKCodec.Create(path, out var opened);
        if (codec is null)
        {
            return FrameVerdict.Bad($"does not decode ({opened})");
        }

        var info = codec.Info;
        if (info.Width <= 0 || info.Height <= 0 || (long)info.Width * info.Height > MostPixels)
        {
            return FrameVerdict.Bad($"has an impossible size ({info.Width}×{info.Height})");
        }

        using var pixels = new SKBitmap(new SKImageInfo(info.Width, info.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul));
        var decoded = codec.GetPixels(pixels.Info, pixels.GetPixels());
        if (decoded != SKCodecResult.Success)
        {
            return FrameVerdict.Bad($"is torn ({decoded})");
        }

        return codec.EncodedFormat == SKEncodedImageFormat.Png && !EndsWhole(path)
            ? FrameVerdict.Bad("is torn (no end mark)")
            : new FrameVerdict(info.Width, info.Height, Math.Max(1, codec.FrameCount), null, FrameLight.Of(pixels.GetPixelSpan()));
    }

    // A PNG killed in mid-write has no IEND; anything may follow a whole one.
    private static bool EndsWhole(string path)
    {
        using var file = File.OpenRead(path);
        var tail = new byte[Math.Min(file.Length, 64 * 1024)];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        return tail.AsSpan().IndexOf(PngEnd) >= 0;
    }
}
