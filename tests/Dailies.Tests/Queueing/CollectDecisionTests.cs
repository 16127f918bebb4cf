using CsCheck;
using Dailies.Queueing;

namespace Dailies.Tests.Queueing;

/// <summary>When files in a folder are a take: by a marker, by stability, by force, or never.</summary>
public class CollectDecisionTests
{
    // Marker 60 s, post-execution 30 s, three windows of 5 s, a look every 2 s.
    private static readonly QueuePolicy Default = new();
    private static readonly CollectFacts Fresh = new() { SinceSuccess = TimeSpan.Zero };
    private static readonly CollectFacts Whole = new() { SinceSuccess = S(6), Files = 25, Expected = 25, Unchanged = S(5) };

    public static TheoryData<string, CollectFacts, CollectStep> Rows => new()
    {
        { "nothing yet", Fresh, Wait(2) },
        { "nothing, and the last wait is cut short", Fresh with { SinceSuccess = S(29) }, Wait(1) },
        { "nothing when outputs may lag no longer", Fresh with { SinceSuccess = S(30) }, new CollectStep.Fail("success was reported, but no file had come after 30 s") },
        { "nothing, and the marker is still waited for", Fresh with { SinceSuccess = S(40), MarkerWanted = true }, Wait(2) },
        { "the marker's time is cut short too", Fresh with { SinceSuccess = S(59.5), MarkerWanted = true }, Wait(0.5) },
        { "nothing, and no marker either", Fresh with { SinceSuccess = S(60), MarkerWanted = true }, new CollectStep.Fail("success was reported, but no file had come after 60 s") },
        { "a marker that fits", Whole with { SinceSuccess = S(0.2), Unchanged = TimeSpan.Zero, MarkerWanted = true, MarkerFits = true }, new CollectStep.Take(true) },
        { "a marker beside a torn file", Whole with { MarkerWanted = true, MarkerFits = true, Flaw = "torn" }, Wait(2) },
        { "stable, but its marker is waited for", Whole with { SinceSuccess = S(59), Unchanged = S(50), MarkerWanted = true }, Wait(1) },
        { "stable, and its marker did not come", Whole with { SinceSuccess = S(60), Unchanged = S(50), MarkerWanted = true }, new CollectStep.Take(false) },
        { "stable", Whole, new CollectStep.Take(false) },
        { "stable in a moment", Whole with { Unchanged = S(4) }, Wait(1) },
        { "a change begins the window anew", Whole with { SinceSuccess = S(20), Unchanged = TimeSpan.Zero }, Wait(2) },
        { "more than expected", Whole with { Files = 26 }, new CollectStep.Take(false) },
        { "how many is not known", Whole with { Files = 7, Expected = null }, new CollectStep.Take(false) },
        { "one is missing", Whole with { Files = 24 }, Wait(2) },
        { "a flaw", Whole with { Flaw = "number 7 is missing" }, Wait(2) },
        { "one is missing, and all windows are over", Whole with { Files = 24, SinceSuccess = S(29), Unchanged = S(20) }, Wait(1) },
        { "one is missing when outputs may lag no longer", Whole with { Files = 24, SinceSuccess = S(30), Unchanged = S(20) }, new CollectStep.Force() },
        { "it never stops changing", Whole with { SinceSuccess = S(30), Unchanged = S(1) }, new CollectStep.Force() },
        { "windows count from the end of the marker's time", Whole with { SinceSuccess = S(74), Unchanged = S(1), MarkerWanted = true }, Wait(1) },
        { "no marker, no stability", Whole with { SinceSuccess = S(75), Unchanged = S(1), MarkerWanted = true }, new CollectStep.Force() },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_next_step_is(string why, CollectFacts facts, CollectStep step) => CollectDecision.Next(Default, facts).ShouldBe(step, why);

    [Fact]
    public void A_window_of_zero_takes_what_is_there_at_once() =>
        CollectDecision.Next(Default with { Stability = TimeSpan.Zero }, Whole with { SinceSuccess = TimeSpan.Zero, Unchanged = TimeSpan.Zero }).ShouldBe(new CollectStep.Take(false));

    [Fact]
    public void No_wait_is_empty_or_longer_than_a_look() =>
        Facts.Sample(facts => (CollectDecision.Next(Default, facts) as CollectStep.Wait)?.Delay.ShouldBeInRange(TimeSpan.FromTicks(1), Default.HistoryPollInterval));

    [Fact]
    public void Waiting_ends_whatever_the_files_do() =>
        Facts.Sample(facts => CollectDecision.Next(Default, facts with { SinceSuccess = S(75) }).ShouldNotBeOfType<CollectStep.Wait>());

    [Fact]
    public void What_is_flawed_is_only_ever_taken_by_force() =>
        Facts.Sample(facts => CollectDecision.Next(Default, facts with { Flaw = "torn" }).ShouldNotBeOfType<CollectStep.Take>());

    private static Gen<CollectFacts> Facts =>
        from since in Gen.Double[0, 100]
        from unchanged in Gen.Double[0, 100]
        from files in Gen.Int[0, 30]
        from expected in Gen.Int[0, 30].Nullable()
        from wanted in Gen.Bool
        from fits in Gen.Bool
        from flawed in Gen.Bool
        select new CollectFacts
        {
            SinceSuccess = S(since),
            Unchanged = S(unchanged),
            Files = files,
            Expected = expected,
            MarkerWanted = wanted,
            MarkerFits = wanted && fits && files > 0,
            Flaw = flawed ? "torn" : null,
        };

    private static CollectStep.Wait Wait(double seconds) => new(S(seconds));

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
