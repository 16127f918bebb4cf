using Dailies.Contract;
using Dailies.Markers;

namespace Dailies.Takes;

/// <summary>A folder that may hold a take, at one look.</summary>
/// <param name="Folder">Full path.</param>
/// <param name="Files">Its own files, in any order.</param>
public sealed record FolderCandidate(string Folder, IReadOnlyList<SeenFile> Files);

/// <summary>The files of a folder that are, or will be, a take.</summary>
/// <param name="Folder">Full path.</param>
/// <param name="Source">One of <see cref="FrameSource"/>.</param>
/// <param name="Files">In order of their numbers; of a video, the one file.</param>
public sealed record FolderSet(string Folder, string Source, IReadOnlyList<SeenFile> Files)
{
    /// <summary>The prefix by which a marker names them.</summary>
    public required string Prefix { get; init; }

    /// <summary>The history named each of them: numbers that are missing were never theirs.</summary>
    public bool IsNamed { get; init; }

    /// <summary>When the newest was written, by the disk's clock.</summary>
    public DateTime Newest => Files.Max(f => f.Written);

    /// <summary>The file written last.</summary>
    public string Latest => Files.MaxBy(f => (f.Written, f.Name)).Name;

    /// <summary>What shows without opening a file that the set is not whole: an empty file, a number that is missing. Null where nothing does.</summary>
    public string? Flaw => Files.FirstOrDefault(f => f.Bytes == 0) is { Name: not null } empty ? $"{empty.Name} is empty" : Gap();

    /// <summary>Whether another look saw the same files, by name, length and time.</summary>
    public bool Same(FolderSet? other) => other is not null && Folder == other.Folder && Files.SequenceEqual(other.Files);

    private string? Gap()
    {
        var numbers = Files.Select(f => FrameName.TryParse(f.Name, out var frame) ? frame.Number : (long?)null).OfType<long>().ToList();
        var at = numbers.Zip(numbers.Skip(1)).FirstOrDefault(p => p.Second > p.First + 1);
        return Source == FrameSource.Files && !IsNamed && at != default ? $"number {at.First + 1} is missing" : null;
    }
}

/// <summary>Which files of the station's output folder are the take of one prefix. Pure.</summary>
public static class FolderChoice
{
    private static readonly string[] Films = [".mp4", ".webm", ".mov", ".mkv", ".avi", ".gif"];

    /// <summary>The newest set of the prefix's own files; null where there is none. A video beats the images beside it (one of them is its first frame), and of two
    /// videos written at once the one with sound is the take, as VideoHelperSuite writes them.</summary>
    public static FolderSet? Choose(IReadOnlyList<FolderCandidate> candidates, string prefix)
    {
        var sets = candidates.Select(c => Video(c, prefix) ?? Frames(c, prefix)).OfType<FolderSet>();
        return sets.OrderByDescending(s => s.Newest).ThenByDescending(s => s.Files.Count).ThenBy(s => s.Folder, StringComparer.Ordinal).FirstOrDefault();
    }

    private static FolderSet? Video(FolderCandidate candidate, string prefix)
    {
        var films = candidate.Files.Where(f => Films.Contains(Path.GetExtension(f.Name), StringComparer.OrdinalIgnoreCase) && IsOwn(f.Name, prefix)).ToList();
        return films.Count == 0 ? null : new FolderSet(
            candidate.Folder, FrameSource.Video, [films.OrderBy(f => f.Written).ThenBy(f => f.Name.Contains("-audio", StringComparison.Ordinal)).Last()])
        { Prefix = prefix };
    }

    // Of two kinds of images the newer is the take; they share their numbers.
    private static FolderSet? Frames(FolderCandidate candidate, string prefix)
    {
        var kinds = candidate.Files
            .Select(f => (File: f, IsFrame: FrameName.TryParse(f.Name, out var frame), Frame: frame))
            .Where(f => f.IsFrame && f.Frame.Prefix == prefix)
            .GroupBy(f => Path.GetExtension(f.File.Name), StringComparer.OrdinalIgnoreCase)
            .ToList();
        if (kinds.Count == 0)
        {
            return null;
        }

        var kind = kinds.MaxBy(k => (k.Max(f => f.File.Written), k.Count()))!;
        var files = kind.OrderBy(f => f.Frame.Number).ThenBy(f => f.File.Name, StringComparer.Ordinal).Select(f => f.File).ToList();
        return new FolderSet(candidate.Folder, files.Count == 1 ? FrameSource.Still : FrameSource.Files, files) { Prefix = prefix };
    }

    // The prefix, then nothing but what savers put behind it: digits, separators, "audio".
    private static bool IsOwn(string name, string prefix)
    {
        var stem = Path.GetFileNameWithoutExtension(name);
        return stem.StartsWith(prefix, StringComparison.Ordinal)
            && stem[prefix.Length..].Replace("audio", "", StringComparison.Ordinal).All(c => char.IsAsciiDigit(c) || "_-. ".Contains(c, StringComparison.Ordinal));
    }
}
