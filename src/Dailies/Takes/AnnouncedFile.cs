namespace Dailies.Takes;

/// <summary>One file that ComfyUI announced, as its history names it. Nothing in it is trusted: see <see cref="WireFileName"/>.</summary>
public sealed record AnnouncedFile(string Node, string List, string FileName, string Subfolder, string Type, bool Animated);

/// <summary>Which announced files are the take, and what they are.</summary>
/// <param name="Source">One of <see cref="Contract.FrameSource"/>.</param>
/// <param name="Files">In announced order.</param>
public sealed record TakeOutput(string Source, IReadOnlyList<AnnouncedFile> Files);

/// <summary>Chooses among several savers. Pure.</summary>
public static class TakeChoice
{
    private static readonly string[] Videos = [".mp4", ".webm", ".mov", ".mkv", ".avi", ".gif", ".webp", ".apng"];
    private static readonly string[] Films = [".mp4", ".webm", ".mov", ".mkv", ".avi"];
    private static readonly string[] Images = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".avif", ".exr"];

    /// <summary>The last saving node that made a video, else the last that made images; temp files only where nothing was saved. Null when there is no picture at all.</summary>
    public static TakeOutput? Choose(IReadOnlyList<AnnouncedFile> files)
    {
        var saved = files.Where(f => f.Type == "output").ToList();
        var candidates = (saved.Count > 0 ? saved : [.. files.Where(f => f.Type == "temp")]).GroupBy(f => f.Node).ToList();
        if (candidates.LastOrDefault(n => n.Any(IsVideo)) is { } video)
        {
            // VideoHelperSuite announces a first-frame PNG beside the video: that is no sequence.
            return new TakeOutput(Contract.FrameSource.Video, [video.Last(IsVideo)]);
        }

        var images = candidates.LastOrDefault(n => n.Any(IsImage))?.Where(IsImage).ToList();
        return images switch
        {
            null => null,
            [_] => new TakeOutput(Contract.FrameSource.Still, images),
            _ => new TakeOutput(Contract.FrameSource.Files, images),
        };
    }

    private static bool IsVideo(AnnouncedFile file) => Ends(file, Films) || (file.Animated && Ends(file, [.. Videos, ".png"])) || (file.List == "gifs" && Ends(file, Videos));

    private static bool IsImage(AnnouncedFile file) => Ends(file, Images);

    private static bool Ends(AnnouncedFile file, string[] extensions) => extensions.Contains(Path.GetExtension(file.FileName), StringComparer.OrdinalIgnoreCase);
}
