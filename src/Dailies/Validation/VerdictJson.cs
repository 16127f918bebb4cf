using System.Text.Json;
using Dailies.Contract;

namespace Dailies.Validation;

/// <summary>A report for programs: camelCase; totals first, then a page for each run with its findings.</summary>
public static class VerdictJson
{
    /// <summary>UTF-8 without BOM, ended by a line break.</summary>
    public static byte[] Write(VerdictReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return [.. JsonSerializer.SerializeToUtf8Bytes(Page(report), ContractJson.Camel), (byte)'\n'];
    }

    /// <summary>The same as records.</summary>
    public static ReportPage Page(VerdictReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new ReportPage(report.ExitCode, report.Strict, report.Totals, [.. report.Verdicts.Select(v => Page(report, v))]);
    }

    private static VerdictPage Page(VerdictReport report, Verdict verdict) => new(
        verdict.RunFolder, verdict.RunId, report.StandingOf(verdict), report.ExitCodeOf(verdict), verdict.Scenes, verdict.Frames, verdict.Errors, verdict.Warnings,
        [.. verdict.Findings.Select(f => new FindingPage(f.Rule.Code, f.Rule.Family, f.Rule.Severity, f.SceneId, f.File, f.Place, f.Rule.Sentence, f.Expected, f.Found, f.Fix))]);
}

/// <summary>The JSON that <c>dailies validate --format json</c> prints.</summary>
/// <param name="ExitCode">The highest of the runs': 0 kept or incomplete, 1 broken, 2 not a run folder.</param>
/// <param name="Strict">Warnings break a run too.</param>
/// <param name="Totals">The sums.</param>
/// <param name="Runs">In the order in which they were asked for.</param>
public sealed record ReportPage(int ExitCode, bool Strict, VerdictTotals Totals, IReadOnlyList<VerdictPage> Runs);

/// <summary>One run of a report.</summary>
/// <param name="RunFolder">As it was named.</param>
/// <param name="RunId">As its files say, or null.</param>
/// <param name="Standing">kept, broken, incomplete or unreadable.</param>
/// <param name="ExitCode">0, 1 or 2.</param>
/// <param name="Scenes">Scenes in the metadata.</param>
/// <param name="Frames">Frames of the scenes that have a take.</param>
/// <param name="Errors">Findings that break the contract.</param>
/// <param name="Warnings">Findings that don't.</param>
/// <param name="Findings">All of them.</param>
public sealed record VerdictPage(
    string RunFolder, string? RunId, string Standing, int ExitCode, int Scenes, int Frames, int Errors, int Warnings, IReadOnlyList<FindingPage> Findings);

/// <summary>One finding of a report. Texts of a judged file are made safe to print and cut at 160 characters.</summary>
/// <param name="Code">The rule's code.</param>
/// <param name="Family">What the rule is about.</param>
/// <param name="Severity">error or warning.</param>
/// <param name="SceneId">The scene, or null.</param>
/// <param name="File">Relative to the run folder.</param>
/// <param name="Place"><c>line 17</c>, a JSON pointer, or empty for the whole file.</param>
/// <param name="Sentence">What must hold.</param>
/// <param name="Expected">What the rule asks for.</param>
/// <param name="Found">What is there.</param>
/// <param name="Fix">What to do.</param>
public sealed record FindingPage(
    string Code, string Family, Severity Severity, string? SceneId, string File, string Place, string Sentence, string Expected, string Found, string Fix);
