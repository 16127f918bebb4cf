using Dailies.Markers;

namespace Dailies.Takes;

/// <summary>A station's output folder as we see it from here: a folder of this machine, or a share. Read, and never written to.</summary>
/// <param name="root">The folder.</param>
public sealed class TakeFolder(string root)
{
    /// <summary>Full path.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>The folder of a prefix such as <c>dailies/20261123-221507/scene-001/attempt-1/scene-001</c>, and the name before the numbers.</summary>
    public (string Folder, string Name) Place(string prefix) =>
        (Path.GetFullPath(Path.Combine(Root, Path.GetDirectoryName(prefix) ?? "")), Path.GetFileName(prefix));

    /// <summary>What lies in a prefix's folder and in the folders right below it: some nodes make one of their own. Empty where the folder is not there.</summary>
    /// <remarks>Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> where it is there and can't be listed.</remarks>
    public IReadOnlyList<FolderCandidate> Candidates(string prefix)
    {
        var folder = Place(prefix).Folder;
        if (!Holds(folder) || !Directory.Exists(folder))
        {
            return [];
        }

        var own = FolderScan.Read(folder);
        return [new FolderCandidate(folder, own.Files), .. own.Folders.Order(StringComparer.Ordinal).Select(f => new FolderCandidate(f, FolderScan.Read(f).Files))];
    }

    /// <summary>Files that the history announced, as far as they lie here: it told their names, so nothing is guessed. Null while none of them does, or where a name leads out.</summary>
    public FolderSet? Find(TakeOutput announced, string prefix)
    {
        var files = announced.Files.Select(f => Find(f)).ToList();
        var seen = files.OfType<FileInfo>().ToList();
        return seen.Count == 0 || seen.Any(f => f.DirectoryName != seen[0].DirectoryName) ? null
            : new FolderSet(seen[0].DirectoryName!, announced.Source, [.. seen.Select(f => new SeenFile(f.Name, f.Length, f.LastWriteTimeUtc))])
            {
                IsNamed = true,
                Prefix = FrameName.TryParse(seen[0].Name, out var frame) ? frame.Prefix : Place(prefix).Name,
            };
    }

    /// <summary>Whether a path is this folder or lies below it.</summary>
    public bool Holds(string path) => path == Root || path.StartsWith(Root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private FileInfo? Find(AnnouncedFile file)
    {
        var folder = Path.GetFullPath(Path.Combine(Root, file.Subfolder));
        return WireFileName.Safe(file.FileName) is { } name && Holds(folder) && new FileInfo(Path.Combine(folder, name)) is { Exists: true, LinkTarget: null } found ? found : null;
    }
}
