using System.IO.Enumeration;
using System.Text.Json;
using Dailies.Contract;
using Dailies.Ledger;
using Microsoft.Data.Sqlite;

namespace Dailies.Artifacts;

/// <summary>One run in a list of runs.</summary>
/// <param name="Folder">The run folder, below the folder of runs as that was named.</param>
/// <param name="RunId">The folder's name.</param>
/// <param name="State">One of <see cref="RunStates"/>, <see cref="Died"/> or <see cref="Unreadable"/>.</param>
/// <param name="Tally">What became of its scenes.</param>
/// <param name="StartedAt">When it began; null where nobody knows.</param>
/// <param name="EndedAt">When it ended, or null.</param>
/// <param name="Bytes">What it takes on the disk; links are not followed.</param>
/// <param name="Pinned">It is never pruned.</param>
/// <param name="OnDisk">What the folder is.</param>
public sealed record RunEntry(
    string Folder, string RunId, string State, RunTally Tally, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, long Bytes, bool Pinned, RunOnDisk OnDisk)
{
    /// <summary>It has not ended, and no controller works on it.</summary>
    public const string Died = "died";

    /// <summary>Neither metadata nor ledger can be read, or they say nothing of a state.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>The operator's own name for it, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The story's id, or null where nobody knows.</summary>
    public string? StoryId { get; init; }

    /// <summary>Every run below the folder of runs, newest first. Throws <see cref="IOException"/> where that can't be listed.</summary>
    public static IReadOnlyList<RunEntry> List(string runsDir, int most = int.MaxValue) =>
        [.. RunFinder.Runs(runsDir).Reverse().Take(most).AsParallel().AsOrdered().Select(Read)];

    /// <summary>One run. A finished one is told by its metadata, which costs less to read; any other by its ledger, which knows more.</summary>
    public static RunEntry Read(string folder)
    {
        var run = new RunFolder(folder);
        var (bytes, pinned, kind) = (Size(folder), File.Exists(run.At(RunFolder.Pin)), Kind(run));
        var head = MetadataHead.Read(run.At(RunFolder.Metadata));
        var entry = new RunEntry(folder, run.RunId, Unreadable, RunTally.None, null, null, bytes, pinned, kind);
        return (head?.State != RunStates.Finished ? OfLedger(entry) : null) ?? (head is null ? entry : OfHead(entry, head));
    }

    private static RunEntry? OfLedger(RunEntry entry)
    {
        try
        {
            return LatestState.Read(entry.Folder) is { Plan: { } plan } run
                ? entry with
                {
                    State = run.Ended is null && !RunLock.IsHeld(entry.Folder) ? Died : run.State,
                    Tally = RunTally.Of(run),
                    StartedAt = run.StartedAt,
                    EndedAt = run.Ended?.At,
                    Name = plan.Name,
                    StoryId = plan.Story.Id,
                }
                : null;
        }
        catch (Exception e) when (e is SqliteException or JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static RunEntry OfHead(RunEntry entry, MetadataHead head) => entry with
    {
        State = RunStates.All.Contains(head.State) ? head.State! : Unreadable,
        Tally = RunTally.Of(head),
        StartedAt = head.Timestamp,
        EndedAt = head.EndedAt,
        Name = head.Name,
        StoryId = head.Story?.Id,
    };

    private static RunOnDisk Kind(RunFolder run) =>
        new DirectoryInfo(run.Root).LinkTarget is not null ? RunOnDisk.Link
        : new FileInfo(run.At(RunFolder.Ledger)) is { Exists: true, LinkTarget: null } ? RunOnDisk.Run
        : RunOnDisk.NoLedger;

    private static long Size(string folder)
    {
        try
        {
            var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
            return new FileSystemEnumerable<long>(folder, (ref FileSystemEntry file) => file.Length, all) { ShouldIncludePredicate = (ref FileSystemEntry file) => !file.IsDirectory }.Sum();
        }
        catch (DirectoryNotFoundException)
        {
            return 0; // removed meanwhile
        }
    }
}

/// <summary>What a folder that is named like a run is.</summary>
public enum RunOnDisk
{
    /// <summary>A folder with a ledger.</summary>
    Run,

    /// <summary>A link to somewhere else.</summary>
    Link,

    /// <summary>A folder without a ledger: somebody else's, or of version 1.</summary>
    NoLedger,
}

/// <summary>What became of a run's scenes.</summary>
/// <param name="Scenes">How many were selected.</param>
/// <param name="Taken">How many have a take.</param>
/// <param name="Failed">How many ended without one.</param>
/// <param name="Frames">Frames of all takes.</param>
public sealed record RunTally(int Scenes, int Taken, int Failed, int Frames)
{
    /// <summary>Of nothing.</summary>
    public static RunTally None { get; } = new(0, 0, 0, 0);

    /// <summary>How many have neither a take nor a reason.</summary>
    public int Left => Scenes - Taken - Failed;

    internal static RunTally Of(RunState run)
    {
        var taken = run.Scenes.Values.Where(s => s.Accepted is not null).ToList();
        return new RunTally(run.Scenes.Count, taken.Count, run.Scenes.Values.Count(s => s is { Accepted: null, Failed: not null }), taken.Sum(s => s.Described?.Take?.FrameCount ?? 0));
    }

    // In a finished run every scene has ended.
    internal static RunTally Of(MetadataHead head)
    {
        var scenes = head.Scenes?.OfType<MetadataHead.SceneHead>().ToList() ?? [];
        var taken = scenes.Where(s => s.Success).ToList();
        return new RunTally(scenes.Count, taken.Count, head.State == RunStates.Finished ? scenes.Count - taken.Count : 0, taken.Sum(s => s.FrameCount));
    }
}
