using CsCheck;
using Dailies.Contract;
using Dailies.Queueing;

namespace Dailies.Tests.Queueing;

/// <summary>What happens to a scene after each kind of end.</summary>
public class RetryDecisionTests
{
    private static readonly QueuePolicy Default = new();
    private static readonly SceneTally First = new(Charged: 1, Uncharged: 0);
    private static readonly SceneTally Last = new(Charged: 2, Uncharged: 0);

    // Kind, charged, with budget left, with the budget used.
    public static TheoryData<string?, bool, RetryStep, RetryStep> Kinds => new()
    {
        { null, true, new RetryStep.Accept(BelowFloor: false), new RetryStep.Accept(BelowFloor: false) },
        { "rejected", true, new RetryStep.GiveUp("rejected"), new RetryStep.GiveUp("rejected") },
        { "executionError", true, Again("executionError"), new RetryStep.GiveUp("executionError") },
        { "outOfMemory", true, Again("outOfMemory"), new RetryStep.GiveUp("outOfMemory") },
        { "deviceLost", false, Station("deviceLost", 2), Station("deviceLost", 2) },
        { "interrupted", true, new RetryStep.GiveUp("interrupted"), new RetryStep.GiveUp("interrupted") },
        { "stationLost", false, Station("stationLost", 2), Station("stationLost", 2) },
        { "stalled", true, Again("stalled"), new RetryStep.GiveUp("stalled") },
        { "timedOut", true, Again("timedOut"), new RetryStep.GiveUp("timedOut") },
        { "outputsMissing", true, Again("outputsMissing"), new RetryStep.GiveUp("outputsMissing") },
        { "badFrames", true, Again("badFrames"), new RetryStep.GiveUp("badFrames") },
        { "localStorage", false, new RetryStep.StopRun("localStorage"), new RetryStep.StopRun("localStorage") },
        { "canceled", false, new RetryStep.StopRun("canceled"), new RetryStep.StopRun("canceled") },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_set_aside_takes_the_place_of_giving_up(string? kind, bool charged, RetryStep withBudget, RetryStep without)
    {
        charged.ShouldBe(RetryDecision.IsCharged(kind));
        foreach (var (tally, step) in new[] { (First, withBudget), (Last, without) })
        {
            var aside = tally with { Aside = 1, Uncharged = charged ? 0 : 1, OutOfMemory = tally.Charged };
            RetryDecision.Next(Default, new Settlement(kind), aside).ShouldBe(step is RetryStep.GiveUp given ? new RetryStep.FallBack(1, given.Kind, given.Why) : step);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_has_its_consequence(string? kind, bool charged, RetryStep withBudget, RetryStep without)
    {
        var uncharged = charged ? 0 : 1;

        RetryDecision.IsCharged(kind).ShouldBe(charged);
        RetryDecision.Next(Default, new Settlement(kind), First with { Uncharged = uncharged, OutOfMemory = 1 }).ShouldBe(withBudget);
        RetryDecision.Next(Default, new Settlement(kind), Last with { Uncharged = uncharged, OutOfMemory = 2 }).ShouldBe(without);
    }

    [Fact]
    public void The_table_has_every_kind() =>
        Kinds.Select(row => row.Data.Item1).OfType<string>().ShouldBe(FailureKind.All, ignoreOrder: true);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    public void A_lost_station_gets_time_to_restart(int losses, double pause) =>
        RetryDecision.Next(Default, new Settlement("stationLost"), new SceneTally(0, losses)).ShouldBe(Station("stationLost", pause));

    [Theory]
    [InlineData("stationLost")]
    [InlineData("deviceLost")]
    public void The_fourth_fault_of_the_station_ends_the_scene(string kind) =>
        RetryDecision.Next(Default, new Settlement(kind), new SceneTally(0, 4)).ShouldBe(new RetryStep.GiveUp(kind));

    [Fact]
    public void Out_of_memory_falls_rung_by_rung_uncharged_and_then_costs_the_budget()
    {
        var policy = Default with { LadderRungs = 2 };
        var tally = new SceneTally(0, 0);
        List<(int Charged, bool Again)> fall = [];
        do
        {
            tally = tally.With(policy, "outOfMemory");
            fall.Add((tally.Charged, RetryDecision.Next(policy, new Settlement("outOfMemory"), tally) is RetryStep.Again));
        }
        while (fall[^1].Again);

        fall.ShouldBe([(0, true), (0, true), (1, true), (2, false)]);
    }

    // 19 of 25 frames: mode, graph takes its count from the scene, with budget left, with the budget used.
    public static TheoryData<BelowFloor, bool, RetryStep, RetryStep> Floors => new()
    {
        { BelowFloor.Warn, true, new RetryStep.Accept(BelowFloor: true), new RetryStep.Accept(BelowFloor: true) },
        { BelowFloor.Warn, false, new RetryStep.Accept(BelowFloor: true), new RetryStep.Accept(BelowFloor: true) },
        { BelowFloor.Retry, true, TooShort, new RetryStep.Accept(BelowFloor: true) },
        { BelowFloor.Retry, false, new RetryStep.Accept(BelowFloor: true), new RetryStep.Accept(BelowFloor: true) },
        { BelowFloor.Fail, true, TooShort, new RetryStep.GiveUp("badFrames") },
        { BelowFloor.Fail, false, new RetryStep.GiveUp("badFrames"), new RetryStep.GiveUp("badFrames") },
    };

    [Theory]
    [MemberData(nameof(Floors))]
    public void A_take_below_its_floor_goes_by_the_knob(BelowFloor mode, bool framesBound, RetryStep withBudget, RetryStep without)
    {
        var policy = Default with { BelowFloor = mode };
        var settled = new Settlement(null, FrameCount: 19, FrameFloor: 25, framesBound);

        RetryDecision.Next(policy, settled, First).ShouldBe(withBudget);
        RetryDecision.Next(policy, settled, Last).ShouldBe(without);
    }

    [Fact]
    public void A_doubtful_take_is_tried_again_within_the_budget_and_then_accepted()
    {
        var settled = new Settlement(null, FrameCount: 25, FrameFloor: 25, Doubt: "the take is dark");

        RetryDecision.Next(Default, settled, First).ShouldBe(new RetryStep.Again(TimeSpan.Zero, "badFrames", "the take is dark"));
        RetryDecision.Next(Default, settled, Last).ShouldBe(new RetryStep.Accept(BelowFloor: false));
    }

    [Theory]
    [InlineData("stationLost")]
    [InlineData("deviceLost")]
    public void A_scene_that_takes_the_station_down_twice_is_set_aside(string kind)
    {
        RetryDecision.Next(Default, new Settlement(kind), new SceneTally(0, 1, TookDown: 1)).ShouldBeOfType<RetryStep.Again>();
        RetryDecision.Next(Default, new Settlement(kind), new SceneTally(0, 2, TookDown: 2)).ShouldBeOfType<RetryStep.GiveUp>().Why.ShouldNotBeNull().ShouldStartWith("set aside");
    }

    [Theory]
    [InlineData(0, 1.5)]
    [InlineData(0.5, 2)]
    [InlineData(1, 2.5)]
    public void Chance_spreads_a_pause_by_a_quarter_either_way(double chance, double pause) =>
        RetryDecision.Next(Default, new Settlement("stationLost"), new SceneTally(0, 1), chance).ShouldBe(Station("stationLost", pause));

    [Theory]
    [InlineData(24, true)]
    [InlineData(25, false)]
    [InlineData(26, false)]
    public void The_floor_itself_is_enough(int frames, bool below) =>
        RetryDecision.Next(Default with { BelowFloor = BelowFloor.Warn }, new Settlement(null, frames, 25), First).ShouldBe(new RetryStep.Accept(below));

    [Fact]
    public void A_budget_of_0_means_one_attempt() =>
        RetryDecision.Next(Default with { SceneRetryBudget = 0 }, new Settlement("timedOut"), First).ShouldBe(new RetryStep.GiveUp("timedOut"));

    // Whatever the outcomes are, in whatever order.
    [Fact]
    public void No_scene_is_charged_more_than_its_budget_and_one_and_every_scene_ends() => Gen.Select(AnyPolicy, AnySettlement.Array[30]).Sample(
        (policy, outcomes) =>
        {
            var tally = new SceneTally(0, 0);
            RetryStep? step = null;
            foreach (var settled in outcomes)
            {
                tally = tally.With(policy, settled.Kind);
                tally.Charged.ShouldBeLessThanOrEqualTo(policy.SceneRetryBudget + 1);
                tally.Uncharged.ShouldBeLessThanOrEqualTo(RetryDecision.MostUncharged + 1);
                step = RetryDecision.Next(policy, settled, tally);
                if (step is not RetryStep.Again)
                {
                    break;
                }
            }

            step.ShouldNotBeNull().ShouldNotBeOfType<RetryStep.Again>();
        },
        iter: 2_000);

    [Fact]
    public void A_take_is_accepted_or_named_bad_and_a_failure_is_never_accepted() => Gen.Select(AnyPolicy, AnySettlement, Gen.Int[1, 11], Gen.Int[0, 3]).Sample(
        (policy, settled, charged, uncharged) =>
        {
            var kind = RetryDecision.Next(policy, settled, new SceneTally(charged, uncharged)) switch
            {
                RetryStep.Accept => null,
                RetryStep.Again again => again.Kind,
                RetryStep.GiveUp given => given.Kind,
                RetryStep.StopRun stop => stop.Kind,
                var step => throw new InvalidOperationException(step.ToString()),
            };

            kind.ShouldBe(settled.Kind ?? (kind is null ? null : FailureKind.BadFrames));
        },
        iter: 2_000);

    private static readonly Gen<QueuePolicy> AnyPolicy =
        from budget in Gen.Int[0, 10]
        from mode in Gen.Enum<BelowFloor>()
        select new QueuePolicy { SceneRetryBudget = budget, BelowFloor = mode };

    private static readonly Gen<Settlement> AnySettlement =
        from kind in Gen.Int[-1, FailureKind.All.Count - 1].Select(i => i < 0 ? null : FailureKind.All[i])
        from count in Gen.Int[0, 50]
        from floor in Gen.Int[1, 50]
        from bound in Gen.Bool
        select new Settlement(kind, count, floor, bound);

    private static RetryStep.Again TooShort => new(TimeSpan.Zero, "badFrames", "Frame count below floor (19/25)");

    private static RetryStep.Again Again(string kind) => new(TimeSpan.Zero, kind, "within the retry budget");

    private static RetryStep.Again Station(string kind, double pause) => new(TimeSpan.FromSeconds(pause), kind, "the station's fault, not charged");
}
