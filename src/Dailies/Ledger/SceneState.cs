using System.Collections.Immutable;
using Dailies.Queueing;

namespace Dailies.Ledger;

/// <summary>One scene as its events tell it.</summary>
public sealed record SceneState(PlannedScene Plan)
{
    /// <summary>Every attempt, in order.</summary>
    public ImmutableArray<AttemptState> Attempts { get; init; } = [];

    /// <summary>The accepted attempt, or null. Accepted is never un-accepted.</summary>
    public SceneAccepted? Accepted { get; init; }

    /// <summary>Why it has no take, or null.</summary>
    public SceneFailed? Failed { get; init; }

    /// <summary>The last time that a person asked for one more attempt, or null.</summary>
    public SceneReopened? Reopened { get; init; }

    /// <summary>Returns to the queue, in order.</summary>
    public ImmutableArray<SceneRequeued> Requeues { get; init; } = [];

    /// <summary>The video, or null while nothing was decided.</summary>
    public VideoSettled? Video { get; init; }

    /// <summary>It has a take or a named reason.</summary>
    public bool Ended => Accepted is not null || Failed is not null;

    /// <summary>The attempt that the metadata describes: the accepted one, else the last settled one; null when there is none.</summary>
    public AttemptState? Described => Accepted is { } a ? Attempts.FirstOrDefault(x => x.Number == a.Attempt) : Attempts.LastOrDefault(x => x.Settled is not null);

    /// <summary>What its attempts have cost.</summary>
    public SceneTally Tally => new(
        Attempts.Count(a => a.Settled is { Charged: true }),
        Attempts.Count(a => a.Settled is { } s && RetryDecision.IsStations(s.FailureKind)),
        Attempts.Count(a => a.Settled?.FailureKind == Contract.FailureKind.OutOfMemory));

    /// <summary>How far its last attempt had come, for whoever takes the run up again.</summary>
    public AttemptTrail Trail => Attempts.IsEmpty ? new AttemptTrail() : new AttemptTrail
    {
        Started = true,
        HistorySaysSuccess = Attempts[^1] is { HistoryPath: not null, Measures.SuccessAt: not null, HistoryErrors.IsEmpty: true },
        Settled = Attempts[^1].Settled is not null,
        Kind = Attempts[^1].Settled?.FailureKind,
        Followed = Failed is not null || Reopened is not null || Requeues.Any(r => r.NextAttempt > Attempts[^1].Number),
        Accepted = Accepted is not null,
        Published = Video is not null,
    };

    /// <summary>The scene after one more event; events of other scenes change nothing.</summary>
    public SceneState Apply(RunEvent e) => e switch
    {
        AttemptStarted s when Attempts.All(a => a.Number != s.Attempt) => this with { Attempts = Attempts.Add(AttemptState.Begin(s)) },
        AttemptEvent a => this with { Attempts = [.. Attempts.Select(x => x.Number == a.Attempt ? x.Apply(a) : x)] },
        SceneRequeued r => this with { Requeues = Requeues.Add(r) },
        SceneAccepted a => this with { Accepted = Accepted ?? a, Failed = null },
        SceneReopened r when Accepted is null => this with { Failed = null, Reopened = r },
        SceneFailed f when Accepted is null => this with { Failed = Failed ?? f },
        VideoSettled v => this with { Video = v },
        _ => this,
    };

    /// <summary>The scene that an event is about, or null when it is about the run.</summary>
    public static string? SceneOf(RunEvent e) => e switch
    {
        AttemptEvent a => a.SceneId,
        SceneRequeued r => r.SceneId,
        SceneAccepted a => a.SceneId,
        SceneFailed f => f.SceneId,
        SceneReopened r => r.SceneId,
        VideoSettled v => v.SceneId,
        _ => null,
    };
}
