using System.Text;
using Dailies.Contract;
using Dailies.Validation;

namespace Dailies.Tests.Validation;

public class RunValidatorTests
{
    [Fact]
    public void A_good_run_keeps_the_contract()
    {
        using var run = GoodRun.Write();
        var verdict = RunValidator.Validate(run.Folder);
        VerdictText.Write(verdict).ShouldBe("contract kept: 4 scenes, 5 frames, 0 findings\n");
        verdict.ExitCode.ShouldBe(0);
        verdict.RunId.ShouldBe(GoodMetadata.RunId);
    }

    public static TheoryData<string> Codes => [.. Mutations.All.Select(m => $"{m.Code} {m.What}")];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_mutation_is_found_as_exactly_its_code(string name)
    {
        var mutation = Mutations.All.Single(m => $"{m.Code} {m.What}" == name);
        using var run = GoodRun.Write(mutation.Change);
        mutation.Break?.Invoke(run);
        var verdict = RunValidator.Validate(run.Folder);
        verdict.Findings.Select(f => f.Rule.Code).Distinct().ShouldBe([mutation.Code], VerdictText.Write(verdict));
        verdict.ExitCode.ShouldBe(verdict.Findings[0].Rule.Severity == Severity.Error ? 1 : 0);
    }

    [Fact]
    public void Every_code_of_the_catalogue_has_a_mutation()
    {
        var provoked = Mutations.All.Select(m => m.Code).ToHashSet();
        RuleCatalogue.All.Select(r => r.Code).Where(c => !provoked.Contains(c) && !ProvokedElsewhere.Contains(c)).ShouldBeEmpty();
        RuleCatalogue.All.Select(r => r.Code).ShouldBeUnique();
        RuleCatalogue.All.Select(r => r.Sentence).ShouldBeUnique();
    }

    // Version 1 folders: VersionOneTests.
    private static readonly string[] ProvokedElsewhere = ["TC-901", "TC-902", "TC-903"];

    [Fact]
    public void The_catalogue_is_kept() =>
        Snapshot.Match(string.Concat(RuleCatalogue.All.Select(r => $"{r.Code} {r.Family,-10} {r.Severity,-7} {r.Sentence}\n")), "rules");

    [Fact]
    public void All_findings_come_in_one_pass()
    {
        using var run = GoodRun.Write();
        run.RemoveLine("Queue policy");
        run.Replace("HistoryAttempts=3", "HistoryAttempts=4");
        run.Delete("story/story.json");
        run.Set("/Scenes/2/SceneRetryBudget", "one");
        RunValidator.Validate(run.Folder).Findings.Select(f => f.Rule.Code).Order().ShouldBe(["TC-202", "TC-401", "TC-504", "TC-612"]);
    }

    [Fact]
    public void A_finding_says_where_and_what()
    {
        using var run = GoodRun.Write();
        run.Replace("MaxWaitSeconds=600s", "MaxWaitSeconds=601s");
        var finding = RunValidator.Validate(run.Folder).Findings.ShouldHaveSingleItem();
        (finding.File, finding.Place, finding.SceneId).ShouldBe((RunFolder.Summary, "line 12", "scene-001"));
        (finding.Expected, finding.Found).ShouldBe(("MaxWaitSeconds=600s", "MaxWaitSeconds=601s"));
    }

