using System.Globalization;
using System.Text.Json;
using Dailies.Contract;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-8xx, a scene's lines against its metadata: attempts, warnings, errors, history.</summary>
internal static class SceneLineRules
{
    public static void Judge(RunEvidence run)
    {
        // While a run goes on, text and JSON may be one step apart.
        if (run.Summary is null || run.Running)
        {
            return;
        }

        foreach (var scene in run.Scenes.Where(s => s.Id is not null))
        {
            JudgeAttempts(run, scene, scene.Id!);
            JudgeList(run, scene, scene.Id!, "Warnings", WarningLines, SummaryForms.Warning, SummaryLine.Warning);
            JudgeList(run, scene, scene.Id!, "Errors", ErrorLines, SummaryForms.Error, SummaryLine.Error);
            JudgeList(run, scene, scene.Id!, "HistoryErrors", HistoryErrorLines, SummaryForms.HistoryError, SummaryLine.HistoryError);
            JudgeHistory(run, scene, scene.Id!);
            JudgeRequeues(run, scene);
            if (scene.Json.Flag("Success") == false && scene.Json.Texts("Errors") is { Count: 0 } && !scene.Starting(SummaryForms.Error).Any())
            {
                run.InSummary(ErrorLines, "", scene.Id, $"[Scene {scene.Id}] {SummaryForms.Error}…", "nothing");
            }

            if (scene.Json.Flag("Success") == true && scene.Json.Integer("FrameCount") is { } count and <= int.MaxValue
                && scene.Json.Integer("FrameFloor") is { } floor and <= int.MaxValue && count < floor
                && SummaryForms.Warning + SummaryLine.BelowFloor((int)count, (int)floor) is var right && !scene.Starting(right).Any())
            {
                run.InSummary(FloorLine, "", scene.Id, right, "nothing");
            }
        }
    }

    private static void JudgeAttempts(RunEvidence run, SceneEvidence scene, string id)
    {
        var lines = scene.Lines.Where(l => l.Attempt is not null).GroupBy(l => l.Attempt!.Value).ToDictionary(g => (long)g.Key, g => g.First());
        foreach (var attempt in scene.Attempts)
        {
            if (attempt.Integer("Attempt") is not { } number || attempt.Integer("FrameCount") is not { } frames || attempt.Object("Telemetry") is not { } telemetry
                || telemetry.Number("DurationSeconds") is not { } seconds || telemetry.Text("HistoryExitReason") is not { } reason || scene.Json.Text("FramePrefix") is not { } prefix)
            {
                lines.Remove(attempt.Integer("Attempt") ?? 0);
                continue;
            }

            // The metadata keeps one prefix: that of the attempt it describes.
            var right = SummaryLine.Attempt(id, (int)number, (int)frames, seconds, reason, telemetry.Text("FailureKind"), prefix);
            var described = scene.Json.Object("Telemetry") is { } own && JsonElement.DeepEquals(own.Element, telemetry.Element);
            var part = described ? right : right[..(right.IndexOf(" Prefix=", StringComparison.Ordinal) + " Prefix=".Length)];
            if (!lines.Remove(number, out var line))
            {
                run.InSummary(AttemptLines, "", id, part, "nothing");
            }
            else if (described ? line.Text != right : !line.Text.StartsWith(part, StringComparison.Ordinal))
            {
                run.InSummary(AttemptLines, line.Place, id, part, line.Text);
            }
        }

        foreach (var extra in scene.Json.Items("Attempts") is null ? [] : lines.Values.ToArray())
        {
            run.InSummary(AttemptLines, extra.Place, id, "an attempt of the metadata", extra.Text);
        }
    }

    private static void JudgeList(RunEvidence run, SceneEvidence scene, string id, string field, Rule rule, string start, Func<string, string, string> write)
    {
        if (scene.Json.Texts(field) is not { } messages)
        {
            return;
        }

        var due = messages.Select(m => SummaryForms.Body(write(id, m), id)).GroupBy(m => m, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        foreach (var line in scene.Starting(start))
        {
            if (due.TryGetValue(line.Body, out var left) && left > 0)
            {
                due[line.Body] = left - 1;
            }
            else
            {
                run.InSummary(rule, line.Place, id, $"an entry of {field}", line.Body);
            }
        }

        foreach (var (right, _) in due.Where(d => d.Value > 0))
        {
            run.InSummary(rule, "", id, right, "nothing");
        }
    }

    private static void JudgeHistory(RunEvidence run, SceneEvidence scene, string id)
    {
        var json = scene.Json;
        if (json.Text("HistoryPath") is { } path && SummaryForms.Body(SummaryLine.HistorySaved(id, path), id) is var right && scene.Lines.All(l => l.Body != right))
        {
            run.InSummary(HistorySaved, "", id, right, "nothing");
        }

        foreach (var line in scene.Starting(SummaryForms.HistoryWarning))
        {
            if (json.Integer("HistoryAttempts") is { } looks && !line.Body.EndsWith($"(attempts={SummaryNumber.Text(looks)})", StringComparison.Ordinal))
            {
                run.InSummary(HistoryLooks, line.Place, id, $"(attempts={SummaryNumber.Text(looks)})", line.Body);
            }
        }

        // Where nobody looked (refused at the door), there is nothing to miss.
        if (json.Flag("HistoryRetrieved") == false && json.Object("Telemetry")?.Integer("HistoryAttempts") > 0
            && !scene.Starting(SummaryForms.HistoryWarning).Any() && !scene.Starting(SummaryForms.HistoryError).Any())
        {
            run.InSummary(HistoryLine, "", id, $"[Scene {id}] {SummaryForms.HistoryWarning}…", "nothing");
        }
    }

    // "Requeue requested (next attempt 2/2) reason: timedOut: no result after 600 s"
    private static void JudgeRequeues(RunEvidence run, SceneEvidence scene)
    {
        if (scene.Json.Items("Attempts") is null)
        {
            return;
        }

        foreach (var line in scene.Starting(SummaryForms.Requeue))
        {
            var rest = line.Body[SummaryForms.Requeue.Length..];
            var next = rest.StartsWith("(next attempt ", StringComparison.Ordinal) && int.TryParse(rest["(next attempt ".Length..].Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
            var ended = scene.Attempts.FirstOrDefault(a => a.Integer("Attempt") == next - 1);
            var kind = ended.Object("Telemetry")?.Text("FailureKind");
            if (ended.Pointer is null)
            {
                run.InSummary(RequeueLines, line.Place, scene.Id, "the number of an attempt and one more", line.Body);
            }
            else if (kind is not null && ended.Flag("AdoptedLate") == false && !rest.Contains($") reason: {kind}: ", StringComparison.Ordinal))
            {
                run.InSummary(RequeueLines, line.Place, scene.Id, $"reason: {kind}", line.Body);
            }
        }
    }
}
