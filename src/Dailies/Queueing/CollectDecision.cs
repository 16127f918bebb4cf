using Dailies.Contract;

namespace Dailies.Queueing;

/// <summary>What is known of a take that lies in the station's output folder, at one look. Gathered by the runner, never here.</summary>
public sealed record CollectFacts
{
    /// <summary>Since success was reported.</summary>
    public required TimeSpan SinceSuccess { get; init; }

    /// <summary>A done marker is waited for.</summary>
    public bool MarkerWanted { get; init; }

    /// <summary>A marker of this very attempt speaks of exactly the files that lie there.</summary>
    public bool MarkerFits { get; init; }

    /// <summary>How many files of our own prefix lie there.</summary>
    public int Files { get; init; }

    /// <summary>How many there must be; null where nobody knows.</summary>
    public int? Expected { get; init; }

    /// <summary>What shows that the set can't be whole yet: a file that is empty or has no end, a number that is missing. Null where nothing does.</summary>
    public string? Flaw { get; init; }

    /// <summary>How long no look has seen a change.</summary>
    public TimeSpan Unchanged { get; init; }
}

/// <summary>The one thing to do about it. Closed: only the shapes below exist.</summary>
public abstract record CollectStep
{
    private CollectStep()
    {
    }

    /// <summary>Look again after so long.</summary>
    public sealed record Wait(TimeSpan Delay) : CollectStep;

    /// <summary>It is whole: by the producer's word, or because nothing of it changes any more.</summary>
    public sealed record Take(bool ByMarker) : CollectStep;

    /// <summary>Nobody can say that it is whole, and waiting longer will not help: take what is there, and say so.</summary>
    public sealed record Force : CollectStep;

    /// <summary>Nothing came.</summary>
    public sealed record Fail(string Detail) : CollectStep;
}

/// <summary>Decides when files in a folder are a take. Pure: no clock, no disk.</summary>
public static class CollectDecision
{
    /// <summary>The next step. The first rule that holds wins, so their order is the policy: marker, then stability, then a forced copy, and that never while outputs may still lag.</summary>
    public static CollectStep Next(QueuePolicy policy, CollectFacts facts) => facts switch
    {
        { MarkerFits: true, Flaw: null } => new CollectStep.Take(ByMarker: true),
        { MarkerWanted: true } when facts.SinceSuccess < policy.MarkerTimeout => Wait(policy, policy.MarkerTimeout - facts.SinceSuccess),
        { Files: 0 } when facts.SinceSuccess >= policy.PostExecutionTimeout =>
            new CollectStep.Fail($"success was reported, but no file had come after {SummaryNumber.Text(Math.Round(facts.SinceSuccess.TotalSeconds, 1))} s"),
        { Files: 0 } => Wait(policy, policy.PostExecutionTimeout - facts.SinceSuccess),
        _ when IsWhole(facts) && facts.Unchanged >= policy.Stability => new CollectStep.Take(ByMarker: false),
        _ when facts.SinceSuccess >= Patience(policy, facts) => new CollectStep.Force(),
        _ when IsWhole(facts) => Wait(policy, Shorter(policy.Stability - facts.Unchanged, Patience(policy, facts) - facts.SinceSuccess)),
        _ => Wait(policy, Patience(policy, facts) - facts.SinceSuccess),
    };

    // Every window of stability counts from the end of the wait for the marker.
    private static TimeSpan Patience(QueuePolicy policy, CollectFacts facts)
    {
        var windows = (facts.MarkerWanted ? policy.MarkerTimeout : TimeSpan.Zero) + (policy.StabilityRetries * policy.Stability);
        return windows > policy.PostExecutionTimeout ? windows : policy.PostExecutionTimeout;
    }

    private static bool IsWhole(CollectFacts facts) => facts.Flaw is null && (facts.Expected is not { } expected || facts.Files >= expected);

    // The folder is looked at every interval, and at the moment that something may be decided.
    private static CollectStep.Wait Wait(QueuePolicy policy, TimeSpan left) => new(Shorter(policy.HistoryPollInterval, left));

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
