using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using Dailies.Contract;
using Dailies.Disk;

namespace Dailies.Takes;

/// <summary>Makes a scene's video from its take: H.264 from frames or of a move over a still, or the renderer's own container as it is.</summary>
internal sealed class VideoAssembler(VideoTools tools, VideoProbe probe, TimeProvider clock)
{
    /// <summary>The video's record; <c>missing</c> with the reason when there is none. Never throws but for cancellation: a take stands without its video.</summary>
    public async Task<VideoRecord> MakeAsync(RunFolder run, VideoOrder order, CancellationToken cancel)
    {
        try
        {
            return order switch
            {
                { Source: FrameSource.Video } => await KeepAsync(run, order, cancel),
                { Source: FrameSource.Still, MoveFrames: null } => Missing("the take is one still image"),
                _ => await EncodeAsync(run, order, cancel),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            return Missing(e.Message);
        }
    }

    /// <summary>A record of a video that is not there.</summary>
    public VideoRecord Missing(string why) => new(null, null, VideoRecord.Missing, Stamp.Of(clock), why, null, null, null, null, null);

    private async Task<VideoRecord> KeepAsync(RunFolder run, VideoOrder order, CancellationToken cancel)
    {
        var file = order.Frames[0].File;
        var name = RunFolder.SceneVideo(order.SceneId, Path.GetExtension(file).ToLowerInvariant());
        AtomicFile.Copy(run.At(file), run.At(name));
        return await RecordAsync(run, name, cancel);
    }

    private async Task<VideoRecord> EncodeAsync(RunFolder run, VideoOrder order, CancellationToken cancel)
    {
        if (tools.Ffmpeg is null)
        {
            return Missing(VideoTools.Missing("ffmpeg"));
        }

        if (order.Frames.FirstOrDefault(f => (f.Width, f.Height) != (order.Frames[0].Width, order.Frames[0].Height)) is { } other)
        {
            return Missing(string.Create(CultureInfo.InvariantCulture, $"its frames have several sizes: {order.Frames[0].Width}×{order.Frames[0].Height} and {other.Width}×{other.Height}"));
        }

        var name = RunFolder.SceneVideo(order.SceneId, ".mp4");
        var temp = run.At(name) + AtomicFile.TempSuffix;
        Folder.Create(run.At(RunFolder.Video));
        if (await FaultAsync(run, order, name, cancel) is { } fault)
        {
            File.Delete(temp);
            return Missing(fault);
        }

        AtomicFile.Publish(temp, run.At(name));
        return await RecordAsync(run, name, cancel) with { FpsOrigin = order.Rate.Origin };
    }

    // What is to be said against the video under its temp name, or null. It is counted before it gets its name: one that lost frames is not published.
    private async Task<string?> FaultAsync(RunFolder run, VideoOrder order, string name, CancellationToken cancel)
    {
        var temp = run.At(name) + AtomicFile.TempSuffix;
        using (SideEffects.OnFile(SideEffects.Write, run.At(name)))
        {
            using var feed = FrameFeed.Of(run, order);
            var work = new FfmpegWork(run.Root, [.. feed.Input, .. VideoArguments.Scene(run.RunId, order), name + AtomicFile.TempSuffix])
            {
                Feed = feed.WriteAsync,
                Output = name + AtomicFile.TempSuffix,
                Progress = order.Progress,
            };
            if ((await new Ffmpeg(tools.Ffmpeg!, clock).RunAsync(work, cancel)).Fault is { } fault)
            {
                return fault;
            }

            AtomicFile.Flush(temp);
        }

        return (await probe.ReadAsync(temp, cancel)).Frames is { } counted && counted != order.FrameCount
            ? $"the video had {counted} frames, the take has {order.FrameCount}"
            : null;
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
