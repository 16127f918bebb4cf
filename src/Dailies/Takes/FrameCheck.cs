using SkiaSharp;

namespace Dailies.Takes;

/// <summary>What a frame file turned out to be: its size in pixels, or a fault.</summary>
internal sealed record FrameVerdict(int Width, int Height, int Frames, string? Fault, FrameLight? Light = null)
{
    /// <summary>The format that can't be decoded here, or null.</summary>
    public string? Foreign { get; init; }

    /// <summary>A picture that can't be used.</summary>
    public static FrameVerdict Bad(string fault) => new(0, 0, 0, fault);

    /// <summary>A picture of a format that we have no decoder for: not its fault.</summary>
    public static FrameVerdict Unread(string format) => new(0, 0, 1, null) { Foreign = format };
}

/// <summary>Decodes a frame whole. A file that only begins like a picture is a torn one.</summary>
internal static class FrameCheck
{
    private const long MostPixels = 8192L * 8192;

    /// <summary>Reads and decodes the file; every fault is a verdict, never an exception, but for a disk that fails.</summary>
    public static FrameVerdict Check(string path)
    {
        using var codec = SKCodec.Create(path, out var opened);
        if (codec is null)
        {
            return FileSignature.Foreign(FileEnd.Head(path)) is not { } format ? FrameVerdict.Bad($"does not decode ({opened})")
                : FileEnd.Fault(path) is { } cut ? FrameVerdict.Bad(cut)
                : FrameVerdict.Unread(format);
        }

        var info = codec.Info;
        if (info.Width <= 0 || info.Height <= 0 || (long)info.Width * info.Height > MostPixels)
        {
            return FrameVerdict.Bad($"has an impossible size ({info.Width}×{info.Height})");
        }

        using var pixels = new SKBitmap(new SKImageInfo(info.Width, info.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul));
        var decoded = codec.GetPixels(pixels.Info, pixels.GetPixels());
        return decoded != SKCodecResult.Success ? FrameVerdict.Bad($"is torn ({decoded})")
            : FileEnd.Fault(path) is { } fault ? FrameVerdict.Bad(fault)
            : new FrameVerdict(info.Width, info.Height, Math.Max(1, codec.FrameCount), null, FrameLight.Of(pixels.GetPixelSpan()));
    }
}
