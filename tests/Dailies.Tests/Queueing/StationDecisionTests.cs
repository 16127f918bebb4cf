using CsCheck;
using Dailies.Queueing;

namespace Dailies.Tests.Queueing;

/// <summary>The circuit breaker of one station.</summary>
public class StationDecisionTests
{
    private static readonly StationHealth Fresh = new();

    // health, sign, ours, step
    public static TheoryData<string, StationHealth, StationSign, bool, string> Table => new()
    {
        { "well", Fresh, StationSign.Well, false, "Go" },
        { "well and ours", Fresh, StationSign.Well, true, "Go" },
        { "ours ended", Fresh, StationSign.Ended, true, "Restart" },
        { "ours is stuck", Fresh, StationSign.Stuck, true, "Restart" },
        { "ours is silent", Fresh, StationSign.Silent, true, "Restart" },
        { "ours lost its device", Fresh with { DeviceLosses = 1 }, StationSign.DeviceLost, true, "Restart" },
        { "ours was restarted twice", Fresh with { Restarts = 2 }, StationSign.Ended, true, "Restart" },
        { "ours was restarted three times", Fresh with { Restarts = 3 }, StationSign.Ended, true, "Halt" },
        { "somebody's is stuck", Fresh, StationSign.Stuck, false, "Halt" },
        { "somebody's is silent", Fresh, StationSign.Silent, false, "Halt" },
        { "somebody's lost its device at one scene", Fresh with { DeviceLosses = 1 }, StationSign.DeviceLost, false, "Go" },
        { "at two scenes", Fresh with { DeviceLosses = 2 }, StationSign.DeviceLost, false, "Rest 15" },
        { "again", Fresh with { DeviceLosses = 3, Rests = 1 }, StationSign.DeviceLost, false, "Rest 30" },
        { "and again", Fresh with { DeviceLosses = 4, Rests = 2 }, StationSign.DeviceLost, false, "Rest 60" },
        { "three rests did not help", Fresh with { DeviceLosses = 5, Rests = 3 }, StationSign.DeviceLost, false, "Halt" },
        { "four scenes failed within seconds", Fresh with { QuickFailures = 4 }, StationSign.Well, false, "Go" },
        { "five did", Fresh with { QuickFailures = 5 }, StationSign.Well, false, "Rest 15" },
        { "five did, and it is ours", Fresh with { QuickFailures = 5 }, StationSign.Well, true, "Rest 15" },
        { "after three rests", Fresh with { QuickFailures = 8, Rests = 3 }, StationSign.Well, false, "Halt" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void The_first_rule_that_holds_wins(string rule, StationHealth health, StationSign sign, bool ours, string step) =>
        Name(StationDecision.Next(health, sign, ours)).ShouldBe(step, rule);

    // kind, seconds of execution, counts
    [Theory]
    [InlineData("executionError", 0, true)]
    [InlineData("executionError", 4.9, true)]
    [InlineData("executionError", 5, false)]
    [InlineData("rejected", 0, true)]
    [InlineData("outOfMemory", 1, true)]
    [InlineData("outputsMissing", 1, true)]
    [InlineData("interrupted", 0, false)]
    [InlineData("stalled", 0, false)]
    [InlineData("timedOut", 0, false)]
    [InlineData("badFrames", 1, false)]
    public void What_fails_within_seconds_counts_against_the_station(string kind, double ran, bool counts) =>
        (Fresh with { QuickFailures = 2 }).Failed(kind, TimeSpan.FromSeconds(ran)).QuickFailures.ShouldBe(counts ? 3 : 0);

    [Fact]
    public void One_scene_that_loses_the_device_again_and_again_counts_once() =>
        Fresh.LostDevice("scene-001").LostDevice("scene-001").LostDevice("scene-002").DeviceLosses.ShouldBe(2);

    [Fact]
    public void A_take_makes_a_station_well() => StationHealth.AfterTake.ShouldBe(Fresh);

    // Whatever goes wrong, in whatever order: without a take in between, a station is tried a bounded number of times.
    [Fact]
    public void Nothing_is_tried_for_ever() => Gen.Select(Gen.Enum<StationSign>(), Gen.Int[1, 4]).Array[60].Sample(
        signs =>
        {
            var health = Fresh;
            var (rests, restarts) = (0, 0);
            foreach (var (sign, scene) in signs)
            {
                health = sign == StationSign.DeviceLost ? health.LostDevice($"scene-{scene}") : health.Failed("executionError", TimeSpan.Zero);
                switch (StationDecision.Next(health, sign, ours: scene % 2 == 0))
                {
                    case StationStep.Rest:
                        (health, rests) = (health.Rested(), rests + 1);
                        break;
                    case StationStep.Restart:
                        (health, restarts) = (health.Restarted(), restarts + 1);
                        break;
                }
            }

            rests.ShouldBeLessThanOrEqualTo(StationDecision.MostRests);
            restarts.ShouldBeLessThanOrEqualTo(StationDecision.MostRestarts);
        },
        iter: 500);

    private static string Name(StationStep step) => step is StationStep.Rest rest ? $"Rest {rest.Span.TotalSeconds}" : step.GetType().Name;
}
