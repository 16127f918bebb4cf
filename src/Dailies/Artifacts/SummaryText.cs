using System.Text;
using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Artifacts;

/// <summary>RunState → run-summary.txt. Pure: the same metadata that goes to artifact-metadata.json is spelled out as lines, so the two can't disagree.</summary>
public static class SummaryText
{
    /// <summary>The whole text; <paramref name="metadata"/> is the projection of the same state.</summary>
    public static string Write(RunState run, ArtifactMetadata metadata)
    {
        var text = new StringBuilder();
        text.Append(SummaryLine.Header(metadata.RunId)).Append('\n');
        foreach (var line in Opening(run, metadata))
        {
            text.Append(SummaryLine.Stamped(run.StartedAt, line)).Append('\n');
        }

        var last = run.StartedAt;
        foreach (var (at, line) in Body(run, metadata).OrderBy(l => l.At))
        {
            last = at;
            text.Append(SummaryLine.Stamped(at, line)).Append('\n');
        }

        if (run.Ended is { } ended)
        {
            last = ended.At > last ? ended.At : last;
            text.Append(SummaryLine.Stamped(last, Count(run, metadata))).Append('\n');
            foreach (var check in run.Checks?.Checks ?? [])
            {
                text.Append(SummaryLine.Stamped(last, SummaryLine.Check(check.Suite, check.ExitCode))).Append('\n');
            }

            text.AppendJoin('\n', SummaryLine.Index(metadata)).Append('\n');
        }

        if (run.Validated is { } verdict)
        {
            text.Append(SummaryLine.Stamped(verdict.At, SummaryLine.Validation(verdict.Code))).Append('\n');
        }

        return text.ToString();
    }

    // In the order in which things happened; lines of one moment keep the order in which they stand here. Nothing is older than the run:
    // an attempt that was kept from an earlier one is told when it is kept, and a clock that went back does not put a line above the opening.
    private static IEnumerable<(DateTimeOffset At, string Line)> Body(RunState run, ArtifactMetadata metadata) =>
        Notes(run).Concat(run.Scenes.Values.Zip(metadata.Scenes, (scene, record) => SceneLines(scene, record, run)).SelectMany(lines => lines))
            .Select(l => (l.At > run.StartedAt ? l.At : run.StartedAt, l.Line));

    private static IEnumerable<(DateTimeOffset At, string Line)> Notes(RunState run) =>
        run.Notes.Select(n => (n.At, $"[Run] {SummaryEscape.Escape(n.Text)}"))
            .Concat(run.Incidents.Select(e => (e.At, $"[Run] {EventLine.Incident(e)}")))
            .Concat(run.StoryVideo is { } film ? [(film.At, SummaryLine.StoryVideo(film.Video.Path))] : [])
            .Concat(run.ContactSheet is { } sheet ? [(sheet.At, SummaryLine.ContactSheet(sheet.Sheet.Path))] : []);

    private static string Count(RunState run, ArtifactMetadata metadata) => SummaryLine.SceneSummary(
        metadata.Scenes.Count(s => s.Success), metadata.Scenes.Count, metadata.Scenes.Where(s => s.Success).Sum(s => s.FrameCount),
        run.Scenes.Values.Sum(s => s.Requeues.Length));

    private static IEnumerable<string> Opening(RunState run, ArtifactMetadata metadata)
    {
        var (plan, story) = (run.Plan!, metadata.Story);
        if (metadata.Stations.Any(s => s.Renderer == "animatic"))
        {
            yield return SummaryLine.Animatic;
        }

        yield return SummaryLine.StoryReady(story.Id, story.SceneCount);
        yield return SummaryLine.Vision(story.DirectorsVision);
        yield return SummaryLine.Logline(story.Logline);
        yield return SummaryLine.LlmStatus("skipped", null, null, null);
        yield return SummaryLine.LlmHealth(story.HealthCheck);
        foreach (var warning in story.Warnings)
        {
            yield return $"[Story] WARNING: {SummaryEscape.Escape(warning)}";
        }

        if (metadata.QueueConfig.FastIteration)
        {
            yield return SummaryLine.FastIteration(metadata.QueueConfig, plan.SentinelScanSeconds, plan.SentinelStableSeconds);
        }

        yield return PolicyLine.Write(metadata.QueueConfig);
        yield return $"{SummaryLine.WorkflowStart}{SummaryEscape.Escape(plan.Workflow.File)}: {SummaryEscape.Escape(string.Join(", ", plan.Workflow.Bound))}";
        foreach (var note in plan.Workflow.Notes)
        {
            yield return $"{SummaryLine.WorkflowStart}NOTE: {SummaryEscape.Escape(note)}";
        }

        foreach (var s in metadata.Stations)
        {
            yield return SummaryLine.Station(s);
        }
    }

    private static IEnumerable<(DateTimeOffset At, string Line)> SceneLines(SceneState scene, SceneRecord record, RunState run)
    {
        var id = record.SceneId;
        foreach (var (attempt, a) in scene.Attempts.Where(x => x.Settled is not null).Zip(record.Attempts))
        {
            yield return (attempt.Settled!.At, SummaryLine.Attempt(
                id, a.Attempt, a.FrameCount, a.Telemetry.DurationSeconds, a.Telemetry.HistoryExitReason, a.Telemetry.FailureKind, attempt.Prefix));
        }

        foreach (var r in scene.Requeues)
        {
            var most = Math.Max(r.NextAttempt, record.SceneRetryBudget + 1);
            yield return (r.At, SummaryLine.Requeue(id, r.NextAttempt, most, r.FailureKind, r.Message));
        }

        if ((scene.Accepted?.At ?? scene.Failed?.At ?? run.Ended?.At) is { } end)
        {
            foreach (var line in EndLines(record))
            {
                yield return (end, line);
            }
        }
    }

    private static IEnumerable<string> EndLines(SceneRecord record)
    {
        var id = record.SceneId;
        if (record.HistoryPath is { } path)
        {
            yield return SummaryLine.HistorySaved(id, path);
        }
        else if (record.HistoryError is { } why)
        {
            yield return SummaryLine.HistoryWarning(id, why, record.HistoryAttempts);
        }

        foreach (var error in record.HistoryErrors)
        {
            yield return SummaryLine.HistoryError(id, error);
        }

        foreach (var warning in record.Warnings)
        {
            yield return SummaryLine.Warning(id, warning);
        }

        foreach (var error in record.Errors)
        {
            yield return SummaryLine.Error(id, error);
        }

        if (record.Telemetry is { } telemetry)
        {
            yield return SummaryLine.Telemetry(id, telemetry);
        }
    }
}
