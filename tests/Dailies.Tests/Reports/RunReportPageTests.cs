using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using Dailies.Artifacts;
using Dailies.Cli.Glossary;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Reports;
using Dailies.Tests.Ledger;
using Dailies.Validation;

namespace Dailies.Tests.Reports;

/// <summary>The morning report of nights by hand, and of files by anybody's hand.</summary>
public partial class RunReportPageTests
{
    private const string Markup = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)><style>*{display:none}</style>&amp;</title>";

    public static TheoryData<string> Nights => ["finished", "stopped", "running", "died", "clean"];

    [Theory]
    [MemberData(nameof(Nights))]
    public void The_report_of_a_night(string night) => Snapshot.Match(WithoutStyle(Page(Night(night))), $"{night}.report");

    // A run holds text of people, models and servers in every field: none of it may become markup.
    [Fact]
    public void Markup_in_a_run_stays_text()
    {
        var page = Page(Of(Saying(Markup)));

        Regex.Count(page, "&lt;script&gt;").ShouldBeGreaterThan(15);
        Tags(page).ShouldBeSubsetOf(Tags(Page(Of(Saying("plain")))));
    }

    [Theory]
    [InlineData("Schemas/Samples/2.0")]
    [InlineData("Validation/V1Samples/good")]
    public void Markup_in_files_stays_text(string sample)
    {
        var json = JsonNode.Parse(Sample(sample))!;
        var plain = Page(OfFile(json.ToJsonString()));
        Spoil(json);

        var page = Page(OfFile(json.ToJsonString()));

        page.ShouldContain("&lt;script&gt;");
        Tags(page).Except(Tags(plain)).ShouldBeEmpty();
    }

    [Fact]
    public void A_damaged_file_is_a_report_or_no_JSON() => JsonDamage.Of([Sample("Schemas/Samples/2.0"), Sample("Validation/V1Samples/good")]).Sample(
        bytes =>
        {
            ReportFile? file = null;
            try
            {
                file = JsonSerializer.Deserialize<ReportFile>(bytes, ContractJson.Pascal);
            }
            catch (JsonException)
            {
                // ReportReader says so.
            }

            return file is null || Page(OfFile(file)).EndsWith("</html>\n", StringComparison.Ordinal);
        }, iter: Fuzz.Times(300), print: JsonDamage.Shown);

    [Fact]
    public void A_page_asks_for_nothing_that_is_not_in_it()
    {
        var page = new RunReportPage(Night("finished"), [[1, 2, 3]], TimeZoneInfo.Utc, "dailies 0.1.0").Write(SampleRun.At(60));

        Source().Matches(page).Select(m => m.Groups[1].Value).ShouldBe(["data:image/jpeg;base64,AQID"]);
        page.ShouldNotContain("<script");
        page.ShouldNotContain("<link");
        page.ShouldNotContain("url(");
        page.ShouldNotContain("@import");
    }

    [Fact]
    public void A_thousand_scenes_are_told_in_a_page_that_opens()
    {
        var run = RunState.Fold([new RunStarted(SampleRun.At(0), SampleRun.Plan(1000, ""))]);

        var page = Page(Of(run));

        Regex.Count(page, "<tr><td class=\"id\" data-head=\"scene\">").ShouldBe(1000);
        page.Length.ShouldBeLessThan(2_000_000);
    }

    // Nothing but what the contract calls an error with a kind is a failure: a scene that the run never came to is left.
    [Fact]
    public void What_the_run_never_came_to_is_left_and_no_failure()
    {
        var report = Night("stopped");

        report.Tally.ShouldBe(new RunTally(3, 1, 0, 2));
        report.Scenes.Select(s => s.Outcome).ShouldBe([SceneOutcome.Taken, SceneOutcome.Left, SceneOutcome.Left]);
        report.Failures.ShouldBeEmpty();
    }

    [Fact]
    public void Every_failure_kind_has_its_text_from_the_glossary()
    {
        FailureTexts.All.Keys.ShouldBe(FailureKind.All, ignoreOrder: true);
        FailureTexts.All.Values.ShouldAllBe(t => t.Meaning.Length > 8 && t.Advice.Length > 4);
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(59.7, "1 min 0 s")]
    [InlineData(432, "7 min 12 s")]
    [InlineData(11_100, "3 h 5 min")]
    public void Spans_are_in_words(double seconds, string words) => HtmlText.Span(seconds).ShouldBe(words);

    internal static RunReport Night(string night) => night switch
    {
        "finished" => Of(RunState.Fold(SampleRun.Finished)),
        "stopped" => Of(RunState.Fold(SampleRun.Stopped)),
        "running" => Of(RunState.Fold(SampleRun.Finished.Take(14)), isWorkedOn: true),
        "died" => Of(RunState.Fold(SampleRun.Finished.Take(14))),
        _ => Of(RunState.Fold([new RunStarted(SampleRun.At(0), SampleRun.Plan(1, "")), .. SampleRun.Finished.Skip(1).Where(e => SceneState.SceneOf(e) is null or "scene-001" && e is not SceneWarned).Where(e => e is not RunNoted)])),
    };

    internal static RunReport Of(RunState run, bool isWorkedOn = false) => RunReport.Of(new ReportFacts
    {
        File = ReportFile.Of(MetadataProjection.Project(run)),
        Run = run,
        IsWorkedOn = isWorkedOn,
        Verdict = new Verdict("logs/x", run.Plan!.RunId, Standings.Kept, [], 3, 4),
        FolderName = run.Plan.RunId,
        Files = [RunFolder.Summary, RunFolder.Metadata],
        Texts = FailureTexts.All,
        Now = SampleRun.At(60),
    });

    private static byte[] Sample(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "tests/Dailies.Tests", name, "artifact-metadata.json"));

    private static RunReport OfFile(string json) => OfFile(JsonSerializer.Deserialize<ReportFile>(json, ContractJson.Pascal)!);

    private static RunReport OfFile(ReportFile file) => RunReport.Of(new ReportFacts
    {
        File = file,
        Verdict = new Verdict("logs/x", null, Standings.Broken, [new Finding(RuleCatalogue.All[0], Markup, Markup, Markup, Markup, Markup, Markup)], 1, 1),
        FolderName = "20261123-221507",
        Files = [Markup],
        Texts = FailureTexts.All,
        Now = SampleRun.At(60),
    });

    private static string Page(RunReport report) => new RunReportPage(report, [], TimeZoneInfo.Utc, "dailies 0.1.0").Write(SampleRun.At(60));

    private static string WithoutStyle(string page) => Style().Replace(page, "<style>…</style>");

    // The same night, but whoever said something said this.
    private static RunState Saying(string text) => RunState.Fold([new RunStarted(SampleRun.At(0), SampleRun.Plan(3, text)), .. SampleRun.Finished.Skip(1).Select(e => e switch
    {
        RunNoted n => n with { Text = text },
        StationProbed p => p with { Station = new StationRecord(text, text, text, text, text) },
        SceneWarned w => w with { Text = text },
        AttemptSettled { Message: not null } s => s with { Message = text },
        SceneFailed f => f with { Message = text },
        AttemptStarted a => a with { Rung = text },
        RunEnded r => r with { State = RunStates.Failed, Why = text },
        _ => e,
    })]);

    // Every text but times, which would make another file of it.
    private static void Spoil(JsonNode node)
    {
        foreach (var (key, child) in (node as JsonObject)?.ToList() ?? [])
        {
            if (child is JsonValue value && value.GetValueKind() == JsonValueKind.String && !Stamp.TryParse((string)value!, out _))
            {
                node[key] = Markup;
            }
            else if (child is not null)
            {
                Spoil(child);
            }
        }

        foreach (var (i, child) in (node as JsonArray)?.Index().ToList() ?? [])
        {
            if (child is JsonValue value && value.GetValueKind() == JsonValueKind.String)
            {
                node[i] = Markup;
            }
            else if (child is not null)
            {
                Spoil(child);
            }
        }
    }

    // Tags as a browser sees them, without the figures in their widths.
    private static HashSet<string> Tags(string page) => [.. Tag().Matches(WithoutStyle(page)).Select(m => Figure().Replace(m.Value, "n"))];

    [GeneratedRegex("<[a-zA-Z/!][^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"[\d.]+(?=%)")]
    private static partial Regex Figure();

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("(?:src|href)=\"([^\"]*)\"")]
    private static partial Regex Source();
}
