using Dailies.Takes;
using SkiaSharp;

namespace Dailies.Cuts;

/// <summary>Single pictures: read whole or not at all, fitted into a frame.</summary>
internal static class Picture
{
    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>Reads a picture; throws <see cref="IOException"/> where it does not decode.</summary>
    public static SKImage Read(string path)
    {
        using var bitmap = SKBitmap.Decode(path);
        return bitmap is null ? throw new IOException("the picture does not decode") : SKImage.FromBitmap(bitmap);
    }

    /// <summary>A frame with the picture in it, whole, the rest black: raw BGRA.</summary>
    public static byte[] Fitted(SKImage image, int width, int height) => Drawn(width, height, canvas =>
    {
        canvas.Clear(SKColors.Black);
        canvas.DrawImage(image, StillMove.Fit(image.Width, image.Height, width, height), Smooth);
    });

    /// <summary>A frame drawn here: raw BGRA.</summary>
    public static byte[] Drawn(int width, int height, Action<SKCanvas> draw)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        draw(canvas);
        canvas.Flush();
        return bitmap.GetPixelSpan().ToArray();
    }
}
