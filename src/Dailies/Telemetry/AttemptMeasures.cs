namespace Dailies.Telemetry;

/// <summary>The raw facts of one attempt that its telemetry is built from. Our clock, except the two server stamps.</summary>
public sealed record AttemptMeasures
{
    /// <summary>The station's name.</summary>
    public required string Station { get; init; }

    /// <summary>Ours.</summary>
    public required string PromptId { get; init; }

    /// <summary>POST sent.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When a witness first saw it execute.</summary>
    public DateTimeOffset? ExecutionSeenAt { get; init; }

    /// <summary>When success was first reported.</summary>
    public DateTimeOffset? SuccessAt { get; init; }

    /// <summary>The server's own stamp of the start.</summary>
    public DateTimeOffset? ServerStartedAt { get; init; }

    /// <summary>The server's own stamp of the end.</summary>
    public DateTimeOffset? ServerEndedAt { get; init; }

    /// <summary>When the attempt was settled.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>GETs of /history.</summary>
    public int HistoryReads { get; init; }

    /// <summary>One of <see cref="Contract.ExitReason"/>.</summary>
    public string ExitReason { get; init; } = Contract.ExitReason.Unknown;

    /// <summary>Null on success.</summary>
    public string? FailureKind { get; init; }

    /// <summary>The GPU before, or null when nobody looked.</summary>
    public GpuSample? Before { get; init; }

    /// <summary>The GPU after, or null when nobody looked.</summary>
    public GpuSample? After { get; init; }

    /// <summary>The most memory seen in use while it executed, or null where nobody looked.</summary>
    public GpuPeak? Peak { get; init; }

    /// <summary>When the wait for a done marker began and ended; null where none was waited for.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? MarkerWait { get; init; }

    /// <summary>The marker that counted, or null.</summary>
    public string? MarkerPath { get; init; }

    /// <summary>Why files were copied without proof, or null where they were not.</summary>
    public string? ForcedCopyPath { get; init; }

    /// <summary>Notes that no figure of this attempt alone tells.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
