using Dailies.Contract;

namespace Dailies.Tests.Control;

/// <summary>Attempts that take too long: why we stop looking, and that nothing of ours stays behind.</summary>
public class GivenUpRunTests
{
    [Fact]
    public async Task A_limit_of_looks_ends_as_such()
    {
        await using var run = await SmallRun.WithAsync("slow,no-socket", scenes: 1);

        var result = await run.Set("sceneHistoryMaxAttempts", "2").Set("sceneRetryBudget", "0").RunAsync();

        ((string?)run.Scene(1)["Telemetry"]!["HistoryExitReason"], (string?)run.Scene(1)["Telemetry"]!["FailureKind"], (int)run.Scene(1)["HistoryAttempts"]!)
            .ShouldBe((ExitReason.AttemptLimit, FailureKind.TimedOut, 2));
        result.Verdict.Findings.ShouldBeEmpty();
        run.Summary.ShouldContain("looks every 0.1 s end before the max wait of 600 s");
        (await run.AskAsync("/queue"))["queue_running"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_given_up_is_gone_from_the_queue()
    {
        await using var run = await SmallRun.WithAsync("slow", scenes: 1);

        await run.Set("sceneMaxWaitSeconds", "0.3").Set("sceneRetryBudget", "0").RunAsync();

        run.Result.State.Scenes["scene-001"].Attempts[0].Withdrawn.ShouldBe("interrupted");
        var queue = await run.AskAsync("/queue");
        (queue["queue_running"]!.AsArray().Count, queue["queue_pending"]!.AsArray().Count).ShouldBe((0, 0));
    }
}
