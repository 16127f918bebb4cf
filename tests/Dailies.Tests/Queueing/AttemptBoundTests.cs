using CsCheck;
using Dailies.Contract;
using Dailies.Queueing;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Queueing;

/// <summary>Whole attempts on a clock that only the attempt moves: a limit is a bound, not a bound plus one interval.</summary>
public class AttemptBoundTests
{
    private static readonly Gen<QueuePolicy> AnyPolicy =
        from wait in Gen.Int[101, 100_000]
        from interval in Gen.Int[100, 100_000]
        from stall in Gen.Int[1, 200_000].Nullable()
        from queue in Gen.Int[1, 200_000].Nullable()
        from post in Gen.Int[0, 30_000]
        where interval < wait
        select new QueuePolicy
        {
            HistoryMaxWait = Ms(wait),
            HistoryPollInterval = Ms(interval),
            StallTimeout = stall is { } s ? Ms(s) : null,
            QueueWait = queue is { } q ? Ms(q) : null,
            PostExecutionTimeout = Ms(post),
        };

    [Fact]
    public void An_attempt_without_result_is_given_up_at_exactly_max_wait() => Gen.Select(AnyPolicy, Gen.Int[0, 90_000]).Sample(
        (policy, startAt) =>
        {
            var patient = policy with { StallTimeout = null, QueueWait = null };
            var end = Attempt(patient, [(startAt, w => w.HeardAlive)], _ => PromptPlace.Running);

            end.Fail.Reason.ShouldBe(ExitReason.MaxWait);
            (end.At - end.Seen.StartedAt!.Value).ShouldBe(patient.HistoryMaxWait.Ticks);
            end.Seen.LookedAt.ShouldBe(end.At);
        },
        iter: 300);

    [Fact]
    public void A_prompt_that_never_starts_is_given_up_at_exactly_the_queue_wait() => AnyPolicy.Sample(
        policy =>
        {
            var end = Attempt(policy with { StallTimeout = null, QueueWait = Ms(70_000) }, [], _ => PromptPlace.Pending);

            end.Fail.Kind.ShouldBe(FailureKind.Stalled);
            end.At.ShouldBe(Ms(70_000).Ticks);
        },
        iter: 300);

    [Fact]
    public void A_hang_is_given_up_at_exactly_the_stall_timeout_after_the_last_change() => AnyPolicy.Sample(
        policy =>
        {
            var end = Attempt(policy with { StallTimeout = Ms(50), QueueWait = null }, [], _ => PromptPlace.Pending);

            end.Fail.Kind.ShouldBe(FailureKind.Stalled);
            (end.At - end.Seen.ChangedAt).ShouldBe(Ms(50).Ticks);
        },
        iter: 300);

    // Whatever socket and looks say, in whatever order: it ends, it ends in time, and it never asks twice at one instant.
    [Fact]
    public void No_attempt_outlives_its_bounds() => Gen.Select(AnyPolicy, Events, Gen.Int[0, 5].Array[1, 40]).Sample(
        (policy, events, places) =>
        {
            var bounded = policy with { QueueWait = policy.QueueWait ?? Ms(150_000) };
            var end = Attempt(bounded, events, look => (PromptPlace)places[look % places.Length]);

            // Success heard at the last moment still gives its outputs their own time.
            var outputs = bounded.PostExecutionTimeout > Ms(1_000) ? bounded.PostExecutionTimeout : Ms(1_000);
            var late = end.Seen.SuccessAt is null ? TimeSpan.Zero : outputs + Ms(100);
            var bound = late.Ticks + (end.Seen.StartedAt is { } start ? start + bounded.HistoryMaxWait.Ticks : bounded.QueueWait!.Value.Ticks);
            // A dark station stops every other clock for as long as its patience.
            var dark = end.Seen.ContactLost ? AttemptDecision.StationPatience.Ticks + bounded.QueueWait!.Value.Ticks : 0;
            end.At.ShouldBeLessThanOrEqualTo(bound + dark);
            ExitReason.All.ShouldContain(end.Fail.Reason);
            FailureKind.All.ShouldContain(end.Fail.Kind);
        },
        iter: 500);

    private static readonly Gen<(int AtMs, Func<Witnesses, Func<long, Witnesses>> What)[]> Events =
        Gen.Select(Gen.Int[0, 120_000], Gen.Int[0, 4]).Array[0, 12].Select(all => all
            .Select(e => (e.Item1, e.Item2 switch
            {
                0 => w => w.HeardAlive,
                1 => w => now => w.HeardEnd(now, success: false),
                2 => w => now => w.HeardEnd(now, success: true),
                3 => w => w.HeardOver,
                _ => (Func<Witnesses, Func<long, Witnesses>>)(w => _ => w.HeardLoss()),
            }))
            .OrderBy(e => e.Item1).ToArray());

    private sealed record Ended(AttemptStep.Fail Fail, long At, Witnesses Seen);

    // The runner's loop, with looks that take no time. Place 5 stands for a look that is not answered.
    private static Ended Attempt(QueuePolicy policy, IReadOnlyList<(int AtMs, Func<Witnesses, Func<long, Witnesses>> What)> events, Func<int, PromptPlace> place)
    {
        var clock = new FakeTimeProvider();
        var begin = clock.GetTimestamp();
        var seen = Witnesses.Submitted(0);
        var heard = 0;
        var looks = 0;
        long? lookedAt = null;
        while (true)
        {
            var now = clock.GetTimestamp() - begin;
            for (; heard < events.Count && Ms(events[heard].AtMs).Ticks <= now; heard++)
            {
                seen = events[heard].What(seen)(now);
                lookedAt = null;
            }

            switch (AttemptDecision.Next(policy, AttemptFacts.Of(seen, clock, now)))
            {
                case AttemptStep.Wait wait:
                    wait.Delay.ShouldBeGreaterThan(TimeSpan.Zero);
                    var next = heard < events.Count ? Ms(events[heard].AtMs) - new TimeSpan(now) : wait.Delay;
                    clock.Advance(next < wait.Delay ? next : wait.Delay);
                    break;
                case AttemptStep.Look:
                    lookedAt.ShouldNotBe(now, "a look right after a look");
                    lookedAt = now;
                    var found = place(looks++);
                    seen = (int)found == 5 ? seen.LookFailed(now, readHistory: false) : seen.Looked(now, Running(found), readHistory: true, end: null);
                    break;
                case var step:
                    return new Ended(step.ShouldBeOfType<AttemptStep.Fail>(), now, seen);
            }
        }
    }

    private static PromptPlace Running(PromptPlace place) => place is PromptPlace.Unknown or PromptPlace.Ended ? PromptPlace.Running : place;

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
