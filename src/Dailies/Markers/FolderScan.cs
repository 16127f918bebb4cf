using System.IO.Enumeration;

namespace Dailies.Markers;

/// <summary>What one folder holds at one look: its own files and the folders in it. Links are neither followed nor counted, hidden names are skipped.</summary>
/// <param name="Files">Files, in any order.</param>
/// <param name="Folders">Full paths of the folders in it.</param>
internal sealed record FolderScan(IReadOnlyList<SeenFile> Files, IReadOnlyList<string> Folders)
{
    // Everything that is wrong with a folder is to be heard of; what is hidden is skipped below by its name, on every system alike.
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false };

    /// <summary>Lists the folder: one call to the disk for each file, none is opened. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
    public static FolderScan Read(string folder)
    {
        var files = new List<SeenFile>();
        var folders = new List<string>();
        var entries = new FileSystemEnumerable<(SeenFile File, string? Folder)>(folder, Take, Everything) { ShouldIncludePredicate = IsOurs };
        foreach (var (file, below) in entries)
        {
            if (below is not null)
            {
                folders.Add(below);
            }
            else
            {
                files.Add(file);
            }
        }

        return new FolderScan(files, folders);
    }

    private static (SeenFile File, string? Folder) Take(ref FileSystemEntry entry) => entry.IsDirectory
        ? (default, entry.ToFullPath())
        : (new SeenFile(entry.FileName.ToString(), entry.Length, entry.LastWriteTimeUtc.UtcDateTime), null);

    private static bool IsOurs(ref FileSystemEntry entry) => entry.FileName[0] != '.' && !IsLink(ref entry);

    // On Windows other things than links are reparse points too, such as files that a cloud drive holds.
    private static bool IsLink(ref FileSystemEntry entry) =>
        (entry.Attributes & FileAttributes.ReparsePoint) != 0 && (!OperatingSystem.IsWindows() || entry.ToFileSystemInfo().LinkTarget is not null);
}
