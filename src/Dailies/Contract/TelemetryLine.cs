using static Dailies.Contract.SummaryNumber;

namespace Dailies.Contract;

/// <summary>The one <c>[Scene …] Telemetry:</c> line of a scene: writes it and reads it back (contract §7).</summary>
public static class TelemetryLine
{
    /// <summary>Stands between two parts.</summary>
    public const string Separator = " | ";

    // Order and spelling are the contract's. A null value leaves the part out.
    private static readonly (string Name, Func<SceneTelemetry, string?> Value)[] Parts =
    [
        ("DurationSeconds", t => Text(t.DurationSeconds) + "s"),
        ("MaxWaitSeconds", t => Text(t.MaxWaitSeconds) + "s"),
        ("PollIntervalSeconds", t => Text(t.PollIntervalSeconds) + "s"),
        ("HistoryAttempts", t => Text(t.HistoryAttempts)),
        ("HistoryAttemptLimit", t => Text(t.HistoryAttemptLimit)),
        ("pollLimit", t => PollLimit(t.HistoryAttemptLimit)),
        ("SceneRetryBudget", t => Text(t.SceneRetryBudget)),
        ("PostExecutionTimeoutSeconds", t => Text(t.PostExecutionTimeoutSeconds) + "s"),
        ("ExecutionSuccessDetected", t => Text(t.ExecutionSuccessDetected)),
        ("ExecutionSuccessAt", t => t.ExecutionSuccessAt is { } at ? Stamp.Text(at) : "n/a"),
        ("HistoryExitReason", t => SummaryEscape.Escape(t.HistoryExitReason)),
        ("HistoryPostExecutionTimeoutReached", t => Text(t.HistoryPostExecutionTimeoutReached)),
        ("GPU", t => "{" + SummaryEscape.Escape(t.GPU.Name) + "}"),
        ("VRAMBeforeMB", t => Megabytes(t.GPU.VramBeforeMB)),
        ("VRAMAfterMB", t => Megabytes(t.GPU.VramAfterMB)),
        ("VRAMDeltaMB", t => Megabytes(t.GPU.VramDeltaMB)),
        ("DoneMarkerWaitSeconds", t => Text(t.DoneMarkerWaitSeconds) + "s"),
        ("DoneMarkerDetected", t => Text(t.DoneMarkerDetected)),
        ("DoneMarkerPath", t => Path(t.DoneMarkerPath)),
        ("ForcedCopyTriggered", t => Text(t.ForcedCopyTriggered)),
        ("ForcedCopyDebugPath", t => Path(t.ForcedCopyDebugPath)),
        ("fallback", t => t.System.FallbackNotes.Count == 0 ? null : string.Join("; ", t.System.FallbackNotes.Select(SummaryEscape.Escape))),
    ];

    /// <summary>Every part name in its order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Parts.Select(p => p.Name)];

    /// <summary>The field of <see cref="SceneTelemetry"/> that a part shows: <c>GPU.Name</c> for <c>GPU</c>; of the same name unless said otherwise.</summary>
    public static string FieldOf(string part) => part switch
    {
        "pollLimit" => nameof(SceneTelemetry.HistoryAttemptLimit),
        "GPU" => "GPU." + nameof(GpuTelemetry.Name),
        "VRAMBeforeMB" => "GPU." + nameof(GpuTelemetry.VramBeforeMB),
        "VRAMAfterMB" => "GPU." + nameof(GpuTelemetry.VramAfterMB),
        "VRAMDeltaMB" => "GPU." + nameof(GpuTelemetry.VramDeltaMB),
        "fallback" => "System." + nameof(SystemTelemetry.FallbackNotes),
        _ => part,
    };

    /// <summary><c>unbounded</c> for 0, else the number.</summary>
    public static string PollLimit(int limit) => limit > 0 ? Text(limit) : "unbounded";

    /// <summary>The parts that this telemetry must show, in order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Expected(SceneTelemetry telemetry) =>
        [.. Parts.Select(p => KeyValuePair.Create(p.Name, p.Value(telemetry)!)).Where(p => p.Value is not null)];

    /// <summary>The text behind <c>Telemetry: </c>.</summary>
    public static string Write(SceneTelemetry telemetry) =>
        string.Join(Separator, Expected(telemetry).Select(p => $"{p.Key}={p.Value}"));

    /// <summary>The parts as they stand in the text, in order. A part without <c>=</c> has an empty value; nothing is dropped.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string text)
    {
        // fallback is last and compared whole: its notes are ours and may hold anything but a part separator.
        var parts = new List<KeyValuePair<string, string>>();
        foreach (var part in text.Split(Separator))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            parts.Add(equals < 0 ? KeyValuePair.Create(part, "") : KeyValuePair.Create(part[..equals], part[(equals + 1)..]));
        }

        return parts;
    }

    private static string? Megabytes(double? value) => value is { } mb ? Text(mb) + "MB" : null;

    private static string? Path(string? path) => path is null ? null : SummaryEscape.Escape(path);
}
