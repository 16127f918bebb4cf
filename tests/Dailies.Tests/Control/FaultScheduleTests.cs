using System.Globalization;
using Dailies.Contract;

namespace Dailies.Tests.Control;

/// <summary>Several faults at once, and kills: how each scene ends is nobody's script, but the invariants hold; and a run that had to halt ends whole
/// once it is resumed on a station in order.</summary>
[Collection(RunsAlone.Name)]
public class FaultScheduleTests
{
    private const int InTheGate = 25, All = 300;

    /// <summary>A fixed sample; all of them when DAILIES_TEST_ALL is 1; the ones in DAILIES_FAULT_SEEDS, comma between them, when a failure is looked into.</summary>
    public static TheoryData<int> Seeds => Environment.GetEnvironmentVariable("DAILIES_FAULT_SEEDS") is { Length: > 0 } named
        ? [.. named.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))]
        : [.. Enumerable.Range(1, Environment.GetEnvironmentVariable("DAILIES_TEST_ALL") == "1" ? All : InTheGate)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Any_faults_at_once_keep_the_invariants(int seed)
    {
        var schedule = FaultSchedule.Of(seed);
        TestContext.Current.TestOutputHelper?.WriteLine(schedule.ToString());
        using var clock = new VirtualClock();
        await using var run = await SmallRun.OnClockAsync(clock, schedule.Faults, FaultSchedule.Scenes, seed);
        foreach (var knob in FaultSchedule.Knobs.Select(k => k.Split('=')))
        {
            run.Set(knob[0], knob[1]);
        }

        using var ended = new CancellationTokenSource();
        var kills = schedule.Kills.Select(k => KillAsync(run, k, ended.Token)).ToList();
        var result = await RunInvariants.HoldAsync(run, new RunBounds { Unseen = null, IsBlind = schedule.IsBlind, MayHalt = true }, async () =>
        {
            var rendered = await run.RunAsync();
            await ended.CancelAsync();
            await Task.WhenAll(kills);
            return rendered;
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"exit {result.ExitCode}, {result.State.Ended!.Why ?? "no halt"}");
        if (result.State.Ended!.State == RunStates.Failed)
        {
            await FaultMatrixTests.ResumeAsync(run, schedule.IsBlind);
        }
    }

    [Fact]
    public void A_seed_is_a_schedule_and_the_sample_holds_most_faults()
    {
        FaultSchedule.Of(7).ToString().ShouldBe(FaultSchedule.Of(7).ToString());
        var names = Enumerable.Range(1, All).SelectMany(s => FaultSchedule.Of(s).Faults.Split(',')).Select(f => f.Split('@', '*', '%')[0]).Distinct();
        names.ShouldBe(Dailies.Animatic.Fault.Names, ignoreOrder: true);
    }

    private static async Task KillAsync(SmallRun run, ScheduledKill kill, CancellationToken ended)
    {
        try
        {
            await Task.Delay(kill.At, run.Clock, ended);
            await run.Server!.KillAsync(kill.Down);
        }
        catch (OperationCanceledException)
        {
            // The run was faster.
        }
    }
}
