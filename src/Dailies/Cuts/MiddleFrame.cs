using Dailies.Contract;
using Dailies.Takes;
using SkiaSharp;

namespace Dailies.Cuts;

/// <summary>The picture from the middle of a take.</summary>
internal sealed class MiddleFrame(RunFolder run, VideoTools tools, TimeProvider clock)
{
    // A video whose length is not known shows something soon after its start, if not at once.
    private const double Guess = 1;

    /// <summary>The picture, or why there is none.</summary>
    public async Task<(SKImage? Picture, string? Why)> OfAsync(CutScene scene, CancellationToken cancel)
    {
        try
        {
            return scene switch
            {
                { HasTake: false } => (null, scene.Why ?? "it was not rendered"),
                { Files: [] } => (null, "it has no files"),
                { Source: FrameSource.Video } => await OfVideoAsync(scene, cancel),
                _ => (Picture.Read(run.At(scene.Files[scene.Files.Count / 2].File)), null),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return (null, e.Message.Replace(run.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
        }
    }

    private async Task<(SKImage? Picture, string? Why)> OfVideoAsync(CutScene scene, CancellationToken cancel)
    {
        // The copy, whose name is ours: the name that the renderer gave could mean something to ffmpeg.
        if (scene.Clip?.Path is not { } path)
        {
            return (null, scene.Video?.Error ?? "no video was made");
        }

        if (AnimatedPicture.IsOne(path))
        {
            using var animated = AnimatedPicture.Open(run.At(path));
            return (animated.At(animated.Seconds / 2), null);
        }

        return tools.Ffmpeg is null ? (null, VideoTools.Missing("ffmpeg"))
            : await ExtractAsync(tools.Ffmpeg, path, scene.Seconds ?? Guess, cancel) ?? await ExtractAsync(tools.Ffmpeg, path, 0, cancel) ?? (null, "its video can't be read here");
    }

    private async Task<(SKImage? Picture, string? Why)?> ExtractAsync(string program, string path, double seconds, CancellationToken cancel)
    {
        using var png = new MemoryStream();
        var end = await new Ffmpeg(program, clock).RunAsync(new FfmpegWork(run.Root, CutArguments.Middle(path, seconds)) { Pictures = png }, cancel);
        var image = end.Fault is null && png.Length > 0 ? SKImage.FromEncodedData(png.ToArray()) : null;
        return image is null ? null : (image, null);
    }
}
