namespace Dailies.Markers;

/// <summary>How the sentinel looks and when it marks.</summary>
public sealed record SentinelPolicy
{
    /// <summary>Pause between two scans.</summary>
    /// <value>Above zero. Default: 2 seconds.</value>
    public TimeSpan ScanInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long nothing of a sequence may have changed before it is marked.</summary>
    /// <value>Above zero. Default: 3 seconds.</value>
    public TimeSpan Stable { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Sequences with fewer frames are not marked.</summary>
    /// <value>1 or more. Default: 1.</value>
    public int MinFrames { get; init; } = 1;
}

/// <summary>What the marker that lies beside a sequence is worth.</summary>
public enum MarkerStanding
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It speaks of exactly these frames.</summary>
    Fits,

    /// <summary>It can't be read, is older than a frame, or speaks of another number of frames.</summary>
    Stale,
}

/// <summary>What is known of one sequence at one look.</summary>
public sealed record SequenceFacts
{
    /// <summary>How many frames there are.</summary>
    public required int Frames { get; init; }

    /// <summary>A frame without content, or whose end is known to be missing; null where none is known.</summary>
    public string? Torn { get; init; }

    /// <summary>How long nothing of the sequence has changed.</summary>
    public required TimeSpan Unchanged { get; init; }

    /// <summary>The marker beside it.</summary>
    public required MarkerStanding Marker { get; init; }
}

/// <summary>The one thing to do about a sequence. Closed: only the shapes below exist.</summary>
public abstract record MarkerStep
{
    private MarkerStep()
    {
    }

    /// <summary>Its marker stands: nothing to do.</summary>
    public sealed record Done : MarkerStep;

    /// <summary>Too few frames: only a change helps.</summary>
    public sealed record TooFew : MarkerStep;

    /// <summary><paramref name="Frame"/> is not whole: only a change helps.</summary>
    public sealed record Incomplete(string Frame) : MarkerStep;

    /// <summary>It may be whole in <paramref name="Left"/>, if nothing changes until then.</summary>
    public sealed record Wait(TimeSpan Left) : MarkerStep;

    /// <summary>Write its first marker.</summary>
    public sealed record Mark : MarkerStep;

    /// <summary>Replace a marker that does not speak of these frames.</summary>
    public sealed record Renew : MarkerStep;
}

/// <summary>Decides what happens to a sequence's marker. Pure: no clock, no disk.</summary>
public static class MarkerDecision
{
    /// <summary>The next step. The first rule that holds wins, so their order is the policy.</summary>
    public static MarkerStep Next(SentinelPolicy policy, SequenceFacts facts) => facts switch
    {
        { Marker: MarkerStanding.Fits } => new MarkerStep.Done(),
        _ when facts.Frames < policy.MinFrames => new MarkerStep.TooFew(),
        { Torn: { } frame } => new MarkerStep.Incomplete(frame),
        _ when facts.Unchanged < policy.Stable => new MarkerStep.Wait(policy.Stable - facts.Unchanged),
        { Marker: MarkerStanding.Stale } => new MarkerStep.Renew(),
        _ => new MarkerStep.Mark(),
    };
}