    [Theory]
    [InlineData("logs/")]
    [InlineData("elsewhere/")]
    public void An_archive_that_holds_the_run_is_no_finding(string runsDir)
    {
        var name = $"artifacts/{RunFolder.Archive(GoodMetadata.RunId)}";
        using var run = GoodRun.Write(m => m with { Archive = name, RunDir = runsDir + m.RunId });
        ArchiveMutations.Write(run, name);
        RunValidator.Validate(run.Folder).Findings.ShouldBeEmpty();
        RunValidator.Validate(run.Folder + "/").Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_run_that_ends_is_judged_without_the_archive_that_it_is_about_to_make()
    {
        using var run = GoodRun.Write(m => m with { Archive = "artifacts/not-yet.zip" });
        RunValidator.Validate(run.Folder, new ValidationOptions { Archive = false }).Findings.ShouldBeEmpty();
    }

    // EXR, AVIF: kept and hashed by a machine that has no decoder for it.
    [Fact]
    public void A_frame_whose_size_could_not_be_read_is_in_order()
    {
        using var run = GoodRun.Write(m => m with { Scenes = [m.Scenes[0] with { Frames = [.. m.Scenes[0].Frames.Select(f => f with { Width = 0, Height = 0 })] }, .. m.Scenes.Skip(1)] });

        RunValidator.Validate(run.Folder).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Not_a_run_folder_is_2()
    {
        using var folder = new TempFolder();
        var file = folder.Write("a file", "");
        foreach (var path in new[] { folder.Path, file, Path.Combine(folder.Path, "nowhere"), "", "\0" })
        {
            var verdict = RunValidator.Validate(path);
            (verdict.Standing, verdict.ExitCode).ShouldBe((Standings.Unreadable, 2));
        }
    }

    [Fact]
    public void A_running_run_is_incomplete_and_not_broken()
    {
        using var run = GoodRun.Write(m => m with { State = RunStates.Running, EndedAt = null });
        run.Lines(lines => lines.RemoveRange(8, lines.Count - 8));
        var verdict = RunValidator.Validate(run.Folder);
        (verdict.Standing, verdict.ExitCode).ShouldBe((Standings.Incomplete, 0), VerdictText.Write(verdict));

        run.Set("/QueueConfig/SceneRetryBudget", 99);
        RunValidator.Validate(run.Folder).ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData(RunStates.Stopped)]
    [InlineData(RunStates.Failed)]
    public void A_run_that_ended_early_is_judged_with_what_it_has(string state)
    {
        using var run = GoodRun.Write(m => m with { State = state });
        run.Lines(lines => lines.RemoveRange(lines.FindIndex(l => l.Contains("Scene summary")), 11));
        var verdict = RunValidator.Validate(run.Folder);
        (verdict.Standing, verdict.ExitCode).ShouldBe((Standings.Kept, 0), VerdictText.Write(verdict));
    }

    [Fact]
    public void Extra_fields_line_breaks_of_Windows_and_a_missing_verdict_line_are_fine()
    {
        using var run = GoodRun.Write();
        run.Set("/Scenes/0/SomebodysOwn", 1);
        run.RemoveLine("[Validation]");
        run.Text(t => t.Replace("\n", "\r\n", StringComparison.Ordinal));
        RunValidator.Validate(run.Folder).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Without_deep_only_the_presence_of_frames_counts()
    {
        using var run = GoodRun.Write();
        run.File(run.Metadata.Scenes[0].Frames[0].File, "torn"u8);
        RunValidator.Validate(run.Folder, new ValidationOptions { Deep = false }).Findings.ShouldBeEmpty();
    }

    // Bytes allocated stand for work: they don't depend on the machine.
    [Fact]
    public void Twice_the_scenes_are_twice_the_work()
    {
        Work(40); // what is made once
        var (small, large) = (Work(400), Work(800));
        (large / (double)small).ShouldBeLessThan(2.3);
    }

    private static long Work(int scenes)
    {
        using var run = GoodRun.Write(m => m with
        {
            Scenes = [.. Enumerable.Range(1, scenes).Select(i => m.Scenes[i % 4] with { SceneId = RunFolder.SceneId(i) })],
        });
        var before = GC.GetAllocatedBytesForCurrentThread();
        RunValidator.Validate(run.Folder);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Fact]
    public void A_report_can_not_be_made_to_control_the_terminal()
    {
        using var run = GoodRun.Write();
        run.Replace("HistoryAttempts=3", "HistoryAttempts=\u001b[2J\u202e");
        Encoding.UTF8.GetString(VerdictJson.Write(RunValidator.Validate(run.Folder))).ShouldNotContain('\u001b');
        VerdictText.Write(RunValidator.Validate(run.Folder)).ShouldContain(@"HistoryAttempts=\u001b[2J\u202e");
    }
}
