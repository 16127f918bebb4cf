using Dailies.Contract;

namespace Dailies.Queueing;

/// <summary>What the attempts at one scene have cost so far, the one just settled included.</summary>
/// <param name="Charged">Attempts that count against the budget.</param>
/// <param name="Uncharged">Attempts that the station lost. What a stop or our own disk cut off counts nowhere.</param>
/// <param name="OutOfMemory">Attempts that ran out of memory: each takes the scene one rung down its ladder.</param>
/// <param name="TookDown">Attempts during which the station died or lost its device.</param>
/// <param name="Aside">The attempt whose whole take was set aside because a better one was wanted; null where there is none.</param>
public sealed record SceneTally(int Charged, int Uncharged, int OutOfMemory = 0, int TookDown = 0, int? Aside = null)
{
    /// <summary>The tally with one more attempt that ended so.</summary>
    public SceneTally With(QueuePolicy policy, string? kind, bool tookDown = false) => new(
        Charged + (RetryDecision.IsCharged(policy, kind, this) ? 1 : 0),
        Uncharged + (RetryDecision.IsStations(kind) ? 1 : 0),
        OutOfMemory + (kind == FailureKind.OutOfMemory ? 1 : 0),
        TookDown + (tookDown ? 1 : 0),
        Aside);
}

/// <summary>How an attempt was settled.</summary>
/// <param name="Kind">Null for a whole take, else one of <see cref="FailureKind"/>.</param>
/// <param name="FrameCount">Verified frames.</param>
/// <param name="FrameFloor">The least we accept.</param>
/// <param name="FramesBound">The graph's frame count comes from the scene, so another attempt can change it.</param>
/// <param name="Doubt">What the content gate wants another attempt for, or null.</param>
public sealed record Settlement(string? Kind, int FrameCount = 0, int FrameFloor = 0, bool FramesBound = true, string? Doubt = null);

/// <summary>What happens to a scene after an attempt. Closed.</summary>
public abstract record RetryStep
{
    private RetryStep()
    {
    }

    /// <summary>The take is the scene's; <paramref name="BelowFloor"/> asks for a warning.</summary>
    public sealed record Accept(bool BelowFloor) : RetryStep;

    /// <summary>Queue the scene again after a pause.</summary>
    public sealed record Again(TimeSpan Pause, string Kind, string Why) : RetryStep;

    /// <summary>The scene ends without a take; <paramref name="Why"/> where the last failure alone does not say it.</summary>
    public sealed record GiveUp(string Kind, string? Why = null) : RetryStep;

    /// <summary>No better take came: the one of an earlier <paramref name="Attempt"/>, whole and set aside, is the scene's. <paramref name="Kind"/> and <paramref name="Why"/> as in <see cref="GiveUp"/>.</summary>
    public sealed record FallBack(int Attempt, string Kind, string? Why = null) : RetryStep;

    /// <summary>The run can't go on: our own storage, or the operator.</summary>
    public sealed record StopRun(string Kind) : RetryStep;
}

/// <summary>Decides what happens after an attempt (contract §5). Pure.</summary>
public static class RetryDecision
{
    /// <summary>Losses of one scene that are the station's own fault and only cost time; one more ends the scene.</summary>
    public const int MostUncharged = 3;

    /// <summary>A scene that took a station down so often is poison: it is set aside, and the others go on.</summary>
    public const int MostTakenDown = 2;

    // 2, 4, 8 s: a station that restarts needs about 3 s (measured).
    private const int LongestBackoff = 5; // 2^5 s
    private const double JitterShare = 0.5;

    /// <summary>Whether an attempt that ended so counts against the budget.</summary>
    public static bool IsCharged(string? kind) => kind is not (FailureKind.StationLost or FailureKind.DeviceLost or FailureKind.Canceled or FailureKind.LocalStorage);

