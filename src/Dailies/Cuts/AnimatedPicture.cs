using Dailies.Takes;
using SkiaSharp;

namespace Dailies.Cuts;

/// <summary>An animated WebP, which ffmpeg can't read, decoded by Skia.</summary>
internal sealed class AnimatedPicture : IDisposable
{
    private readonly SKCodec _codec;
    private readonly SKBitmap _pixels;
    private int _shown = -1;

    private AnimatedPicture(SKCodec codec)
    {
        _codec = codec;
        _pixels = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Bgra8888, SKAlphaType.Premul));
    }

    /// <summary>Whether a file of this name is read here.</summary>
    public static bool IsOne(string name) => Path.GetExtension(name).Equals(".webp", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens it; throws <see cref="IOException"/> where it does not decode.</summary>
    public static AnimatedPicture Open(string path) => new(SKCodec.Create(path) ?? throw new IOException("the picture does not decode"));

    /// <summary>The frame that is on at a moment of so many, as an image of its own.</summary>
    public SKImage At(double seconds)
    {
        Show(FrameAt([.. _codec.FrameInfo.Select(f => f.Duration)], seconds));
        return SKImage.FromBitmap(_pixels);
    }

    /// <summary>How long it plays, s.</summary>
    public double Seconds => _codec.FrameInfo.Sum(f => f.Duration) / 1000.0;

    /// <summary>Writes so many frames of a rate as raw BGRA, each fitted into the size.</summary>
    public async Task WriteAsync(int width, int height, int frames, double fps, Stream target, CancellationToken cancel)
    {
        int[] spans = [.. _codec.FrameInfo.Select(f => f.Duration)];
        for (var i = 0; i < frames; i++)
        {
            Show(FrameAt(spans, FrameRate.Seconds(i, fps)));
            using var image = SKImage.FromBitmap(_pixels);
            await target.WriteAsync(Picture.Fitted(image, width, height), cancel);
        }
    }

    /// <summary>Which frame is on at a moment; the last one stays. Pure.</summary>
    /// <param name="spans">How long each frame is on, ms.</param>
    /// <param name="seconds">The moment.</param>
    public static int FrameAt(IReadOnlyList<int> spans, double seconds)
    {
        var end = 0.0;
        for (var i = 0; i < spans.Count; i++)
        {
            end += spans[i] / 1000.0;
            if (seconds < end - 0.0005)
            {
                return i;
            }
        }

        return Math.Max(0, spans.Count - 1);
    }

    public void Dispose()
    {
        _pixels.Dispose();
        _codec.Dispose();
    }

    // A frame may only say what changes: it is painted over the one before, where that is still there.
    private void Show(int frame)
    {
        if (frame == _shown)
        {
            return;
        }

        var needed = _codec.FrameCount > 1 ? _codec.FrameInfo[frame].RequiredFrame : -1;
        var options = needed >= 0 && needed == _shown ? new SKCodecOptions(frame, needed) : new SKCodecOptions(frame);
        if (_codec.GetPixels(_pixels.Info, _pixels.GetPixels(), options) != SKCodecResult.Success)
        {
            throw new IOException($"the picture is torn at frame {frame + 1}");
        }

        _shown = frame;
    }
}
