using System.Text.Json.Nodes;
using Dailies.Contract;

namespace Dailies.Tests.Control;

/// <summary>What a run does with a take that is whole and shows next to nothing.</summary>
public class GateRunTests
{
    [Fact]
    public async Task A_dark_take_is_rendered_again_with_another_seed_and_both_are_kept()
    {
        await using var run = await SmallRun.WithAsync("dark-frames@scene-001:1", scenes: 1);

        var result = await run.Set("gate", "retry").RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count, run.Server!.Executions).ShouldBe((0, 0, 2));
        var (scene, attempts) = (run.Scene(1), Attempts(run));
        ((bool)scene["Success"]!, (string?)scene["GeneratedFramesDir"], scene["Warnings"]!.AsArray().Count).ShouldBe((true, RunFolder.Frames("scene-001", 2), 0));
        attempts.Select(a => (bool)a["Success"]!).ShouldBe([false, true]);
        attempts.Select(a => a["Seed"]!.GetValue<ulong>()).Distinct().Count().ShouldBe(2);
        attempts.Select(a => (double)a["Content"]!["LumaMean"]!).ShouldSatisfyAllConditions(l => l.First().ShouldBe(2), l => l.Last().ShouldBeGreaterThan(4));
        BothAreKept(run, attempts);
        run.Summary.ShouldContain("Requeue requested (next attempt 2/2) reason: badFrames: the take is dark (mean luma 2 of 255)");
    }

    [Fact]
    public async Task A_take_that_stays_dark_is_accepted_with_a_warning_when_the_budget_is_used_up()
    {
        await using var run = await SmallRun.WithAsync("dark-frames@scene-001", scenes: 1);

        var result = await run.Set("gate", "retry").RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count, run.Server!.Executions).ShouldBe((0, 0, 2));
        var attempts = Attempts(run);
        attempts.Select(a => (bool)a["Success"]!).ShouldBe([false, true]);
        BothAreKept(run, attempts);
        run.Scene(1)["Warnings"]!.AsArray().Select(w => (string)w!).ShouldBe(["the take is dark (mean luma 2 of 255)"]);
        run.Summary.ShouldContain("[Scene scene-001] WARNING: the take is dark (mean luma 2 of 255)");
    }

    // A GPU-hour on disk is never thrown away because the better take that was wanted did not come.
    [Theory]
    [InlineData("error@scene-001:2", "executionError")]
    [InlineData("torn-file@scene-001:2", "badFrames")]
    [InlineData("interrupted@scene-001:2", "interrupted")]
    public async Task A_take_that_was_set_aside_is_used_when_no_better_one_comes(string fault, string kind)
    {
        await using var run = await SmallRun.WithAsync($"dark-frames@scene-001:1,{fault}", scenes: 1);

        var result = await run.Set("gate", "retry").RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count, run.Server!.Executions).ShouldBe((0, 0, 2), string.Join('\n', result.Verdict.Findings.Select(f => $"{f.Rule.Code} {f.Expected} {f.Found}")));
        ((bool)run.Scene(1)["Success"]!, (string?)run.Scene(1)["GeneratedFramesDir"]).ShouldBe((true, RunFolder.Frames("scene-001", 1)));
        Attempts(run).Select(a => (bool)a["AdoptedLate"]!).ShouldBe([true, false]);
        run.Summary.ShouldMatch($@"\[Scene scene-001\] WARNING: no better take came \({kind}: .*\): this one, which had been set aside, is used");
        ((double)run.Scene(1)["DurationSeconds"]!).ShouldBe((double)Attempts(run).First()["Telemetry"]!["DurationSeconds"]!);
    }

    [Theory]
    [InlineData("retry", 0, 1, true)] // no budget
    [InlineData("warn", 1, 1, true)]
    [InlineData("off", 1, 1, false)]
    public async Task A_dark_take_is_accepted_at_once_where_nobody_wants_another(string gate, int budget, int executions, bool warns)
    {
        await using var run = await SmallRun.WithAsync("dark-frames@scene-001", scenes: 1);

        var result = await run.Set("gate", gate).Set("sceneRetryBudget", budget.ToString(System.Globalization.CultureInfo.InvariantCulture)).RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count, run.Server!.Executions).ShouldBe((0, 0, executions));
        run.Summary.Contains("WARNING: the take is dark", StringComparison.Ordinal).ShouldBe(warns);
    }

    [Fact]
    public async Task A_scene_has_its_own_word()
    {
        await using var run = await SmallRun.WithAsync("dark-frames", scenes: 2);
        run.Write("story/story.json", """
            {"storyId":"small","title":"Small","logline":"l","directorsVision":"v","scenes":[
              {"title":"A","summary":"s","prompt":"a lighthouse","mood":"calm","expectedFrames":2,"gate":"retry"},
              {"title":"B","summary":"s","prompt":"a harbour","mood":"calm","expectedFrames":2}]}
            """);

        (await run.RunAsync()).ExitCode.ShouldBe(0);

        (Attempts(run, 1).Count, Attempts(run, 2).Count).ShouldBe((2, 1));
    }

    private static List<JsonNode> Attempts(SmallRun run, int scene = 1) => [.. run.Scene(scene)["Attempts"]!.AsArray().Select(a => a!)];

    private static void BothAreKept(SmallRun run, List<JsonNode> attempts)
    {
        attempts.Select(a => (string?)a["GeneratedFramesDir"]).ShouldBe([RunFolder.Frames("scene-001", 1), RunFolder.Frames("scene-001", 2)]);
        attempts.ShouldAllBe(a => Directory.GetFiles(Path.Combine(run.RunDir, (string)a["GeneratedFramesDir"]!), "*.png").Length == (int)a["FrameCount"]! && (int)a["FrameCount"]! == 2);
    }
}
