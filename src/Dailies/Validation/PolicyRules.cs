using Dailies.Contract;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-4xx: the policy lines against QueueConfig, and the knobs among themselves.</summary>
internal static class PolicyRules
{
    private static readonly PartRules Parts = new(PolicyValue, PolicyPartMissing, PolicyPartExtra, PolicyOrder);

    public static void Judge(RunEvidence run)
    {
        JudgePolicyLine(run);
        JudgeFastIteration(run);
        if (run.Config is { } config && config.HistoryPollIntervalSeconds >= config.HistoryMaxWaitSeconds)
        {
            run.InMetadata(PollNotShorter, "/QueueConfig/HistoryPollIntervalSeconds", null, $"below {SummaryNumber.Text(config.HistoryMaxWaitSeconds)}", SummaryNumber.Text(config.HistoryPollIntervalSeconds));
        }

        if (run.Config is { FastIteration: false } slow && slow.Origins.FirstOrDefault(o => o.Value == "fast").Key is { } knob)
        {
            run.InMetadata(RuleCatalogue.FastOrigin, "/QueueConfig/Origins", null, "no fast without FastIteration", knob);
        }

        foreach (var scene in run.Scenes)
        {
            JudgeKnobs(run, scene);
            JudgeInForce(run, scene);
        }
    }

    private static void JudgePolicyLine(RunEvidence run)
    {
        if (run.Summary is not { } summary)
        {
            return;
        }

        var lines = summary.Starting(PolicyLine.Start).ToList();
        if (lines.Count == 0 && !run.Running)
        {
            run.InSummary(PolicyMissing, "", null, PolicyLine.Start + "…", "nothing");
        }

        foreach (var twice in lines.Skip(1))
        {
            run.InSummary(PolicyTwice, twice.Place, null, "one policy line", twice.Text);
        }

        if (lines.Count > 0 && run.Config is { } config)
        {
            LineParts.Judge(
                PolicyLine.Expected(config), PolicyLine.Read(lines[0].Text[PolicyLine.Start.Length..]), _ => Parts,
                (rule, expected, found) => run.InSummary(rule, lines[0].Place, null, expected, found));
        }
    }

    private static void JudgeFastIteration(RunEvidence run)
    {
        if (run.Summary is not { } summary || run.Config is not { } config)
        {
            return;
        }

        var line = summary.Starting(SummaryForms.FastIteration).FirstOrDefault();
        if (line is null != !config.FastIteration && !(run.Running && line is null))
        {
            run.InSummary(FastIteration, line?.Place ?? "", null, config.FastIteration ? SummaryForms.FastIteration + "…" : "no such line", line?.Text ?? "nothing");
        }
        else if (line is not null)
        {
            // The sentinel's two values stand nowhere else.
            var missing = SummaryLine.FastIteration(config, 0, 0)[SummaryForms.FastIteration.Length..].Split(' ')
                .Where(p => !p.StartsWith("sentinel", StringComparison.Ordinal)).Except(line.Text.Split(' ')).ToList();
            if (missing.Count > 0)
            {
                run.InSummary(FastIteration, line.Place, null, string.Join(' ', missing), line.Text[SummaryForms.FastIteration.Length..]);
            }
        }
    }

    private static void JudgeKnobs(RunEvidence run, SceneEvidence scene)
    {
        if (scene.Json.Object("HistoryConfig") is not { } knobs || scene.Json.Object("Telemetry") is not { } telemetry)
        {
            return;
        }

        foreach (var (knob, name) in new[]
        {
            ("MaxWaitSeconds", "MaxWaitSeconds"), ("MaxAttempts", "HistoryAttemptLimit"),
            ("PollIntervalSeconds", "PollIntervalSeconds"), ("PostExecutionTimeoutSeconds", "PostExecutionTimeoutSeconds"),
        })
        {
            if (knobs.Number(knob) is { } expected && telemetry.Number(name) is { } found && expected != found)
            {
                run.InMetadata(KnobsDiffer, knobs.At(knob), scene.Id, SummaryNumber.Text(found), SummaryNumber.Text(expected));
            }
        }
    }

    // The scene's own copies of the knobs agree with its telemetry or are told; where there is none, they stand for it.
    private static void JudgeInForce(RunEvidence run, SceneEvidence scene)
    {
        if (run.Config is not { } config)
        {
            return;
        }

        var isMeasured = false;
        foreach (var t in scene.Measured)
        {
            isMeasured = true;
            Compare(run, scene, t, "MaxWaitSeconds", config.HistoryMaxWaitSeconds);
            Compare(run, scene, t, "PollIntervalSeconds", config.HistoryPollIntervalSeconds);
            Compare(run, scene, t, "PostExecutionTimeoutSeconds", config.PostExecutionTimeoutSeconds);
            Compare(run, scene, t, "HistoryAttemptLimit", config.HistoryMaxAttempts);
            Compare(run, scene, t, "SceneRetryBudget", config.SceneRetryBudget);
        }

        if (!isMeasured && scene.Json.IsNull("Telemetry"))
        {
            Compare(run, scene, scene.Json, "SceneRetryBudget", config.SceneRetryBudget);
            if (scene.Json.Object("HistoryConfig") is { } knobs)
            {
                Compare(run, scene, knobs, "MaxWaitSeconds", config.HistoryMaxWaitSeconds);
                Compare(run, scene, knobs, "MaxAttempts", config.HistoryMaxAttempts);
                Compare(run, scene, knobs, "PollIntervalSeconds", config.HistoryPollIntervalSeconds);
                Compare(run, scene, knobs, "PostExecutionTimeoutSeconds", config.PostExecutionTimeoutSeconds);
            }
        }
    }

    private static void Compare(RunEvidence run, SceneEvidence scene, JsonView owner, string name, double inForce)
    {
        if (owner.Number(name) is { } found && found != inForce)
        {
            run.InMetadata(KnobsChanged, owner.At(name), scene.Id, $"{SummaryNumber.Text(inForce)} as in QueueConfig", SummaryNumber.Text(found));
        }
    }
}
