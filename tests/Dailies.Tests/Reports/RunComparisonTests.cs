using System.Text.Json;
using Dailies.Cli.Views;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Reports;
using Dailies.Tests.Contract;
using Dailies.Tests.Ledger;
using Spectre.Console.Testing;

namespace Dailies.Tests.Reports;

/// <summary>Two runs side by side.</summary>
public class RunComparisonTests
{
    private static readonly SceneReport Scene = new("scene-001", "One", SceneOutcome.Taken, 8, 20, 1, "success", null, 9_000, 7);

    public static TheoryData<string, SceneReport, string> Scenes => new()
    {
        { "the same", Scene, "" },
        { "another title is no difference", Scene with { Title = "Two" }, "" },
        { "failed", Scene with { Outcome = SceneOutcome.Failed, FailureKind = FailureKind.OutOfMemory, Frames = 0 }, "outcome,frames" },
        { "never came to it", Scene with { Outcome = SceneOutcome.Left }, "outcome" },
        { "a little slower", Scene with { DurationSeconds = 21.9 }, "" },
        { "slower", Scene with { DurationSeconds = 22.5 }, "duration" },
        { "half a second is nothing", Scene with { DurationSeconds = 20.5 }, "" },
        { "no duration", Scene with { DurationSeconds = null }, "duration" },
        { "tried again", Scene with { Attempts = 2, Seed = 8 }, "attempts,seed" },
        { "more memory, smaller", Scene with { VramPeakMB = 9_500, Rung = "half" }, "VRAM peak,rung" },
    };

    [Theory]
    [MemberData(nameof(Scenes))]
    public void A_scene_differs_in_what_came_of_it(string name, SceneReport other, string differences)
    {
        name.ShouldNotBeEmpty();
        string.Join(',', new ScenePair("scene-001", Scene, other).Differences).ShouldBe(differences);
    }

    [Fact]
    public void A_scene_that_one_run_does_not_have_is_named() => new ScenePair("scene-001", null, Scene).Differences.ShouldBe(["presence"]);

    [Fact]
    public void A_run_compared_with_itself_differs_in_nothing()
    {
        var run = RunReportPageTests.Night("finished");

        var same = RunComparison.Of(run, run);

        same.Settings.ShouldBeEmpty();
        same.Scenes.ShouldAllBe(p => p.Differences.Count == 0);
        same.A.ShouldBe(same.B);
        ComparisonView.Notes(same).ShouldBe("No setting differs that both record.\nNo scene differs.\n");
    }

    [Fact]
    public void Settings_that_differ_are_named_with_both_values()
    {
        var plan = SampleRun.Plan(1, "");
        var a = Report(plan with { Settings = [new SettingRecord("fps", "24", "default"), new SettingRecord("seed", null, "default"), new SettingRecord("name", "x", "cli")] });
        var b = Report(plan with
        {
            Settings = [new SettingRecord("fps", "24", "cli"), new SettingRecord("seed", "7", "cli"), new SettingRecord("set", "a=b", "file")],
            Policy = Samples.Policy with { HistoryMaxWaitSeconds = 900 },
            Workflow = plan.Workflow with { Sha256 = new string('d', 64) },
        });

        RunComparison.Of(a, b).Settings.ShouldBe(
        [
            new SettingPair("HistoryMaxWaitSeconds", "600 s", "900 s"),
            new SettingPair("workflow SHA-256", new string('c', 64), new string('d', 64)),
            new SettingPair("seed", "", "7"),
            new SettingPair("name", "x", null),
            new SettingPair("set", null, "a=b"),
        ]);
    }

    [Fact]
    public void Scenes_of_either_stand_in_story_order()
    {
        static RunReport With(params string[] ids) => RunReportPageTests.Night("clean") with { Scenes = [.. ids.Select(id => Scene with { SceneId = id })] };

        RunComparison.Of(With("scene-999", "scene-1000"), With("scene-002", "scene-1000")).Scenes.Select(p => p.SceneId).ShouldBe(["scene-002", "scene-999", "scene-1000"]);
    }

    [Fact]
    public void Two_nights_as_lines_and_as_JSON()
    {
        var two = RunComparison.Of(RunReportPageTests.Night("finished"), RunReportPageTests.Night("stopped"));

        Snapshot.Match(ComparisonView.Lines(two) + JsonSerializer.Serialize(ComparisonLine.Of(two), ContractJson.Camel) + "\n", "finished-stopped.comparison");
    }

    [Fact]
    public void Two_nights_as_tables()
    {
        using var console = new TestConsole().Width(110);
        foreach (var table in ComparisonView.Tables(RunComparison.Of(RunReportPageTests.Night("finished"), RunReportPageTests.Night("stopped"))))
        {
            console.Write(table);
        }

        Snapshot.Match(string.Join('\n', console.Output.Split('\n').Select(l => l.TrimEnd())), "finished-stopped.tables");
    }

    private static RunReport Report(RunPlan plan) => RunReportPageTests.Of(RunState.Fold([new RunStarted(SampleRun.At(0), plan)]));
}
