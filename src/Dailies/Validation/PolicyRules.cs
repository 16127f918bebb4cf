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

        foreach (var scene in run.Scenes)
        {
            JudgeKnobs(run, scene);
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
}
