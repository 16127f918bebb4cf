using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using Dailies.Takes;

namespace Dailies.Tests.Takes;

/// <summary>What ffprobe and ffmpeg, which the gate has, say of a film.</summary>
internal static class Film
{
    private static readonly string[] Tone = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100"];

    /// <summary>Entries of ffprobe, one a line.</summary>
    public static async Task<string> AskAsync(string path, string entries, CancellationToken cancel) => (await CliWrap.Cli.Wrap(VideoTools.Find().Ffprobe!)
        .WithArguments(["-v", "error", "-show_entries", entries, "-of", "default=nw=1", path]).ExecuteBufferedAsync(cancel)).StandardOutput;

    /// <summary>Checksums of every decoded frame.</summary>
    public static async Task<IReadOnlyList<string>> FramesAsync(string path, CancellationToken cancel) => [.. (await CliWrap.Cli.Wrap(VideoTools.Find().Ffmpeg!)
        .WithArguments(["-v", "error", "-i", path, "-map", "0:v:0", "-f", "framemd5", "-"]).ExecuteBufferedAsync(cancel))
        .StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith('#')).Select(l => l.Split(',')[^1].Trim())];

    /// <summary>The loudest sample of a span, dB; null where there is no sound at all.</summary>
    public static async Task<double?> LoudestAsync(string path, double from, double seconds, CancellationToken cancel)
    {
        var said = (await CliWrap.Cli.Wrap(VideoTools.Find().Ffmpeg!)
            .WithArguments(["-v", "info", "-ss", Text(from), "-t", Text(seconds), "-i", path, "-map", "0:a:0", "-af", "volumedetect", "-f", "null", "-"])
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancel)).StandardError;
        var at = said.IndexOf("max_volume: ", StringComparison.Ordinal);
        return at < 0 ? null : double.Parse(said[(at + 12)..].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>Makes a video of coloured bars, with a tone where <paramref name="sound"/>.</summary>
    public static async Task MakeAsync(string path, string size, double fps, int frames, bool sound, CancellationToken cancel, params string[] codec) => await CliWrap.Cli.Wrap(VideoTools.Find().Ffmpeg!)
        .WithArguments(
        [
            "-v", "error", "-y", "-f", "lavfi", "-i", $"testsrc2=size={size}:rate={Text(fps)}", .. sound ? Tone : [],
            "-t", Text(frames / fps), .. codec, path,
        ]).ExecuteAsync(cancel);

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
