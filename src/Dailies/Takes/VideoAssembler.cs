using System.Globalization;
using System.Security.Cryptography;
using CliWrap;
using Dailies.Contract;
using Dailies.Disk;

namespace Dailies.Takes;

/// <summary>Makes a scene's video from its take: H.264 from frames, or the renderer's own container as it is.</summary>
internal sealed class VideoAssembler(VideoTools tools, VideoProbe probe, TimeProvider clock)
{
    /// <summary>The video's record; <c>missing</c> with the reason when there is none. Never throws but for cancellation: a take stands without its video.</summary>
    public async Task<VideoRecord> MakeAsync(RunFolder run, string sceneId, string title, string source, IReadOnlyList<FrameRecord> frames, double fps, CancellationToken cancel)
    {
        try
        {
            return source switch
            {
                FrameSource.Video => await KeepAsync(run, sceneId, frames[0], cancel),
                FrameSource.Still => Missing("the take is one still image"),
                _ => await EncodeAsync(run, sceneId, title, frames, fps, cancel),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return Missing(e.Message);
        }
    }

    /// <summary>A record of a video that is not there.</summary>
    public VideoRecord Missing(string why) => new(null, null, VideoRecord.Missing, Stamp.Of(clock), why, null, null, null, null, null);

    private async Task<VideoRecord> KeepAsync(RunFolder run, string sceneId, FrameRecord file, CancellationToken cancel)
    {
        var name = RunFolder.SceneVideo(sceneId, Path.GetExtension(file.File).ToLowerInvariant());
        Folder.Create(run.At(RunFolder.Video));
        var temp = run.At(name) + AtomicFile.TempSuffix;
        using (SideEffects.OnFile(SideEffects.Write, run.At(name)))
        {
            File.Copy(run.At(file.File), temp, overwrite: true);
            AtomicFile.Flush(temp);
        }

        AtomicFile.Publish(temp, run.At(name));
        return await RecordAsync(run, name, cancel);
    }

    private async Task<VideoRecord> EncodeAsync(RunFolder run, string sceneId, string title, IReadOnlyList<FrameRecord> frames, double fps, CancellationToken cancel)
    {
        if (tools.Ffmpeg is null)
        {
            return Missing(VideoTools.Missing("ffmpeg"));
        }

        var name = RunFolder.SceneVideo(sceneId, ".mp4");
        Folder.Create(run.At(RunFolder.Video));
        var temp = run.At(name) + AtomicFile.TempSuffix;
        if (await FillAsync(run, sceneId, title, frames, fps, name, cancel) is { } fault)
        {
            File.Delete(temp);
            return Missing(fault);
        }

        // Counted before it gets its name: a video that lost frames is not published.
        var count = (await probe.ReadAsync(temp, cancel)).Frames;
        if (count is { } counted && counted != frames.Count)
        {
            File.Delete(temp);
            return Missing($"the video had {counted} frames, the take has {frames.Count}");
        }

        AtomicFile.Publish(temp, run.At(name));
        return await RecordAsync(run, name, cancel);
    }

    // What ffmpeg says against it, or null.
    private async Task<string?> FillAsync(RunFolder run, string sceneId, string title, IReadOnlyList<FrameRecord> frames, double fps, string name, CancellationToken cancel)
    {
        using var span = SideEffects.OnFile(SideEffects.Write, run.At(name));
        var temp = run.At(name) + AtomicFile.TempSuffix;
        var errors = new StringWriter();
        var result = await Cli.Wrap(tools.Ffmpeg!)
            .WithArguments(
            [
                "-y", "-v", "error", "-f", "image2pipe", "-framerate", fps.ToString(CultureInfo.InvariantCulture),
                .. InputCodec(frames[0].File),
                "-i", "pipe:0", "-an", "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "18", "-preset", "veryfast",
                "-movflags", "+faststart", "-metadata", $"title={title}", "-metadata", $"comment={run.RunId} {sceneId}", "-f", "mp4", temp,
            ])
            .WithStandardInputPipe(PipeSource.Create((target, stop) => PourAsync(run, frames, target, stop)))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(errors.WriteLine))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancel);
        if (result.ExitCode != 0)
        {
            return $"ffmpeg ended with {result.ExitCode}: {errors.ToString().Trim()}";
        }

        AtomicFile.Flush(temp);
        return null;
    }

    // A pipe has no file name to guess the codec from.
    private static IReadOnlyList<string> InputCodec(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".png" => ["-c:v", "png"],
        ".jpg" or ".jpeg" => ["-c:v", "mjpeg"],
        ".webp" => ["-c:v", "webp"],
        _ => [],
    };

    private static async Task PourAsync(RunFolder run, IReadOnlyList<FrameRecord> frames, Stream target, CancellationToken cancel)
    {
        foreach (var frame in frames)
        {
            await using var file = File.OpenRead(run.At(frame.File));
            await file.CopyToAsync(target, cancel);
        }
    }

    // A video that can't be read here for want of ffprobe is complete without its facts; one that ffprobe refuses is none.
    private async Task<VideoRecord> RecordAsync(RunFolder run, string name, CancellationToken cancel)
    {
        var facts = await probe.ReadAsync(run.At(name), cancel);
        if (facts is { Error: { } error, Undecidable: false })
        {
            return Missing(error);
        }

        await using var file = File.OpenRead(run.At(name));
        var sha = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
        return new VideoRecord(
            name, facts.Seconds is { } s ? Math.Round(s, 3) : null, VideoRecord.Complete, Stamp.Of(clock), null, facts.Codec, facts.Fps, facts.Width, facts.Height, sha);
    }
}
