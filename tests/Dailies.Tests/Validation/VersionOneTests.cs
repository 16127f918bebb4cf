using System.Runtime.CompilerServices;
using Dailies.Validation;

namespace Dailies.Tests.Validation;

public class VersionOneTests
{
    [Fact]
    public void The_good_sample_passes_with_a_word_about_its_version()
    {
        var verdict = RunValidator.Validate(Sample("good"));
        verdict.Findings.ShouldHaveSingleItem().Rule.Code.ShouldBe("TC-901");
        (verdict.ExitCode, verdict.Scenes, verdict.Frames).ShouldBe((0, 3, 75));
    }

    [Fact]
    public void The_sample_whose_text_lies_fails()
    {
        var verdict = RunValidator.Validate(Sample("text-lies"));
        verdict.ExitCode.ShouldBe(1);
        verdict.Findings.Skip(1).Select(f => (f.Rule.Code, f.SceneId, f.Found)).ShouldBe(
        [
            ("TC-903", "scene-001", "DurationSeconds=1s"), ("TC-903", "scene-001", "HistoryAttempts=7"), ("TC-903", "scene-001", "HistoryExitReason=maxWait"),
            ("TC-903", "scene-002", "HistoryExitReason=maxWait"), ("TC-903", "scene-003", "HistoryExitReason=maxWait"),
        ]);
    }

    [Fact]
    public void Exit_reasons_were_a_closed_set_in_version_1_too()
    {
        using var folder = new TempFolder();
        foreach (var file in Directory.GetFiles(Sample("good")))
        {
            folder.Write(Path.GetFileName(file), File.ReadAllText(file).Replace("\"HistoryExitReason\": \"success\"", "\"HistoryExitReason\": \"done\"").Replace("HistoryExitReason=success", "HistoryExitReason=done"));
        }

        RunValidator.Validate(folder.Path).Findings.Select(f => f.Rule.Code).Distinct().ShouldBe(["TC-901", "TC-902"]);
    }

    // As a share or an editor of Windows leaves them: the paths in there are Windows' anyway.
    [Fact]
    public void Line_breaks_and_byte_order_marks_of_Windows_are_read()
    {
        using var folder = Changed(text => "\uFEFF" + text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal));
        RunValidator.Validate(folder.Path).Findings.Select(f => f.Rule.Code).Order().ShouldBe(["TC-105", "TC-105", "TC-901"]);
    }

    [Fact]
    public void Unknown_fields_and_lines_are_anybody_s()
    {
        using var folder = Changed(text => text.StartsWith('{') ? text.Replace("\"SceneId\"", "\"Mine\": {\"a\": [1]}, \"SceneId\"", StringComparison.Ordinal) : text + "[10:30:00] My own words\n");
        RunValidator.Validate(folder.Path).Findings.Select(f => f.Rule.Code).ShouldBe(["TC-901"]);
    }

    // Nobody noticed these, because the validator of that day only looked for the name (contract §11).
    [Fact]
    public void An_unfilled_value_is_a_lie()
    {
        using var folder = Changed(text => text.Replace("MaxWaitSeconds=600s", "MaxWaitSeconds=s", StringComparison.Ordinal));
        RunValidator.Validate(folder.Path).Findings.Where(f => f.Rule.Code == "TC-903").Select(f => f.Found).Distinct().ShouldBe(["MaxWaitSeconds=s"]);
    }

    private static TempFolder Changed(Func<string, string> edit)
    {
        var folder = new TempFolder();
        foreach (var file in Directory.GetFiles(Sample("good")))
        {
            folder.Write(Path.GetFileName(file), edit(File.ReadAllText(file)));
        }

        return folder;
    }

    public static string Sample(string name, [CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "V1Samples", name);
}
