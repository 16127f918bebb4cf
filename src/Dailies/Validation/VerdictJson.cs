using System.Text.Json;
using Dailies.Contract;

namespace Dailies.Validation;

/// <summary>A verdict for programs: camelCase, flat findings.</summary>
public static class VerdictJson
{
    /// <summary>UTF-8 without BOM, ended by a line break.</summary>
    public static byte[] Write(Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        var page = new VerdictPage(
            verdict.RunFolder, verdict.RunId, verdict.Standing, verdict.ExitCode, verdict.Scenes, verdict.Frames, verdict.Errors, verdict.Warnings,
            [.. verdict.Findings.Select(f => new FindingPage(
                f.Rule.Code, f.Rule.Family, f.Rule.Severity, f.SceneId, f.File, f.Place, f.Rule.Sentence, f.Expected, f.Found, f.Fix))]);
        return [.. JsonSerializer.SerializeToUtf8Bytes(page, ContractJson.Camel), (byte)'\n'];
    }

    /// <summary>One run as the validator sees it.</summary>
    /// <param name="RunFolder">As it was named.</param>
    /// <param name="RunId">As its files say, or null.</param>
    /// <param name="Standing">kept, broken, incomplete or unreadable.</param>
    /// <param name="ExitCode">0 kept or incomplete, 1 broken, 2 not a run folder.</param>
    /// <param name="Scenes">Scenes in the metadata.</param>
    /// <param name="Frames">Frames of the scenes that have a take.</param>
    /// <param name="Errors">Findings that break the contract.</param>
    /// <param name="Warnings">Findings that don't.</param>
    /// <param name="Findings">All of them.</param>
    private sealed record VerdictPage(
        string RunFolder, string? RunId, string Standing, int ExitCode, int Scenes, int Frames, int Errors, int Warnings, IReadOnlyList<FindingPage> Findings);

    /// <summary>One finding.</summary>
    /// <param name="Code">The rule's code.</param>
    /// <param name="Family">What the rule is about.</param>
    /// <param name="Severity">error or warning.</param>
    /// <param name="SceneId">The scene, or null.</param>
    /// <param name="File">Relative to the run folder.</param>
    /// <param name="Place">A line, a JSON pointer, or empty for the whole file.</param>
    /// <param name="Sentence">What must hold.</param>
    /// <param name="Expected">What the rule asks for.</param>
    /// <param name="Found">What is there.</param>
    /// <param name="Fix">What to do.</param>
    private sealed record FindingPage(
        string Code, string Family, Severity Severity, string? SceneId, string File, string Place, string Sentence, string Expected, string Found, string Fix);
}
