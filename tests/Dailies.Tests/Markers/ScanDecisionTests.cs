using Dailies.Markers;

namespace Dailies.Tests.Markers;

/// <summary>How much of the time the sentinel may take.</summary>
public class ScanDecisionTests
{
    private static readonly SentinelPolicy Policy = new();

    // Seconds: since the last scan of everything, what that cost.
    [Theory]
    [InlineData("small folders: each interval", 2, 0.001, true, true)]
    [InlineData("not before the interval", 1.9, 0.001, true, false)]
    [InlineData("with events a large one may take a twentieth", 5.9, 0.3, true, false)]
    [InlineData("with events a large one may take a twentieth", 6, 0.3, true, true)]
    [InlineData("without events a fifth", 2, 0.3, false, true)]
    [InlineData("without events a fifth", 39, 10, false, false)]
    [InlineData("without events a fifth", 40, 10, false, true)]
    public void Everything_is_looked_at_when_it_can_be_afforded(string what, double since, double cost, bool events, bool due) =>
        ScanDecision.IsFullDue(Policy, TimeSpan.FromSeconds(since), TimeSpan.FromSeconds(cost), events).ShouldBe(due, what);

    [Theory]
    [InlineData("nothing on its way", 0, null, 2)]
    [InlineData("one is soon whole", 0, 0.7, 0.7)]
    [InlineData("one takes longer than the interval", 0, 3.0, 2)]
    [InlineData("a dear look is followed by a rest", 1, null, 4)]
    [InlineData("even where one is soon whole", 1, 0.1, 4)]
    public void It_rests_for_the_interval_or_until_a_sequence_may_be_whole(string what, double cost, double? left, double pause) =>
        ScanDecision.Pause(Policy, TimeSpan.FromSeconds(cost), left is { } l ? TimeSpan.FromSeconds(l) : null).ShouldBe(TimeSpan.FromSeconds(pause), what);
}
