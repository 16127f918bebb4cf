using System.Text.Json;
using System.Text.Json.Serialization;
using Dailies.Contract;
using Dailies.Markers;

namespace Dailies.Cli.Views;

/// <summary>What the sentinel says: lines with a time, trouble on standard error; for programs one JSON object a line, all on standard output.</summary>
internal sealed class SentinelView(RunConsole console, bool json, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Line = new(ContractJson.CamelLine) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>How often something was wrong.</summary>
    public int Troubles { get; private set; }

    /// <summary>Says it.</summary>
    public void Tell(SentinelEvent what)
    {
        Troubles += what is SentinelEvent.Trouble ? 1 : 0;
        var at = Stamp.Of(clock);
        if (json)
        {
            console.Out.PostLine(JsonSerializer.Serialize(ToRecord(what, at), Line));
        }
        else
        {
            (what is SentinelEvent.Trouble ? console.Error : console.Out).PostLine($"[{Stamp.Text(at)}] {TerminalText.Plain(Words(what))}");
        }
    }

    /// <summary>Stands where lines were dropped because nobody read them.</summary>
    internal static string Dropped(long count) => $"… {count} lines were dropped here, for nobody read them; the markers are written";

    /// <summary>The event in words.</summary>
    internal static string Words(SentinelEvent what) => what switch
    {
        SentinelEvent.Watching w => $"watching {w.Folder}{(w.Events ? "" : ", by scans only")}",
        SentinelEvent.Marked m => $"{(m.Renewed ? "renewed" : "marked")} {m.Path}: {Frames(m.Marker.FrameCount)}, the last {m.Marker.Latest}",
        SentinelEvent.Withheld { Frame: { } frame } w => $"not marked: {Path.Combine(w.Folder, frame)} is not whole",
        SentinelEvent.Withheld w => $"not marked: {Path.Combine(w.Folder, w.Prefix)} was still changing",
        SentinelEvent.Trouble t => $"{t.Path}: {t.Words}",
        _ => what.ToString(),
    };

    /// <summary>The event as one JSON object: its kind, its time, and what it has of the rest.</summary>
    internal static SentinelRecord ToRecord(SentinelEvent what, DateTimeOffset at) => what switch
    {
        SentinelEvent.Watching w => new("Watching", at, w.Folder) { Events = w.Events },
        SentinelEvent.Marked m => new(m.Renewed ? "Renewed" : "Marked", at, m.Path) { FrameCount = m.Marker.FrameCount, Latest = m.Marker.Latest },
        SentinelEvent.Withheld w => new("Withheld", at, Path.Combine(w.Folder, DoneMarker.FileName(w.Prefix))) { Frame = w.Frame },
        SentinelEvent.Trouble t => new("Trouble", at, t.Path) { Words = t.Words },
        _ => new(what.GetType().Name, at, ""),
    };

    private static string Frames(int? count) => count == 1 ? "1 frame" : $"{count} frames";
}

/// <summary>One line of <c>dailies sentinel --json</c>. Kinds: Watching, Marked, Renewed, Withheld, Trouble.</summary>
internal sealed record SentinelRecord(string Kind, DateTimeOffset At, string Path)
{
    public bool? Events { get; init; }

    public int? FrameCount { get; init; }

    public string? Latest { get; init; }

    public string? Frame { get; init; }

    public string? Words { get; init; }
}
