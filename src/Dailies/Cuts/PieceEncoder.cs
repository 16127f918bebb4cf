using System.Security.Cryptography;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Takes;
using SkiaSharp;

namespace Dailies.Cuts;

/// <summary>Encodes one piece of the film.</summary>
internal sealed class PieceEncoder(RunFolder run, CutPlan plan, Ffmpeg ffmpeg, VideoProbe probe, CardPainter painter)
{
    /// <summary>What is to be said against the piece, or null: then it lies under its temp name and has its frames.</summary>
    public async Task<string?> FaultAsync(CutPiece piece, int number, CancellationToken cancel)
    {
        try
        {
            return piece.Show switch
            {
                CutShow.Clip clip => await ClipAsync(clip, piece.Frames, number, cancel),
                CutShow.Still still => await HeldAsync(Still(still.Path), piece.Frames, number, cancel),
                CutShow.Slate => await HeldAsync(Card(canvas => painter.Slate(canvas, plan.Width, plan.Height, piece.Scene)), piece.Frames, number, cancel),
                CutShow.Card card => await HeldAsync(Card(canvas => painter.Why(canvas, plan.Width, plan.Height, piece.Scene, card)), piece.Frames, number, cancel),
                _ => throw new InvalidOperationException(piece.Show.GetType().Name),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message.Replace(run.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        }
    }

    /// <summary>The temp name of a piece, relative to the run folder.</summary>
    public static string Name(int number) => RunFolder.StoryPiece(number) + AtomicFile.TempSuffix;

    private async Task<string?> ClipAsync(CutShow.Clip clip, int frames, int number, CancellationToken cancel)
    {
        if (clip.Sha256 is { } right && await HashAsync(clip.Path, cancel) != right)
        {
            return "its video has changed since it was made";
        }

        if (AnimatedPicture.IsOne(clip.Path))
        {
            using var picture = AnimatedPicture.Open(run.At(clip.Path));
            return await RunAsync(CutArguments.Fed(plan, frames, Name(number)), (target, stop) => picture.WriteAsync(plan.Width, plan.Height, frames, plan.Fps, target, stop), frames, number, cancel);
        }

        var sound = await probe.HasSoundAsync(run.At(clip.Path), cancel);
        var fault = await RunAsync(CutArguments.Clip(plan, frames, clip.Path, sound, Name(number)), null, frames, number, cancel);
        // Sound that can't be read takes no picture away.
        return fault is not null && sound ? await RunAsync(CutArguments.Clip(plan, frames, clip.Path, sound: false, Name(number)), null, frames, number, cancel) : fault;
    }

    private Task<string?> HeldAsync(byte[] frame, int frames, int number, CancellationToken cancel) =>
        RunAsync(CutArguments.Held(plan, frames, Name(number)), (target, stop) => target.WriteAsync(frame, stop).AsTask(), frames, number, cancel);

    private async Task<string?> RunAsync(IReadOnlyList<string> arguments, Func<Stream, CancellationToken, Task>? feed, int frames, int number, CancellationToken cancel)
    {
        var end = await ffmpeg.RunAsync(new FfmpegWork(run.Root, arguments) { Feed = feed, Output = Name(number) }, cancel);
        return end.Fault ?? (end.Frames == frames ? null : $"it ends after {end.Frames} of {frames} frames");
    }

    private byte[] Still(string path)
    {
        using var image = Picture.Read(run.At(path));
        return Picture.Fitted(image, plan.Width, plan.Height);
    }

    private byte[] Card(Action<SKCanvas> draw) => Picture.Drawn(plan.Width, plan.Height, draw);

    private async Task<string> HashAsync(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(run.At(path));
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
    }
}
