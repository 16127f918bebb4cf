using System.Collections.Immutable;
using Dailies.Contract;
using Dailies.Takes;
using Dailies.Telemetry;

namespace Dailies.Ledger;

/// <summary>One attempt as its events tell it.</summary>
public sealed record AttemptState
{
    /// <summary>1 for the first.</summary>
    public required int Number { get; init; }

    /// <summary>As sent.</summary>
    public required ulong Seed { get; init; }

    /// <summary>As sent.</summary>
    public required string Prefix { get; init; }

    /// <summary>The id that the server uses: ours, or its own before v0.3.45.</summary>
    public required string ServerPromptId { get; init; }

    /// <summary>The rung of the ladder, or null for the full size.</summary>
    public string? Rung { get; init; }

    /// <summary>The server said that it queued the prompt.</summary>
    public bool Queued { get; init; }

    /// <summary>What its telemetry is built from.</summary>
    public required AttemptMeasures Measures { get; init; }

    /// <summary>Looks in order, the first and last twenty.</summary>
    public PollLog Polls { get; init; } = PollLog.Empty;

    /// <summary>Where the history entry lies, or null.</summary>
    public string? HistoryPath { get; init; }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset? HistoryAt { get; init; }

    /// <summary>Errors that the history reports.</summary>
    public ImmutableArray<string> HistoryErrors { get; init; } = [];

    /// <summary>Files that the history announces.</summary>
    public ImmutableArray<AnnouncedFile> Announced { get; init; } = [];

    /// <summary>What was fetched, or null.</summary>
    public TakeFetched? Take { get; init; }

    /// <summary>How it ended, or null while it has not.</summary>
    public AttemptSettled? Settled { get; init; }

    /// <summary>WARNING lines.</summary>
    public ImmutableArray<SceneWarned> Warnings { get; init; } = [];

    /// <summary>Why it was given up, before it was taken back; or null.</summary>
    public AttemptGivenUp? GivenUp { get; init; }

    /// <summary>How it was taken back, or null.</summary>
    public string? Withdrawn { get; init; }

    /// <summary>It was given up, finished all the same, and its take was used.</summary>
    public bool AdoptedLate { get; init; }

    /// <summary>Its take was accepted, and its files are gone or changed since.</summary>
    public bool IsSpoiled { get; init; }

    /// <summary>Its files were removed from the station, once they were verified here.</summary>
    public bool IsCleaned { get; init; }

    /// <summary>Its take is whole, was set aside for a better one, and lies here still.</summary>
    public bool IsAside => Settled is { Aside: true } && Take is not null && !IsSpoiled;

    /// <summary>How the station went down while it rendered this, or null.</summary>
    public string? WentDown { get; init; }

    /// <summary>The attempt that an <see cref="AttemptStarted"/> begins.</summary>
    public static AttemptState Begin(AttemptStarted started) => new()
    {
        Number = started.Attempt,
        Seed = started.Seed,
        Prefix = started.Prefix,
        Rung = started.Rung,
        ServerPromptId = started.PromptId,
        Measures = new AttemptMeasures { Station = started.Station, PromptId = started.PromptId, SubmittedAt = started.At },
    };

    /// <summary>The attempt after one more event of its own.</summary>
    public AttemptState Apply(AttemptEvent e) => e switch
    {
        GpuSampled { Moment: GpuSampled.Before } s => this with { Measures = Measures with { Before = s.Sample } },
        GpuSampled s => this with { Measures = Measures with { After = s.Sample } },
        // A second controller saw less of it, or more.
        GpuPeakSampled p => this with { Measures = Measures with { Peak = Measures.Peak?.UsedBytes > p.Peak.UsedBytes ? Measures.Peak : p.Peak } },
        PromptAccepted a => this with { ServerPromptId = a.PromptId, Queued = true },
        ExecutionSeen x => this with { Measures = Measures with { ExecutionSeenAt = Measures.ExecutionSeenAt ?? x.At } },
        SuccessSeen s => this with { Measures = Measures with { SuccessAt = Measures.SuccessAt ?? s.At } },
        Looked l => this with
        {
            Polls = Polls.Add(l),
            Measures = Measures with { HistoryReads = Measures.HistoryReads + (l.ReadHistory ? 1 : 0) },
        },
        HistoryReceived h => this with
        {
            HistoryPath = h.Path,
            HistoryAt = h.At,
            HistoryErrors = [.. h.Errors],
            Announced = [.. h.Files],
            Measures = Measures with { ServerStartedAt = h.ServerStartedAt, ServerEndedAt = h.ServerEndedAt },
        },
        AttemptGivenUp g => this with { GivenUp = GivenUp ?? g },
        PromptWithdrawn w => this with { Withdrawn = w.How },
        StationWentDown d => this with { WentDown = d.How },
        TakeSpoiled s => Spoiled(s),
        TakeAdopted when Settled is not null => this with
        {
            AdoptedLate = true,
            Settled = Settled with { FailureKind = null, Message = null },
            // What was set aside was settled in its time.
            Measures = Measures with { FailureKind = null, SettledAt = Settled.Aside ? Measures.SettledAt : e.At },
        },
        MarkerAwaited m => this with { Measures = Measures with { MarkerWait = (m.Since, m.At), MarkerPath = m.Path } },
        CopyForced c => this with { Measures = Measures with { ForcedCopyPath = c.Path } },
        StationCleaned => this with { IsCleaned = true },
        TakeFetched t => this with { Take = t },
        SceneWarned w => this with { Warnings = Warnings.Add(w) },
        // The first word stands: an attempt is settled once.
        AttemptSettled s when Settled is null => this with
        {
            Settled = s,
            Measures = Measures with { SettledAt = s.At, ExitReason = s.ExitReason, FailureKind = s.FailureKind },
        },
        _ => this,
    };

    // Whoever reads the attempt must not be told of files that are not there.
    private AttemptState Spoiled(TakeSpoiled spoiled) => this with
    {
        IsSpoiled = true,
        Take = Take is null ? null : Take with { FrameCount = 0, Files = [] },
        Settled = Settled is null ? null : Settled with { FailureKind = Contract.FailureKind.BadFrames, Message = spoiled.Why, Charged = false },
        Measures = Measures with { FailureKind = Contract.FailureKind.BadFrames },
    };
}

/// <summary>The first and the last twenty looks, and how many there were.</summary>
public sealed record PollLog(ImmutableArray<PollLogEntry> First, ImmutableArray<PollLogEntry> Last, int Total)
{
    private const int Kept = 20;

    /// <summary>Nothing looked at yet.</summary>
    public static PollLog Empty { get; } = new([], [], 0);

    /// <summary>All kept looks in order.</summary>
    public IReadOnlyList<PollLogEntry> Entries => [.. First, .. Last];

    /// <summary>One more look.</summary>
    public PollLog Add(Looked look)
    {
        var entry = new PollLogEntry(Total + 1, look.At, look.Status, look.Message);
        return First.Length < Kept
            ? this with { First = First.Add(entry), Total = Total + 1 }
            : this with { Last = (Last.Length < Kept ? Last : Last.RemoveAt(0)).Add(entry), Total = Total + 1 };
    }
}
