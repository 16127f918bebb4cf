using Dailies.Contract;

namespace Dailies.Queueing;

/// <summary>What is known of an attempt that ended without a take, when its scene still has none.</summary>
/// <param name="Queued">The station had taken its prompt.</param>
/// <param name="Kind">How it was settled.</param>
/// <param name="Withdrawn">How it was taken back, or null.</param>
/// <param name="Told">The history told its end already.</param>
public sealed record LateFacts(bool Queued, string? Kind, string? Withdrawn, bool Told);

/// <summary>Decides whether an attempt that we gave up on may have finished all the same. Pure.</summary>
public static class LateDecision
{
    /// <summary>Worth asking the history about: the station had it, we stopped waiting, and nobody took it out of the queue before it began.</summary>
    public static bool MayHaveFinished(LateFacts facts) =>
        facts is { Queued: true, Told: false, Withdrawn: not "deleted" }
        && facts.Kind is FailureKind.TimedOut or FailureKind.Stalled or FailureKind.StationLost or FailureKind.OutputsMissing or FailureKind.Canceled;
}
