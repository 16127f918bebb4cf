using System.Globalization;

namespace Dailies.Takes;

/// <summary>Frames per second, and who said so.</summary>
/// <param name="Fps">1 to 240.</param>
/// <param name="Origin"><c>cli</c>, <c>env</c>, <c>file</c>, <c>scene</c>, <c>workflow</c> or <c>default</c>.</param>
public readonly record struct FrameRate(double Fps, string Origin)
{
    /// <summary>The scene's own word.</summary>
    public const string FromScene = "scene";

    /// <summary>The graph's.</summary>
    public const string FromWorkflow = "workflow";

    private const string FromDefault = "default";

    /// <summary>The rate of a video that we make from frames. What the operator wrote (command line, environment, dailies.json) wins, as contract §2 has it for every
    /// knob; then the scene's own <c>fps</c>; then the rate that the graph gives its videos; the default last.</summary>
    public static FrameRate Choose(double typed, string typedOrigin, double? scene, double? workflow) =>
        typedOrigin != FromDefault ? new FrameRate(typed, typedOrigin)
        : scene is { } own ? new FrameRate(own, FromScene)
        : workflow is { } graph ? new FrameRate(graph, FromWorkflow)
        : new FrameRate(typed, FromDefault);

    /// <summary>The rate as a ratio, exact where the trade has one: 23.976 is 24000/1001.</summary>
    public static (int Top, int Bottom) Ratio(double fps)
    {
        var (whole, ntsc) = ((int)Math.Round(fps), (int)Math.Round(fps * 1.001));
        return Math.Abs(fps - whole) < 0.0005 ? (whole, 1)
            : Math.Abs(fps - (ntsc * 1000.0 / 1001)) < 0.005 ? (ntsc * 1000, 1001)
            : ((int)Math.Round(fps * 1000), 1000);
    }

    /// <summary>The ratio as ffmpeg reads it.</summary>
    public static string Text(double fps)
    {
        var (top, bottom) = Ratio(fps);
        return bottom == 1 ? top.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{top}/{bottom}");
    }

    /// <summary>How many frames of this rate come closest to a span; at least one.</summary>
    /// <param name="seconds">The span.</param>
    /// <param name="fps">The rate.</param>
    public static int Count(double seconds, double fps)
    {
        var (top, bottom) = Ratio(fps);
        return (int)Math.Clamp(Math.Round(seconds * top / bottom), 1, int.MaxValue);
    }

    /// <summary>How long so many frames play, s.</summary>
    public static double Seconds(int frames, double fps)
    {
        var (top, bottom) = Ratio(fps);
        return frames * (double)bottom / top;
    }
}
