using Dailies.Contract;
using Dailies.Disk;

namespace Dailies.Artifacts;

/// <summary>One file of an archive.</summary>
/// <param name="Name">Its name there: <c>&lt;RunId&gt;/…</c>, with <c>/</c>.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Length">Its size when the archive was planned, bytes. What is appended later is not archived.</param>
public sealed record ArchiveEntry(string Name, string Path, long Length);

/// <summary>What of a run folder belongs into its archive.</summary>
public static class ArchiveContents
{
    private static readonly string[] Needed = [RunFolder.Summary, RunFolder.Metadata, RunFolder.LedgerExport, RunFolder.StoryFile];

    /// <summary>The run's files in the order of their names; links are not followed. Throws <see cref="IOException"/> when one is missing that every archive holds.</summary>
    public static IReadOnlyList<ArchiveEntry> Of(RunFolder run, bool frames)
    {
        var everyFile = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        var found = new DirectoryInfo(run.Root).EnumerateFiles("*", everyFile)
            .Select(f => (Name: Path.GetRelativePath(run.Root, f.FullName).Replace(Path.DirectorySeparatorChar, '/'), File: f))
            .Where(f => Belongs(f.Name, frames))
            .OrderBy(f => f.Name, StringComparer.Ordinal)
            .ToList();
        var missing = Needed.Where(n => found.All(f => f.Name != n)).ToList();
        return missing.Count == 0
            ? [.. found.Select(f => new ArchiveEntry($"{run.RunId}/{f.Name}", f.File.FullName, f.File.Length))]
            : throw new IOException($"{string.Join(", ", missing)} of {run.RunId} can't be found");
    }

    /// <summary>Whether a file of a run folder belongs into the archive. The ledger goes as its export: the database is still open, and what lies beside it is only half of it.</summary>
    /// <param name="name">Relative to the run folder, with <c>/</c>.</param>
    /// <param name="frames">The frames too.</param>
    public static bool Belongs(string name, bool frames) => !(
        name.StartsWith(RunFolder.Ledger, StringComparison.Ordinal)
        || name is RunFolder.Lock or RunFolder.Reserve or RunFolder.Pin
        || name.EndsWith(AtomicFile.TempSuffix, StringComparison.Ordinal)
        || name.EndsWith(RunFolder.RequestSuffix, StringComparison.Ordinal)
        || (!frames && name.Split('/')[..^1].Any(part => part.StartsWith(RunFolder.FramesStart, StringComparison.Ordinal))));
}
