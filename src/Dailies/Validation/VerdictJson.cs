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

    private sealed record VerdictPage(
        string RunFolder, string? RunId, string Standing, int ExitCode, int Scenes, int Frames, int Errors, int Warnings, IReadOnlyList<FindingPage> Findings);

    private sealed record FindingPage(
        string Code, string Family, Severity Severity, string? SceneId, string File, string Place, string Sentence, string Expected, string Found, string Fix);
}
