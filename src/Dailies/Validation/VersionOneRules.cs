using System.Globalization;
using System.Text.Json;
using Dailies.Contract;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-9xx, runs of version 1 (contract §12): judged thinly, by what that version promised and wrote in both files.</summary>
internal static class VersionOneRules
{
    // The parts that stood in both files, under one name.
    private static readonly string[] Numbers =
        ["DurationSeconds", "MaxWaitSeconds", "PollIntervalSeconds", "HistoryAttempts", "HistoryAttemptLimit", "SceneRetryBudget", "PostExecutionTimeoutSeconds"];

    /// <summary>Version 1 had no ContractVersion, and neither State nor Program.</summary>
    public static bool Applies(JsonView metadata) =>
        metadata.Get("ContractVersion") is null && metadata.Get("State") is null && metadata.Get("Program") is null;

    public static void Judge(RunEvidence run)
    {
        run.InMetadata(VersionOne, "/ContractVersion", null, ArtifactMetadata.CurrentVersion, "no ContractVersion");
        if (run.Summary is { } summary && (summary.Entries.Count == 0 || !summary.Entries[0].Text.StartsWith(SummaryLine.HeaderStart, StringComparison.Ordinal)))
        {
            run.InSummary(HeaderMissing, "line 1", null, SummaryLine.HeaderStart + "…", summary.Entries.Count == 0 ? "nothing" : summary.Entries[0].Text);
        }

        if (run.Metadata is { } json && json.Items("Scenes") is null)
        {
            run.InMetadata(FieldMissing, "/Scenes", null, "a list", "nothing");
        }

        foreach (var scene in run.Scenes)
        {
            JudgeScene(run, scene);
        }
    }

    private static void JudgeScene(RunEvidence run, SceneEvidence scene)
    {
        if (scene.Json.Object("Telemetry") is not { } telemetry)
        {
            return;
        }

        if (telemetry.Text("HistoryExitReason") is { } reason && !ExitReason.All.Contains(reason))
        {
            run.InMetadata(VersionOneSet, telemetry.At("HistoryExitReason"), scene.Id, string.Join(", ", ExitReason.All), reason);
        }

        foreach (var line in scene.Starting(SummaryLine.TelemetryStart))
        {
            foreach (var (name, text) in TelemetryLine.Read(line.Body[SummaryLine.TelemetryStart.Length..]))
            {
                if (Expected(telemetry, name) is { } right && !Same(right, text))
                {
                    run.InSummary(VersionOneLine, line.Place, scene.Id, $"{name}={right}", $"{name}={text}");
                }
            }
        }
    }

    // Null where the metadata doesn't have it, or had another name for it.
    private static string? Expected(JsonView telemetry, string name) => name switch
    {
        "HistoryExitReason" => telemetry.Text(name),
        "ExecutionSuccessDetected" => telemetry.Flag(name) is { } flag ? SummaryNumber.Text(flag) : null,
        "pollLimit" => telemetry.Integer("HistoryAttemptLimit") is { } limit and <= int.MaxValue ? TelemetryLine.PollLimit((int)limit) : null,
        _ => Numbers.Contains(name) && telemetry.Get(name) is { Element.ValueKind: JsonValueKind.Number } number ? number.Raw : null,
    };

    // 136.8 = 136.8s, 2.0 = 2s; version 1 also wrote 0 for unbounded, and PowerShell a capital True.
    private static bool Same(string right, string text) =>
        string.Equals(right, text, StringComparison.OrdinalIgnoreCase)
        || (right == "unbounded" && text == "0")
        || (double.TryParse(right, CultureInfo.InvariantCulture, out var a) && double.TryParse(text.TrimEnd('s'), CultureInfo.InvariantCulture, out var b) && a == b);
}
