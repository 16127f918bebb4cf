using System.Text.Json;
using Dailies.Contract;
using static Dailies.Contract.SummaryNumber;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-7xx, a scene and its attempts against each other, and the run as a whole.</summary>
internal static class SceneRules
{
    private const int PollLogEnds = 40;

    public static void Judge(RunEvidence run)
    {
        if (run.Metadata is not { } json)
        {
            return;
        }

        if (run.Finished && json.IsNull("EndedAt"))
        {
            run.InMetadata(NotEnded, "/EndedAt", null, "a time", "null");
        }

        if (json.Get("EndedAt") is not null && json.Text("State") is { } state && !run.Finished && RunStates.All.Contains(state) && json.IsNull("EndedAt") != run.Running)
        {
            run.InMetadata(StateAndEnd, "/EndedAt", null, run.Running ? "null" : $"a time, for the run {state}", json.Text("EndedAt") ?? "null");
        }

        JudgeHealth(run, json);
        if (json.Time("EndedAt") < json.Time("Timestamp"))
        {
            run.InMetadata(TimeOrder, "/EndedAt", null, $"not before {json.Text("Timestamp")}", json.Text("EndedAt")!);
        }

        if (json.Object("Story")?.Integer("SceneCount") is { } count && run.Scenes.Count > count)
        {
            run.InMetadata(SceneTally, "/Story/SceneCount", null, $"at least {Text(run.Scenes.Count)}", Text(count));
        }

        foreach (var scene in run.Scenes)
        {
            var file = new Pen(run, scene);
            JudgeAttempts(file, scene);
            JudgeAccepted(file, scene);
            JudgeTwins(file, scene);
            JudgeFrames(file, scene.Json);
            JudgeHistory(file, scene.Json);
        }
    }

    private static void JudgeHealth(RunEvidence run, JsonView json)
    {
        if (json.Object("Story")?.Object("HealthCheck") is not { } health || health.Text("Status") is not { } status || health.Flag("Skipped") is not { } skipped)
        {
            return;
        }

        if (skipped != (status == "skipped") || (!skipped && health.Text("SkipReason") is not null))
        {
            run.InMetadata(HealthFlags, health.At("Skipped"), null, $"{Text(status == "skipped")} with {status}", Text(skipped));
        }
        else if (health.IsNull(status == "failed" ? "Error" : "Models") && status is "failed" or "success")
        {
            run.InMetadata(HealthFlags, health.At("Status"), null, status == "failed" ? "an error" : "models", "null");
        }
    }

    private static void JudgeAttempts(Pen file, SceneEvidence scene)
    {
        var json = scene.Json;
        if (json.Items("Attempts") is null)
        {
            return;
        }

        var made = scene.Attempts.Count;
        var numbers = scene.Attempts.Select(a => a.Integer("Attempt")).ToList();
        if (json.Integer("AttemptsRun") is { } run && run != made)
        {
            file.Write(AttemptTally, json.At("AttemptsRun"), Text(made), Text(run));
        }
        else if (json.Flag("Requeued") is { } requeued && requeued != made > 1)
        {
            file.Write(AttemptTally, json.At("Requeued"), Text(made > 1), Text(requeued));
        }
        else if (!numbers.Contains(null) && !numbers.SequenceEqual(Enumerable.Range(1, made).Select(n => (long?)n)))
        {
            file.Write(AttemptTally, json.At("Attempts"), $"1 to {Text(made)}", string.Join(", ", numbers));
        }

        var charged = scene.Attempts.Count(a => a.Flag("Charged") == true);
        if (json.Integer("SceneRetryBudget") is { } budget && charged > budget + 1)
        {
            file.Write(OverBudget, json.At("Attempts"), $"at most {Text(budget + 1)} charged", $"{Text(charged)} charged");
        }

        foreach (var attempt in scene.Attempts)
        {
            var reason = attempt.Object("Telemetry")?.Text("HistoryExitReason");
            JudgeSuccess(file, attempt);
            if (attempt.Flag("Success") == true && attempt.Flag("AdoptedLate") == false && reason is not null and not ExitReason.Success)
            {
                file.Write(NotAdopted, attempt.At("AdoptedLate"), $"true with {reason}", "false");
            }
        }
    }

    private static void JudgeSuccess(Pen file, JsonView owner)
    {
        if (owner.Flag("Success") is not { } success || owner.Get("Telemetry") is null)
        {
            return;
        }

        var telemetry = owner.Object("Telemetry");
        var kindIsNull = telemetry?.IsNull("FailureKind") ?? false;
        if (telemetry is { } known && known.Get("FailureKind") is null)
        {
            return;
        }

        if (success != kindIsNull)
        {
            file.Write(SuccessAndKind, owner.At("Success"), Text(kindIsNull), $"{Text(success)} with FailureKind {telemetry?.Text("FailureKind") ?? "null"}");
        }
    }

