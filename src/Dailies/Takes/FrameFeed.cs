using System.Globalization;
using Dailies.Contract;
using SkiaSharp;

namespace Dailies.Takes;

/// <summary>What ffmpeg is fed for a scene's video: the take's files one after the other, or a move over its one picture.</summary>
internal sealed class FrameFeed : IDisposable
{
    private readonly SKImage? _still;

    private FrameFeed(IReadOnlyList<string> input, Func<Stream, CancellationToken, Task> write, SKImage? still = null) => (Input, WriteAsync, _still) = (input, write, still);

    /// <summary>The input as ffmpeg is told of it.</summary>
    public IReadOnlyList<string> Input { get; }

    /// <summary>Fills its standard input.</summary>
    public Func<Stream, CancellationToken, Task> WriteAsync { get; }

    /// <summary>For one video. Throws <see cref="IOException"/> for a still that can't be read.</summary>
    public static FrameFeed Of(RunFolder run, VideoOrder order) => order.Source == FrameSource.Still ? Move(run, order) : Files(run, order);

    /// <summary>The input of raw frames as <see cref="StillMove"/> writes them.</summary>
    public static IReadOnlyList<string> Raw(int width, int height, string rate) =>
        ["-f", "rawvideo", "-pix_fmt", "bgra", "-video_size", string.Create(CultureInfo.InvariantCulture, $"{width}x{height}"), "-framerate", rate, "-i", "pipe:0"];

    public void Dispose() => _still?.Dispose();

    private static FrameFeed Files(RunFolder run, VideoOrder order) => new(
        ["-f", "image2pipe", "-framerate", FrameRate.Text(order.Rate.Fps), .. InputCodec(order.Frames[0].File), "-i", "pipe:0"],
        async (target, cancel) =>
        {
            foreach (var frame in order.Frames)
            {
                await using var file = File.OpenRead(run.At(frame.File));
                await file.CopyToAsync(target, cancel);
            }
        });

    private static FrameFeed Move(RunFolder run, VideoOrder order)
    {
        var still = SKImage.FromEncodedData(run.At(order.Frames[0].File)) ?? throw new IOException("the still image does not decode");
        var (width, height) = (Even(still.Width), Even(still.Height));
        return new FrameFeed(
            Raw(width, height, FrameRate.Text(order.Rate.Fps)), (target, cancel) => StillMove.WriteAsync(still, width, height, order.FrameCount, target, cancel), still);
    }

    // yuv420p has one colour for two pixels either way.
    private static int Even(int length) => length + (length % 2);

    // A pipe has no file name to guess the codec from.
    private static IReadOnlyList<string> InputCodec(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".png" => ["-c:v", "png"],
        ".jpg" or ".jpeg" => ["-c:v", "mjpeg"],
        ".webp" => ["-c:v", "webp"],
        _ => [],
    };
}
