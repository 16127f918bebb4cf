using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CsCheck;
using Dailies.Tests.Contract;
using Dailies.Validation;

namespace Dailies.Tests.Validation;

public class VerdictOutputTests
{
    [Fact]
    public void Text_of_a_broken_run() => Snapshot.Match(Scrubbed(Broken(), VerdictText.Write), "verdict-text");

    [Fact]
    public void Json_of_a_broken_run() => Snapshot.Match(Scrubbed(Broken(), r => Encoding.UTF8.GetString(VerdictJson.Write(r))), "verdict-json");

    [Fact]
    public void Text_of_several_runs() => Snapshot.Match(Scrubbed(Several(), VerdictText.Write), "verdict-several");

    [Fact]
    public void Sarif_of_several_runs() => Snapshot.Match(Scrubbed(Several(), r => WithoutRules(VerdictSarif.Write(r, "0.0.0"))), "verdict-sarif");

    [Fact]
    public void Junit_of_several_runs() => Snapshot.Match(Scrubbed(Several(), r => WithoutGoodCases(VerdictJunit.Write(r))), "verdict-junit");

    [Fact]
    public void Text_of_no_run() =>
        VerdictText.Write(RunValidator.Validate("/nowhere/at/all")).ShouldBe("not a run folder: /nowhere/at/all\n");

    [Fact]
    public void Text_fits_a_hundred_columns() =>
        VerdictText.Write(Several()).Split('\n').Where(l => l.Length > 100 && l[14..].Contains(' ', StringComparison.Ordinal) && !l.StartsWith("== ", StringComparison.Ordinal)).ShouldBeEmpty();

    // Names of runs are a folder's, findings a stranger's: whatever is in them, machines can read it.
    [Fact]
    public void Every_format_is_well_formed_for_any_text() => Gen.Select(Hostile.Text, Hostile.Text, Gen.Int[0, RuleCatalogue.All.Count - 1], Gen.Bool).Sample(
        (folder, found, rule, strict) =>
        {
            var finding = new Finding(RuleCatalogue.All[rule], found, found, found, found, found, found);
            var report = new VerdictReport([new Verdict(folder, found, Standings.Broken, [finding], 1, 1), new Verdict(folder, null, Standings.Unreadable, [], 0, 0)], strict);

            JsonNode.Parse(VerdictJson.Write(report))!["runs"]!.AsArray().Count.ShouldBe(2);
            JsonNode.Parse(VerdictSarif.Write(report, "0.0.0"))!["runs"]![0]!["results"]!.AsArray().Count.ShouldBe(1);
            XDocument.Parse(Encoding.UTF8.GetString(VerdictJunit.Write(report))).Root!.Elements("testsuite").Count().ShouldBe(2);
        },
        iter: Fuzz.Times(300));

    [Fact]
    public void Warnings_break_a_strict_report_in_every_format()
    {
        using var run = GoodRun.Write();
        run.Rename("copy");
        var (report, strict) = (new VerdictReport([RunValidator.Validate(run.Folder)]), new VerdictReport([RunValidator.Validate(run.Folder)], Strict: true));

        (report.ExitCode, strict.ExitCode).ShouldBe((0, 1));
        VerdictText.Write(strict).ShouldEndWith("contract broken: 4 scenes, 5 frames, 1 finding (0 errors, 1 warning, strict)\n");
        JsonNode.Parse(VerdictJson.Write(strict))!["totals"]!["broken"]!.GetValue<int>().ShouldBe(1);
        Failures(report).ShouldBe("0");
        Failures(strict).ShouldBe("1");
        JsonNode.Parse(VerdictSarif.Write(strict, "0.0.0"))!["runs"]![0]!["results"]![0]!["level"]!.GetValue<string>().ShouldBe("error");

        static string Failures(VerdictReport r) => XDocument.Parse(Encoding.UTF8.GetString(VerdictJunit.Write(r))).Root!.Attribute("failures")!.Value;
    }

