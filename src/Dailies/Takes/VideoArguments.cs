using System.Globalization;

namespace Dailies.Takes;

/// <summary>What ffmpeg is told. Nothing that a user, a model or a server wrote is ever part of a filter: only <c>-metadata</c> takes text, and takes all of it as text. Pure.</summary>
internal static class VideoArguments
{
    private const int MostText = 1_000;

    /// <summary>Colours as every player takes them for granted; without these words players guess by the size of the picture.</summary>
    public static IReadOnlyList<string> Colours { get; } = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"];

    /// <summary>Becomes what <see cref="Colours"/> says.</summary>
    public const string ToColours = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p";

    /// <summary>The codec, as a whole film and its scenes have it.</summary>
    public static IReadOnlyList<string> Codec { get; } = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "18", "-preset", "veryfast"];

    /// <summary>What comes between the input of a scene's video and the name of its file.</summary>
    public static IReadOnlyList<string> Scene(string runId, VideoOrder order) =>
    [
        "-an", "-vf", $"pad=ceil(iw/2)*2:ceil(ih/2)*2,{ToColours}", .. Codec, .. Colours, "-movflags", "+faststart",
        .. Words(order.Title, string.Create(CultureInfo.InvariantCulture, $"run={runId} scene={order.SceneId} attempt={order.Attempt} seed={order.Seed}")), "-f", "mp4",
    ];

    /// <summary>A title for people and a comment for programs.</summary>
    public static IReadOnlyList<string> Words(string title, string comment) => ["-metadata", $"title={Plain(title)}", "-metadata", $"comment={comment}"];

    // An argument ends at NUL, and all arguments together have a limit.
    private static string Plain(string text)
    {
        var cut = text.Length > MostText ? text[..(MostText - (char.IsHighSurrogate(text[MostText - 1]) ? 1 : 0))] : text;
        return new string([.. cut.Select(c => char.IsControl(c) ? ' ' : c)]);
    }
}
