using System.Text;
using static Dailies.Reports.HtmlText;

namespace Dailies.Reports;

/// <summary>The table of scenes, and what must be known about them.</summary>
internal sealed class SceneSection(RunReport report)
{
    private static readonly (string Head, bool IsNumber)[] Columns =
        [("scene", false), ("title", false), ("outcome", false), ("frames", true), ("duration", true), ("attempts", true), ("exit reason", false), ("VRAM peak", true), ("seed", true)];

    private readonly StringBuilder html = new();

    /// <summary>Both sections.</summary>
    public string Write()
    {
        Line("<section>");
        Line("<h2>Scenes</h2>");
        if (report.Scenes.Count == 0)
        {
            Line("<p class=\"dim\">The run has no scenes.</p>");
        }
        else
        {
            var rows = report.Scenes.Select(Cells).ToList();
            var shown = Enumerable.Range(0, Columns.Length).Where(i => rows.Any(r => r[i].Length > 0)).ToList(); // a figure that no scene has needs no column
            Line($"<table class=\"wide\"><thead><tr>{string.Concat(shown.Select(i => $"<th{(Columns[i].IsNumber ? " class=\"n\"" : "")}>{Columns[i].Head}</th>"))}</tr></thead><tbody>");
            foreach (var row in rows)
            {
                Line($"<tr>{string.Concat(shown.Select(i => Cell(row[i], Columns[i])))}</tr>");
            }

            Line("</tbody></table>");
        }

        Line("</section>");
        Warnings();
        return html.ToString();
    }

    private string[] Cells(SceneReport scene) =>
    [
        $"<span class=\"mono\">{Of(scene.SceneId)}</span>",
        scene.Title.Length == 0 ? "" : $"<bdi>{Of(scene.Title)}</bdi>",
        scene.Outcome switch
        {
            SceneOutcome.Taken => RunReportPage.Word("good", "taken"),
            SceneOutcome.Failed => RunReportPage.Word("bad", scene.FailureKind ?? "failed"),
            _ => RunReportPage.Word("", report.IsSoFar ? "to come" : "left"),
        } + (scene.Warnings.Count > 0 ? " " + RunReportPage.Word("warn", "warned") : ""),
        Text($"{scene.Frames}"),
        scene.DurationSeconds is { } seconds ? Span(seconds) : "",
        Text($"{scene.Attempts}") + (scene.Rung is { } rung ? $"<br><span class=\"dim\">rung {Of(rung)}</span>" : ""),
        Of(scene.ExitReason),
        scene.VramPeakMB is { } peak ? Text($"{peak / 1024:0.0} GiB") : "",
        scene.Seed is { } seed ? $"<span class=\"mono\">{Text($"{seed}")}</span>" : "",
    ];

    private static string Cell(string content, (string Head, bool IsNumber) column) =>
        $"<td class=\"{(column.Head is "scene" or "exit reason" ? "id" : column.IsNumber ? "n" : "t")}\" data-head=\"{column.Head}\">{content}</td>";

    private void Warnings()
    {
        var notes = report.Scenes.SelectMany(s => s.Notes.Select(n => (Note: n, s.SceneId))).GroupBy(n => n.Note).ToList();
        var warned = report.Scenes.SelectMany(s => s.Warnings.Select(w => (Warning: w, s.SceneId))).GroupBy(w => w.Warning).ToList();
        if (report.Warnings.Count + notes.Count + warned.Count == 0)
        {
            return;
        }

        Line("<section>");
        Line("<h2>Warnings and notes</h2>");
        Line("<ul>");
        foreach (var warning in report.Warnings.Distinct())
        {
            Line($"<li>{Of(warning)}</li>");
        }

        foreach (var group in warned)
        {
            Line($"<li>{Of(group.Key)} <span class=\"dim mono\">{Of(Which(group.Select(g => g.SceneId)))}</span></li>");
        }

        foreach (var group in notes)
        {
            Line($"<li>Telemetry fell back: {Of(group.Key)} <span class=\"dim mono\">{Of(Which(group.Select(g => g.SceneId)))}</span></li>");
        }

        Line("</ul>");
        Line("</section>");
    }

    // A thousand scenes of one kind are told in a few words.
    internal static string Which(IEnumerable<string> scenes)
    {
        const int most = 8;
        var all = scenes.Distinct().ToList();
        return all.Count <= most ? string.Join(", ", all) : $"{string.Join(", ", all.Take(most))} and {all.Count - most} more";
    }

    private void Line(string text) => html.Append(text).Append('\n');
}
