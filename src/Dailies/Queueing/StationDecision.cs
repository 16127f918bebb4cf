namespace Dailies.Queueing;

/// <summary>What is wrong with a station right now.</summary>
public enum StationSign
{
    /// <summary>Nothing that we know of.</summary>
    Well,

    /// <summary>It lost its device, and can't render until it is restarted.</summary>
    DeviceLost,

    /// <summary>Its process, our own child, has ended.</summary>
    Ended,

    /// <summary>It does not answer.</summary>
    Silent,

    /// <summary>A prompt of ours can't be taken back: its worker is dead, or stuck in a node that heeds no interrupt.</summary>
    Stuck,
}

/// <summary>What to do with a station before the next prompt is sent there. Closed.</summary>
public abstract record StationStep
{
    private StationStep()
    {
    }

    /// <summary>Send.</summary>
    public sealed record Go : StationStep;

    /// <summary>Leave it alone for so long, then try one scene.</summary>
    public sealed record Rest(TimeSpan Span, string Why) : StationStep;

    /// <summary>End our own child and start it again.</summary>
    public sealed record Restart(string Why) : StationStep;

    /// <summary>Nothing can be rendered there until a person has been.</summary>
    public sealed record Halt(string Why) : StationStep;
}

/// <summary>The circuit breaker of one station: decides what happens to it after each attempt. Pure. It never judges a run: only where no station is left does a run halt.</summary>
public static class StationDecision
{
    /// <summary>So many scenes in a row that fail within seconds are the station's fault.</summary>
    public const int MostQuickFailures = 5;

    /// <summary>Restarts without a take in between; one more is pointless.</summary>
    public const int MostRestarts = 3;

    /// <summary>Rests without a take in between; one more is pointless.</summary>
    public const int MostRests = 3;

    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(15);

    /// <summary>The step; the first rule that holds wins. <paramref name="ours"/>: we started it, so we may start it again.</summary>
    public static StationStep Next(StationHealth health, StationSign sign, bool ours) => sign switch
    {
        not StationSign.Well when ours => health.Restarts < MostRestarts
            ? new StationStep.Restart(Words(sign))
            : new StationStep.Halt($"{Words(sign)}, and {MostRestarts} restarts did not help"),
        StationSign.Stuck => new StationStep.Halt("a prompt of ours can't be taken back: restart that ComfyUI, then resume"),
        StationSign.Silent or StationSign.Ended => new StationStep.Halt("it does not answer any more"),
        StationSign.DeviceLost when health.DeviceLosses > 1 => RestOrHalt(health, $"it has lost its GPU for {health.DeviceLosses} scenes in a row: restart that ComfyUI, then resume"),
        _ when health.QuickFailures >= MostQuickFailures => RestOrHalt(health, $"{health.QuickFailures} scenes in a row failed within seconds: see their errors, mend it, then resume"),
        _ => new StationStep.Go(),
    };

    // 15, 30, 60 s: time for somebody or something to mend it, and little enough of a night.
    private static StationStep RestOrHalt(StationHealth health, string why) => health.Rests < MostRests
        ? new StationStep.Rest(FirstRest * Math.Pow(2, health.Rests), why)
        : new StationStep.Halt(why);

    private static string Words(StationSign sign) => sign switch
    {
        StationSign.DeviceLost => "it has lost its GPU",
        StationSign.Ended => "its process ended",
        StationSign.Silent => "it does not answer any more",
        _ => "a prompt of ours can't be taken back",
    };
}
