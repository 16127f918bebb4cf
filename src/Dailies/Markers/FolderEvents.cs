using Dailies.Contract;

namespace Dailies.Markers;

/// <summary>What the system tells of changes below one folder: which folders to look at before the next scan of everything. Events may be lost, and on a network folder
/// most are: they only make the sentinel quick, the scan makes it right.</summary>
internal sealed class FolderEvents : IDisposable
{
    private readonly Lock gate = new();
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly FileSystemWatcher? watcher;
    private string? lost;

    /// <summary>Listens from now on; <see cref="Fault"/> says why not, where that can't be had.</summary>
    public FolderEvents(string root)
    {
        try
        {
            watcher = new FileSystemWatcher(root)
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Created += (_, e) => Note(e.FullPath);
            watcher.Changed += (_, e) => Note(e.FullPath);
            watcher.Deleted += (_, e) => Note(e.FullPath);
            watcher.Renamed += (_, e) =>
            {
                Note(e.OldFullPath);
                Note(e.FullPath);
            };
            watcher.Error += (_, e) => Lose(e.GetException());
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // The system's limit of watchers, a folder that is gone by now, a file system without events.
            watcher?.Dispose();
            watcher = null;
            Fault = e.Message;
        }
    }

    /// <summary>Why nothing is told; null while it works.</summary>
    public string? Fault { get; private set; }

    /// <summary>The folders in which something has changed since the last call, and why more than these may have.</summary>
    public (IReadOnlyCollection<string> Folders, string? Lost) Take()
    {
        lock (gate)
        {
            var taken = (changed.ToList(), lost);
            changed.Clear();
            lost = null;
            return taken;
        }
    }

    public void Dispose() => watcher?.Dispose();

    /// <summary>A change at a path. Our own files would wake us at each scan.</summary>
    internal void Note(string path)
    {
        var name = Path.GetFileName(path);
        if (name.StartsWith('.') || name.EndsWith(DoneMarker.TempSuffix, StringComparison.Ordinal) || Path.GetDirectoryName(path) is not { } folder)
        {
            return;
        }

        lock (gate)
        {
            changed.Add(folder);
        }
    }

    /// <summary>Events were dropped, or there will be no more.</summary>
    internal void Lose(Exception why)
    {
        lock (gate)
        {
            lost = why.Message;
            if (why is not InternalBufferOverflowException)
            {
                Fault = why.Message;
            }
        }
    }
}
