using System.Collections.Concurrent;
using Dailies.Artifacts;
using Dailies.Contract;

namespace Dailies.Dashboard.Api;

/// <summary>Every run, newest first. What has ended is read once, and again only when one of its files has changed; the list is as old as a second.</summary>
internal sealed class RunCatalog(string runsDir, TimeProvider clock)
{
    private static readonly TimeSpan MostAge = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private ConcurrentDictionary<string, (Stamp Stamp, RunEntry Entry)> known = new();
    private IReadOnlyList<RunEntry> list = [];
    private long? listed;

    /// <summary>The list. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> where the folder can't be listed.</summary>
    public IReadOnlyList<RunEntry> List()
    {
        lock (gate)
        {
            if (listed is not { } at || clock.GetElapsedTime(at) >= MostAge)
            {
                var next = new ConcurrentDictionary<string, (Stamp, RunEntry)>();
                list = [.. RunFinder.Runs(runsDir).Reverse().AsParallel().AsOrdered().Select(folder => Read(folder, next))];
                (known, listed) = (next, clock.GetTimestamp());
            }

            return list;
        }
    }

    private RunEntry Read(string folder, ConcurrentDictionary<string, (Stamp, RunEntry)> next)
    {
        var stamp = Stamp.Of(new RunFolder(folder));
        if (known.TryGetValue(folder, out var before) && before.Stamp == stamp)
        {
            next[folder] = before;
            return before.Entry;
        }

        var entry = RunEntry.Read(folder);
        if (entry.State is not (RunStates.Running or RunEntry.Died)) // whether somebody works on it shows in no file's time
        {
            next[folder] = (stamp, entry);
        }

        return entry;
    }

    private readonly record struct Stamp(FileStamp Metadata, FileStamp Ledger, FileStamp Log, bool Pinned)
    {
        private const string LogSuffix = "-wal";

        public static Stamp Of(RunFolder run) => new(
            FileStamp.Of(run.At(RunFolder.Metadata)), FileStamp.Of(run.At(RunFolder.Ledger)), FileStamp.Of(run.At(RunFolder.Ledger) + LogSuffix), File.Exists(run.At(RunFolder.Pin)));
    }

    private readonly record struct FileStamp(long Length, DateTime At)
    {
        public static FileStamp Of(string path) => new FileInfo(path) is { Exists: true } file ? new FileStamp(file.Length, file.LastWriteTimeUtc) : default;
    }
}
