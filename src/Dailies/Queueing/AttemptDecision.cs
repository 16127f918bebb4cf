using Dailies.Contract;

namespace Dailies.Queueing;

/// <summary>What one attempt knows about itself at one instant, as spans. Gathered by the runner, never here.</summary>
public sealed record AttemptFacts
{
    /// <summary>Since the POST was answered.</summary>
    public required TimeSpan SinceSubmit { get; init; }

    /// <summary>Since execution began; null while it has not.</summary>
    public TimeSpan? SinceStart { get; init; }

    /// <summary>Since the last event of ours or change in the queue.</summary>
    public required TimeSpan SinceChange { get; init; }

    /// <summary>Since the last look; null before the first.</summary>
    public TimeSpan? SinceLook { get; init; }

    /// <summary>Since the station stopped answering; null while it answers.</summary>
    public TimeSpan? SinceSilent { get; init; }

    /// <summary>Since success was first reported; null before.</summary>
    public TimeSpan? SinceSuccess { get; init; }

    /// <summary>The socket reported that the prompt failed.</summary>
    public bool FailureHeard { get; init; }

    /// <summary>The socket says it is over and we have not looked since.</summary>
    public bool SocketSaysOver { get; init; }

    /// <summary>Contact was lost since the submit, and the history is empty: it was restarted.</summary>
    public bool Restarted { get; init; }

    /// <summary>The station's process, our own child, has ended: with it went queue and history.</summary>
    public bool StationEnded { get; init; }

    /// <summary>Looks in a row that found the prompt nowhere.</summary>
    public int NowhereLooks { get; init; }

    /// <summary>Looks made since execution began: waiting behind others is bounded apart.</summary>
    public int Looks { get; init; }

    /// <summary>The end by the history, or null.</summary>
    public PromptEnd? End { get; init; }

    /// <summary>Every announced output arrived; false also while nobody has tried.</summary>
    public bool OutputsReady { get; init; }

    /// <summary>Since an output was last asked for in vain; null while nobody has tried.</summary>
    public TimeSpan? SinceFetch { get; init; }

    /// <summary>The facts at <paramref name="now"/>, a timestamp of <paramref name="clock"/>.</summary>
    public static AttemptFacts Of(Witnesses seen, TimeProvider clock, long now, bool stationEnded = false)
    {
        return new AttemptFacts
        {
            SinceSubmit = clock.GetElapsedTime(seen.SubmittedAt, now),
            SinceStart = Since(seen.StartedAt),
            SinceChange = clock.GetElapsedTime(seen.ChangedAt, now),
            SinceLook = Since(seen.LookedAt),
            SinceSilent = Since(seen.SilentSince),
            SinceSuccess = Since(seen.SuccessAt),
            FailureHeard = seen.FailureHeard,
            SocketSaysOver = seen.SocketSaysOver,
            Restarted = seen.Restarted,
            StationEnded = stationEnded,
            NowhereLooks = seen.NowhereLooks,
            Looks = seen.Looks,
            End = seen.End,
        };

        TimeSpan? Since(long? at) => at is { } then ? clock.GetElapsedTime(then, now) : null;
    }
}

/// <summary>The one thing to do next. Closed: only the shapes below exist.</summary>
public abstract record AttemptStep
{
    private AttemptStep()
    {
    }

    /// <summary>Nothing to do for so long, unless an event comes.</summary>
    public sealed record Wait(TimeSpan Delay) : AttemptStep;

    /// <summary>Read the queue, then the history.</summary>
    public sealed record Look : AttemptStep;

    /// <summary>The history says success: fetch what it announced.</summary>
    public sealed record Collect : AttemptStep;

    /// <summary>Every announced output is here.</summary>
    public sealed record Succeed : AttemptStep;

    /// <summary>Stop looking. <paramref name="Withdraw"/>: the prompt may still be queued or running. <paramref name="StationDown"/>: the station died meanwhile.</summary>
    public sealed record Fail(string Reason, string Kind, string Detail, bool Withdraw = false, bool StationDown = false) : AttemptStep;
}

