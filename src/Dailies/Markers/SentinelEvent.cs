using Dailies.Contract;

namespace Dailies.Markers;

/// <summary>What the sentinel has to say. A closed set.</summary>
public abstract record SentinelEvent
{
    private SentinelEvent()
    {
    }

    /// <summary>It begins to watch a folder. <paramref name="Events"/>: the system tells it of changes; else it scans.</summary>
    public sealed record Watching(string Folder, bool Events) : SentinelEvent;

    /// <summary>A marker was written; <paramref name="Renewed"/>: in place of one that did not speak of these frames.</summary>
    public sealed record Marked(string Path, DoneMarker Marker, bool Renewed) : SentinelEvent;

    /// <summary>A sequence gets no marker: <paramref name="Frame"/> is not whole though nothing has changed for the stable span; null: it was still changing when the only pass ended.</summary>
    public sealed record Withheld(string Folder, string Prefix, string? Frame) : SentinelEvent;

    /// <summary>Something is wrong and the sentinel goes on: a folder that is gone, a marker that can't be written, events that were lost.</summary>
    public sealed record Trouble(string Path, string Words) : SentinelEvent;
}
