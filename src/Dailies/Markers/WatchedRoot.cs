namespace Dailies.Markers;

/// <summary>One folder that the sentinel was told to watch, with all that lies below it.</summary>
internal sealed class WatchedRoot : IDisposable
{
    private readonly Dictionary<string, WatchedFolder> folders = new(StringComparer.Ordinal);
    private readonly SentinelPolicy policy;
    private readonly TimeProvider clock;
    private readonly Action<SentinelEvent> tell;
    private FolderEvents? events;
    private TimeSpan fullCost;
    private long fullAt;
    private bool everything = true;
    private bool gone;

    public WatchedRoot(string path, SentinelPolicy policy, TimeProvider clock, Action<SentinelEvent> tell)
    {
        (this.policy, this.clock, this.tell) = (policy, clock, tell);
        Path = path;
    }

    /// <summary>Full path, without a separator at its end.</summary>
    public string Path { get; }

    /// <summary>What the last look took; zero where it looked at everything, which is rare by itself.</summary>
    public TimeSpan PartCost { get; private set; }

    /// <summary>How many folders were listed so far.</summary>
    public long Listed { get; private set; }

    /// <summary>Sequences that were still changing at the last look.</summary>
    public IEnumerable<(string Folder, string Prefix)> Unsettled => folders.Values.SelectMany(f => f.Unsettled.Select(p => (f.Path, p)));

    /// <summary>Asks the system to tell of changes from now on.</summary>
    public void Listen()
    {
        events?.Dispose();
        events = new FolderEvents(Path);
        everything = true; // what happened before is told by nobody
        tell(new SentinelEvent.Watching(Path, Events: events.Fault is null));
        if (events.Fault is { } fault)
        {
            tell(new SentinelEvent.Trouble(Path, $"the system tells of no changes ({fault}); scanning instead"));
        }
    }

    /// <summary>One look: at everything where that is due, else where something has changed or is on its way. How long until a sequence may be whole, or null.</summary>
    public TimeSpan? Look(bool byFileTimes = false)
    {
        if (!IsThere())
        {
            return null;
        }

        var changed = Changed();
        var begin = clock.GetTimestamp();
        if (everything || ScanDecision.IsFullDue(policy, clock.GetElapsedTime(fullAt, begin), fullCost, events is { Fault: null }))
        {
            everything = false;
            var reached = new HashSet<string>(StringComparer.Ordinal);
            Walk(Path, reached, again: true, byFileTimes);
            foreach (var lost in folders.Keys.Except(reached).ToList())
            {
                folders.Remove(lost);
            }

            (fullAt, fullCost, PartCost) = (begin, clock.GetElapsedTime(begin), TimeSpan.Zero);
        }
        else
        {
            foreach (var folder in folders.Values.Where(f => f.Left is not null).Select(f => f.Path).Union(changed).ToList())
            {
                if (IsBelowLink(folder))
                {
                    folders.Remove(folder);
                    continue;
                }

                Walk(folder, [], again: false, byFileTimes);
            }

            PartCost = clock.GetElapsedTime(begin);
        }

        return folders.Values.Min(f => f.Left);
    }

    public void Dispose() => events?.Dispose();

    private bool IsThere()
    {
        if (Directory.Exists(Path))
        {
            if (gone)
            {
                gone = false;
                Listen(); // a watcher does not survive its folder
            }

            return true;
        }

        if (!gone)
        {
            gone = true;
            folders.Clear();
            tell(new SentinelEvent.Trouble(Path, "the folder is gone; waiting until it is back"));
        }

        return false;
    }

    // Folders that we know, of which the system says that something has changed.
    private IEnumerable<string> Changed()
    {
        if (events is null)
        {
            return [];
        }

        var broken = events.Fault;
        var (changed, lost) = events.Take();
        if (lost is not null)
        {
            everything = true;
            tell(new SentinelEvent.Trouble(Path, $"events were lost ({lost.TrimEnd('.')}); scanning {(broken is null ? "once" : "from now on")}"));
        }

        return changed.Where(folders.ContainsKey);
    }

    // A folder that we know may have been replaced by a link, or one above it.
    private bool IsBelowLink(string folder)
    {
        for (var at = folder; at is not null && at.Length > Path.Length; at = System.IO.Path.GetDirectoryName(at))
        {
            if (new DirectoryInfo(at).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }

    // A folder and, below it, those that are new; with again also those that are known.
    private void Walk(string start, HashSet<string> reached, bool again, bool byFileTimes)
    {
        var ahead = new Stack<string>([start]);
        while (ahead.TryPop(out var path))
        {
            reached.Add(path);
            if (!folders.TryGetValue(path, out var folder))
            {
                folders.Add(path, folder = new WatchedFolder(path, policy, clock, tell));
            }

            try
            {
                Listed++;
                folder.Look(byFileTimes);
                folder.Said = null;
                foreach (var below in folder.Folders.Where(b => again || !folders.ContainsKey(b)))
                {
                    ahead.Push(below);
                }
            }
            catch (DirectoryNotFoundException)
            {
                folders.Remove(path); // cleaned up behind us; where it is the root, the next look says so
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (folder.Said != e.Message)
                {
                    folder.Said = e.Message;
                    tell(new SentinelEvent.Trouble(path, $"can't be listed: {e.Message}"));
                }
            }
        }
    }
}
