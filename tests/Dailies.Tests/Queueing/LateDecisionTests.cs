using Dailies.Contract;
using Dailies.Queueing;

namespace Dailies.Tests.Queueing;

/// <summary>Which attempts without a take may have finished all the same.</summary>
public class LateDecisionTests
{
    private static readonly LateFacts GivenUp = new(Queued: true, FailureKind.TimedOut, Withdrawn: "interrupted", Told: false);

    public static TheoryData<string, LateFacts, bool> Table => new()
    {
        { "interrupted too late", GivenUp, true },
        { "left by itself while we waited", GivenUp with { Withdrawn = "left" }, true },
        { "would not go", GivenUp with { Withdrawn = "stuck" }, true },
        { "the station was dark", GivenUp with { Kind = FailureKind.StationLost, Withdrawn = "unreachable" }, true },
        { "stalled", GivenUp with { Kind = FailureKind.Stalled }, true },
        { "cut off by the operator", GivenUp with { Kind = FailureKind.Canceled }, true },
        { "success heard, no history", GivenUp with { Kind = FailureKind.OutputsMissing }, true },
        { "taken out of the queue before it began", GivenUp with { Withdrawn = "deleted" }, false },
        { "never taken", GivenUp with { Queued = false }, false },
        { "the history told its end", GivenUp with { Told = true }, false },
        { "refused", GivenUp with { Kind = FailureKind.Rejected }, false },
        { "failed", GivenUp with { Kind = FailureKind.ExecutionError }, false },
        { "a person stopped it", GivenUp with { Kind = FailureKind.Interrupted }, false },
        { "a take", GivenUp with { Kind = null }, false },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Only_what_nobody_saw_end_is_asked_about(string why, LateFacts facts, bool asked) => LateDecision.MayHaveFinished(facts).ShouldBe(asked, why);
}
