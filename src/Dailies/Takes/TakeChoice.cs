using System.Globalization;
using Dailies.Comfy;

namespace Dailies.Takes;

/// <summary>Chooses among several savers. Pure.</summary>
public static class TakeChoice
{
    private const string Output = ComfyWire.TypeOutput;
    private const int MostNamed = 5;
    private const int LongestName = 100;

    private static readonly string[] Films = [".mp4", ".webm", ".mov", ".mkv", ".avi"];
    private static readonly string[] Animations = [.. Films, ".gif", ".webp", ".apng", ".avif"];
    private static readonly string[] Images = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".avif", ".heic", ".exr", ".hdr", ".dpx", ".jxl", ".jp2"];

    /// <summary>The files of <paramref name="node"/>, where the bindings name one; else the last saving node that made a video, else the last that made images.
    /// "Last" is the order of the history's <c>outputs</c>: the server adds a node when it has run, or when it finds it in its cache, so the order is that of execution
    /// and not that of the graph. Temp files count only where nothing was saved, or the node saved nothing else. Null when there is no picture at all.</summary>
    public static TakeOutput? Choose(IReadOnlyList<AnnouncedFile> files, string? node = null)
    {
        var asked = files.Where(f => node is null || IsOf(f, node)).ToList();
        var type = asked.Exists(f => f.Type == Output) ? Output : ComfyWire.TypeTemp;
        var savers = asked.Where(f => f.Type == type).GroupBy(f => f.Node).ToList();
        return savers.LastOrDefault(n => n.Any(IsVideo)) is { } video ? Take([video.Last(IsVideo)], isVideo: true, files) // a first-frame PNG beside it is no sequence
            : savers.LastOrDefault(n => n.Any(IsImage)) is { } images ? Take([.. images.Where(IsImage)], isVideo: false, files)
            : null;
    }

    /// <summary>Why there is no take, in words; asked where <see cref="Choose"/> finds none.</summary>
    public static string WhyNone(IReadOnlyList<AnnouncedFile> files, string? node = null)
    {
        if (files.Count == 0)
        {
            return "the history announces no output at all (a cache hit whose files are gone?)";
        }

        return node is null ? "the history announces no picture"
            : files.Any(f => IsOf(f, node)) ? $"node {node}, which the bindings name as the take, saved no picture"
            : $"node {node}, which the bindings name as the take, saved nothing; the history announces files of {Words(Savers(files))}";
    }

    /// <summary>What was left aside, in words; null when there is nothing.</summary>
    public static string? LeftAside(TakeOutput take) => take.Others.Count == 0 ? null
        : $"the take is what node {Name(take.Node)} saved; not fetched: {Words(take.Others)}";

    // Files of several nodes never mix: two sequences in one would be no film.
    private static TakeOutput Take(IReadOnlyList<AnnouncedFile> files, bool isVideo, IReadOnlyList<AnnouncedFile> all) =>
        new(isVideo ? Contract.FrameSource.Video : files.Count == 1 ? Contract.FrameSource.Still : Contract.FrameSource.Files, files)
        {
            Others = Savers([.. all.Where(f => f.Type == Output && f.Node != files[0].Node)]),
        };

    private static IReadOnlyList<OtherSaver> Savers(IReadOnlyList<AnnouncedFile> files) => [.. files.GroupBy(f => f.Node).Select(n => new OtherSaver(n.Key, n.Count()))];

    private static string Words(IReadOnlyList<OtherSaver> savers) => string.Join(", ", savers.Take(MostNamed).Select(s =>
        string.Create(CultureInfo.InvariantCulture, $"node {Name(s.Node)} ({s.Files} {(s.Files == 1 ? "file" : "files")})")))
        + (savers.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {savers.Count - MostNamed} more nodes") : "");

    private static string Name(string node) => JsonLook.Brief(node, LongestName);

    // A node that expands while it runs saves under ids of its own: 3.0.0.1 is of 3.
    private static bool IsOf(AnnouncedFile file, string node) =>
        file.Node == node || (file.Node.StartsWith(node, StringComparison.Ordinal) && file.Node[node.Length] == '.');

    private static bool IsVideo(AnnouncedFile file) => Ends(file, Films) || (file.Animated && Ends(file, [.. Animations, ".png"])) || (file.List == "gifs" && Ends(file, Animations));

    private static bool IsImage(AnnouncedFile file) => Ends(file, Images);

    private static bool Ends(AnnouncedFile file, string[] extensions) => extensions.Contains(Path.GetExtension(file.FileName), StringComparer.OrdinalIgnoreCase);
}
