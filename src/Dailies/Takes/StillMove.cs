using SkiaSharp;

namespace Dailies.Takes;

/// <summary>A gentle camera move over a still picture: a slow push-in that eases off at both ends. Drawn between the pixels, so that it does not jitter as one by whole pixels does.</summary>
public static class StillMove
{
    /// <summary>How much closer the last frame is than the first.</summary>
    private const float Closer = 0.08f;
    private static readonly SKSamplingOptions Smooth = new(SKCubicResampler.Mitchell);

    /// <summary>How close the camera is at a frame. Pure.</summary>
    /// <value>1 for the whole picture.</value>
    public static float Zoom(int frame, int frames)
    {
        var t = frames < 2 ? 0 : (float)frame / (frames - 1);
        return 1 + (Closer * t * t * (3 - (2 * t)));
    }

    /// <summary>Writes the frames one after the other as raw BGRA.</summary>
    /// <param name="still">The picture.</param>
    /// <param name="width">Of a frame, px.</param>
    /// <param name="height">Of a frame, px.</param>
    /// <param name="frames">How many.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task WriteAsync(SKImage still, int width, int height, int frames, Stream target, CancellationToken cancel)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        var bytes = new byte[bitmap.ByteCount];
        for (var i = 0; i < frames; i++)
        {
            canvas.Clear(SKColors.Black);
            canvas.Save();
            canvas.Scale(Zoom(i, frames), Zoom(i, frames), width / 2f, height / 2f);
            canvas.DrawImage(still, Fit(still.Width, still.Height, width, height), Smooth);
            canvas.Restore();
            bitmap.GetPixelSpan().CopyTo(bytes);
            await target.WriteAsync(bytes, cancel);
        }
    }

    /// <summary>Where a picture goes in a frame: whole, as large as it can be, in the middle. Pure.</summary>
    public static SKRect Fit(float width, float height, float frameWidth, float frameHeight)
    {
        var scale = Math.Min(frameWidth / width, frameHeight / height);
        var (w, h) = (width * scale, height * scale);
        return SKRect.Create((frameWidth - w) / 2, (frameHeight - h) / 2, w, h);
    }
}