/// <summary>Decides what an attempt does next. Pure: no clock, no disk, no network, no log.</summary>
public static class AttemptDecision
{
    /// <summary>How long a station may be silent before it counts as lost. Meanwhile nothing else holds: what it still renders is taken up when it is
    /// back, and nothing could be taken back or sent there anyway.</summary>
    public static readonly TimeSpan StationPatience = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan SilentPause = TimeSpan.FromSeconds(2);

    // The history entry is written 1 ms to 0.25 s after the success event (comfyui/contract.md §6).
    private static readonly TimeSpan HistoryLag = TimeSpan.FromMilliseconds(100);

    // The least time it gets, however short the post-execution timeout: that is for outputs, and the socket's word is no verdict.
    private static readonly TimeSpan HistoryPatience = TimeSpan.FromSeconds(1);

    /// <summary>The next step. The first rule that holds wins, so their order is the policy (contract §4).</summary>
    public static AttemptStep Next(QueuePolicy policy, AttemptFacts facts) => facts switch
    {
        { End: { Outcome: PromptOutcome.Failed } end } =>
            new AttemptStep.Fail(ExitReason.Unknown, FailureSign.Of(end.ErrorType, end.Message), Words(end)),
        { End.Outcome: PromptOutcome.Interrupted } =>
            new AttemptStep.Fail(ExitReason.Unknown, FailureKind.Interrupted, "the prompt was interrupted, and not by us"),
        { StationEnded: true, End: null } =>
            new AttemptStep.Fail(ExitReason.Unknown, FailureKind.StationLost, "the station's process ended", StationDown: true),
        { SinceSilent: { } silent } when silent >= StationPatience =>
            new AttemptStep.Fail(ExitReason.Unknown, FailureKind.StationLost, $"the station has not answered for {Seconds(silent)} s", Withdraw: true),
        { SinceSilent: { } silent, End: null } => Patiently(policy, facts, silent),
        { SinceSilent: not null, SinceFetch: { } since } => since >= SilentPause ? new AttemptStep.Collect() : new AttemptStep.Wait(SilentPause - since),
        { NowhereLooks: >= 2, SinceSuccess: null } or { NowhereLooks: >= 2, Restarted: true, End: null } => Vanished(facts),
        { OutputsReady: true } => new AttemptStep.Succeed(),
        { SinceSuccess: { } late, End: null } when late >= policy.PostExecutionTimeout && late >= HistoryPatience => Missing(late) with { Withdraw = true },
        { SinceSuccess: { } late, SinceFetch: not null } when late >= policy.PostExecutionTimeout => Missing(late),
        { End.Outcome: PromptOutcome.Succeeded, SinceFetch: null } => new AttemptStep.Collect(),
        { End.Outcome: PromptOutcome.Succeeded } => Refetch(policy, facts),
        { SinceStart: { } running, SinceSuccess: null } when running >= policy.HistoryMaxWait => AtDeadline(policy, facts, running),
        { SinceSuccess: null } when facts.Looks >= policy.HistoryMaxAttempts =>
            new AttemptStep.Fail(ExitReason.AttemptLimit, FailureKind.TimedOut, $"no result after {facts.Looks} looks", Withdraw: true),
        { SinceStart: null } when facts.SinceSubmit >= policy.QueueWait =>
            new AttemptStep.Fail(ExitReason.Unknown, FailureKind.Stalled, $"waited {Seconds(facts.SinceSubmit)} s in ComfyUI's queue without being started", Withdraw: true),
        _ when facts.SinceChange >= policy.StallTimeout =>
            new AttemptStep.Fail(ExitReason.Unknown, FailureKind.Stalled, $"no event and no change in the queue for {Seconds(facts.SinceChange)} s", Withdraw: true),
        { SocketSaysOver: true } or { SinceLook: null } => new AttemptStep.Look(),
        _ when facts.SinceLook >= Interval(policy, facts) => new AttemptStep.Look(),
        _ => new AttemptStep.Wait(UntilNext(policy, facts)),
    };

