namespace Dailies.Markers;

/// <summary>Watches ComfyUI's output folders and writes a marker beside each image sequence that is whole. It reads times, names and lengths, and the last bytes of each PNG; it decodes nothing
/// and knows no run, so its markers name none.</summary>
/// <remarks>Not for several threads.</remarks>
public sealed class Sentinel : IDisposable
{
    private readonly SentinelPolicy policy;
    private readonly TimeProvider clock;
    private readonly Action<SentinelEvent> tell;
    private readonly IReadOnlyList<WatchedRoot> roots;
    private readonly HashSet<string> mute = new(StringComparer.Ordinal);
    private TimeSpan expected;
    private long? beatAt;

    /// <summary>A sentinel for these folders, which must be there; those inside another one are watched with that. Words go to <paramref name="tell"/>.</summary>
    public Sentinel(SentinelPolicy policy, IEnumerable<string> folders, TimeProvider clock, Action<SentinelEvent> tell)
    {
        (this.policy, this.clock, this.tell) = (policy, clock, tell);
        roots = [.. Outermost(folders).Select(f => new WatchedRoot(f, policy, clock, Tell))];
        expected = policy.ScanInterval;
    }

    /// <summary>How many folders were listed so far: what a look costs.</summary>
    internal long Listed => roots.Sum(r => r.Listed);

    /// <summary>Watches until cancelled; then the heartbeats are taken away and <see cref="OperationCanceledException"/> is thrown.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        Begin();
        try
        {
            while (true)
            {
                await Task.Delay(Look(), clock, cancel);
            }
        }
        finally
        {
            foreach (var root in roots)
            {
                SentinelHeartbeat.Remove(root.Path, Environment.ProcessId);
            }
        }
    }

    /// <summary>One pass: marks what has not changed for the stable span, by the files' times. What is younger is waited for, once and no longer than that span.</summary>
    public async Task OnceAsync(CancellationToken cancel)
    {
        var begin = clock.GetTimestamp();
        var left = LookAtAll(byFileTimes: true);
        while (left is { } wait && policy.Stable - clock.GetElapsedTime(begin) is { Ticks: > 0 } rest)
        {
            await Task.Delay(wait < rest ? wait : rest, clock, cancel);
            left = LookAtAll(byFileTimes: true);
        }

        foreach (var (folder, prefix) in roots.SelectMany(r => r.Unsettled))
        {
            tell(new SentinelEvent.Withheld(folder, prefix, null));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var root in roots)
        {
            root.Dispose();
        }
    }

    /// <summary>Starts to listen.</summary>
    internal void Begin()
    {
        foreach (var root in roots)
        {
            root.Listen();
        }
    }

    /// <summary>One look, after a sign of life; how long to rest after it.</summary>
    internal TimeSpan Look()
    {
        Beat();
        var begin = clock.GetTimestamp();
        var left = LookAtAll();
        var pause = ScanDecision.Pause(policy, roots.Aggregate(TimeSpan.Zero, (sum, r) => sum + r.PartCost), left);
        expected = pause + clock.GetElapsedTime(begin) is var next && next > policy.ScanInterval ? next : policy.ScanInterval;
        return pause;
    }

    // A first look may write thousands of markers: somebody who answers gives signs meanwhile.
    private void Tell(SentinelEvent what)
    {
        tell(what);
        if (beatAt is { } last && clock.GetElapsedTime(last) >= policy.ScanInterval)
        {
            Beat();
        }
    }

    private TimeSpan? LookAtAll(bool byFileTimes = false) => roots.Min(r => r.Look(byFileTimes));

    private void Beat()
    {
        beatAt = clock.GetTimestamp();
        var heartbeat = new SentinelHeartbeat(Environment.ProcessId, Contract.Stamp.Of(clock), expected.TotalSeconds);
        foreach (var path in roots.Select(r => r.Path).Where(Directory.Exists))
        {
            try
            {
                heartbeat.Write(path);
                mute.Remove(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (mute.Add(path))
                {
                    tell(new SentinelEvent.Trouble(path, $"no heartbeat can be written: {e.Message}"));
                }
            }
        }
    }

    private static List<string> Outermost(IEnumerable<string> folders)
    {
        var full = folders.Select(f => Path.TrimEndingDirectorySeparator(Path.GetFullPath(f))).Distinct(StringComparer.Ordinal).ToList();
        return [.. full.Where(f => !full.Any(o => o != f && f.StartsWith(Path.EndsInDirectorySeparator(o) ? o : o + Path.DirectorySeparatorChar, StringComparison.Ordinal)))];
    }
}
