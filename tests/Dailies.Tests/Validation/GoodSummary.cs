using Dailies.Contract;

namespace Dailies.Tests.Validation;

/// <summary>The summary that belongs to a metadata, made with the contract's own writers.</summary>
internal static class GoodSummary
{
    public static IEnumerable<string> Lines(ArtifactMetadata run) =>
        new[] { SummaryLine.Header(run.RunId) }
            .Concat(Body(run).Select(l => SummaryLine.Stamped(run.Timestamp, l)))
            .Concat(SummaryLine.Index(run))
            .Append(SummaryLine.Stamped(run.Timestamp, SummaryLine.ValidationPassed));

    private static IEnumerable<string> Body(ArtifactMetadata run)
    {
        if (run.Stations.Any(s => s.Renderer == "animatic"))
        {
            yield return SummaryLine.Animatic;
        }

        yield return SummaryLine.StoryReady(run.Story.Id, run.Story.SceneCount);
        yield return SummaryLine.Vision(run.Story.DirectorsVision);
        yield return SummaryLine.Logline(run.Story.Logline);
        yield return SummaryLine.LlmStatus("skipped", null, null, null);
        yield return SummaryLine.LlmHealth(run.Story.HealthCheck);
        if (run.QueueConfig.FastIteration)
        {
            yield return SummaryLine.FastIteration(run.QueueConfig, 0.5, 1);
        }

        yield return PolicyLine.Write(run.QueueConfig);
        yield return SummaryLine.WorkflowStart + "story/workflow.json: prompt: 6.text, negative: 7.text, seed: 3.seed, prefix: 9.filename_prefix, cfg: 3.cfg";
        foreach (var station in run.Stations)
        {
            yield return SummaryLine.Station(station);
        }

        foreach (var line in run.Scenes.SelectMany(Scene))
        {
            yield return line;
        }

        var taken = run.Scenes.Where(s => s.Success).ToList();
        if (run.StoryVideo is { } film)
        {
            yield return SummaryLine.StoryVideo(film.Path);
        }

        if (run.ContactSheet is { } sheet)
        {
            yield return SummaryLine.ContactSheet(sheet.Path);
        }

        yield return SummaryLine.SceneSummary(taken.Count, run.Scenes.Count, taken.Sum(s => s.FrameCount), run.Scenes.Sum(s => Math.Max(0, s.Attempts.Count - 1)));
    }

    private static IEnumerable<string> Scene(SceneRecord scene)
    {
        var id = scene.SceneId;
        foreach (var attempt in scene.Attempts)
        {
            var t = attempt.Telemetry;
            var last = attempt == scene.Attempts[^1];
            yield return SummaryLine.Attempt(id, attempt.Attempt, attempt.FrameCount, t.DurationSeconds, t.HistoryExitReason, t.FailureKind, last ? scene.FramePrefix : "another");
            if (!last)
            {
                yield return SummaryLine.Requeue(id, attempt.Attempt + 1, Math.Max(attempt.Attempt + 1, scene.SceneRetryBudget + 1), t.FailureKind ?? "none", "again");
            }
        }

        foreach (var error in scene.HistoryErrors)
        {
            yield return SummaryLine.HistoryError(id, error);
        }

        foreach (var warning in scene.Warnings)
        {
            yield return SummaryLine.Warning(id, warning);
        }

        foreach (var error in scene.Errors)
        {
            yield return SummaryLine.Error(id, error);
        }

        if (scene.HistoryPath is { } path)
        {
            yield return SummaryLine.HistorySaved(id, path);
        }
        else if (scene.HistoryAttempts > 0)
        {
            yield return SummaryLine.HistoryWarning(id, "no entry", scene.HistoryAttempts);
        }

        if (scene.Telemetry is { } telemetry)
        {
            yield return SummaryLine.Telemetry(id, telemetry);
        }
    }
}
