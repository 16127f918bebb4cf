using Dailies.Contract;

namespace Dailies.Validation;

/// <summary>Judges a run folder by its files alone: never the ledger, never the program's memory (contract §10).</summary>
public static class RunValidator
{
    /// <summary>All findings in one pass, linear in the size of the run. No content of a file makes it throw.</summary>
    public static Verdict Validate(string runFolder, ValidationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(runFolder);
        if (!IsRunFolder(runFolder))
        {
            return new Verdict(runFolder, null, Standings.Unreadable, [], 0, 0);
        }

        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(runFolder));
        var findings = new FindingList();
        var summary = SummaryText.Read(EvidenceFile.Read(root, RunFolder.Summary, RuleCatalogue.SummaryMissing, findings));
        var bytes = EvidenceFile.Read(root, RunFolder.Metadata, RuleCatalogue.MetadataMissing, findings);
        var metadata = MetadataReader.Read(bytes, findings);
        var run = metadata is { } json && VersionOneRules.Applies(json)
            ? JudgeVersionOne(root, summary, json, findings)
            : Judge(root, summary, metadata, bytes, options ?? new ValidationOptions(), findings);
        return Verdict(runFolder, run);
    }

    private static RunEvidence Judge(string root, SummaryText? summary, JsonView? metadata, byte[]? bytes, ValidationOptions options, FindingList findings)
    {
        var run = RunEvidenceReader.Read(root, summary, metadata, options, findings);
        PolicyRules.Judge(run);
        TelemetryLineRules.Judge(run);
        FileRules.Judge(run);
        AttemptFileRules.Judge(run, StoryFileRules.Judge(run));
        MarkerRules.Judge(run);
        CheckRules.Judge(run);
        TelemetryRules.Judge(run);
        SceneRules.Judge(run);
        TakeRules.Judge(run);
        SummaryRules.Judge(run);
        StampRules.Judge(run);
        RunLineRules.Judge(run);
        SceneLineRules.Judge(run);
        if (bytes is not null)
        {
            LatestRunRules.Judge(run, bytes);
        }

        ArchiveRules.Judge(run);

        JudgeVerdictLine(run);
        return run;
    }

    // Last, because it speaks of all others. A broken run that once passed was changed since: that is what the other findings say.
    private static void JudgeVerdictLine(RunEvidence run)
    {
        var called = run.Summary is { } summary && summary.VerdictAt < summary.Entries.Count ? summary.Entries[summary.VerdictAt] : null;
        if (called is not null && !called.Text.Contains(SummaryLine.ValidationPassed, StringComparison.Ordinal) && run.Findings.All.All(f => f.Rule.Severity != Severity.Error))
        {
            run.InSummary(RuleCatalogue.VerdictLine, called.Place, null, SummaryLine.ValidationPassed, called.Text);
        }
    }

    private static RunEvidence JudgeVersionOne(string root, SummaryText? summary, JsonView metadata, FindingList findings)
    {
        var run = RunEvidenceReader.ReadVersionOne(root, summary, metadata, findings);
        VersionOneRules.Judge(run);
        return run;
    }

    private static Verdict Verdict(string runFolder, RunEvidence run)
    {
        var broken = run.Findings.All.Any(f => f.Rule.Severity == Severity.Error);
        var frames = run.Scenes.Where(s => s.Json.Flag("Success") == true).Sum(s => Math.Clamp(s.Json.Integer("FrameCount") ?? 0, 0, int.MaxValue));
        return new Verdict(
            runFolder, run.Metadata?.Text("RunId") ?? HeaderId(run.Summary),
            run.Running ? Standings.Incomplete : broken ? Standings.Broken : Standings.Kept,
            run.Findings.All, run.Scenes.Count, (int)Math.Min(frames, int.MaxValue));
    }

    private static string? HeaderId(SummaryText? summary) =>
        summary?.Starting(SummaryLine.HeaderStart).FirstOrDefault()?.Text[SummaryLine.HeaderStart.Length..];

    /// <summary>Whether a folder holds the files of a run.</summary>
    public static bool IsRunFolder(string runFolder) =>
        runFolder.Length > 0 && Directory.Exists(runFolder)
        && (Path.Exists(Path.Combine(runFolder, RunFolder.Summary)) || Path.Exists(Path.Combine(runFolder, RunFolder.Metadata)));
}
