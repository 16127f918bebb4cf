namespace Dailies.Markers;

/// <summary>What the sentinel remembers of one sequence from look to look. All spans are of the monotonic clock: a clock that is set changes nothing.</summary>
internal sealed class SequenceWatch
{
    private FrameSequence frames = new("");
    private long since;
    private (ulong Fingerprint, DateTime Written)? marked;
    private (SeenFile Seen, MarkerFile? Read)? marker;
    private string? torn;

    /// <summary>Frames written before this were found to have their end.</summary>
    public DateTime WholeUntil { get; private set; } = DateTime.MinValue;

    /// <summary>What was last said about it, so that it is said once.</summary>
    public string? Said { get; set; }

    /// <summary>The frames as last seen.</summary>
    public FrameSequence Frames => frames;

    /// <summary>The sequence as a look at <paramref name="now"/> saw it. <paramref name="unchanged"/>: how long it had been so when it was first seen.</summary>
    public void See(FrameSequence seen, long now, TimeSpan unchanged, TimeProvider clock)
    {
        if (frames.Frames == 0 || seen.Fingerprint != frames.Fingerprint)
        {
            (since, torn, Said) = (now - (frames.Frames == 0 ? (long)(unchanged.TotalSeconds * clock.TimestampFrequency) : 0), null, null);
            frames = seen;
        }
    }

    /// <summary>The marker's file beside it, or null. It is read when it is new or has changed; throws what reading it throws.</summary>
    public void SeeMarker(SeenFile? seen, string folder)
    {
        if (seen is not { } file)
        {
            marker = null;
        }
        else if (marker is not { } known || known.Seen != file)
        {
            marker = (file, MarkerFile.Read(folder, frames.Prefix));
        }
    }

    /// <summary>The facts at <paramref name="now"/>.</summary>
    public SequenceFacts Facts(TimeProvider clock, long now) => new()
    {
        Frames = frames.Frames,
        Torn = torn ?? frames.Empty,
        Unchanged = clock.GetElapsedTime(since, now),
        Marker = marker?.Read is { } file ? Standing(file) : MarkerStanding.None,
    };

    /// <summary>A frame has no end. That holds until something changes.</summary>
    public void FindTorn(string frame) => torn = frame;

    /// <summary>Every frame has its end.</summary>
    public void FindWhole() => WholeUntil = frames.Newest;

    /// <summary>A marker was written for what was last seen. It is read again even if it has the length and the time of the one that it replaced.</summary>
    public void Mark(DateTime written) => (marked, marker) = ((frames.Fingerprint, written), null);

    // A disk that counts in whole seconds may give our marker and a frame that was changed after it the same time: what we wrote it for is known better here.
    private MarkerStanding Standing(MarkerFile file) => (marked is { } ours && ours.Written == file.Written
        ? ours.Fingerprint == frames.Fingerprint && file.Content?.FrameCount == frames.Frames
        : file.Fits(frames)) ? MarkerStanding.Fits : MarkerStanding.Stale;
}