    /// <summary>Whether an attempt that ended so counts against the budget; one that ran out of memory does not while its ladder has a rung left.</summary>
    public static bool IsCharged(QueuePolicy policy, string? kind, SceneTally before) =>
        IsCharged(kind) && !(kind == FailureKind.OutOfMemory && before.OutOfMemory < policy.LadderRungs);

    /// <summary>Whether the station itself was at fault.</summary>
    public static bool IsStations(string? kind) => kind is FailureKind.StationLost or FailureKind.DeviceLost;

    /// <summary>Whether an attempt that ended so came to its own end: a further one takes another seed. What was lost or cut off is sent again as it was.</summary>
    public static bool IsScenes(string? kind) => IsCharged(kind);

    /// <summary>The next step. <paramref name="chance"/> from 0 to 1 spreads the pauses by a quarter either way, so that many stations don't come back at once.</summary>
    public static RetryStep Next(QueuePolicy policy, Settlement settled, SceneTally tally, double chance = 0.5) => Alone(policy, settled, tally, chance) switch
    {
        RetryStep.GiveUp given when tally.Aside is { } attempt => new RetryStep.FallBack(attempt, given.Kind, given.Why),
        var step => step,
    };

    private static RetryStep Alone(QueuePolicy policy, Settlement settled, SceneTally tally, double chance)
    {
        var budgetLeft = tally.Charged <= policy.SceneRetryBudget;
        return settled.Kind switch
        {
            null when settled is { Doubt: { } doubt } && budgetLeft => new RetryStep.Again(TimeSpan.Zero, FailureKind.BadFrames, doubt),
            null when settled.FrameCount >= settled.FrameFloor => new RetryStep.Accept(BelowFloor: false),
            null => BelowFloor(policy, settled, budgetLeft),
            FailureKind.Rejected or FailureKind.Interrupted => new RetryStep.GiveUp(settled.Kind),
            FailureKind.LocalStorage or FailureKind.Canceled => new RetryStep.StopRun(settled.Kind),
            FailureKind.StationLost or FailureKind.DeviceLost when tally.TookDown >= MostTakenDown =>
                new RetryStep.GiveUp(settled.Kind, $"set aside: the station went down {tally.TookDown} times while it rendered this scene"),
            FailureKind.StationLost or FailureKind.DeviceLost => tally.Uncharged <= MostUncharged
                ? new RetryStep.Again(Backoff(tally.Uncharged, chance), settled.Kind, "the station's fault, not charged")
                : new RetryStep.GiveUp(settled.Kind),
            FailureKind.OutOfMemory when tally.OutOfMemory <= policy.LadderRungs => new RetryStep.Again(TimeSpan.Zero, settled.Kind, "one rung down, not charged"),
            _ when budgetLeft => new RetryStep.Again(TimeSpan.Zero, settled.Kind, "within the retry budget"),
            _ => new RetryStep.GiveUp(settled.Kind),
        };
    }

    private static RetryStep BelowFloor(QueuePolicy policy, Settlement settled, bool budgetLeft) => policy.BelowFloor switch
    {
        Queueing.BelowFloor.Fail when !budgetLeft => new RetryStep.GiveUp(FailureKind.BadFrames),
        Queueing.BelowFloor.Warn => new RetryStep.Accept(BelowFloor: true),
        _ when budgetLeft && settled.FramesBound => new RetryStep.Again(TimeSpan.Zero, FailureKind.BadFrames, SummaryLine.BelowFloor(settled.FrameCount, settled.FrameFloor)),
        Queueing.BelowFloor.Fail => new RetryStep.GiveUp(FailureKind.BadFrames),
        _ => new RetryStep.Accept(BelowFloor: true),
    };

    private static TimeSpan Backoff(int losses, double chance) =>
        TimeSpan.FromSeconds(Math.Pow(2, Math.Clamp(losses, 1, LongestBackoff)) * (1 + (JitterShare * (Math.Clamp(chance, 0, 1) - 0.5))));
}
