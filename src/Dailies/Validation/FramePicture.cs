using SkiaSharp;

namespace Dailies.Validation;

/// <summary>What decoding a frame came to. Without a fault and without a size, this machine can't decode its kind: nothing can be held against it.</summary>
internal sealed record FramePicture(int Width, int Height, string? Fault)
{
    private const long MostPixels = 8192L * 8192;
    private static readonly FramePicture Undecidable = new(0, 0, null);
    private static readonly byte[] PngEnd = [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82];

    // By their names these are pictures that every machine of ours decodes.
    private static readonly string[] Decodable = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"];

    /// <summary>Whether its name promises a picture that can be decoded here.</summary>
    public static bool IsDecodable(string name) => Decodable.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Decodes a file that has bytes, whole. Throws <see cref="IOException"/> for a disk that fails.</summary>
    public static FramePicture Read(string path)
    {
        using var codec = SKCodec.Create(path, out var opened);
        if (codec is null)
        {
            return IsDecodable(path) ? new FramePicture(0, 0, $"does not decode ({opened})") : Undecidable;
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width <= 0 || height <= 0)
        {
            return new FramePicture(0, 0, $"has the impossible size {width}×{height}");
        }

        if ((long)width * height > MostPixels)
        {
            return new FramePicture(width, height, null); // its size is known, and its pixels would take a gigabyte
        }

        using var pixels = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Unpremul));
        var decoded = codec.GetPixels(pixels.Info, pixels.GetPixels());
        var fault = decoded != SKCodecResult.Success ? $"is torn ({decoded})"
            : codec.EncodedFormat == SKEncodedImageFormat.Png && !EndsWhole(path) ? "is torn (no end mark)"
            : null;
        return new FramePicture(width, height, fault);
    }

    // A PNG that was cut off behind its last row decodes; it has no IEND. Anything may follow a whole one.
    private static bool EndsWhole(string path)
    {
        using var file = File.OpenRead(path);
        var tail = new byte[Math.Min(file.Length, 64 * 1024)];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        return tail.AsSpan().IndexOf(PngEnd) >= 0;
    }
}
