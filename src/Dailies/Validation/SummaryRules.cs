using System.Text.Json;
using Dailies.Contract;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-8xx, the form of the summary: who it is about, stamps, lines that nobody of ours writes.</summary>
internal static class SummaryRules
{
    public static void Judge(RunEvidence run)
    {
        if (run.Summary is not { } summary)
        {
            return;
        }

        JudgeHeader(run, summary);
        JudgeBody(run, summary);
        JudgeRepeats(run, summary);
        foreach (var late in summary.Entries.Skip(summary.VerdictAt + 1))
        {
            run.InSummary(AfterVerdict, late.Place, late.SceneId, "the end of the file", late.Text);
        }
    }

    private static void JudgeHeader(RunEvidence run, SummaryText summary)
    {
        var first = summary.Entries.Count > 0 ? summary.Entries[0] : null;
        var runId = run.Metadata?.Text("RunId");
        if (first is not { Stamp: null } || !IsHeader(first))
        {
            run.InSummary(HeaderMissing, "line 1", null, SummaryLine.Header(runId ?? "<RunId>"), first?.Text ?? "nothing");
        }
        else if (runId is not null && first.Text != SummaryLine.Header(runId))
        {
            run.InSummary(HeaderRun, first.Place, null, SummaryLine.Header(runId), first.Text);
        }

        foreach (var other in summary.Entries.Skip(1).Where(IsHeader))
        {
            run.InSummary(HeaderTwice, other.Place, null, "one first line", other.Text);
        }

        if (runId is not null && Path.GetFileName(run.Root) is var folder && folder != runId)
        {
            run.InMetadata(FolderName, "/RunId", null, $"a folder called {runId}", folder);
        }
    }

    private static void JudgeBody(RunEvidence run, SummaryText summary)
    {
        var hasScenes = run.Metadata?.Get("Scenes") is { Element.ValueKind: JsonValueKind.Array };
        var known = run.Scenes.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < summary.VerdictAt; i++)
        {
            var entry = summary.Entries[i];
            var isIndex = i >= summary.IndexAt && (i == summary.IndexAt || SummaryForms.Index.Any(h => entry.Text.StartsWith(h, StringComparison.Ordinal)));
            if (i > 0 && !entry.IsStamped && !isIndex && !IsHeader(entry))
            {
                run.InSummary(NoStamp, entry.Place, entry.SceneId, "[<UTC time>] …", entry.Stamp is null ? entry.Text : $"[{entry.Stamp}]");
            }

            if (hasScenes && entry.SceneId is { } id && !known.Contains(id))
            {
                run.InSummary(UnknownScene, entry.Place, null, "a scene of the metadata", $"[Scene {id}]");
            }
        }
    }

    private static void JudgeRepeats(RunEvidence run, SummaryText summary)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < summary.VerdictAt; i++)
        {
            var entry = summary.Entries[i];
            if (Key(entry, i >= summary.IndexAt) is { } key && !seen.Add(key))
            {
                run.InSummary(LineRepeated, entry.Place, entry.SceneId, "this line once", entry.Text);
            }
        }
    }

    // What stands once, by what makes it that line.
    private static string? Key(SummaryEntry entry, bool inIndex) => entry switch
    {
        { SceneId: { } id, Attempt: { } attempt } => $"{id}/{attempt}",
        { SceneId: { } id } => entry.Body.StartsWith(SummaryForms.HistorySaved, StringComparison.Ordinal) || entry.Body.StartsWith(SummaryForms.Requeue, StringComparison.Ordinal)
            ? $"{id}/{entry.Body}"
            : null,
        _ when inIndex && SummaryForms.Index.FirstOrDefault(h => entry.Text.StartsWith(h, StringComparison.Ordinal)) is { } head => head,
        _ => SummaryForms.Unique.FirstOrDefault(h => entry.Text.StartsWith(h, StringComparison.Ordinal)),
    };

    private static bool IsHeader(SummaryEntry entry) => entry.Text.StartsWith(SummaryLine.HeaderStart, StringComparison.Ordinal);
}
