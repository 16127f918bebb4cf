using Dailies.Contract;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-8xx, the lines of the run as a whole against the metadata: renderer, story, LLM, totals, index.</summary>
internal static class RunLineRules
{
    public static void Judge(RunEvidence run)
    {
        if (run.Summary is not { } summary || run.Metadata is not { } json)
        {
            return;
        }

        JudgeRenderer(run, summary, json);
        JudgeStations(run, summary, json);
        if (json.Object("Story") is { } story)
        {
            JudgeStory(run, summary, story);
        }

        JudgeTotals(run, summary);
        JudgeIndex(run, summary, json);
        JudgePictures(run, summary, json);
    }

    private static void JudgeRenderer(RunEvidence run, SummaryText summary, JsonView json)
    {
        if (json.Items("Stations") is not { } stations || run.Running)
        {
            return;
        }

        var drew = stations.Any(s => s.Text("Renderer") == "animatic");
        // Where the first line is gone, the second has moved up: one fault, told once.
        var says = summary.Entries.Take(2).Any(e => e.Text == SummaryLine.Animatic);
        if (drew != says)
        {
            run.InSummary(Renderer, "line 2", null, drew ? SummaryLine.Animatic : "no such line: no station is animatic", summary.Entries.Count > 1 ? summary.Entries[1].Text : "nothing");
        }
    }

    // The contract asks for none: where there are some, they are true.
    private static void JudgeStations(RunEvidence run, SummaryText summary, JsonView json)
    {
        var lines = summary.Starting(SummaryLine.StationStart).ToList();
        if (lines.Count == 0 || run.Running || json.Items("Stations") is not { } stations)
        {
            return;
        }

        var due = stations.Select(s => s.As<StationRecord>()).OfType<StationRecord>().Where(s => s is { Name: not null, Url: not null, Renderer: not null }).Select(SummaryLine.Station).ToList();
        if (due.Count != stations.Count)
        {
            return;
        }

        foreach (var line in lines.Where(l => !due.Remove(l.Text)))
        {
            run.InSummary(StationLines, line.Place, null, due.Count > 0 ? due[0] : "no such line", line.Text);
        }

        foreach (var right in due.Skip(lines.Count - (stations.Count - due.Count)))
        {
            run.InSummary(StationLines, "", null, right, "nothing");
        }
    }

    private static void JudgeStory(RunEvidence run, SummaryText summary, JsonView story)
    {
        if (story.Text("Id") is { } id && story.Integer("SceneCount") is { } count and <= int.MaxValue)
        {
            One(run, summary, StoryLines, SummaryForms.StoryReady, SummaryLine.StoryReady(id, (int)count));
        }

        if (story.Text("DirectorsVision") is { } vision)
        {
            One(run, summary, StoryLines, SummaryForms.Vision, SummaryLine.Vision(vision), needed: vision.Length > 0);
        }

        if (story.Text("Logline") is { } logline)
        {
            One(run, summary, StoryLines, SummaryForms.Logline, SummaryLine.Logline(logline), needed: logline.Length > 0);
        }

        if (story.Object("HealthCheck")?.As<HealthCheckRecord>() is { Status: not null } health)
        {
            One(run, summary, HealthLine, SummaryForms.Health, SummaryLine.LlmHealth(health));
        }
    }

    private static void JudgeTotals(RunEvidence run, SummaryText summary)
    {
        if (Tally(run) is not var (taken, frames))
        {
            return;
        }

        // A resumed run has attempts that nobody asked to requeue, so both ways to count are right.
        var asked = summary.Entries.Count(e => e.SceneId is not null && e.Body.StartsWith(SummaryForms.Requeue, StringComparison.Ordinal));
        var made = run.Scenes.Sum(s => Math.Max(0, s.Attempts.Count - 1));
        var line = summary.Starting(SummaryLine.SceneSummaryStart).FirstOrDefault();
        var right = new[] { made, asked }.Select(r => SummaryLine.SceneSummary(taken, run.Scenes.Count, frames, r)).ToList();
        if (line is null ? run.Finished : !right.Contains(line.Text))
        {
            run.InSummary(Totals, line?.Place ?? "", null, right[0], line?.Text ?? "nothing");
        }
    }

    private static void JudgeIndex(RunEvidence run, SummaryText summary, JsonView json)
    {
        if (summary.IndexAt == summary.Entries.Count)
        {
            if (run.Finished)
            {
                run.InSummary(RuleCatalogue.Index, "", null, SummaryLine.IndexTitle, "nothing");
            }

            return;
        }

        if (Tally(run) is not var (taken, frames) || json.Object("Story")?.Text("StoryDir") is not { } dir || json.Object("VitestLogs")?.As<VitestLogs>() is not { } logs)
        {
            return;
        }

        var entries = summary.Entries.Take(summary.VerdictAt).Skip(summary.IndexAt + 1).ToList();
        foreach (var right in SummaryLine.Index(dir, taken, frames, logs, json.Text("Archive")).Skip(1))
        {
            var head = SummaryForms.Head(right);
            var line = entries.FirstOrDefault(e => e.Text.StartsWith(head, StringComparison.Ordinal));
            if (line?.Text != right)
            {
                run.InSummary(RuleCatalogue.Index, line?.Place ?? summary.Entries[summary.IndexAt].Place, null, right, line?.Text ?? "nothing");
            }
        }
    }

    // Fields beyond version 2.0: where the metadata has one, its line stands too.
    private static void JudgePictures(RunEvidence run, SummaryText summary, JsonView json)
    {
        JudgePicture(run, summary, json, "StoryVideo", SummaryForms.StoryVideo, SummaryLine.StoryVideo);
        JudgePicture(run, summary, json, "ContactSheet", SummaryForms.ContactSheet, SummaryLine.ContactSheet);
    }

    private static void JudgePicture(RunEvidence run, SummaryText summary, JsonView json, string field, string head, Func<string?, string> right)
    {
        var line = summary.Starting(head).FirstOrDefault();
        if (json.Object(field) is { } made && line?.Text != right(made.Text("Path")))
        {
            run.InSummary(RuleCatalogue.Index, line?.Place ?? "", null, right(made.Text("Path")), line?.Text ?? "nothing");
        }
    }

    private static void One(RunEvidence run, SummaryText summary, Rule rule, string start, string right, bool needed = true)
    {
        var line = summary.Starting(start).FirstOrDefault();
        if (line is null ? needed && run.Finished : line.Text != right)
        {
            run.InSummary(rule, line?.Place ?? "", null, right, line?.Text ?? "nothing");
        }
    }

    // Scenes with a take and their frames; null where a scene doesn't say.
    private static (int Taken, int Frames)? Tally(RunEvidence run)
    {
        long frames = 0;
        var taken = 0;
        foreach (var scene in run.Scenes)
        {
            if (scene.Json.Flag("Success") is not { } success || scene.Json.Integer("FrameCount") is not { } count)
            {
                return null;
            }

            taken += success ? 1 : 0;
            frames += success && count is > 0 and <= int.MaxValue ? count : 0;
        }

        return (taken, (int)Math.Min(frames, int.MaxValue));
    }
}
