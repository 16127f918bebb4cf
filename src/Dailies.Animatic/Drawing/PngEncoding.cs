using SkiaSharp;

namespace Dailies.Animatic.Drawing;

/// <summary>PNG for speed: a night of storyboards is written once and read once.</summary>
internal static class PngEncoding
{
    private static readonly SKPngEncoderOptions Fast = new(SKPngEncoderFilterFlags.Sub, 1);

    public static byte[] Encode(SKBitmap bitmap)
    {
        using var pixels = bitmap.PeekPixels();
        using var data = pixels.Encode(Fast) ?? throw new InvalidOperationException($"a picture of {bitmap.Width} x {bitmap.Height} could not be encoded");
        return data.ToArray();
    }
}
