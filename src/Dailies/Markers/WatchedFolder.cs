using Dailies.Contract;

namespace Dailies.Markers;

/// <summary>One folder and its sequences: looks, asks <see cref="MarkerDecision"/>, writes markers.</summary>
internal sealed class WatchedFolder(string path, SentinelPolicy policy, TimeProvider clock, Action<SentinelEvent> tell)
{
    private readonly Dictionary<string, SequenceWatch> sequences = new(StringComparer.Ordinal);

    /// <summary>Full path.</summary>
    public string Path { get; } = path;

    /// <summary>The folders in it, as last seen.</summary>
    public IReadOnlyList<string> Folders { get; private set; } = [];

    /// <summary>How long until a sequence may be whole; null while none is on its way.</summary>
    public TimeSpan? Left { get; private set; }

    /// <summary>What was last said about the folder itself.</summary>
    public string? Said { get; set; }

    /// <summary>Prefixes that were still changing at the last look.</summary>
    public IEnumerable<string> Unsettled { get; private set; } = [];

    /// <summary>One look, and whatever is due. <paramref name="byFileTimes"/>: what is seen for the first time has been unchanged since its newest frame was written, as far as
    /// the files' times tell. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> where the folder can't be listed.</summary>
    public void Look(bool byFileTimes = false)
    {
        var scan = FolderScan.Read(Path);
        var now = clock.GetTimestamp();
        var seen = FrameSequence.Group(scan.Files);
        var markers = scan.Files.Where(f => f.Name.EndsWith(DoneMarker.Suffix, StringComparison.Ordinal)).ToDictionary(f => f.Name, StringComparer.Ordinal);
        foreach (var gone in sequences.Keys.Except(seen.Keys).ToList())
        {
            sequences.Remove(gone);
        }

        // Gathered once, and only where a marker is due. Files that are no frames stand under "", which is no prefix.
        var files = new Lazy<ILookup<string, SeenFile>>(() => scan.Files.ToLookup(f => FrameName.TryParse(f.Name, out var frame) ? frame.Prefix : "", StringComparer.Ordinal));
        var unsettled = new List<string>();
        TimeSpan? left = null;
        foreach (var (prefix, frames) in seen)
        {
            if (!sequences.TryGetValue(prefix, out var watch))
            {
                sequences.Add(prefix, watch = new SequenceWatch());
            }

            var unchanged = byFileTimes && clock.GetUtcNow().UtcDateTime - frames.Newest is { Ticks: > 0 } age ? age : TimeSpan.Zero;
            watch.See(frames, now, unchanged, clock);
            if (Settle(watch, markers.TryGetValue(DoneMarker.FileName(prefix), out var marker) ? marker : null, files, now) is { } wait)
            {
                unsettled.Add(prefix);
                left = left < wait ? left : wait;
            }
        }

        (Folders, Left, Unsettled) = (scan.Folders, left, unsettled);
    }

    // How long to wait for the sequence, or null where only a change of its files helps.
    private TimeSpan? Settle(SequenceWatch watch, SeenFile? marker, Lazy<ILookup<string, SeenFile>> files, long now)
    {
        try
        {
            watch.SeeMarker(marker, Path);
            var step = MarkerDecision.Next(policy, watch.Facts(clock, now));
            if (step is MarkerStep.Mark or MarkerStep.Renew)
            {
                FindEnds(watch, files.Value);
                step = MarkerDecision.Next(policy, watch.Facts(clock, now));
            }

            switch (step)
            {
                case MarkerStep.Wait wait:
                    return wait.Left;
                case MarkerStep.Mark or MarkerStep.Renew:
                    Write(watch, renewed: step is MarkerStep.Renew);
                    return null;
                case MarkerStep.Incomplete torn when watch.Facts(clock, now).Unchanged >= policy.Stable:
                    SayOnce(watch, new SentinelEvent.Withheld(Path, watch.Frames.Prefix, torn.Frame), torn.Frame);
                    return null;
                case MarkerStep.Incomplete:
                    return policy.ScanInterval;
                default:
                    return null;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk, a folder that may only be read, a frame that its writer keeps locked: it may pass.
            SayOnce(watch, new SentinelEvent.Trouble(System.IO.Path.Combine(Path, DoneMarker.FileName(watch.Frames.Prefix)), $"not written: {e.Message}"), e.Message);
            return policy.ScanInterval;
        }
    }

    private void FindEnds(SequenceWatch watch, ILookup<string, SeenFile> files)
    {
        var unknown = files[watch.Frames.Prefix].Where(f => f.Written >= watch.WholeUntil).Select(f => f.Name);
        if (FrameEnd.FirstWithout(Path, unknown) is { } torn)
        {
            watch.FindTorn(torn);
        }
        else
        {
            watch.FindWhole();
        }
    }

    private void Write(SequenceWatch watch, bool renewed)
    {
        var frames = watch.Frames;
        var marker = new DoneMarker(Stamp.Of(clock), frames.Frames, frames.Latest);
        var path = MarkerWriter.Write(Path, frames.Prefix, marker, notBefore: frames.Newest);
        watch.Mark(File.GetLastWriteTimeUtc(path));
        watch.Said = null;
        tell(new SentinelEvent.Marked(path, marker, renewed));
    }

    private void SayOnce(SequenceWatch watch, SentinelEvent what, string words)
    {
        if (watch.Said != words)
        {
            watch.Said = words;
            tell(what);
        }
    }
}
