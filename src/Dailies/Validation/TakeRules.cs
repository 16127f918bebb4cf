using Dailies.Contract;
using static Dailies.Contract.SummaryNumber;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-7xx, what a scene got and what it cost: its accepted attempt, charges, frames, video, content, looks.</summary>
internal static class TakeRules
{
    private const int PollLogHalf = 20;

    public static void Judge(RunEvidence run)
    {
        var prompts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var scene in run.Scenes)
        {
            JudgeAttempts(run, scene, prompts);
            JudgeTake(run, scene);
            JudgeVideo(run, scene);
            JudgeContent(run, scene);
            JudgeLooks(run, scene);
            JudgeUntried(run, scene);
        }
    }

    private static void JudgeAttempts(RunEvidence run, SceneEvidence scene, HashSet<string> prompts)
    {
        foreach (var attempt in scene.Attempts)
        {
            var telemetry = attempt.Object("Telemetry");
            if (telemetry?.Text("PromptId") is { } prompt && !prompts.Add(prompt))
            {
                run.InMetadata(PromptTwice, telemetry.Value.At("PromptId"), scene.Id, "an id of its own", prompt);
            }

            if (attempt.Flag("Charged") == true && telemetry?.Text("FailureKind") is FailureKind.StationLost or FailureKind.DeviceLost)
            {
                run.InMetadata(StationCharged, attempt.At("Charged"), scene.Id, $"false with {telemetry.Value.Text("FailureKind")}", "true");
            }
        }

        // While a run goes on, a whole take may not be accepted yet.
        if (run.Running || scene.Json.Flag("Success") is not { } success || scene.Json.Items("Attempts") is null || scene.Attempts.Any(a => a.Flag("Success") is null))
        {
            return;
        }

        var accepted = scene.Attempts.Count(a => a.Flag("Success") == true);
        if (accepted != (success ? 1 : 0))
        {
            run.InMetadata(AcceptedTally, scene.Json.At("Attempts"), scene.Id, success ? "one accepted attempt" : "no accepted attempt", Text(accepted));
        }
    }

    private static void JudgeTake(RunEvidence run, SceneEvidence scene)
    {
        if (scene.Json.Flag("Success") != true || scene.Json.Integer("FrameCount") is not { } count)
        {
            return;
        }

        var source = scene.Json.Text("FrameSource");
        var files = scene.Json.Items("Frames")?.Count ?? 0;
        if (source is null ? scene.Json.IsNull("FrameSource") : count == 0 || (source == FrameSource.Still && count != 1) || (source == FrameSource.Video && files > 1))
        {
            run.InMetadata(
                TakeEmpty, scene.Json.At("FrameSource"), scene.Id, source switch { FrameSource.Still => "one frame", FrameSource.Video => "one file", _ => "a source and its frames" },
                $"{source ?? "null"}, {Text(count)} frames, {Text(files)} files");
        }
    }

    private static void JudgeVideo(RunEvidence run, SceneEvidence scene)
    {
        if (scene.Json.Object("Video") is not { } video || video.Text("Status") != VideoRecord.Complete)
        {
            return;
        }

        if (scene.Json.Flag("Success") == false)
        {
            run.InMetadata(VideoWithoutTake, video.At("Status"), scene.Id, VideoRecord.Missing, VideoRecord.Complete);
        }
        else if (scene.Json.Text("FrameSource") == FrameSource.Files && video.Number("Fps") is { } fps and > 0 && video.Number("DurationSeconds") is { } seconds
            && scene.Json.Integer("FrameCount") is { } count && Math.Abs(seconds - (count / fps)) > (1 / fps) + 0.002)
        {
            run.InMetadata(VideoLength, video.At("DurationSeconds"), scene.Id, $"{Text(count / fps)} for {Text(count)} frames", Text(seconds));
        }
    }

    // An extra field of ours: of a stranger's Content nothing is asked.
    private static void JudgeContent(RunEvidence run, SceneEvidence scene)
    {
        if (scene.Json.Object("Content") is not { } content || content.Get("LumaMean") is null || !ShapeRules.Judge(scene.Json, ContractShape.Content, run.Findings, scene.Id))
        {
            return;
        }

        const double rounded = 0.051;
        var (dark, mean, bright) = (content.Number("DarkestFrame"), content.Number("LumaMean"), content.Number("BrightestFrame"));
        if (dark > mean + rounded || mean > bright + rounded || (content.Flag("AllBlack") == true && (bright > 0 || content.Number("LumaVariance") > 0)))
        {
            run.InMetadata(ContentFigures, content.Pointer, scene.Id, "darkest ≤ mean ≤ brightest, all 0 when black", $"{dark} {mean} {bright}, black {content.Flag("AllBlack")}");
        }
    }

    private static void JudgeUntried(RunEvidence run, SceneEvidence scene)
    {
        if (!scene.Json.IsNull("Telemetry") || scene.Json.Items("Attempts") is not { Count: 0 })
        {
            return;
        }

        foreach (var name in new[] { "DurationSeconds", "HistoryAttempts", "HistoryPollLogTotal", "FrameCount" })
        {
            if (scene.Json.Number(name) is { } number and > 0)
            {
                run.InMetadata(NothingMeasured, scene.Json.At(name), scene.Id, "0 without an attempt", Text(number));
            }
        }

        if (scene.Json.Text("HistoryPath") is { } path)
        {
            run.InMetadata(NothingMeasured, scene.Json.At("HistoryPath"), scene.Id, "null without an attempt", path);
        }
    }

    private static void JudgeLooks(RunEvidence run, SceneEvidence scene)
    {
        if (scene.Json.Items("HistoryPollLog") is not { } log || scene.Json.Integer("HistoryPollLogTotal") is not { } total)
        {
            return;
        }

        if (scene.Json.Object("Telemetry")?.Integer("HistoryAttempts") is { } looks && looks > total)
        {
            run.InMetadata(LooksTally, scene.Json.At("HistoryPollLogTotal"), scene.Id, $"at least {Text(looks)}", Text(total));
        }

        if (log.Count != Math.Min(total, 2 * PollLogHalf))
        {
            return; // told by its own rule
        }

        for (var i = 0; i < log.Count; i++)
        {
            var right = i < PollLogHalf ? i + 1 : total - log.Count + i + 1;
            if (log[i].Integer("Attempt") is { } number && number != right)
            {
                run.InMetadata(PollLogOrder, log[i].At("Attempt"), scene.Id, Text(right), Text(number));
                return;
            }
        }
    }
}
