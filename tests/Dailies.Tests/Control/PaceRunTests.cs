using Dailies.Ledger;

namespace Dailies.Tests.Control;

/// <summary>A run whose patience is shorter than its workflow's earlier takes is warned before it starts, and goes on.</summary>
public class PaceRunTests
{
    [Fact]
    public async Task A_run_with_less_patience_than_earlier_takes_needed_says_so_first()
    {
        await using var run = await SmallRun.WithAsync(scenes: 2, steps: 2, stepDelay: TimeSpan.FromMilliseconds(200));
        run.Setup().Request!.Warnings.ShouldBeEmpty("nothing is known yet");
        await run.RunAsync();

        var patient = run.Setup().Request!.Warnings;
        await run.Set("sceneMaxWaitSeconds", "0.2").Set("sceneRetryBudget", "0").RunAsync();

        patient.ShouldBeEmpty();
        var warned = run.Events().Index().Single(e => e.Item is RunNoted { Text: var text } && text.StartsWith("the max wait of 0.2 s is shorter than this workflow's usual execution of 0.", StringComparison.Ordinal));
        ((RunNoted)warned.Item).Text.ShouldEndWith(" s (the median of 2 takes in 1 earlier run): raise --scene-max-wait-seconds");
        run.Events().Index().First(e => e.Item is AttemptStarted).Index.ShouldBeGreaterThan(warned.Index);
        run.Summary.ShouldContain("[Run] the max wait of 0.2 s is shorter");
        run.Result.Verdict.Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_workflow_s_takes_say_nothing()
    {
        await using var run = await SmallRun.WithAsync(scenes: 1, steps: 2, stepDelay: TimeSpan.FromMilliseconds(200));
        await run.RunAsync();
        run.Write("story/workflow.json", Tests.Animatic.Graphs.Shot(frames: 2, steps: 3).ToJsonString());

        run.Set("sceneMaxWaitSeconds", "0.2").Setup().Request!.Warnings.ShouldBeEmpty();
    }
}
