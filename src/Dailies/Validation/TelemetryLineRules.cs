using Dailies.Contract;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-5xx: each scene's Telemetry line against the metadata, value for value.</summary>
internal static class TelemetryLineRules
{
    private const string Fallback = "fallback";
    private static readonly PartRules Parts = new(LineValue, LinePartMissing, LinePartExtra, LineOrder);

    public static void Judge(RunEvidence run)
    {
        if (run.Summary is null)
        {
            return;
        }

        foreach (var scene in run.Scenes.Where(s => s.Id is not null))
        {
            JudgeScene(run, scene);
        }
    }

    private static void JudgeScene(RunEvidence run, SceneEvidence scene)
    {
        var lines = scene.Starting(SummaryLine.TelemetryStart).ToList();
        var hasTelemetry = scene.Json.Object("Telemetry") is not null;
        if (!hasTelemetry)
        {
            // While a run goes on, the line may come a moment before the metadata.
            foreach (var line in lines.Where(_ => scene.Json.IsNull("Telemetry") && !run.Running))
            {
                run.InSummary(LineWithoutTelemetry, line.Place, scene.Id, "no Telemetry line", line.Body);
            }

            return;
        }

        if (lines.Count == 0 && !run.Running)
        {
            run.InSummary(LineMissing, "", scene.Id, $"[Scene {scene.Id}] {SummaryLine.TelemetryStart}…", "nothing");
        }

        foreach (var twice in lines.Skip(1))
        {
            run.InSummary(LineTwice, twice.Place, scene.Id, "one Telemetry line", twice.Body);
        }

        if (lines.Count > 0 && scene.Telemetry is { } telemetry)
        {
            LineParts.Judge(
                TelemetryLine.Expected(telemetry), Read(lines[0].Body[SummaryLine.TelemetryStart.Length..]), RulesOf,
                (rule, expected, found) => run.InSummary(rule, lines[0].Place, scene.Id, expected, found));
        }
    }

    // fallback= is last and compared whole, whatever its notes hold.
    private static List<KeyValuePair<string, string>> Read(string text)
    {
        const string start = TelemetryLine.Separator + Fallback + "=";
        var at = text.IndexOf(start, StringComparison.Ordinal);
        var parts = TelemetryLine.Read(at < 0 ? text : text[..at]).ToList();
        if (at >= 0)
        {
            parts.Add(KeyValuePair.Create(Fallback, text[(at + start.Length)..]));
        }

        return parts;
    }

    private static PartRules RulesOf(string part) => part switch
    {
        "pollLimit" => Parts with { Value = PollLimitText },
        Fallback => Parts with { Value = LineFallback, Missing = LineFallback },
        _ => Parts,
    };
}
