using Dailies.Contract;

namespace Dailies.Tests.Control;

/// <summary><c>run --from</c>: what has not changed keeps its verified take, and only the rest is rendered.</summary>
public class KeptTakesTests
{
    [Fact]
    public async Task Only_what_changed_is_rendered_and_the_rest_keeps_its_frames()
    {
        await using var run = await SmallRun.WithAsync(scenes: 3);
        var first = (await run.RunAsync()).RunDir;
        Story(run, "view 1", "another view", "view 3");

        var result = await run.Set("from", first).RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count, run.Server!.Executions).ShouldBe((0, 0, 4));
        result.State.Scenes.Values.Select(s => s.KeptFrom).ShouldBe([Path.GetFileName(first), null, Path.GetFileName(first)]);
        foreach (var scene in new[] { 1, 3 })
        {
            Bytes(result.RunDir, scene).ShouldBe(Bytes(first, scene));
        }

        Bytes(result.RunDir, 2).ShouldNotBe(Bytes(first, 2));
        run.Summary.ShouldContain($"[Scene scene-001] WARNING: take kept from run {Path.GetFileName(first)}");
    }

    [Fact]
    public async Task A_scene_that_moved_keeps_its_take_under_its_new_number()
    {
        await using var run = await SmallRun.WithAsync(scenes: 2);
        var first = (await run.RunAsync()).RunDir;
        Story(run, "view 1", "put between", "view 2");

        var result = await run.Set("from", first).RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count, run.Server!.Executions).ShouldBe((0, 0, 3));
        Bytes(result.RunDir, 3).ShouldBe(Bytes(first, 2));
    }

    [Fact]
    public async Task A_kept_take_is_handed_on_to_a_third_run()
    {
        await using var run = await SmallRun.WithAsync("error@scene-001:1", scenes: 2);
        var first = (await run.RunAsync()).RunDir;
        var second = (await run.Set("from", first).RunAsync()).RunDir;

        var third = await run.Set("from", second).RunAsync();

        (third.ExitCode, third.Verdict.Findings.Count, run.Server!.Executions).ShouldBe((0, 0, 3));
        third.State.Scenes["scene-001"].Attempts.ShouldHaveSingleItem().Number.ShouldBe(1);
        Bytes(third.RunDir, 1).ShouldBe(Bytes(first, 1, attempt: 2));
    }

    // The marker stayed behind, and the new run named a file that it didn't have.
    [Fact]
    public async Task A_kept_take_brings_the_marker_that_it_was_accepted_by()
    {
        using var clock = new VirtualClock();
        await using var run = await SmallRun.OnClockAsync(clock, "error@scene-001:1");
        var workflow = Path.Combine(run.Story, "workflow.json");
        File.WriteAllText(workflow, File.ReadAllText(workflow).Replace("\"SaveImage\"", "\"DailiesDoneMarker\"", StringComparison.Ordinal));
        var first = (await run.RunAsync()).RunDir;
        ((string?)run.Scene(1)["Telemetry"]!["DoneMarkerPath"]).ShouldBe("scene-001/attempt-2/scene-001.done");

        var result = await run.Set("from", first).RunAsync();

        result.Verdict.Findings.ShouldBeEmpty(Dailies.Validation.VerdictText.Write(result.Verdict));
        ((string?)run.Scene(1)["Telemetry"]!["DoneMarkerPath"]).ShouldBe("scene-001/attempt-1/scene-001.done");
        File.ReadAllBytes(Path.Combine(result.RunDir, "scene-001/attempt-1/scene-001.done")).ShouldBe(File.ReadAllBytes(Path.Combine(first, "scene-001/attempt-2/scene-001.done")));
    }

    [Theory]
    [InlineData("seed", "7")]
    [InlineData("set", "steps=2")]
    public async Task Another_seed_or_setting_keeps_nothing(string option, string value)
    {
        await using var run = await SmallRun.WithAsync(scenes: 2);
        var first = (await run.RunAsync()).RunDir;

        var result = await run.Set("from", first).Set(option, value).RunAsync();

        (result.ExitCode, run.Server!.Executions).ShouldBe((0, 4));
        result.State.Scenes.Values.ShouldAllBe(s => s.KeptFrom == null);
    }

    [Fact]
    public async Task A_take_whose_file_has_changed_is_not_kept_and_the_run_says_why()
    {
        await using var run = await SmallRun.WithAsync(scenes: 2);
        var first = (await run.RunAsync()).RunDir;
        File.AppendAllText(Frames(first, 1, 1)[0], "x");

        var result = await run.Set("from", first).RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count, run.Server!.Executions).ShouldBe((0, 0, 3));
        result.State.Notes.ShouldContain(n => n.Text.Contains("scene-001 is rendered anew", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_is_none_is_a_fault()
    {
        await using var run = SmallRun.Without().On("http://127.0.0.1:1").Set("from", "20200101-000000");
        run.Setup().Faults.ShouldHaveSingleItem().ShouldContain("--from: there is no run 20200101-000000");
    }

    private static void Story(SmallRun run, params string[] views)
    {
        var scenes = views.Select(v => $$"""{"title":"T","summary":"s","prompt":"a lighthouse, {{v}}","mood":"calm","expectedFrames":2}""");
        run.Write("story/story.json", $$"""{"storyId":"small","title":"Small","logline":"l","directorsVision":"v","scenes":[{{string.Join(',', scenes)}}]}""");
    }

    private static string[] Frames(string runDir, int scene, int attempt) =>
        [.. Directory.GetFiles(Path.Combine(runDir, RunFolder.Frames(RunFolder.SceneId(scene), attempt))).Order(StringComparer.Ordinal)];

    private static string Bytes(string runDir, int scene, int attempt = 1) =>
        string.Join('\n', Frames(runDir, scene, attempt).Select(f => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))));
}
