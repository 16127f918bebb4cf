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

    public static string Sample(string name, [CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "V1Samples", name);
}
