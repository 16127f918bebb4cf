using Dailies.Contract;
using Dailies.Markers;
using Dailies.Takes;

namespace Dailies.Control;

/// <summary>What the looks at one take's folder have seen so far.</summary>
internal sealed class FolderWatch(TakeFolder output, string prefix, TakeOutput? announced, TimeProvider clock)
{
    private IReadOnlyList<FolderCandidate> candidates = [];
    private long changedAt = clock.GetTimestamp();
    private string? torn;

    /// <summary>The files as last seen; null where there are none.</summary>
    public FolderSet? Set { get; private set; }

    /// <summary>Why the last look saw nothing, or why a file could not be read.</summary>
    public string? Trouble { get; set; }

    /// <summary>How long no look has seen a change.</summary>
    public TimeSpan Unchanged => clock.GetElapsedTime(changedAt);

    /// <summary>What shows that they are not whole.</summary>
    public string? Flaw => Set?.Flaw ?? torn;

    /// <summary>Every folder that holds files of the prefix, for people.</summary>
    public IReadOnlyList<(string Folder, int Frames, DateTimeOffset? Latest)> Candidates =>
        [.. candidates.Select(c => (c.Folder, Set: FolderChoice.Choose([c], output.Place(prefix).Name)))
            .Select(c => (c.Folder, c.Set?.Files.Count ?? 0, c.Set is { } s ? new DateTimeOffset(s.Newest, TimeSpan.Zero) : (DateTimeOffset?)null))];

    /// <summary>Looks. A folder that can't be read is one without files, and why is kept.</summary>
    public void Look()
    {
        var seen = Read();
        if (seen is null ? Set is not null : !seen.Same(Set))
        {
            changedAt = clock.GetTimestamp();
            torn = null;
            Set = seen;
        }

        // The ends are read once for each list of files: they cost an opening each.
        torn ??= Set is { Flaw: null } set ? Torn(set) : null;
    }

    private FolderSet? Read()
    {
        try
        {
            (Trouble, candidates) = (null, output.Candidates(prefix));
            return announced is null ? FolderChoice.Choose(candidates, output.Place(prefix).Name) : output.Find(announced, prefix);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Trouble = $"it can't be read: {e.Message}";
            return null;
        }
    }

    private static string? Torn(FolderSet set)
    {
        try
        {
            return set.Source == FrameSource.Video ? null : FrameEnd.FirstWithout(set.Folder, set.Files.Select(f => f.Name)) is { } name ? $"{name} has no end" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
