namespace Dailies.Queueing;

/// <summary>How long one scene may take, how often we look, and how often we try again (contract §2).</summary>
/// <remarks>In memory a span of time is a <see cref="TimeSpan"/>. Where it is written down its name carries the unit.</remarks>
public sealed record QueuePolicy
{
    /// <summary>Attempts beyond the first.</summary>
    /// <value>0 to 10. Default: 1.</value>
    public int SceneRetryBudget { get; init; } = 1;

    /// <summary>Longest wait for a result, measured from the start of execution.</summary>
    /// <value>More than zero, at most a day. Default: 600 seconds.</value>
    public TimeSpan HistoryMaxWait { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>Most looks for one attempt.</summary>
    /// <value>1 or more; <see langword="null"/> (the default) sets no limit.</value>
    public int? HistoryMaxAttempts { get; init; }

    /// <summary>Pause between two looks.</summary>
    /// <value>0.1 seconds or more, and shorter than <see cref="HistoryMaxWait"/>. Default: 2 seconds.</value>
    public TimeSpan HistoryPollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long outputs may still be missing after reported success.</summary>
    /// <value>Zero or more. Default: 30 seconds.</value>
    public TimeSpan PostExecutionTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nothing may happen: no event, no change in the queue.</summary>
    /// <value>More than zero; <see langword="null"/> sets no limit. Default: 900 seconds.</value>
    public TimeSpan? StallTimeout { get; init; } = TimeSpan.FromSeconds(900);

    /// <summary>Longest wait in ComfyUI's queue.</summary>
    /// <value>More than zero; <see langword="null"/> sets no limit. Default: 3600 seconds.</value>
    public TimeSpan? QueueWait { get; init; } = TimeSpan.FromSeconds(3600);

    /// <summary>Rungs of the out-of-memory ladder: sets of smaller values that a scene falls to, one at a time.</summary>
    /// <value>0 or more. Default: 0.</value>
    public int LadderRungs { get; init; }

    /// <summary>Whether a done marker is waited for.</summary>
    /// <value>Default: only where one can be expected.</value>
    public MarkerWait WaitForMarker { get; init; } = MarkerWait.Auto;

    /// <summary>Longest wait for a done marker, from reported success.</summary>
    /// <value>Zero (one look) or more. Default: 60 seconds.</value>
    public TimeSpan MarkerTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the files of a folder must stay unchanged to count as whole.</summary>
    /// <value>Zero or more. Default: 5 seconds.</value>
    public TimeSpan Stability { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many such windows may pass before files are copied without proof.</summary>
    /// <value>Zero or more. Default: 3.</value>
    public int StabilityRetries { get; init; } = 3;

    /// <summary>When a take is doubtful by what it shows.</summary>
    public GatePolicy Gate { get; init; } = new();

    /// <summary>What to do with a take that has all announced frames, but fewer than the floor.</summary>
    /// <value>Default: retry while another attempt can change it.</value>
    public BelowFloor BelowFloor { get; init; } = BelowFloor.Retry;
}

/// <summary>What to do with a take below its floor.</summary>
public enum BelowFloor
{
    /// <summary>Accept it with a warning.</summary>
    Warn,

    /// <summary>Try again within the budget while another attempt can change it, then accept with a warning.</summary>
    Retry,

    /// <summary>The attempt failed.</summary>
    Fail,
}

/// <summary>Whether a done marker is waited for.</summary>
public enum MarkerWait
{
    /// <summary>Only where the workflow has a marker node, or a sentinel answers in the output folder.</summary>
    Auto,

    /// <summary>Always.</summary>
    True,

    /// <summary>Never.</summary>
    False,
}
