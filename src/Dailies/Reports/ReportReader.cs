using System.Text.Json;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Validation;
using Microsoft.Data.Sqlite;

namespace Dailies.Reports;

/// <summary>Reads what a report is made of: the ledger where there is one that can be read, else the metadata alone.</summary>
public static class ReportReader
{
    private static readonly string[] WorthALook =
        [RunFolder.Summary, RunFolder.Metadata, RunFolder.StoryFile, RunFolder.StoryVideo, RunFolder.ContactSheet(1), RunFolder.VitestResults, RunFolder.LedgerExport, RunFolder.Ledger, RunFolder.Log, RunFolder.StationLog];

    /// <summary>The report of a run folder, or why there is none. Frames and videos are not read again: that is <c>dailies validate</c>'s.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="texts">What the glossary says, by failure kind.</param>
    /// <param name="now">When the report is made.</param>
    public static (RunReport? Report, string? Fault) Read(string folder, IReadOnlyDictionary<string, FailureText> texts, DateTimeOffset now)
    {
        var run = new RunFolder(folder);
        var ledger = Ledger(run);
        try
        {
            var file = ledger is null ? ReportFile.Read(run.At(RunFolder.Metadata)) : ReportFile.Of(MetadataProjection.Project(ledger));
            return (RunReport.Of(new ReportFacts
            {
                File = file,
                Run = ledger,
                IsWorkedOn = ledger is { Ended: null } && RunLock.IsHeld(run.Root),
                Verdict = RunValidator.Validate(run.Root, new ValidationOptions { Deep = false, Decode = false }),
                FolderName = run.RunId,
                Files = [.. WorthALook.Where(f => File.Exists(run.At(f)))],
                Texts = texts,
                Now = now,
            }), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return (null, $"{folder} can't be read as a run: it has no ledger that can be read, and {RunFolder.Metadata} can't be read either ({(e is FileNotFoundException ? "it is not there" : e.Message)})");
        }
    }

    private static RunState? Ledger(RunFolder run)
    {
        try
        {
            return RunState.Fold(EvidenceRewrite.Events(run)) is { Plan: not null } state ? state : null;
        }
        catch (Exception e) when (e is SqliteException or JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
