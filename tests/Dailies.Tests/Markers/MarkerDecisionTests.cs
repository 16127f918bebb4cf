using Dailies.Contract;
using Dailies.Markers;

namespace Dailies.Tests.Markers;

/// <summary>When a sequence is marked, and what an old marker is worth.</summary>
public class MarkerDecisionTests
{
    private static readonly DateTime Ten = new(2026, 11, 23, 10, 0, 0, DateTimeKind.Utc);
    private static readonly SentinelPolicy Policy = new() { MinFrames = 2 };
    private static readonly SequenceFacts Still = new() { Frames = 25, Unchanged = TimeSpan.FromSeconds(3), Marker = MarkerStanding.None };
    private static readonly FrameSequence Frames = new("p") { Frames = 25, Newest = Ten };

    public static TheoryData<string, SequenceFacts, MarkerStep> Table => new()
    {
        { "nothing has changed", Still, new MarkerStep.Mark() },
        { "just seen", Still with { Unchanged = TimeSpan.Zero }, new MarkerStep.Wait(TimeSpan.FromSeconds(3)) },
        { "almost", Still with { Unchanged = TimeSpan.FromSeconds(2.9) }, new MarkerStep.Wait(TimeSpan.FromSeconds(0.1)) },
        { "marked before", Still with { Marker = MarkerStanding.Fits }, new MarkerStep.Done() },
        { "marked by the node a moment ago", Still with { Marker = MarkerStanding.Fits, Unchanged = TimeSpan.Zero }, new MarkerStep.Done() },
        { "a marker of other frames", Still with { Marker = MarkerStanding.Stale }, new MarkerStep.Renew() },
        { "a marker of other frames, and still changing", Still with { Marker = MarkerStanding.Stale, Unchanged = TimeSpan.FromSeconds(1) }, new MarkerStep.Wait(TimeSpan.FromSeconds(2)) },
        { "too few", Still with { Frames = 1 }, new MarkerStep.TooFew() },
        { "too few, and a stale marker", Still with { Frames = 1, Marker = MarkerStanding.Stale }, new MarkerStep.TooFew() },
        { "just enough", Still with { Frames = 2 }, new MarkerStep.Mark() },
        { "a torn frame", Still with { Torn = "p_00007_.png" }, new MarkerStep.Incomplete("p_00007_.png") },
        { "a torn frame, for hours", Still with { Torn = "p_00007_.png", Unchanged = TimeSpan.FromHours(5) }, new MarkerStep.Incomplete("p_00007_.png") },
        { "a torn frame, and a stale marker", Still with { Torn = "p_00007_.png", Marker = MarkerStanding.Stale }, new MarkerStep.Incomplete("p_00007_.png") },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_sequence_gets_its_step(string what, SequenceFacts facts, MarkerStep step) => MarkerDecision.Next(Policy, facts).ShouldBe(step, what);

    public static TheoryData<string, MarkerFile, bool> Markers => new()
    {
        { "as many, and later", Marker(25, Ten.AddSeconds(3)), true },
        { "as many, in the same tick", Marker(25, Ten), true },
        { "of another frame as the last: it need not know", Marker(25, Ten) with { Content = new DoneMarker(null, 25, "p_00001_.png") }, true },
        { "older than a frame", Marker(25, Ten.AddTicks(-1)), false },
        { "fewer", Marker(24, Ten.AddSeconds(3)), false },
        { "more", Marker(26, Ten.AddSeconds(3)), false },
        { "without a count", Marker(null, Ten.AddSeconds(3)), false },
        { "no marker at all", Marker(25, Ten.AddSeconds(3)) with { Content = null }, false },
    };

    [Theory]
    [MemberData(nameof(Markers))]
    public void A_marker_fits_when_it_speaks_of_exactly_these_frames(string what, MarkerFile marker, bool fits) => marker.Fits(Frames).ShouldBe(fits, what);

    private static MarkerFile Marker(int? count, DateTime written) => new("p.done", written, new DoneMarker(null, count, null));
}
