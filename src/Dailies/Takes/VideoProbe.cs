using System.Globalization;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using SkiaSharp;

namespace Dailies.Takes;

/// <summary>What ffprobe says of a video. <c>Undecidable</c>: we can't read it here, which is not the file's fault.</summary>
internal sealed record VideoFacts(int? Frames, double? Seconds, double? Fps, int? Width, int? Height, string? Codec, string? Error, bool Undecidable = false);

/// <summary>Counts and times videos with ffprobe; with Skia animated WebP, which ffprobe can't read, and GIF where there is no ffprobe.</summary>
internal sealed class VideoProbe(VideoTools tools)
{
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

        var facts = await AskAsync(path, cancel);
        return facts.Frames is null && FileSignature.Foreign(FileEnd.Head(path)) is { } format
            ? facts with { Error = $"this ffprobe does not read it ({format})", Undecidable = true }
            : facts;
    }

    private async Task<VideoFacts> AskAsync(string path, CancellationToken cancel)
    {

        var result = await Cli.Wrap(tools.Ffprobe!)
            .WithArguments(["-v", "error", "-select_streams", "v:0", "-count_frames", "-show_entries",
                "stream=codec_name,width,height,avg_frame_rate,nb_read_frames,duration:format=duration", "-of", "json", path])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancel);
        return result.ExitCode == 0 ? Read(result.StandardOutput) : Unreadable(result.StandardError.Trim());
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
