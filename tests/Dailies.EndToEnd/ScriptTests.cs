using System.Text.Json;

namespace Dailies.EndToEnd;

/// <summary>The scripts under the names that people type, with the real program, in folders whose names hold spaces.</summary>
[Collection(ScriptsRunAlone.Name)]
public class ScriptTests
{
    private static readonly (string, string?) Program = ("DAILIES", DailiesProgram.Dll);

    [Fact]
    public async Task A_run_with_knobs_is_recorded_and_judged_and_its_checks_are_shown()
    {
        using var dailies = new DailiesProgram();
        var folder = Spaced(dailies);
        var run = await ScriptRun.OfAsync(folder, $"{ScriptRun.Call("run-comfyui-e2e")} -RunsDir 'my runs' -Scenes 1 -NoVideo -NoArchive -SceneRetryBudget 3 -StabilitySeconds 0.5 -FastIteration", Program, ("SCENE_QUEUE_WAIT_SECONDS", "500"));
        run.ExitCode.ShouldBe(0, run.All);
        run.Output.ShouldContain("1 of 1 have a take");

        var runFolder = Directory.EnumerateDirectories(Path.Combine(folder, "my runs")).ShouldHaveSingleItem();
        using (var metadata = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(runFolder, "artifact-metadata.json"), TestContext.Current.CancellationToken)))
        {
            var config = metadata.RootElement.GetProperty("QueueConfig");
            (config.GetProperty("SceneRetryBudget").GetInt32(), config.GetProperty("StabilitySeconds").GetDouble(), config.GetProperty("FastIteration").GetBoolean()).ShouldBe((3, 0.5, true));
            var origins = config.GetProperty("Origins");
            foreach (var (knob, origin) in new[] { ("SceneRetryBudget", "cli"), ("StabilitySeconds", "cli"), ("FastIteration", "cli"), ("SceneQueueWaitSeconds", "env"), ("HistoryMaxWaitSeconds", "default"), ("StabilityRetries", "fast") })
            {
                origins.GetProperty(knob).GetString().ShouldBe(origin, knob);
            }
        }

        (await ScriptRun.OfAsync(folder, $"{ScriptRun.Call("validate-run-summary")} -RunDir 'my runs/{Path.GetFileName(runFolder)}'", Program)).ExitCode.ShouldBe(0);
        var telemetry = await ScriptRun.OfAsync(folder, $"{ScriptRun.Call("verify-telemetry-contract")} -RunsDir 'my runs' -Format json", Program);
        telemetry.ExitCode.ShouldBe(0, telemetry.All);
        JsonDocument.Parse(telemetry.Output).Dispose();

        var checks = await ScriptRun.OfAsync(folder, $"{ScriptRun.Call("run-vitests")} -RunsDir 'my runs'", Program);
        checks.ExitCode.ShouldBe(0, checks.All);
        string.Join(' ', checks.Output.Split('\n').Select(l => l.Split(' ')[0])).ShouldBe("suite comfyUI e2e scripts");

        var summary = Path.Combine(runFolder, "run-summary.txt");
        await File.WriteAllTextAsync(summary, (await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken)).Replace("SceneRetryBudget=3", "SceneRetryBudget=4", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        foreach (var script in new[] { "validate-run-summary", "verify-telemetry-contract" })
        {
            var verdict = await ScriptRun.OfAsync(folder, $"{ScriptRun.Call(script)} -RunDir '{runFolder}'", Program);
            verdict.ExitCode.ShouldBe(1, script);
            verdict.Output.ShouldContain("TC-");
        }
    }

    [Fact]
    public async Task A_real_workflow_is_sent_to_the_station_that_is_named_and_its_absence_ends_with_three()
    {
        using var dailies = new DailiesProgram();
        var workflow = Path.Combine(DailiesProgram.Lighthouse, "workflow.json");
        var run = await ScriptRun.OfAsync(Spaced(dailies), $"{ScriptRun.Call("queue-real-workflow")} -ComfyUrl http://127.0.0.1:1 -Workflow '{workflow}' -Scenes 2", Program);
        run.ExitCode.ShouldBe(3, run.All);
        run.Output.ShouldContain("http://127.0.0.1:1");
    }

    [Fact]
    public async Task Done_markers_are_written_in_one_pass()
    {
        using var dailies = new DailiesProgram();
        var folder = Spaced(dailies);
        var output = Directory.CreateDirectory(Path.Combine(folder, "the output")).FullName;
        foreach (var name in new[] { "p_00001_.exr", "p_00002_.exr", "q_00001_.exr" })
        {
            var path = Path.Combine(output, name);
            await File.WriteAllTextAsync(path, "pixels", TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(path, new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        var run = await ScriptRun.OfAsync(folder, $"{ScriptRun.Call("generate-done-markers")} -Dir 'the output' -MinFrames 2 -FastIteration", Program);
        run.ExitCode.ShouldBe(0, run.All);
        Directory.GetFiles(output, "*.done").Select(Path.GetFileName).ShouldBe(["p.done"]);
    }

    [Fact]
    public async Task The_sentinels_service_is_shown_with_its_folders_in_full()
    {
        using var dailies = new DailiesProgram();
        var folder = Spaced(dailies);
        var run = await ScriptRun.OfAsync(folder, $"{ScriptRun.Call("install-sentinel-service")} -Dir 'the output' -StableSeconds 8 -DryRun", Program);
        run.ExitCode.ShouldBe(0, run.All);
        run.Output.ShouldContain($"--dir={Path.Combine(folder, "the output")}");
        run.Output.ShouldContain("--stable-seconds=8");
        run.Output.ShouldContain("sentinel");
    }

    [Theory]
    [InlineData("run-comfyui-e2e", "-SceneRetryBudget 11", "sceneRetryBudget is '11' (--scene-retry-budget)")]
    [InlineData("run-comfyui-e2e", "-SceneRetryBudget 1.5", "sceneRetryBudget is '1.5'")]
    [InlineData("run-comfyui-e2e", "-Story nowhere.fountain", "no such file")]
    [InlineData("run-comfyui-e2e", "-RunDir logs/mine", "-RunsDir names the folder")]
    [InlineData("queue-real-workflow", "-ComfyUrl http://127.0.0.1:8188", "needs -ComfyUrl <url> and -Workflow <file>")]
    [InlineData("queue-real-workflow", "-RunDir x -ComfyUrl http://127.0.0.1:8188 -Workflow w.json", "-RunsDir names the folder")]
    [InlineData("validate-run-summary", "-RunDir 20200101-000000", "there is no run 20200101-000000")]
    [InlineData("verify-telemetry-contract", "", "there is no run in logs")]
    [InlineData("run-vitests", "", "there is no run in logs")]
    [InlineData("run-vitests", "-RunDir 20200101-000000", "no vitest-results.json")]
    [InlineData("generate-done-markers", "", "no folder to watch")]
    [InlineData("generate-done-markers", "-Dir nowhere", "no such folder")]
    [InlineData("install-sentinel-service", "-DryRun", "no folder to watch")]
    public async Task Wrong_usage_ends_with_two_and_says_what_is_wrong(string script, string parameters, string says)
    {
        using var dailies = new DailiesProgram();
        var run = await ScriptRun.OfAsync(Spaced(dailies), $"{ScriptRun.Call(script)} {parameters}", Program);
        run.ExitCode.ShouldBe(2, run.All);
        run.Errors.ShouldContain(says);
        Directory.EnumerateFileSystemEntries(Path.Combine(dailies.Folder, "a folder")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""[{"Suite":"comfyUI","ExitCode":0,"DurationMs":31,"LogPath":"a.log"},{"Suite":"vitest","ExitCode":124,"DurationMs":600000,"LogPath":"b.log"},{"Suite":"e2e","ExitCode":1,"DurationMs":2,"LogPath":"c.log"}]""", 124)]
    [InlineData("""[{"Suite":"comfyUI","ExitCode":-1073741819,"DurationMs":31,"LogPath":"a.log"}]""", 1)]
    [InlineData("""[{"Suite":"comfyUI","ExitCode":0,"DurationMs":31,"LogPath":"a.log"}]""", 0)]
    [InlineData("[]", 2)]
    [InlineData("[", 2)]
    [InlineData("7", 2)]
    public async Task Checks_end_with_the_highest_code_of_a_suite(string suites, int code)
    {
        using var dailies = new DailiesProgram();
        var folder = Spaced(dailies);
        Directory.CreateDirectory(Path.Combine(folder, "one run"));
        await File.WriteAllTextAsync(Path.Combine(folder, "one run", "vitest-results.json"), $$"""{"comfyExit":0,"suites":{{suites}}}""", TestContext.Current.CancellationToken);
        var run = await ScriptRun.OfAsync(folder, $"{ScriptRun.Call("run-vitests")} -RunDir 'one run'", Program);
        run.ExitCode.ShouldBe(code, run.All);
        (run.Errors.Length > 0).ShouldBe(code == 2, run.Errors);
    }

    private static string Spaced(DailiesProgram dailies) => Directory.CreateDirectory(Path.Combine(dailies.Folder, "a folder")).FullName;
}
