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

    /// <summary>The run that its take comes from, or null for a take of this run's own.</summary>
    public string? KeptFrom { get; init; }

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
        Attempts.Count(a => a.Settled?.FailureKind == Contract.FailureKind.OutOfMemory),
        Attempts.Count(a => a is { WentDown: not null, Settled: not null }),
        Attempts.Where(a => a.IsAside).MaxBy(a => (a.Take!.FrameCount, a.Number))?.Number);

    /// <summary>Which derived seed the next attempt takes, 1 for the first: what was lost or cut off before it ended is sent again with its own seed,
    /// so that a crash changes no picture.</summary>
    public int NextSeed => 1 + Attempts.Count(a => !a.IsSpoiled && a.Settled is { } s && RetryDecision.IsScenes(s.FailureKind));

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
        TakeSpoiled t when Accepted?.Attempt == t.Attempt => (this with { Accepted = null, Video = null }).Told(t),
        AttemptEvent a => Told(a),
        SceneRequeued r => this with { Requeues = Requeues.Add(r) },
        SceneAccepted a => this with { Accepted = Accepted ?? a, Failed = null },
        SceneKept k when Attempts.IsEmpty => Keep(k),
        SceneReopened r when Accepted is null => this with { Failed = null, Reopened = r },
        SceneFailed f when Accepted is null => this with { Failed = Failed ?? f },
        VideoSettled v => this with { Video = v },
        _ => this,
    };

    /// <summary>The scene with a note that no event of its own tells; a note stands once.</summary>
    internal SceneState Noted(int attempt, string note) => this with
    {
        Attempts = [.. Attempts.Select(a => a.Number == attempt && !a.Measures.Notes.Contains(note) ? a with { Measures = a.Measures with { Notes = [.. a.Measures.Notes, note] } } : a)],
    };

    private SceneState Keep(SceneKept kept) =>
        kept.Events.OfType<AttemptEvent>().Where(e => e.SceneId == kept.SceneId).Aggregate(this with { KeptFrom = kept.FromRun }, (scene, e) => scene.Apply(e));

    private SceneState Told(AttemptEvent e) => this with { Attempts = [.. Attempts.Select(x => x.Number == e.Attempt ? x.Apply(e) : x)] };

    /// <summary>The scene that an event is about, or null when it is about the run.</summary>
    public static string? SceneOf(RunEvent e) => e switch
    {
        AttemptEvent a => a.SceneId,
        SceneRequeued r => r.SceneId,
        SceneAccepted a => a.SceneId,
        SceneFailed f => f.SceneId,
        SceneReopened r => r.SceneId,
        SceneKept k => k.SceneId,
        VideoSettled v => v.SceneId,
        _ => null,
    };
}
