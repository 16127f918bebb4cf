namespace Dailies.Queueing;

/// <summary>Where the last look found our prompt.</summary>
public enum PromptPlace
{
    /// <summary>Not looked yet, or no look was answered.</summary>
    Unknown,

    /// <summary>In /queue, waiting.</summary>
    Pending,

    /// <summary>In /queue, executing.</summary>
    Running,

    /// <summary>In /history.</summary>
    Ended,

    /// <summary>In neither: deleted, cleared, evicted, or the server restarted. Believed only when seen twice.</summary>
    Nowhere,
}

/// <summary>How the renderer says a prompt ended.</summary>
public enum PromptOutcome
{
    /// <summary>It succeeded.</summary>
    Succeeded,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Interrupted,
}

/// <summary>The end of a prompt as the history tells it. <c>ErrorType</c>, <c>Message</c> and <c>Node</c> only with a failure.</summary>
public sealed record PromptEnd(PromptOutcome Outcome, string? ErrorType = null, string? Message = null, string? Node = null);

/// <summary>What the socket, the queue and the history have said about one prompt so far. A pure fold: each method returns the next state.</summary>
/// <remarks>The socket only makes us fast: its word leads to a look, never to a verdict. The history makes us right.</remarks>
public sealed record Witnesses
{
    /// <summary>When POST was answered; all spans count from here.</summary>
    public required long SubmittedAt { get; init; }

    /// <summary>When execution began, by the socket or by a look.</summary>
    public long? StartedAt { get; init; }

    /// <summary>The last event of ours, or change of place.</summary>
    public required long ChangedAt { get; init; }

    /// <summary>The last look that was made, answered or not.</summary>
    public long? LookedAt { get; init; }

    /// <summary>Since when the station has not answered; null while it does.</summary>
    public long? SilentSince { get; init; }

    /// <summary>When success was first reported by socket or history.</summary>
    public long? SuccessAt { get; init; }

    /// <summary>The socket reported that the prompt failed.</summary>
    public bool FailureHeard { get; init; }

    /// <summary>The socket says that the prompt is over, and we have not looked since.</summary>
    public bool SocketSaysOver { get; init; }

    /// <summary>The socket was lost, or a look failed, since the submit: a restart is possible.</summary>
    public bool ContactLost { get; init; }

    /// <summary>Contact was lost and the history is empty: it was restarted.</summary>
    public bool Restarted { get; init; }

    /// <summary>Where the last answered look found it.</summary>
    public PromptPlace Place { get; init; }

    /// <summary>Looks in a row that found it nowhere.</summary>
    public int NowhereLooks { get; init; }

    /// <summary>Looks made since execution began.</summary>
    public int Looks { get; init; }

    /// <summary>GETs of /history made.</summary>
    public int HistoryReads { get; init; }

    /// <summary>The end by the history, or null.</summary>
    public PromptEnd? End { get; init; }

    /// <summary>A prompt that was accepted at <paramref name="now"/> (a <see cref="TimeProvider"/> timestamp).</summary>
    public static Witnesses Submitted(long now) => new() { SubmittedAt = now, ChangedAt = now };

    /// <summary>The socket reports the start, or any sign of execution.</summary>
    public Witnesses HeardAlive(long now) => this with { StartedAt = StartedAt ?? now, ChangedAt = now };

    /// <summary>The socket reports that the prompt ended; <paramref name="success"/> when it says so.</summary>
    public Witnesses HeardEnd(long now, bool success) =>
        HeardAlive(now) with { SuccessAt = success ? SuccessAt ?? now : SuccessAt };

    /// <summary>The socket reports that the prompt failed.</summary>
    public Witnesses HeardFailure(long now) => HeardEnd(now, success: false) with { FailureHeard = true };

    /// <summary>The socket says that the history entry is there by now.</summary>
    public Witnesses HeardOver(long now) => this with { SocketSaysOver = true, ChangedAt = now };

    /// <summary>The history was found empty where a restart is possible.</summary>
    public Witnesses HeardRestart() => this with { ContactLost = true, Restarted = true };

    /// <summary>The socket is gone.</summary>
    public Witnesses HeardLoss() => this with { ContactLost = true };

    /// <summary>A look found it at <paramref name="place"/>; <paramref name="queueMoved"/>: what runs, or waits ahead of it, is not what it was.</summary>
    public Witnesses Looked(long now, PromptPlace place, bool readHistory, PromptEnd? end, bool queueMoved = false) => this with
    {
        LookedAt = now,
        Looks = Looks + (place == PromptPlace.Pending ? 0 : 1),
        HistoryReads = HistoryReads + (readHistory ? 1 : 0),
        SilentSince = null,
        SocketSaysOver = false,
        Place = place,
        NowhereLooks = place == PromptPlace.Nowhere ? NowhereLooks + 1 : 0,
        ChangedAt = place == Place && !queueMoved ? ChangedAt : now,
        StartedAt = place is PromptPlace.Running or PromptPlace.Ended ? StartedAt ?? now : StartedAt,
        SuccessAt = end is { Outcome: PromptOutcome.Succeeded } ? SuccessAt ?? now : SuccessAt,
        End = end,
    };

    /// <summary>A look was answered, and not understood: the station is not silent, but nothing was learnt.</summary>
    public Witnesses LookUnread(long now, bool readHistory) => this with
    {
        LookedAt = now,
        Looks = Looks + 1,
        HistoryReads = HistoryReads + (readHistory ? 1 : 0),
        SilentSince = null,
        SocketSaysOver = false,
    };

    /// <summary>A look was not answered.</summary>
    public Witnesses LookFailed(long now, bool readHistory) => this with
    {
        LookedAt = now,
        HistoryReads = HistoryReads + (readHistory ? 1 : 0),
        SilentSince = SilentSince ?? now,
        SocketSaysOver = false,
        ContactLost = true,
    };
}
