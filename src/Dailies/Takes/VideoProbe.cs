using System.Globalization;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using SkiaSharp;

namespace Dailies.Takes;

/// <summary>What ffprobe says of a video. <c>Undecidable</c>: we can't read it here, which is not the file's fault.</summary>
internal sealed record VideoFacts(int? Frames, double? Seconds, double? Fps, int? Width, int? Height, string? Codec, string? Error, bool Undecidable = false);

/// <summary>Counts and times videos with ffprobe; with Skia animated WebP, which ffprobe can't read, and GIF where there is no ffprobe. ffprobe is ended when it takes too long.</summary>
internal sealed class VideoProbe(VideoTools tools, TimeProvider? clock = null)
{
    // It decodes every frame and says nothing until the end: generous, but no film keeps a run for ever.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Decodes and counts every frame. Never throws but for cancellation.</summary>
    public async Task<VideoFacts> ReadAsync(string path, CancellationToken cancel)
    {
        if (FileEnd.Fault(path) is { } cut)
        {
            return Unreadable(cut);
        }

        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension == ".webp" || (extension == ".gif" && tools.Ffprobe is null))
        {
            return ReadAnimation(path);
        }

        if (tools.Ffprobe is null)
        {
            return new VideoFacts(null, null, null, null, null, null, VideoTools.Missing("ffprobe"), Undecidable: true);
        }

        var facts = await FactsAsync(path, cancel);
        return facts.Frames is null && FileSignature.Foreign(FileEnd.Head(path)) is { } format
            ? facts with { Error = $"this ffprobe does not read it ({format})", Undecidable = true }
            : facts;
    }

    private async Task<VideoFacts> FactsAsync(string path, CancellationToken cancel)
    {
        var result = await AskAsync(
            path, ["-select_streams", "v:0", "-count_frames", "-show_entries", "stream=codec_name,width,height,avg_frame_rate,nb_read_frames,duration:format=duration", "-of", "json"], cancel);
        return result switch
        {
            null => new VideoFacts(null, null, null, null, null, null, "ffprobe took too long and was ended", Undecidable: true),
            { ExitCode: 0 } => Read(result.StandardOutput),
            _ => Unreadable(result.StandardError.Trim()),
        };
    }

    /// <summary>Whether it has sound; false where that can't be told.</summary>
    public async Task<bool> HasSoundAsync(string path, CancellationToken cancel) =>
        tools.Ffprobe is not null
        && await AskAsync(path, ["-select_streams", "a:0", "-show_entries", "stream=codec_type", "-of", "csv=p=0"], cancel) is { ExitCode: 0 } said
        && said.StandardOutput.Contains("audio", StringComparison.Ordinal);

    // In the file's own folder, so that no path of this machine gets into its words. A file may claim to be a list of others: those are not opened.
    private async Task<BufferedCommandResult?> AskAsync(string path, IReadOnlyList<string> question, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Longest, clock ?? TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await Cli.Wrap(tools.Ffprobe!)
                .WithWorkingDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!)
                .WithArguments(["-v", "error", "-protocol_whitelist", "file", .. question, $"./{Path.GetFileName(path)}"])
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    // {"streams":[{"codec_name":"h264","width":768,"height":432,"avg_frame_rate":"24/1","duration":"1.04","nb_read_frames":"25"}],"format":{"duration":"1.04"}}
    internal static VideoFacts Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (!root.TryGetProperty("streams", out var streams) || streams.GetArrayLength() == 0)
            {
                return Unreadable("no video stream");
            }

            var stream = streams[0];
            var seconds = Number(stream, "duration") ?? (root.TryGetProperty("format", out var format) ? Number(format, "duration") : null);
            return new VideoFacts(
                (int?)Number(stream, "nb_read_frames"), seconds, Rate(stream), (int?)Number(stream, "width"), (int?)Number(stream, "height"),
                stream.TryGetProperty("codec_name", out var codec) ? codec.GetString() : null, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // no JSON, or JSON of another shape
        {
            return Unreadable($"ffprobe's answer is not understood: {e.Message}");
        }
    }

    private static VideoFacts ReadAnimation(string path)
    {
        using var codec = SKCodec.Create(path);
        if (codec is null)
        {
            return Unreadable("does not decode");
        }

        var frames = Math.Max(1, codec.FrameCount);
        using var pixels = new SKBitmap(codec.Info.WithColorType(SKColorType.Bgra8888));
        var torn = Enumerable.Range(0, frames).FirstOrDefault(i => codec.GetPixels(pixels.Info, pixels.GetPixels(), new SKCodecOptions(i)) != SKCodecResult.Success, -1);
        return torn >= 0
            ? Unreadable($"is torn at frame {torn + 1}")
            : new VideoFacts(frames, codec.FrameInfo.Sum(f => f.Duration) / 1000.0, null, codec.Info.Width, codec.Info.Height, codec.EncodedFormat == SKEncodedImageFormat.Gif ? "gif" : "webp", null);
    }

    private static VideoFacts Unreadable(string error) => new(null, null, null, null, null, null, error.Length == 0 ? "does not decode" : error);

    private static double? Number(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && double.TryParse(member.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double? Rate(JsonElement stream)
    {
        var parts = stream.TryGetProperty("avg_frame_rate", out var rate) ? (rate.GetString() ?? "").Split('/') : [];
        return parts.Length == 2 && double.TryParse(parts[0], CultureInfo.InvariantCulture, out var top) && double.TryParse(parts[1], CultureInfo.InvariantCulture, out var bottom) && bottom > 0
            ? Math.Round(top / bottom, 3)
            : null;
    }
}
