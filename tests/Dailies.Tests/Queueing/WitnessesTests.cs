using Dailies.Queueing;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Queueing;

/// <summary>What socket, queue and history say about one prompt, folded.</summary>
public class WitnessesTests
{
    private static readonly PromptEnd Success = new(PromptOutcome.Succeeded);
    private static readonly Witnesses Submitted = Witnesses.Submitted(100);
    private static readonly Witnesses Pending = Submitted.Looked(200, PromptPlace.Pending, readHistory: false, end: null);
    private static readonly Witnesses Running = Pending.Looked(300, PromptPlace.Running, readHistory: false, end: null);
    private static readonly Witnesses Silent = Running.LookFailed(400, readHistory: true);

    public static TheoryData<string, Witnesses, Witnesses> Folds => new()
    {
        { "submitted", Submitted, new Witnesses { SubmittedAt = 100, ChangedAt = 100 } },
        { "found pending: a change of place, no start", Pending, Submitted with { LookedAt = 200, Place = PromptPlace.Pending, ChangedAt = 200 } },
        { "still pending: no change", Pending.Looked(250, PromptPlace.Pending, false, null), Pending with { LookedAt = 250 } },
        { "still pending, but the queue moved: a change", Pending.Looked(250, PromptPlace.Pending, false, null, queueMoved: true), Pending with { LookedAt = 250, ChangedAt = 250 } },
        { "found running: it started by now", Running, Pending with { LookedAt = 300, Looks = 1, Place = PromptPlace.Running, ChangedAt = 300, StartedAt = 300 } },
        { "heard alive: it started", Pending.HeardAlive(210), Pending with { StartedAt = 210, ChangedAt = 210 } },
        { "heard alive again: the first start stands", Pending.HeardAlive(210).HeardAlive(220), Pending with { StartedAt = 210, ChangedAt = 220 } },
        { "heard its success", Running.HeardEnd(350, success: true), Running with { SuccessAt = 350, ChangedAt = 350 } },
        { "heard its success again: the first word stands", Running.HeardEnd(350, true).HeardEnd(360, true), Running with { SuccessAt = 350, ChangedAt = 360 } },
        { "heard its interruption: no success", Running.HeardEnd(350, success: false), Running with { ChangedAt = 350 } },
        { "heard its failure: no success", Running.HeardFailure(350), Running with { ChangedAt = 350, FailureHeard = true } },
        { "heard its failure after success: the success stands", Running.HeardEnd(350, true).HeardEnd(360, false), Running with { SuccessAt = 350, ChangedAt = 360 } },
        { "heard a cache hit's end without a start", Pending.HeardEnd(220, success: true), Pending with { StartedAt = 220, SuccessAt = 220, ChangedAt = 220 } },
        { "heard that it is over", Running.HeardOver(350), Running with { SocketSaysOver = true, ChangedAt = 350 } },
        { "a look answers the socket's word", Running.HeardOver(350).Looked(360, PromptPlace.Running, false, null), Running with { LookedAt = 360, Looks = 2, ChangedAt = 350 } },
        { "the socket is gone: no change by itself", Running.HeardLoss(), Running with { ContactLost = true } },
        { "a look failed", Silent, Running with { LookedAt = 400, HistoryReads = 1, SilentSince = 400, ContactLost = true } },
        { "another look failed: silent since the first", Silent.LookFailed(500, readHistory: false), Silent with { LookedAt = 500 } },
        { "a failed look spends the socket's word", Running.HeardOver(350).LookFailed(400, true), Silent with { ChangedAt = 350 } },
        { "it answers again: not silent, but contact was lost", Silent.Looked(500, PromptPlace.Running, false, null), Silent with { LookedAt = 500, Looks = 2, SilentSince = null } },
        { "nowhere once", Running.Looked(400, PromptPlace.Nowhere, true, null), Running with { LookedAt = 400, Looks = 2, HistoryReads = 1, Place = PromptPlace.Nowhere, NowhereLooks = 1, ChangedAt = 400 } },
        {
            "nowhere twice", Running.Looked(400, PromptPlace.Nowhere, true, null).Looked(500, PromptPlace.Nowhere, true, null),
            Running with { LookedAt = 500, Looks = 3, HistoryReads = 2, Place = PromptPlace.Nowhere, NowhereLooks = 2, ChangedAt = 400 }
        },
        {
            "nowhere, then found: the count begins anew", Running.Looked(400, PromptPlace.Nowhere, true, null).Looked(500, PromptPlace.Running, false, null),
            Running with { LookedAt = 500, Looks = 3, HistoryReads = 1, ChangedAt = 500 }
        },
        {
            "nowhere, silence, nowhere: still two in a row", Running.Looked(400, PromptPlace.Nowhere, true, null).LookFailed(450, false).Looked(500, PromptPlace.Nowhere, true, null),
            Running with { LookedAt = 500, Looks = 3, HistoryReads = 2, Place = PromptPlace.Nowhere, NowhereLooks = 2, ChangedAt = 400, ContactLost = true }
        },
        {
            "the history says success before anybody saw it run", Pending.Looked(300, PromptPlace.Ended, true, Success),
            Pending with { LookedAt = 300, Looks = 1, HistoryReads = 1, Place = PromptPlace.Ended, ChangedAt = 300, StartedAt = 300, SuccessAt = 300, End = Success }
        },
        {
            "the history says success after the socket did", Running.HeardEnd(350, true).Looked(360, PromptPlace.Ended, true, Success),
            Running with { LookedAt = 360, Looks = 2, HistoryReads = 1, Place = PromptPlace.Ended, ChangedAt = 360, SuccessAt = 350, End = Success }
        },
        {
            "the history says failure", Running.Looked(360, PromptPlace.Ended, true, new PromptEnd(PromptOutcome.Failed)),
            Running with { LookedAt = 360, Looks = 2, HistoryReads = 1, Place = PromptPlace.Ended, ChangedAt = 360, End = new PromptEnd(PromptOutcome.Failed) }
        },
    };

    [Theory]
    [MemberData(nameof(Folds))]
    public void Each_word_changes_what_it_says_and_nothing_else(string word, Witnesses seen, Witnesses expected) => seen.ShouldBe(expected, word);

    [Fact]
    public void Facts_are_the_spans_since_what_was_witnessed()
    {
        var clock = new FakeTimeProvider();
        var seen = new Witnesses
        {
            SubmittedAt = 1_000,
            StartedAt = 2_000,
            ChangedAt = 3_000,
            LookedAt = 4_000,
            SilentSince = 5_000,
            SuccessAt = 6_000,
            FailureHeard = true,
            SocketSaysOver = true,
            Restarted = true,
            NowhereLooks = 7,
            Looks = 8,
            HistoryReads = 9,
            End = Success,
        };

        AttemptFacts.Of(seen, clock, 10_000).ShouldBe(new AttemptFacts
        {
            SinceSubmit = new TimeSpan(9_000),
            SinceStart = new TimeSpan(8_000),
            SinceChange = new TimeSpan(7_000),
            SinceLook = new TimeSpan(6_000),
            SinceSilent = new TimeSpan(5_000),
            SinceSuccess = new TimeSpan(4_000),
            FailureHeard = true,
            SocketSaysOver = true,
            Restarted = true,
            NowhereLooks = 7,
            Looks = 8,
            End = Success,
        });
        AttemptFacts.Of(Submitted, clock, 100).ShouldBe(new AttemptFacts { SinceSubmit = TimeSpan.Zero, SinceChange = TimeSpan.Zero });
    }
}
