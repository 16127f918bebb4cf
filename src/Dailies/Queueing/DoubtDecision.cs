using Dailies.Contract;

namespace Dailies.Queueing;

/// <summary>How far a scene's last attempt had come when its controller ended.</summary>
public sealed record AttemptTrail
{
    /// <summary>There is an attempt at all.</summary>
    public bool Started { get; init; }

    /// <summary>The history entry had arrived and reported success.</summary>
    public bool HistorySaysSuccess { get; init; }

    /// <summary>It was settled.</summary>
    public bool Settled { get; init; }

    /// <summary>It was settled with this kind; null for a whole take.</summary>
    public string? Kind { get; init; }

    /// <summary>The scene was requeued, reopened, accepted or failed after it.</summary>
    public bool Followed { get; init; }

    /// <summary>The scene is accepted.</summary>
    public bool Accepted { get; init; }

    /// <summary>The accepted take's copies and video were settled.</summary>
    public bool Published { get; init; }
}

/// <summary>What to do about a scene when its run is taken up again.</summary>
public enum DoubtStep
{
    /// <summary>Nothing is in doubt.</summary>
    None,

    /// <summary>Ask the station, queue then history: adopt what finished, wait for what runs.</summary>
    AskStation,

    /// <summary>The history said success: fetch the take.</summary>
    Collect,

    /// <summary>Settled, but nobody wrote what follows from it: decide again.</summary>
    Follow,

    /// <summary>Accepted, but its copies or its video are missing.</summary>
    Publish,
}

/// <summary>Decides what a killed run left in doubt. Pure.</summary>
public static class DoubtDecision
{
    /// <summary>The step for one scene.</summary>
    public static DoubtStep Of(AttemptTrail trail) => trail switch
    {
        { Accepted: true, Published: false } => DoubtStep.Publish,
        { Accepted: true } or { Started: false } => DoubtStep.None,
        { Settled: true, Followed: true } or { Settled: true, Kind: FailureKind.Canceled } => DoubtStep.None,
        { Settled: true } => DoubtStep.Follow,
        { HistorySaysSuccess: true } => DoubtStep.Collect,
        _ => DoubtStep.AskStation,
    };
}
