using System.Text.Json.Nodes;
using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Tests.Control;

/// <summary>Post-run checks: real ones, each with its log, and none that can fail or block the run.</summary>
public class CheckedRunTests
{
    [Fact]
    public async Task A_good_run_passes_its_three_suites_and_says_so_everywhere()
    {
        await using var run = await SmallRun.WithAsync();
        run.Set("noVideo", "true");

        (await run.RunAsync()).Verdict.Findings.ShouldBeEmpty();

        var results = JsonNode.Parse(File.ReadAllText(Path.Combine(run.RunDir, "vitest-results.json")))!;
        results.AsObject().Select(m => m.Key).ShouldBe(["comfyExit", "e2eExit", "scriptsExit", "comfyLog", "e2eLog", "scriptsLog", "runDir", "timestamp", "suites"]);
        ((int)results["comfyExit"]!, (int)results["e2eExit"]!, (int)results["scriptsExit"]!, (string)results["runDir"]!).ShouldBe((0, 0, 0, run.RunDir), Logs(run));
        results["suites"]!.AsArray().Select(s => (string)s!["Suite"]!).ShouldBe(["comfyUI", "e2e", "scripts"]);
        results["suites"]![0]!.AsObject().Select(m => m.Key).ShouldBe(["Suite", "ExitCode", "DurationMs", "LogPath", "StartedAt"]);
        run.Summary.ShouldMatch(@"(?s)Scene summary: .*\] Vitest comfyUI exitCode=0\n.*\] Vitest e2e exitCode=0\n.*\] Vitest scripts exitCode=0\n## Artifact Index");
        run.Summary.ShouldContain("Vitest comfyUI log: checks/vitest-comfyui.log\nVitest e2e log: checks/vitest-e2e.log\nVitest scripts log: checks/vitest-scripts.log\nVitest results json: vitest-results.json\n");
        ((string)run.Metadata["VitestSummary"]!, (string)run.Metadata["VitestLogs"]!["E2E"]!).ShouldBe(("comfyUI=0 e2e=0 scripts=0", "checks/vitest-e2e.log"));
        Log(run, "vitest-comfyui").ShouldContain("ok    station-1 GET /queue\n");
        Log(run, "vitest-e2e").ShouldMatch(@"ok    scene-001 2 frames, \d+ bytes\n");
        Log(run, "vitest-scripts").ShouldContain("ok    sentinel round trip\n");
    }

    [Fact]
    public async Task A_frame_that_is_damaged_after_its_take_fails_the_run_on_disk()
    {
        await using var run = await SmallRun.WithAsync();

        var result = await run.RunAsync((e, folder, _) =>
        {
            if (e is SceneAccepted { SceneId: "scene-002" })
            {
                File.AppendAllText(folder.At(RunFolder.Frames("scene-001", 1) + "/scene-001_00002_.png"), "x");
            }
        });

        ((int)Results(run)["e2eExit"]!, (int)Results(run)["comfyExit"]!).ShouldBe((1, 0));
        Log(run, "vitest-e2e").ShouldMatch("FAIL  scene-001 2 frames, .*scene-001_00002_.png has");
        Log(run, "vitest-e2e").ShouldContain("ok    scene-002 2 frames");
        result.ExitCode.ShouldBe(1); // the validator's word, not the suite's
    }

    [Fact]
    public async Task A_station_that_is_gone_fails_its_suite_and_is_asked_once()
    {
        await using var run = SmallRun.Without();
        run.On("http://127.0.0.1:9");

        (await run.RunAsync()).ExitCode.ShouldBe(3);

        ((int)Results(run)["comfyExit"]!, (int)Results(run)["e2eExit"]!).ShouldBe((1, 0));
        Log(run, "vitest-comfyui").ShouldStartWith("FAIL  station-1: station-1 (http://127.0.0.1:9) can't be used");
    }

    [Fact]
    public async Task Commands_of_the_operators_own_are_run_captured_and_bounded()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are for /bin/sh");
        await using var run = await SmallRun.WithAsync();
        run.Write("story/dailies.json", """
            {"checks": [{"name": "ls", "command": "echo s3cr3t >/dev/null; ls \"$DAILIES_RUN_DIR\"; echo oh no >&2; exit 7"},
                        {"name": "hang", "command": "echo begun; sleep 1000", "timeoutSeconds": 0.3}, {"name": "gone", "command": "no-such-program-here"}]}
            """);

        var result = await run.RunAsync();

        result.ExitCode.ShouldBe(0, run.Summary);
        Results(run)["suites"]!.AsArray().Skip(3).Select(s => ((string)s!["Suite"]!, (int)s["ExitCode"]!, (string)s["LogPath"]!))
            .ShouldBe([("ls", 7, "checks/ls.log"), ("hang", 124, "checks/hang.log"), ("gone", 127, "checks/gone.log")]);
        Log(run, "ls").ShouldSatisfyAllConditions(log => log.ShouldContain("artifact-metadata.json\n"), log => log.ShouldContain("oh no\n"));
        Log(run, "hang").ShouldEndWith("killed after 0.3 s\n");
        run.Summary.ShouldContain("] Check hang exitCode=124\n");
        run.FilesWith("s3cr3t").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_is_stopped_or_wants_none_makes_none()
    {
        await using var stopped = await SmallRun.WithAsync();
        await using var none = await SmallRun.WithAsync();

        await stopped.RunAsync((e, _, stop) =>
        {
            if (e is SceneAccepted)
            {
                stop.Cancel();
            }
        });
        await none.Set("noChecks", "true").RunAsync();

        foreach (var run in new[] { stopped, none })
        {
            File.Exists(Path.Combine(run.RunDir, "vitest-results.json")).ShouldBeFalse();
            run.Summary.ShouldContain("Vitest results json: not produced\n");
        }
    }

    [Theory]
    [InlineData("""[{"name": "a/b", "command": "true"}]""")]
    [InlineData("""[{"name": "e2e", "command": "true"}]""")]
    [InlineData("""[{"name": "a", "command": "true"}, {"name": "A", "command": "true"}]""")]
    [InlineData("""[{"name": "a"}]""")]
    [InlineData("""[{"name": "a", "command": "true", "timeoutSeconds": 0}]""")]
    [InlineData("7")]
    public async Task What_is_no_check_is_refused(string checks)
    {
        await using var run = SmallRun.Without();
        run.On("http://127.0.0.1:9").Write("story/dailies.json", $$"""{"checks": {{checks}}}""");

        run.Setup().Faults.ShouldHaveSingleItem().ShouldStartWith("checks is an entry without a name of its own");
    }

    private static JsonNode Results(SmallRun run) => JsonNode.Parse(File.ReadAllText(Path.Combine(run.RunDir, "vitest-results.json")))!;

    private static string Log(SmallRun run, string name) => File.ReadAllText(Path.Combine(run.RunDir, "checks", name + ".log"));

    private static string Logs(SmallRun run) => string.Join('\n', CheckRecord.Own.Select(s => File.ReadAllText(new RunFolder(run.RunDir).At(RunFolder.CheckLog(s)))));
}
