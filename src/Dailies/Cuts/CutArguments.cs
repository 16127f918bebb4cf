using System.Globalization;
using Dailies.Takes;

namespace Dailies.Cuts;

/// <summary>What ffmpeg is told for the film and its pieces. Only numbers of ours go into a filter. Pure.</summary>
/// <remarks>Pieces are encoded as the film will be, without frames that look ahead, so that they can be joined without encoding them again; their sound is not
/// compressed yet, since compressed sound has a length of its own and would move every later scene. Picture and sound end by themselves:
/// <c>-frames:v</c> would end the sound a moment early.</remarks>
internal static class CutArguments
{
    private const int SoundRate = 48_000;

    // How many frames a video may be short of its own length: rounding, and a last frame that is shown for longer.
    private const int Slack = 2;

    /// <summary>Silence, as a second input.</summary>
    private static readonly string[] Silence = ["-f", "lavfi", "-i", $"anullsrc=channel_layout=stereo:sample_rate={SoundRate}"];

    /// <summary>A piece of a video of the run.</summary>
    public static IReadOnlyList<string> Clip(CutPlan plan, int frames, string path, bool sound, string output)
    {
        var fit = $"fps={FrameRate.Text(plan.Fps)}:start_time=0,scale=iw*sar:ih,scale={Size(plan, ':')}:force_original_aspect_ratio=decrease:force_divisible_by=2,"
            + $"pad={Size(plan, ':')}:(ow-iw)/2:(oh-ih)/2,setsar=1,tpad=stop_mode=clone:stop={Slack}";
        return
        [
            "-protocol_whitelist", "file,pipe", "-i", path, .. sound ? [] : Silence,
            .. Piece(plan, frames, fit, sound ? $"[0:a:0]aresample={SoundRate}:async=1:first_pts=0,aformat=sample_fmts=s16:channel_layouts=stereo,apad" : "[1:a]anull", output),
        ];
    }

    /// <summary>A piece of frames that we feed, as many as the piece has.</summary>
    public static IReadOnlyList<string> Fed(CutPlan plan, int frames, string output) => [.. Raw(plan), .. Piece(plan, frames, "setsar=1", "[1:a]anull", output)];

    /// <summary>A piece of one frame that we feed, held.</summary>
    public static IReadOnlyList<string> Held(CutPlan plan, int frames, string output) =>
        [.. Raw(plan), .. Piece(plan, frames, string.Create(CultureInfo.InvariantCulture, $"setsar=1,tpad=stop_mode=clone:stop={frames - 1}"), "[1:a]anull", output)];

    /// <summary>The film, from the list of its pieces.</summary>
    public static IReadOnlyList<string> Join(string list, string title, string comment, string output) =>
    [
        "-protocol_whitelist", "file,pipe", "-f", "concat", "-i", list, "-map", "0:v:0", "-map", "0:a:0", "-c:v", "copy", "-c:a", "aac", "-b:a", "192k",
        "-movflags", "+faststart", .. VideoArguments.Words(title, comment), "-f", "mp4", output,
    ];

    /// <summary>The list of pieces, each as long as its frames are.</summary>
    public static string List(IEnumerable<(string Name, int Frames)> pieces, double fps) => "ffconcat version 1.0\n" + string.Concat(
        pieces.Select(p => string.Create(CultureInfo.InvariantCulture, $"file {p.Name}\nduration {FrameRate.Seconds(p.Frames, fps):0.000000}\n")));

    /// <summary>One frame from the middle of a video, as a PNG on standard output.</summary>
    public static IReadOnlyList<string> Middle(string path, double seconds) =>
    [
        "-protocol_whitelist", "file,pipe", "-ss", (seconds / 2).ToString("0.000", CultureInfo.InvariantCulture), "-i", path,
        "-map", "0:v:0", "-frames:v", "1", "-f", "image2pipe", "-c:v", "png", "pipe:1",
    ];

    private static IEnumerable<string> Raw(CutPlan plan) => [.. FrameFeed.Raw(plan.Width, plan.Height, FrameRate.Text(plan.Fps)), .. Silence];

    private static IEnumerable<string> Piece(CutPlan plan, int frames, string picture, string sound, string output) =>
    [
        "-filter_complex",
        string.Create(CultureInfo.InvariantCulture, $"[0:v:0]{picture},trim=end_frame={frames},{VideoArguments.ToColours}[v];{sound},atrim=end_sample={Math.Round(FrameRate.Seconds(frames, plan.Fps) * SoundRate)}[a]"),
        "-map", "[v]", "-map", "[a]", "-r", FrameRate.Text(plan.Fps),
        .. VideoArguments.Codec, "-bf", "0", "-x264-params", "stitchable=1", .. VideoArguments.Colours, "-c:a", "pcm_s16le", "-f", "mov", output,
    ];

    private static string Size(CutPlan plan, char between) => string.Create(CultureInfo.InvariantCulture, $"{plan.Width}{between}{plan.Height}");
}
