using Dailies.Contract;

namespace Dailies.Tests.Control;

/// <summary>What each fault of the renderer does to a run: reason, kind, attempts, cost, exit code; and that the evidence holds all the same.</summary>
public class FaultRunTests
{
    public static TheoryData<string, string, string?, int, int, int> Table => new()
    {
        // fault, exit reason, failure kind, attempts run per scene, charged per scene, exit code
        { "", ExitReason.Success, null, 1, 1, 0 },
        { "no-socket", ExitReason.Success, null, 1, 1, 0 },
        { "refuse", ExitReason.Unknown, FailureKind.Rejected, 1, 1, 1 },
        { "error", ExitReason.Unknown, FailureKind.ExecutionError, 2, 2, 1 },
        { "drop-output", ExitReason.PostExecution, FailureKind.OutputsMissing, 2, 2, 1 },
        { "slow", ExitReason.MaxWait, FailureKind.TimedOut, 2, 2, 1 },
        { "slow,no-socket", ExitReason.MaxWait, FailureKind.TimedOut, 2, 2, 1 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_fault_ends_as_the_table_says(string fault, string reason, string? kind, int attempts, int charged, int exitCode)
    {
        await using var run = await SmallRun.WithAsync(fault, scenes: fault.StartsWith("slow", StringComparison.Ordinal) ? 1 : 2);
        run.Set("scenePostExecutionTimeoutSeconds", "0.3");
        if (fault.StartsWith("slow", StringComparison.Ordinal))
        {
            run.Set("sceneMaxWaitSeconds", "0.5");
        }

        var result = await run.RunAsync();

        result.ExitCode.ShouldBe(exitCode);
        result.Verdict.Findings.ShouldBeEmpty();
        result.State.Ended!.State.ShouldBe(RunStates.Finished);
        foreach (var scene in result.State.Scenes.Values)
        {
            var record = run.Metadata["Scenes"]!.AsArray().Single(s => (string)s!["SceneId"]! == scene.Plan.SceneId)!;
            ((string?)record["Telemetry"]!["HistoryExitReason"], (string?)record["Telemetry"]!["FailureKind"]).ShouldBe((reason, kind));
            ((int)record["AttemptsRun"]!, record["Attempts"]!.AsArray().Count(a => (bool)a!["Charged"]!)).ShouldBe((attempts, charged));
            (scene.Accepted is not null).ShouldBe(kind is null);
            ((bool)record["Success"]!).ShouldBe(kind is null);
        }

        run.Server!.Executions.ShouldBe(run.ExecutedByLedger());
        run.Server.Executions.ShouldBe(kind == FailureKind.Rejected ? 0 : attempts * result.State.Scenes.Count);
    }

    [Fact]
    public async Task A_scene_that_fails_once_is_sent_again_and_the_summary_says_so()
    {
        await using var run = await SmallRun.WithAsync("error@scene-002:1", scenes: 3);

        var result = await run.RunAsync();

        result.ExitCode.ShouldBe(0);
        result.Verdict.Findings.ShouldBeEmpty();
        run.Summary.ShouldContain("[Scene scene-002] Requeue requested (next attempt 2/2) reason: executionError: ");
        run.Summary.ShouldContain("Scene summary: 3/3 succeeded | total frames=6 | requeues=1");
        ((int)run.Scene(2)["AttemptsRun"]!, (int)run.Scene(1)["AttemptsRun"]!, (int)run.Scene(3)["AttemptsRun"]!).ShouldBe((2, 1, 1));
        run.Server!.Executions.ShouldBe(run.ExecutedByLedger());
        run.Server.Executions.ShouldBe(4);
    }

    [Fact]
    public async Task Each_attempt_has_a_seed_a_prefix_and_files_of_its_own()
    {
        await using var run = await SmallRun.WithAsync("error@scene-001:1", scenes: 1);

        await run.RunAsync();

        var attempts = run.Result.State.Scenes["scene-001"].Attempts;
        attempts.Select(a => a.Seed).Distinct().Count().ShouldBe(2);
        attempts.Select(a => a.Prefix).Distinct().Count().ShouldBe(2);
        attempts.Select(a => a.Measures.PromptId).Distinct().Count().ShouldBe(2);
        foreach (var n in new[] { 1, 2 })
        {
            File.Exists(Path.Combine(run.RunDir, RunFolder.Workflow("scene-001", n))).ShouldBeTrue();
            File.Exists(Path.Combine(run.RunDir, RunFolder.History("scene-001", n))).ShouldBeTrue();
        }

        File.ReadAllBytes(Path.Combine(run.RunDir, RunFolder.Workflow("scene-001"))).ShouldBe(File.ReadAllBytes(Path.Combine(run.RunDir, RunFolder.Workflow("scene-001", 2))));
    }

    [Fact]
    public async Task One_refused_scene_does_not_stop_the_others()
    {
        await using var run = await SmallRun.WithAsync("refuse@scene-001", scenes: 3);

        var result = await run.RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count).ShouldBe((1, 0));
        result.State.Scenes.Values.Select(s => s.Accepted is not null).ShouldBe([false, true, true]);
        run.Summary.ShouldContain("ComfyUI refused the workflow (HTTP 400)");
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("2", 3)]
    public async Task The_budget_is_the_number_of_attempts_beyond_the_first(string budget, int attempts)
    {
        await using var run = await SmallRun.WithAsync("error", scenes: 1);

        var result = await run.Set("sceneRetryBudget", budget).RunAsync();

        (result.State.Scenes["scene-001"].Attempts.Length, run.Server!.Executions, result.ExitCode).ShouldBe((attempts, attempts, 1));
        result.Verdict.Findings.ShouldBeEmpty();
    }
}
