using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Tests.Control;

/// <summary>A prompt that was given up and finished all the same: its take is used where the scene has none, and nothing is rendered twice.</summary>
[Collection(RunsAlone.Name)]
public class LateTakeTests
{
    // 0.3.40 can't stop a running prompt by its id: it is waited for, and finishes half a second after max wait.
    [Theory]
    [InlineData("0", 1)]
    [InlineData("1", 1)]
    public async Task A_result_that_comes_after_max_wait_is_adopted(string budget, int executions)
    {
        using var clock = new VirtualClock();
        await using var run = await SmallRun.OnClockAsync(clock, "slow", scenes: 1, version: "0.3.40");

        var result = await run.Set("sceneRetryBudget", budget).Set("sceneMaxWaitSeconds", "1.5").Set("sceneHistoryPollIntervalSeconds", "0.5").RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count, run.Server!.Executions).ShouldBe((0, 0, executions), result.State.Ended?.Why);
        var attempt = run.Scene(1)["Attempts"]!.AsArray().ShouldHaveSingleItem()!;
        ((bool)attempt["AdoptedLate"]!, (bool)attempt["Success"]!, (int)attempt["FrameCount"]!).ShouldBe((true, true, 2));
        var telemetry = run.Scene(1)["Telemetry"]!;
        ((string?)telemetry["HistoryExitReason"], (string?)telemetry["FailureKind"], (bool)telemetry["ExecutionSuccessDetected"]!).ShouldBe((ExitReason.MaxWait, null, true));
        run.Events().OfType<TakeAdopted>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_result_that_never_comes_is_not_waited_for()
    {
        using var clock = new VirtualClock();
        await using var run = await SmallRun.OnClockAsync(clock, "stuck@scene-001:1", scenes: 1);

        var result = await run.Set("sceneMaxWaitSeconds", "60").RunAsync();

        (result.ExitCode, run.Server!.Executions).ShouldBe((0, 2));
        run.Events().OfType<TakeAdopted>().ShouldBeEmpty();
    }
}
