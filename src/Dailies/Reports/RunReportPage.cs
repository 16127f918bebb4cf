using System.Text;
using Dailies.Artifacts;
using Dailies.Contract;
using static Dailies.Reports.HtmlText;

namespace Dailies.Reports;

/// <summary>A report as one HTML file that needs nothing else: no script, no request, styles and pictures inside.</summary>
/// <param name="report">What it says.</param>
/// <param name="sheet">Pages of the contact sheet, JPEG.</param>
/// <param name="zone">The reader's zone.</param>
/// <param name="program">What writes it, with its version.</param>
public sealed class RunReportPage(RunReport report, IReadOnlyList<byte[]> sheet, TimeZoneInfo zone, string program)
{
    // A sheet of many pages would bury the figures.
    private const int MostBefore = 2;
    private readonly StringBuilder html = new();

    /// <summary>Reads the contact sheet of a run folder and makes the page.</summary>
    public static string Write(RunReport report, string folder, TimeProvider clock, string program) =>
        new RunReportPage(report, ReportSheet.Read(new RunFolder(folder), report.SheetPages), clock.LocalTimeZone, program).Write(clock.GetUtcNow());

    /// <summary>The whole page. Pure.</summary>
    /// <param name="now">When the page is made.</param>
    public string Write(DateTimeOffset now)
    {
        Line("<!doctype html>");
        Line("<html lang=\"en\">");
        Line("<head>");
        Line("<meta charset=\"utf-8\">");
        Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        Line("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">");
        Line($"<title>{Of($"{Title} · run {report.RunId}")}</title>");
        Line($"<style>\n{ReportStyle.Css}\n</style>");
        Line("</head>");
        Line("<body>");
        Line("<main>");
        Head();
        Figures();
        Failures();
        var isLong = sheet.Count > MostBefore;
        Sheet(when: !isLong);
        Waste();
        html.Append(new SceneSection(report).Write());
        Sheet(when: isLong);
        html.Append(new EvidenceSection(report).Write());
        Line($"<footer>Made {Moment(now, zone)} by {Of(program)}. Paths are relative to the run folder.</footer>");
        Line("</main>");
        Line("</body>");
        Line("</html>");
        return html.ToString();
    }

    private string Title => report.Name is { Length: > 0 } name ? name : report.StoryId.Length > 0 ? report.StoryId : report.RunId;

    private void Head()
    {
        Line("<header>");
        Line($"<p class=\"kicker\">Morning report{(report.IsSoFar ? ", so far" : "")}</p>");
        Line($"<h1><bdi>{Of(Title)}</bdi></h1>");
        Line($"<p class=\"logline\"><bdi>{Of(report.Logline)}</bdi></p>");
        Line($"<p>{StateWord()} <span class=\"dim\">run <span class=\"mono\">{Of(report.RunId)}</span>{(report.Name is null ? "" : $", story {Of(report.StoryId)}")}{When()}</span></p>");
        Line("</header>");
        foreach (var banner in Banners())
        {
            Line($"<p class=\"card note\">{Of(banner)}</p>");
        }
    }

    private string StateWord() => (report.State, report.Tally) switch
    {
        (RunStates.Finished, { Failed: 0, Left: 0 }) => Word("good", "finished, every scene has a take"),
        (RunStates.Finished, _) => Word("warn", "finished, not every scene has a take"),
        (RunStates.Running, _) => Word("", "running"),
        (var state, _) => Word("bad", state),
    };

    private string When() => (report.StartedAt is { } start ? $", began {Moment(start, zone)}" : "")
        + (report.EndedAt is { } end ? $", ended {Moment(end, zone)}" : "") + (report.Duration is { } took ? $", {Span(took.TotalSeconds)}{(report.IsSoFar ? " so far" : "")}" : "");

    private IEnumerable<string> Banners()
    {
        if (report.IsStoryboards)
        {
            yield return "These are storyboards by the embedded Animatic renderer, not a diffusion model's pictures. No GPU was used: GPU time below is the renderer's own.";
        }

        if (report.IsSoFar)
        {
            yield return "The run goes on: every figure here is one so far.";
        }

        if (report.State == RunEntry.Died)
        {
            yield return "The run has not ended, and no controller works on it: it died. Go on with: dailies resume.";
        }
        else if (report.Why is { } why && report.State != RunStates.Finished)
        {
            yield return $"The run {(report.State == RunStates.Stopped ? "was stopped" : report.State)} before its end: {why}. Go on with: dailies resume.";
        }

        if (report.IsVersionOne)
        {
            yield return "The files are of version 1 of the contract, which knew no GPU time, no seeds and no memory peaks, and did not say how a run ended.";
        }
    }

    private void Figures()
    {
        var (tally, gpu) = (report.Tally, report.GpuTime);
        Line("<dl class=\"figures\">");
        Figure("Scenes with a take", Text($"{tally.Taken} of {tally.Scenes}"), Text($"{tally.Frames} frames"));
        Figure("Failed", Text($"{tally.Failed}"), tally.Failed == 0 ? "none" : "why: below");
        Figure("Left", Text($"{tally.Left}"), tally.Left == 0 ? "none" : report.IsSoFar ? "still to come" : "the run ended first");
        Figure("GPU-hours", report.GpuSeconds is { } used ? used >= 36 ? Text($"{used / 3600:0.00}") : Text($"{used / 3600:0.####}") : "not known", report.GpuSeconds is { } s ? $"{Text($"{s:0.#}")} GPU-seconds" : "");
        Figure("Wasted GPU-seconds", gpu is null ? "not known" : Text($"{gpu.WastedSeconds:0.#}"), gpu is null ? "the run has no ledger" : Share(gpu));
        Line("</dl>");

        void Figure(string name, string value, string small) => Line($"<div><dt>{name}</dt><dd>{Of(value)}{(small.Length > 0 ? $"<small>{Of(small)}</small>" : "")}</dd></div>");
    }

    // Of the time that the stations were at our disposal: what they used and what they idled.
    private static string Share(GpuTime gpu) => gpu.UsedSeconds + gpu.IdleSeconds is > 0 and var all ? Text($"{100 * gpu.WastedSeconds / all:0.#} % of used and idle") : "";

    private void Failures()
    {
        if (report.Failures.Count == 0)
        {
            return;
        }

        Line("<section>");
        Line($"<h2>What failed, and what to do</h2>");
        foreach (var group in report.Failures)
        {
            Line($"<div class=\"card fail{(group.Scenes.Count > 12 ? " long" : "")}\">");
            Line($"<h3>{Of(group.Kind ?? "not named")} <span class=\"dim\">{group.Scenes.Count} scene{(group.Scenes.Count == 1 ? "" : "s")}</span></h3>");
            Line(group.Meaning.Length > 0 ? $"<p>{Prose(group.Meaning)}</p>" : "");
            Line($"<p><strong>What to do:</strong> {Prose(group.Advice)}</p>");
            Line("<ul>");
            foreach (var scene in group.Scenes)
            {
                var files = scene.Files.Count == 0 ? "" : $" <span class=\"dim mono\">{Of(string.Join(", ", scene.Files))}</span>";
                Line($"<li><span class=\"mono\">{Of(scene.SceneId)}</span> <strong><bdi>{Of(scene.Title)}</bdi></strong> {Of(scene.Sentence)}{files}</li>");
            }

            Line("</ul>");
            Line("</div>");
        }

        Line("</section>");
    }

    private void Sheet(bool when)
    {
        if (!when || sheet.Count == 0)
        {
            return;
        }

        Line("<section>");
        Line("<h2>Contact sheet</h2>");
        foreach (var (index, page) in sheet.Index())
        {
            Line($"<img alt=\"Contact sheet, page {index + 1}: a picture of each scene; the table of scenes says the same in words\" src=\"data:image/jpeg;base64,{Convert.ToBase64String(page)}\">");
        }

        if (sheet.Count < report.SheetPages)
        {
            Line($"<p class=\"dim\">{sheet.Count} of {report.SheetPages} pages fit in here; all of them, full size: <span class=\"mono\">{RunFolder.Video}/contact-sheet*.png</span></p>");
        }

        Line("</section>");
    }

    private void Waste()
    {
        if (report.GpuTime is not { } gpu)
        {
            return;
        }

        Line("<section>");
        Line("<h2>Where GPU time went</h2>");
        Line("<table class=\"wide\"><thead><tr><th>cause</th><th class=\"n\">GPU-seconds</th><th>meaning</th></tr></thead><tbody>");
        Row("takes that stand", Math.Max(0, gpu.UsedSeconds - gpu.FailedSeconds - gpu.RetakenSeconds - gpu.AsideSeconds), report.IsSoFar ? "prompts whose takes are the scenes', and prompts still at work" : "prompts whose takes are the scenes'");
        foreach (var cause in gpu.Causes)
        {
            Row($"wasted: {cause.Name}", cause.Seconds, cause.Meaning);
        }

        Line("</tbody></table>");
        Line("</section>");

        void Row(string name, double seconds, string meaning)
        {
            var width = gpu.UsedSeconds + gpu.IdleSeconds is > 0 and var all ? 100 * seconds / all : 0;
            Line($"<tr{(seconds > 0 ? "" : " class=\"zero\"")}><td class=\"id\" data-head=\"cause\">{Of(name)}</td><td class=\"n\" data-head=\"GPU-seconds\">{Text($"{seconds:0.0}")}</td><td data-head=\"meaning\"><div>{Of(meaning)}{(width > 0 ? Text($"<span class=\"meter\" style=\"width:{width:0.##}%\"></span>") : "")}</div></td></tr>");
        }
    }

    internal static string Word(string tone, string text) => $"<span class=\"word{(tone.Length > 0 ? " " + tone : "")}\">{Of(text)}</span>";

    // The glossary puts code words between backticks.
    internal static string Prose(string text) => string.Concat(text.Split('`').Select((part, i) => i % 2 == 1 ? $"<code>{Of(part)}</code>" : Of(part)));

    private void Line(string text)
    {
        if (text.Length > 0)
        {
            html.Append(text).Append('\n');
        }
    }
}
