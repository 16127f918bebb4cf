using System.Globalization;
using System.Text;

namespace Dailies.Validation;

/// <summary>A verdict for a terminal: findings by scene, then one line that says it all. No colours.</summary>
public static class VerdictText
{
    /// <summary>The report, lines ended by <c>\n</c>.</summary>
    public static string Write(Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        var text = new StringBuilder();
        foreach (var group in verdict.Findings.GroupBy(f => f.SceneId).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Line(text, group.Key ?? "the run");
            foreach (var finding in group)
            {
                Write(text, finding);
            }
        }

        Line(text, Sentence(verdict));
        return text.ToString();
    }

    private static void Write(StringBuilder text, Finding finding)
    {
        var severity = finding.Rule.Severity == Severity.Error ? "error  " : "warning";
        Line(text, $"  {finding.Rule.Code} {severity}  {finding.Rule.Sentence}");
        Line(text, $"    at        {finding.File}{(finding.Place.Length == 0 ? "" : ", " + finding.Place)}");
        Line(text, $"    expected  {finding.Expected}");
        Line(text, $"    found     {finding.Found}");
        Line(text, $"    fix       {finding.Fix}");
        Line(text, "");
    }

    private static string Sentence(Verdict verdict)
    {
        if (verdict.Standing == Standings.Unreadable)
        {
            return $"not a run folder: {verdict.RunFolder}";
        }

        var head = verdict.Standing == Standings.Incomplete ? "run incomplete" : "contract " + verdict.Standing;
        var findings = Count(verdict.Findings.Count, "finding");
        var parts = verdict.Findings.Count == 0 ? "" : $" ({Count(verdict.Errors, "error")}, {Count(verdict.Warnings, "warning")})";
        return $"{head}: {Count(verdict.Scenes, "scene")}, {Count(verdict.Frames, "frame")}, {findings}{parts}";
    }

    private static string Count(int n, string noun) => string.Create(CultureInfo.InvariantCulture, $"{n} {noun}{(n == 1 ? "" : "s")}");

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