    // What SARIF 2.1.0 requires of these objects, and the rules of its prose that a schema can't say.
    [Fact]
    public void Sarif_has_what_its_schema_requires()
    {
        var sarif = JsonNode.Parse(VerdictSarif.Write(Several(), "0.0.0"))!;
        sarif["version"]!.GetValue<string>().ShouldBe("2.1.0");
        foreach (var run in sarif["runs"]!.AsArray())
        {
            var driver = run!["tool"]!["driver"]!;
            driver["name"]!.GetValue<string>().ShouldNotBeEmpty();
            var ids = driver["rules"]!.AsArray().Select(r => r!["id"]!.GetValue<string>()).ToList();
            ids.ShouldBe(RuleCatalogue.All.Select(r => r.Code));
            foreach (var result in run["results"]!.AsArray())
            {
                result!["message"]!["text"]!.GetValue<string>().ShouldNotBeEmpty();
                ids[result["ruleIndex"]!.GetValue<int>()].ShouldBe(result["ruleId"]!.GetValue<string>());
                result["level"]!.GetValue<string>().ShouldBeOneOf("error", "warning");
                var physical = result["locations"]![0]!["physicalLocation"]!;
                Uri.IsWellFormedUriString(physical["artifactLocation"]!["uri"]!.GetValue<string>(), UriKind.Relative).ShouldBeTrue();
                run["originalUriBaseIds"]![physical["artifactLocation"]!["uriBaseId"]!.GetValue<string>()].ShouldNotBeNull();
                (physical["region"]?["startLine"]!.GetValue<int>() ?? 1).ShouldBeGreaterThan(0);
            }
        }
    }

    [Fact]
    public void Many_findings_of_one_rule_are_counted_in_text_and_listed_in_json()
    {
        using var run = GoodRun.Write();
        for (var i = 0; i < 30; i++)
        {
            run.InsertLine("Scene summary", "All went well");
        }

        var verdict = RunValidator.Validate(run.Folder);
        VerdictText.Write(verdict).Split("TC-805 error").Length.ShouldBe(21);
        VerdictText.Write(verdict).ShouldContain("TC-805: 10 more of these; --format json lists all\n");
        JsonNode.Parse(VerdictJson.Write(new VerdictReport([verdict])))!["runs"]![0]!["findings"]!.AsArray().Count.ShouldBe(30);
    }

    private static VerdictReport Broken()
    {
        using var run = GoodRun.Write();
        run.Replace("HistoryAttempts=3", "HistoryAttempts=4");
        run.RemoveLine("[Scene scene-003] ERROR");
        run.Delete("story/story.json");
        run.Set("/Scenes/1/FrameFloor", null);
        run.Rename("copy");
        return new VerdictReport([RunValidator.Validate(run.Folder)]);
    }

    private static VerdictReport Several()
    {
        using var good = GoodRun.Write();
        return new VerdictReport([.. Broken().Verdicts, RunValidator.Validate(good.Folder), RunValidator.Validate("logs/no run"), RunValidator.Validate(VersionOneTests.Sample("good"))]);
    }

    private static string Scrubbed(VerdictReport report, Func<VerdictReport, string> write) =>
        write(new VerdictReport([.. report.Verdicts.Select(v => v with { RunFolder = v.RunFolder.StartsWith("logs", StringComparison.Ordinal) ? v.RunFolder : "logs/" + Path.GetFileName(v.RunFolder) })]));

    private static string WithoutRules(byte[] sarif)
    {
        var json = JsonNode.Parse(sarif)!;
        foreach (var run in json["runs"]!.AsArray())
        {
            var rules = run!["tool"]!["driver"]!["rules"]!.AsArray();
            while (rules.Count > 1)
            {
                rules.RemoveAt(1);
            }

            foreach (var result in run["results"]!.AsArray())
            {
                result!["ruleIndex"] = "…"; // another rule is no other output
            }
        }

        return json.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    private static string WithoutGoodCases(byte[] junit)
    {
        var xml = XDocument.Parse(Encoding.UTF8.GetString(junit));
        xml.Descendants("testcase").Where(c => !c.HasElements || c.Element("skipped") is not null).ToList().ForEach(c => c.Remove());
        foreach (var counted in xml.Descendants().Where(e => e.Name == "testsuites" || e.Name == "testsuite"))
        {
            counted.SetAttributeValue("tests", "…"); // another rule is no other output
            counted.SetAttributeValue("skipped", "…");
        }

        return xml + "\n";
    }
}
