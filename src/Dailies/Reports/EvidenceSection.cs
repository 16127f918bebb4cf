using System.Text;
using Dailies.Validation;
using static Dailies.Reports.HtmlText;

namespace Dailies.Reports;

/// <summary>Verdict, policy, stations and files.</summary>
internal sealed class EvidenceSection(RunReport report)
{
    private const int MostFindings = 200;
    private readonly StringBuilder html = new();

    /// <summary>All sections.</summary>
    public string Write()
    {
        Verdict();
        if (report.Policy.Count > 0)
        {
            Line("<section>");
            Line("<h2>Queue policy</h2>");
            Line("<table><thead><tr><th>knob</th><th class=\"n\">value</th><th>from</th></tr></thead><tbody>");
            foreach (var knob in report.Policy)
            {
                Line($"<tr><td>{Of(knob.Name)}</td><td class=\"n\">{Of(knob.Value)}</td><td>{Of(knob.Origin ?? "not known")}</td></tr>");
            }

            Line("</tbody></table>");
            Line("</section>");
        }

        if (report.Stations.Count > 0)
        {
            Line("<section>");
            Line("<h2>Stations</h2>");
            Line("<ul>");
            foreach (var s in report.Stations)
            {
                Line($"<li><strong><bdi>{Of(s.Name)}</bdi></strong> {Of(string.Join(", ", new[] { s.Gpu, $"{s.Renderer} {s.ComfyVersion}".Trim(), s.Url }.Where(p => !string.IsNullOrEmpty(p))))}</li>");
            }

            Line("</ul>");
            Line("</section>");
        }

        if (report.Files.Count > 0 || report.WorkflowFile is not null)
        {
            Line("<section>");
            Line("<h2>Files</h2>");
            Line("<ul>");
            Line(report.WorkflowFile is { } workflow ? $"<li>workflow <span class=\"mono\">{Of(workflow)}</span>, SHA-256 <span class=\"mono\">{Of(report.WorkflowSha256)}</span></li>" : "");
            Line(report.Archive is { } archive ? $"<li>archive <span class=\"mono\">{Of(archive)}</span></li>" : "");
            foreach (var file in report.Files)
            {
                Line($"<li class=\"mono\">{Of(file)}</li>");
            }

            Line("</ul>");
            Line("</section>");
        }

        return html.ToString();
    }

    private void Verdict()
    {
        var verdict = report.Verdict;
        Line("<section>");
        Line("<h2>Verdict</h2>");
        Line($"<p>{RunReportPage.Word(verdict.Standing == Standings.Kept ? "good" : verdict.Standing == Standings.Incomplete ? "" : "bad", verdict.Standing)} {(verdict.Standing switch
        {
            Standings.Kept => "The contract is kept",
            Standings.Broken => "The contract is broken",
            Standings.Incomplete => "The run has not ended: judged by the rules that hold at any time",
            _ => "There are no files to judge",
        })}: {verdict.Errors} error{(verdict.Errors == 1 ? "" : "s")}, {verdict.Warnings} warning{(verdict.Warnings == 1 ? "" : "s")}. <span class=\"dim\">Frames and videos were not read again for this page; dailies validate does that.</span></p>");
        if (verdict.Findings.Count > 0)
        {
            Line("<ul>");
            foreach (var f in verdict.Findings.Take(MostFindings))
            {
                Line($"<li>{RunReportPage.Word(f.Rule.Severity == Severity.Error ? "bad" : "warn", f.Rule.Code)} {Of(f.Rule.Sentence)} <span class=\"dim\">{Of(f.File)}{(f.Place.Length > 0 ? $", {Of(f.Place)}" : "")}: expected {Of(f.Expected)}, found {Of(f.Found)}. {Of(f.Fix)}</span></li>");
            }

            Line("</ul>");
            Line(verdict.Findings.Count > MostFindings ? $"<p class=\"dim\">… and {verdict.Findings.Count - MostFindings} more: dailies validate lists them all.</p>" : "");
        }

        Line("</section>");
    }

    private void Line(string text)
    {
        if (text.Length > 0)
        {
            html.Append(text).Append('\n');
        }
    }
}