    private static AttemptStep Patiently(QueuePolicy policy, AttemptFacts facts, TimeSpan silent) => facts.SinceLook switch
    {
        { } look when look >= Interval(policy, facts) => new AttemptStep.Look(),
        { } look => new AttemptStep.Wait(Shorter(Interval(policy, facts) - look, StationPatience - silent)),
        null => new AttemptStep.Look(),
    };

    // A look at the deadline itself: what ended since the last one is not given up.
    private static AttemptStep AtDeadline(QueuePolicy policy, AttemptFacts facts, TimeSpan running) =>
        facts.SinceLook is { } look && look <= running - policy.HistoryMaxWait
            ? new AttemptStep.Fail(ExitReason.MaxWait, FailureKind.TimedOut, $"no result within {Seconds(policy.HistoryMaxWait)} s of execution", Withdraw: true)
            : new AttemptStep.Look();

    // A scene that had reported its end is not what took the station down, and what had failed was not interrupted (docs/decisions/2026-11-24-evicted.md).
    private static AttemptStep.Fail Vanished(AttemptFacts facts) => facts switch
    {
        { Restarted: true } => new AttemptStep.Fail(
            ExitReason.Unknown, FailureKind.StationLost, "the station no longer knows the prompt: it was restarted", StationDown: facts is { SinceSuccess: null, FailureHeard: false }),
        { FailureHeard: true } => new AttemptStep.Fail(ExitReason.Unknown, FailureKind.ExecutionError, "the socket reported a failure; its history entry was deleted before it was read"),
        _ => new AttemptStep.Fail(ExitReason.Unknown, FailureKind.Interrupted, "the prompt is in neither queue nor history: somebody deleted it"),
    };

    private static AttemptStep.Fail Missing(TimeSpan late) =>
        new(ExitReason.PostExecution, FailureKind.OutputsMissing, $"success was reported, but outputs were still missing after {Seconds(late)} s");

    private static AttemptStep Refetch(QueuePolicy policy, AttemptFacts facts)
    {
        var pause = Shorter(policy.HistoryPollInterval, policy.PostExecutionTimeout - facts.SinceSuccess!.Value);
        return facts.SinceFetch >= pause ? new AttemptStep.Collect() : new AttemptStep.Wait(pause - facts.SinceFetch!.Value);
    }

    // Success heard or nowhere seen: the history is a moment away, so look again soon. A silent station is asked often enough to notice its return.
    private static TimeSpan Interval(QueuePolicy policy, AttemptFacts facts) => facts switch
    {
        { SinceSuccess: not null } or { NowhereLooks: > 0 } => Shorter(HistoryLag, policy.HistoryPollInterval),
        { SinceSilent: not null } => Shorter(SilentPause, policy.HistoryPollInterval),
        _ => policy.HistoryPollInterval,
    };

    // The last wait is cut short, so that a limit is a bound and not a bound plus one interval.
    private static TimeSpan UntilNext(QueuePolicy policy, AttemptFacts facts)
    {
        var wait = Interval(policy, facts) - facts.SinceLook!.Value;
        wait = facts is { SinceStart: { } running, SinceSuccess: null } ? Shorter(wait, policy.HistoryMaxWait - running) : wait;
        wait = policy.StallTimeout is { } stall ? Shorter(wait, stall - facts.SinceChange) : wait;
        return facts.SinceStart is null && policy.QueueWait is { } queue ? Shorter(wait, queue - facts.SinceSubmit) : wait;
    }

    private static string Words(PromptEnd end) => end switch
    {
        { Node: { } node, Message: { } message } => $"{node}: {message}",
        { Message: { } message } => message,
        _ => "the history reports a failure without a message",
    };

    private static string Seconds(TimeSpan span) => SummaryNumber.Text(Math.Round(span.TotalSeconds, 1));

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
