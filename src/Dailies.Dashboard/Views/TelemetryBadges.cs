using System.Globalization;
using System.Text.Json;
using Dailies.Contract;
using Dailies.Dashboard.Reading;

namespace Dailies.Dashboard.Views;

/// <summary>A scene's telemetry as badges, in the order in which people ask. Pure.</summary>
public static class TelemetryBadges
{
    // Below this a next prompt may not fit.
    private const double TightMB = 1024;

    /// <summary>The badges; empty where there is no telemetry.</summary>
    public static IReadOnlyList<Badge> Of(JsonElement? telemetry) => telemetry is null ? [] : [.. All(telemetry).OfType<Badge>()];

    private static IEnumerable<Badge?> All(JsonElement? t)
    {
        yield return Seconds("Duration", t, "DurationSeconds");
        yield return Seconds("Queue wait", t, "QueueWaitSeconds");
        yield return Seconds("Execution", t, "ExecutionSeconds");
        yield return t.Whole("HistoryAttempts") is { } looks ? new Badge("Looks", $"{looks} of {TelemetryLine.PollLimit(t.Whole("HistoryAttemptLimit") ?? 0)}", Field: "HistoryAttempts") : null;
        yield return Exit(t);
        yield return t.Text("FailureKind") is { } kind ? new Badge("Failure", kind, Tone.Bad, "failed", "FailureKind") : null;
        yield return t.Text("ExecutionSuccessAt") is { } at ? new Badge("Success at", at, Field: "ExecutionSuccessAt") : null;
        yield return t.Flag("HistoryPostExecutionTimeoutReached") is true ? new Badge("Post-execution", "timed out", Tone.Warn, "late", "HistoryPostExecutionTimeoutReached")
            : Seconds("Post-execution", t, "PostExecutionTimeoutSeconds");
        yield return t.Shown("SceneRetryBudget") is { } budget ? new Badge("Retry budget", budget, Field: "SceneRetryBudget") : null;
        yield return t.Text("GPU", "Name") is { } gpu ? new Badge("GPU", gpu, gpu == "Unknown" ? Tone.Warn : Tone.Plain, gpu == "Unknown" ? "not known" : null, "GPU.Name") : null;
        yield return Memory("VRAM before", t, "VramBeforeMB");
        yield return Memory("VRAM after", t, "VramAfterMB");
        yield return t.Number("GPU", "VramDeltaMB") is { } delta
            ? new Badge("VRAM delta", $"{delta.ToString("+0.#;-0.#;0", CultureInfo.InvariantCulture)} MB", delta < 0 ? Tone.Plain : Tone.Good, delta < 0 ? "consumed" : "given back", "GPU.VramDeltaMB") : null;
        yield return t.Number("GPU", "VramPeakUsedMB") is { } peak ? new Badge("VRAM peak", $"{peak.ToString("0.#", CultureInfo.InvariantCulture)} MB used", Field: "GPU.VramPeakUsedMB") : null;
        yield return Marker(t);
        yield return t.Flag("ForcedCopyTriggered") is true ? new Badge("Forced copy", t.Text("ForcedCopyDebugPath") ?? "yes", Tone.Warn, "without proof", "ForcedCopyTriggered") : null;
        yield return t.Text("Station") is { } station ? new Badge("Station", station, Field: "Station") : null;
    }

    private static Badge? Exit(JsonElement? t) => t.Text("HistoryExitReason") switch
    {
        null => null,
        ExitReason.Success => new Badge("Exit", ExitReason.Success, Tone.Good, "seen", "HistoryExitReason"),
        var reason => new Badge("Exit", reason, Tone.Warn, "not by success", "HistoryExitReason"),
    };

    private static Badge? Marker(JsonElement? t) => t.Flag("DoneMarkerDetected") switch
    {
        true => new Badge("Done marker", $"after {t.Shown("DoneMarkerWaitSeconds") ?? "0"} s", Tone.Good, "seen", "DoneMarkerDetected"),
        false when t.Number("DoneMarkerWaitSeconds") > 0 => new Badge("Done marker", $"none in {t.Shown("DoneMarkerWaitSeconds")} s", Tone.Warn, "missing", "DoneMarkerDetected"),
        _ => null,
    };

    private static Badge? Seconds(string label, JsonElement? t, string field) => t.Shown(field) is { } seconds ? new Badge(label, $"{seconds} s", Field: field) : null;

    private static Badge? Memory(string label, JsonElement? t, string field) => t.Number("GPU", field) is { } free
        ? new Badge(label, $"{free.ToString("0.#", CultureInfo.InvariantCulture)} MB free", free < TightMB ? Tone.Warn : Tone.Plain, free < TightMB ? "tight" : null, "GPU." + field) : null;
}