    private static void JudgeAccepted(Pen file, SceneEvidence scene)
    {
        var json = scene.Json;
        if (json.Get("Telemetry") is null || json.Items("Attempts") is null)
        {
            return;
        }

        var described = json.Object("Telemetry");
        if (described is null != (scene.Attempts.Count == 0))
        {
            file.Write(NeverAttempted, json.At("Telemetry"), scene.Attempts.Count == 0 ? "null" : "telemetry", described is null ? "null" : "telemetry");
            return;
        }

        JudgeSuccess(file, json);
        if (described is not { } telemetry || json.Flag("Success") is not { } success)
        {
            return;
        }

        var candidates = success ? scene.Attempts.Where(a => a.Flag("Success") != false) : scene.Attempts.TakeLast(1);
        if (!candidates.Any(a => a.Object("Telemetry") is { } t && JsonElement.DeepEquals(t.Element, telemetry.Element)))
        {
            file.Write(OtherAttempt, telemetry.Pointer, success ? "an accepted attempt's telemetry" : "the last attempt's telemetry", "another");
        }
    }

    private static void JudgeTwins(Pen file, SceneEvidence scene)
    {
        var json = scene.Json;
        Same(file, json, "StoryExpectedFrames", json, "RequestedFrames");
        if (json.Text("Title") is { } title && json.Text("StoryTitle") is { } storyTitle && title != storyTitle)
        {
            file.Write(SaidTwice, json.At("StoryTitle"), title, storyTitle);
        }

        if (json.Object("Telemetry") is not { } telemetry)
        {
            return;
        }

        Same(file, json, "DurationSeconds", telemetry, "DurationSeconds");
        Same(file, json, "HistoryAttempts", telemetry, "HistoryAttempts");
        Same(file, json, "SceneRetryBudget", telemetry, "SceneRetryBudget");
        foreach (var attempt in scene.Attempts)
        {
            if (attempt.Object("Telemetry") is { } t && JsonElement.DeepEquals(t.Element, telemetry.Element))
            {
                Same(file, json, "FrameCount", attempt, "FrameCount");
            }
        }
    }

    private static void JudgeFrames(Pen file, JsonView json)
    {
        if (json.Integer("FrameCount") is not { } count)
        {
            return;
        }

        if (json.Integer("FrameFloor") is { } floor && json.Flag("MeetsFrameFloor") is { } meets && meets != count >= floor)
        {
            file.Write(FloorFlag, json.At("MeetsFrameFloor"), $"{Text(!meets)} with {Text(count)}/{Text(floor)}", Text(meets));
        }

        if (json.Flag("Success") == true && json.Text("FrameSource") != FrameSource.Video && json.Integer("AnnouncedFrames") > count)
        {
            file.Write(FewerThanAnnounced, json.At("FrameCount"), $"at least {json.Integer("AnnouncedFrames")}", Text(count));
        }
    }

    private static void JudgeHistory(Pen file, JsonView json)
    {
        if (json.Items("HistoryPollLog") is { } log && json.Integer("HistoryPollLogTotal") is { } total && log.Count != Math.Min(total, PollLogEnds))
        {
            file.Write(PollLogTally, json.At("HistoryPollLog"), $"{Math.Min(total, PollLogEnds)} of {total} looks", Text(log.Count));
        }

        if (json.Flag("HistoryRetrieved") is { } retrieved && json.Get("HistoryPath") is not null && json.Get("HistoryRetrievedAt") is not null
            && (retrieved == json.IsNull("HistoryPath") || retrieved == json.IsNull("HistoryRetrievedAt")))
        {
            file.Write(HistoryFlag, json.At("HistoryRetrieved"), "together with HistoryPath and HistoryRetrievedAt", Text(retrieved));
        }
    }

    private static void Same(Pen file, JsonView here, string name, JsonView there, string otherName)
    {
        if (here.Number(name) is { } found && there.Number(otherName) is { } expected && found != expected)
        {
            file.Write(SaidTwice, here.At(name), $"{Text(expected)} as {there.At(otherName)}", Text(found));
        }
    }

    private sealed record Pen(RunEvidence Run, SceneEvidence Scene)
    {
        public void Write(Rule rule, string place, string expected, string found) => Run.InMetadata(rule, place, Scene.Id, expected, found);
    }
}
