using System.Globalization;
using System.Text;

namespace Dailies.Validation;

/// <summary>A report for a terminal of 100 columns: findings by scene, then one line that says it all. No colours.</summary>
public static class VerdictText
{
    private const int Columns = 100;

    // Ten thousand times the same fault is one fault: the rest is counted, and stands in the other formats.
    private const int MostOfOneRule = 20;

    /// <summary>The report of one run, lines ended by <c>\n</c>.</summary>
    public static string Write(Verdict verdict) => Write(new VerdictReport([verdict]));

    /// <summary>The report, lines ended by <c>\n</c>; of several runs each begins with its folder, and the totals stand at the end.</summary>
    public static string Write(VerdictReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        foreach (var verdict in report.Verdicts)
        {
            if (report.Verdicts.Count > 1)
            {
                Line(text, $"== {Shown(verdict.RunFolder)}");
            }

            Write(text, report, verdict);
            if (report.Verdicts.Count > 1)
            {
                Line(text, "");
            }
        }

        if (report.Verdicts.Count > 1)
        {
            Line(text, Totals(report.Totals));
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, VerdictReport report, Verdict verdict)
    {
        var told = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var group in verdict.Findings.GroupBy(f => f.SceneId).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var shown = group.Where(f => (told[f.Rule.Code] = told.GetValueOrDefault(f.Rule.Code) + 1) <= MostOfOneRule).ToList();
            if (shown.Count > 0)
            {
                Line(text, group.Key ?? "the run");
                shown.ForEach(f => Write(text, f));
            }
        }

        foreach (var (code, count) in told.Where(t => t.Value > MostOfOneRule).OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            Line(text, $"{code}: {Number(count - MostOfOneRule)} more of these; --format json lists all");
        }

        Line(text, Sentence(report, verdict));
    }

    private static void Write(StringBuilder text, Finding finding)
    {
        var severity = finding.Rule.Severity == Severity.Error ? "error  " : "warning";
        Wrapped(text, $"  {finding.Rule.Code} {severity}  ", finding.Rule.Sentence);
        Wrapped(text, "    at        ", finding.File + (finding.Place.Length == 0 ? "" : ", " + finding.Place));
        Wrapped(text, "    expected  ", finding.Expected);
        Wrapped(text, "    found     ", finding.Found);
        Wrapped(text, "    fix       ", finding.Fix);
        Line(text, "");
    }

    // At blanks; a word that is longer than the line stays whole, so that it can be searched for.
    private static void Wrapped(StringBuilder text, string head, string words)
    {
        var column = head.Length;
        text.Append(head);
        foreach (var (word, i) in words.Split(' ').Select((w, i) => (w, i)))
        {
            if (i > 0 && column + 1 + word.Length > Columns)
            {
                text.Append('\n').Append(' ', head.Length);
                column = head.Length;
            }
            else if (i > 0)
            {
                text.Append(' ');
                column++;
            }

            text.Append(word);
            column += word.Length;
        }

        text.Append('\n');
    }

    private static string Sentence(VerdictReport report, Verdict verdict)
    {
        if (verdict.Standing == Standings.Unreadable)
        {
            return $"not a run folder: {Shown(verdict.RunFolder)}";
        }

        var standing = report.StandingOf(verdict);
        var head = standing == Standings.Incomplete ? "run incomplete" : "contract " + standing;
        var findings = Count(verdict.Findings.Count, "finding");
        var parts = verdict.Findings.Count == 0 ? "" : $" ({Count(verdict.Errors, "error")}, {Count(verdict.Warnings, "warning")}{(report.Strict && verdict.Warnings > 0 ? ", strict" : "")})";
        return $"{head}: {Count(verdict.Scenes, "scene")}, {Count(verdict.Frames, "frame")}, {findings}{parts}";
    }

    private static string Totals(VerdictTotals t)
    {
        var standings = new[] { (t.Kept, "kept"), (t.Broken, "broken"), (t.Incomplete, "incomplete"), (t.Unreadable, "no run folder") }.Where(s => s.Item1 > 0).Select(s => $"{Number(s.Item1)} {s.Item2}");
        return $"{Count(t.Runs, "run")}: {string.Join(", ", standings)}; {Count(t.Scenes, "scene")}, {Count(t.Frames, "frame")}, {Count(t.Errors, "error")}, {Count(t.Warnings, "warning")}";
    }

    // Folders are named by whoever asks, findings are safe already.
    private static string Shown(string folder) => string.Concat(folder.Select(c => char.IsControl(c) ? '?' : c));

    private static string Count(long n, string noun) => $"{Number(n)} {noun}{(n == 1 ? "" : "s")}";

    private static string Number(long n) => n.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
