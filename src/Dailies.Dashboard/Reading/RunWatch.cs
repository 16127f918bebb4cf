using System.Collections.Concurrent;
using Dailies.Contract;

namespace Dailies.Dashboard.Reading;

/// <summary>Looks at runs that pages show, twice a second while they go on and somebody looks; one look serves all pages of a run.</summary>
public sealed class RunWatch(string runsDir, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<string, Watched> runs = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource over = new();

    /// <summary>A run as it is now; null where no folder of that name is a run's.</summary>
    public RunReading? Read(string runId) => FolderOf(runId) is { } folder ? RunReading.Of(folder) : null;

    /// <summary>Tells <paramref name="changed"/> whenever the run has changed, until disposed. Called on any thread.</summary>
    public IDisposable Watch(string runId, Action<RunReading> changed)
    {
        if (FolderOf(runId) is not { } folder)
        {
            return new Ending(() => { });
        }

        var watched = runs.GetOrAdd(folder, _ => new Watched(folder));
        watched.Add(changed);
        watched.Begin(() => LookAsync(watched));
        return new Ending(() => watched.Remove(changed));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        over.Cancel();
        over.Dispose();
    }

    private string? FolderOf(string runId) =>
        RunIds.IsRunId(runId) && Path.Combine(runsDir, runId) is var folder && Directory.Exists(folder) && new DirectoryInfo(folder).LinkTarget is null ? folder : null;

    private async Task LookAsync(Watched watched)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        long stamp = 0;
        try
        {
            while (watched.HasListeners && await timer.WaitForNextTickAsync(over.Token))
            {
                if (watched.Stamp() is var now && now != stamp)
                {
                    stamp = now;
                    watched.Tell(RunReading.Of(watched.Folder));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    private sealed class Watched(string folder)
    {
        private readonly Lock gate = new();
        private readonly List<Action<RunReading>> listeners = [];
        private Task? look;

        public string Folder => folder;

        public bool HasListeners
        {
            get
            {
                lock (gate)
                {
                    return listeners.Count > 0;
                }
            }
        }

        public void Add(Action<RunReading> listener)
        {
            lock (gate)
            {
                listeners.Add(listener);
            }
        }

        public void Remove(Action<RunReading> listener)
        {
            lock (gate)
            {
                listeners.Remove(listener);
            }
        }

        public void Begin(Func<Task> begin)
        {
            lock (gate)
            {
                look = look is { IsCompleted: false } ? look : Task.Run(begin);
            }
        }

        public void Tell(RunReading reading)
        {
            Action<RunReading>[] all;
            lock (gate)
            {
                all = [.. listeners];
            }

            foreach (var listener in all)
            {
                listener(reading);
            }
        }

        // Lengths and times of what a controller writes; reading the ledger each time would cost more.
        public long Stamp()
        {
            var run = new RunFolder(folder);
            return new[] { RunFolder.Ledger, RunFolder.Ledger + "-wal", RunFolder.Metadata, RunFolder.Lock }.Select(n => new FileInfo(run.At(n)))
                .Aggregate(17L, (sum, file) => (sum * 31) + (file.Exists ? file.LastWriteTimeUtc.Ticks + file.Length : 0));
        }
    }
}
