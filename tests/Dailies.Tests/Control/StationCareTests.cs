using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Tests.Control;

/// <summary>What bad scenes and bad stations cost the others: poison, the circuit breaker, and the end of the night. By a clock that jumps.</summary>
[Collection(RunsAlone.Name)]
public class StationCareTests
{
    [Fact]
    public async Task A_scene_that_takes_the_station_down_twice_is_set_aside_and_the_others_go_on()
    {
        using var clock = new VirtualClock();
        await using var run = await SmallRun.OnClockAsync(clock, "killed@scene-002", scenes: 4);

        var result = await run.RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count, result.State.State).ShouldBe((1, 0, RunStates.Finished));
        result.State.Scenes.Values.Select(s => s.Accepted is not null).ShouldBe([true, false, true, true]);
        var poison = result.State.Scenes["scene-002"];
        (poison.Failed!.FailureKind, poison.Attempts.Length, poison.Tally.Charged).ShouldBe((FailureKind.StationLost, 2, 0));
        poison.Failed.Message.ShouldStartWith("set aside: the station went down 2 times while it rendered this scene");
    }

    [Fact]
    public async Task Scenes_that_fail_within_seconds_in_a_row_rest_the_station_and_then_halt_the_run()
    {
        using var clock = new VirtualClock();
        await using var run = await SmallRun.OnClockAsync(clock, "error", scenes: 12);

        var result = await run.Set("sceneRetryBudget", "0").RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count, result.State.State).ShouldBe((3, 0, RunStates.Failed));
        run.Events().OfType<StationRested>().Select(r => r.Seconds).ShouldBe([15, 30, 60]);
        result.State.Scenes.Values.Count(s => s.Failed is not null).ShouldBe(8);
        result.State.Ended!.Why.ShouldNotBeNull().ShouldContain("8 scenes in a row failed within seconds");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_take_in_between_closes_the_breaker()
    {
        using var clock = new VirtualClock();
        var bad = string.Join(',', Enumerable.Range(1, 10).Where(n => n != 6).Select(n => $"error@{RunFolder.SceneId(n)}"));
        await using var run = await SmallRun.OnClockAsync(clock, bad, scenes: 11);

        var result = await run.Set("sceneRetryBudget", "0").RunAsync();

        (result.ExitCode, result.State.State).ShouldBe((1, RunStates.Finished));
        run.Events().OfType<StationRested>().ShouldHaveSingleItem();
        result.State.Scenes.Values.Count(s => s.Accepted is not null).ShouldBe(2);
    }

    [Fact]
    public async Task Until_its_time_a_run_sends_and_then_it_ends_with_evidence_and_can_go_on()
    {
        using var clock = new VirtualClock();
        await using var run = await SmallRun.OnClockAsync(clock, "", scenes: 5);
        var setup = run.Setup();

        // A scene takes a second here, so the second one is under way when the time comes.
        var loop = new Dailies.Control.RunLoop(setup.Request! with { Until = clock.GetUtcNow() + TimeSpan.FromSeconds(1.5) }, clock);
        var result = await loop.RunAsync(SmallRun.Cancel);

        (result.ExitCode, result.State.State, result.Verdict.Findings.Count).ShouldBe((1, RunStates.Stopped, 0));
        result.State.Ended!.Why.ShouldBe("its time was over (--until 22:00)");
        var taken = result.State.Scenes.Values.Count(s => s.Accepted is not null);
        taken.ShouldBeInRange(1, 3);
        run.Server!.Executions.ShouldBe(taken);
    }

    [Fact]
    public async Task A_failed_scene_gets_one_more_attempt_while_the_run_goes_on()
    {
        using var clock = new VirtualClock();
        await using var run = await SmallRun.OnClockAsync(clock, "refuse@scene-001:1", scenes: 6);

        var result = await run.RunAsync((e, folder, _) =>
        {
            if (e is SceneFailed { SceneId: "scene-001" })
            {
                File.WriteAllText(folder.At(RunFolder.RetryRequest("scene-001")), "77");
            }
        });

        (result.ExitCode, result.Verdict.Findings.Count, result.State.Scenes.Values.Count(s => s.Accepted is not null)).ShouldBe((0, 0, 6));
        result.State.Scenes["scene-001"].Attempts.Select(a => a.Seed).Last().ShouldBe(77UL);
        Directory.EnumerateFiles(run.RunDir, "*.requested").ShouldBeEmpty();
        run.Events().OfType<RunResumed>().ShouldBeEmpty();
    }
}
