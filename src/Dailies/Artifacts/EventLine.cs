using System.Globalization;
using Dailies.Contract;
using Dailies.Ledger;
using static Dailies.Contract.SummaryEscape;

namespace Dailies.Artifacts;

/// <summary>One event as one line for people: run.log, and the terminal when it is no terminal.</summary>
public static class EventLine
{
    /// <summary>With its stamp. Nothing in it can break the line.</summary>
    public static string Write(RunEvent e) => $"{Stamp.Text(e.At)} {Words(e)}";

    /// <summary>Whether the event is worth a line while somebody watches; the rest stands in run.log.</summary>
    public static bool IsNews(RunEvent e) => e is not (GpuSampled or GpuPeakSampled or Looked or PromptAccepted or SuccessSeen or HistoryReceived or AttemptGivenUp);

    private static string Words(RunEvent e) => e switch
    {
        RunStarted r => $"run {r.Plan.RunId}: {Escape(r.Plan.Story.Id)}, {r.Plan.Scenes.Count} scenes, {Escape(r.Plan.RunDir)}",
        StationProbed p => $"station {Escape(p.Station.Name)}: {Escape(p.Station.Url)}, {p.Station.Renderer} {Escape(p.Station.ComfyVersion ?? "?")}, {Escape(p.Station.Gpu ?? "?")}",
        RunNoted n => $"note: {Escape(n.Text)}",
        ClockJumped j => ClockWords(j),
        StationStarted s => $"station {Escape(s.Station)} started as process {s.Pid}: {Escape(s.Why)}",
        StationEnded s => $"station {Escape(s.Station)} ended{(s.ByUs ? " by us" : "")}, exit code {s.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}",
        StationRested r => $"station {Escape(r.Station)} rests for {SummaryNumber.Text(r.Seconds)} s: {Escape(r.Why)}",
        AttemptStarted a => $"{Of(a)} sent to {Escape(a.Station)} as {a.PromptId}, seed {a.Seed}{(a.Rung is { } rung ? $", rung {Escape(rung)}" : "")}",
        GpuSampled g => $"{Of(g)} {g.Sample.VramFree?.ToString(CultureInfo.InvariantCulture) ?? "?"} bytes free {g.Moment}",
        GpuPeakSampled p => $"{Of(p)} {p.Peak.UsedBytes.ToString(CultureInfo.InvariantCulture)} bytes in use at most ({p.Peak.Looks} looks)",
        PromptAccepted a => $"{Of(a)} queued as {Escape(a.PromptId)}",
        PromptRefused r => $"{Of(r)} refused (HTTP {r.Status}): {Escape(string.Join("; ", r.Faults))}",
        SubmitUnclear u => $"{Of(u)} no clear answer to the POST ({Escape(u.Why)}): looking for it",
        ExecutionSeen x => $"{Of(x)} executing (seen by {x.Witness})",
        SuccessSeen s => $"{Of(s)} success (seen by {s.Witness})",
        Looked l => $"{Of(l)} look: {l.Status}{(l.Message is { } m ? $" ({Escape(m)})" : "")}",
        HistoryReceived h => $"{Of(h)} history: {h.Files.Count} files, {h.Errors.Count} errors",
        AttemptGivenUp g => $"{Of(g)} given up: {g.FailureKind}: {Escape(g.Message)}",
        PromptWithdrawn w => $"{Of(w)} taken back: {w.How}",
        MemoryFreed m => $"{Of(m)} memory freed: {m.VramFree?.ToString(CultureInfo.InvariantCulture) ?? "?"} bytes free",
        StationWentDown d => $"{Of(d)} took the station down ({d.How})",
        StationLogKept k => $"{Of(k)} the station's log: {Escape(k.Path)}{(k.ExitCode is { } code ? $", exit code {code}" : "")}",
        TakeSpoiled s => $"{Of(s)} take lost: {Escape(s.Why)}",
        TakeAdopted a => $"{Of(a)} finished though it was given up: its take is used",
        TakeFetched t => $"{Of(t)} {t.FrameCount} of {t.AnnouncedFrames} frames here ({t.FrameSource})",
        AttemptSettled s => $"{Of(s)} settled: {s.ExitReason}{(s.FailureKind is { } kind ? $", {kind}: {Escape(s.Message)}" : "")}",
        SceneWarned w => $"{Of(w)} warning: {Escape(w.Text)}",
        SceneRequeued r => $"{r.SceneId} requeued for attempt {r.NextAttempt}: {r.FailureKind}",
        SceneAccepted a => $"{a.SceneId} accepted, attempt {a.Attempt}",
        SceneFailed f => $"{f.SceneId} failed: {f.FailureKind}: {Escape(f.Message)}",
        SceneReopened r => $"{r.SceneId} gets one more attempt{(r.Seed is { } seed ? $" with seed {seed}" : "")}",
        SceneKept k => $"{k.SceneId} keeps its take of run {Escape(k.FromRun)}",
        VideoSettled v => $"{v.SceneId} video {v.Video.Status}{(v.Video.Path ?? v.Video.Error) switch { { } text => $": {Escape(text)}", _ => "" }}",
        RunResumed r => $"run resumed by {r.Program.Name} {r.Program.Version}",
        RunEnded r => $"run {r.State}{(r.Why is { } why ? $": {Escape(why)}" : "")}",
        RunValidated v => v.Code == 0 ? $"contract kept ({v.Findings} findings)" : $"contract broken ({v.Findings} findings)",
        ArchiveSettled a => a.Path is { } path ? $"archive goes to {Escape(path)}" : $"archive not made: {Escape(a.Why)}",
        _ => e.GetType().Name,
    };

    /// <summary>A clock jump in words.</summary>
    private static string ClockWords(ClockJumped j) =>
        $"the clock jumped by {(j.Seconds > 0 ? "+" : "")}{SummaryNumber.Text(j.Seconds)} s: this machine slept, or its clock was set";

    /// <summary>What befell a station or the clock, as the summary tells it.</summary>
    public static string Incident(RunEvent e) => Words(e);

    private static string Of(AttemptEvent e) => $"{e.SceneId}#{e.Attempt}";
}
