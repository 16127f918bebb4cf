namespace Dailies.Comfy;

/// <summary>What is known of a station that was started: whether it answers, whether its process has ended, how long it has had.</summary>
internal readonly record struct StationReadinessFacts(bool Answers, bool Ended, TimeSpan Waited);

/// <summary>What to do about a station that was started.</summary>
internal abstract record StationReadinessStep
{
    private StationReadinessStep()
    {
    }

    /// <summary>Ask again after a pause.</summary>
    public sealed record Wait(TimeSpan Delay) : StationReadinessStep;

    /// <summary>It answers.</summary>
    public sealed record Ready : StationReadinessStep;

    /// <summary>It has ended instead.</summary>
    public sealed record Exited : StationReadinessStep;

    /// <summary>It has had its time.</summary>
    public sealed record TooLate : StationReadinessStep;
}

/// <summary>Is a station that was started ready? Pure.</summary>
internal static class StationReadinessDecision
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The next step. An end beats an answer: when ours has ended, whoever answers at its url is somebody else.</summary>
    public static StationReadinessStep Next(TimeSpan limit, StationReadinessFacts facts) => facts switch
    {
        { Ended: true } => new StationReadinessStep.Exited(),
        { Answers: true } => new StationReadinessStep.Ready(),
        _ when facts.Waited >= limit => new StationReadinessStep.TooLate(),
        _ => new StationReadinessStep.Wait(limit - facts.Waited < Interval ? limit - facts.Waited : Interval),
    };
}
