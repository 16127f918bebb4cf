using Dailies.Contract;
using Dailies.Settings;

namespace Dailies.Queueing;

/// <summary>The queue knobs as people write them (contract §2): names, variables, defaults, limits. They become a <see cref="QueuePolicy"/> once, at the start.</summary>
public static class QueueOptions
{
    /// <summary>Attempts beyond the first.</summary>
    public static Setting RetryBudget { get; } = new("sceneRetryBudget", SettingKind.Whole, "Attempts beyond the first for one scene")
    { Variable = "SCENE_RETRY_BUDGET", Default = "1", Min = 0, Max = 10, Placeholder = "n" };

    /// <summary>Longest wait for a result.</summary>
    public static Setting MaxWait { get; } = new("sceneMaxWaitSeconds", SettingKind.Number, "Longest wait for a result, from the start of execution")
    { Variable = "SCENE_MAX_WAIT_SECONDS", Default = "600", Min = 0, AboveMin = true, Max = 86400, Placeholder = "s", Field = "HistoryMaxWaitSeconds" };

    /// <summary>Most looks.</summary>
    public static Setting MaxAttempts { get; } = new("sceneHistoryMaxAttempts", SettingKind.Whole, "Most looks at the history; 0 = unbounded")
    { Variable = "SCENE_HISTORY_MAX_ATTEMPTS", Default = "0", Min = 0, Placeholder = "n", Field = "HistoryMaxAttempts" };

    /// <summary>Pause between looks.</summary>
    public static Setting PollInterval { get; } = new("sceneHistoryPollIntervalSeconds", SettingKind.Number, "Pause between two looks; below the max wait")
    { Variable = "SCENE_HISTORY_POLL_INTERVAL_SECONDS", Default = "2", Fast = "1", Min = 0.1, Max = 86400, Placeholder = "s", Field = "HistoryPollIntervalSeconds" };

    /// <summary>How far outputs may lag success.</summary>
    public static Setting PostExecution { get; } = new("scenePostExecutionTimeoutSeconds", SettingKind.Number, "How long outputs may lag success")
    { Variable = "SCENE_POST_EXECUTION_TIMEOUT_SECONDS", Default = "30", Fast = "15", Min = 0, Max = 86400, Placeholder = "s", Field = "PostExecutionTimeoutSeconds" };

    /// <summary>Wait for a done marker.</summary>
    public static Setting WaitForMarker { get; } = new("waitForDoneMarker", SettingKind.Choice, "Wait for the producer's done marker")
    { Variable = "WAIT_FOR_DONE_MARKER", Default = "auto", Choices = ["auto", "true", "false"], Placeholder = "auto|true|false" };

    /// <summary>Done marker timeout.</summary>
    public static Setting MarkerTimeout { get; } = new("doneMarkerTimeoutSeconds", SettingKind.Number, "Longest wait for a done marker")
    { Variable = "DONE_MARKER_TIMEOUT_SECONDS", Default = "60", Fast = "15", Min = 0, Max = 86400, Placeholder = "s" };

    /// <summary>Stability window.</summary>
    public static Setting Stability { get; } = new("stabilitySeconds", SettingKind.Number, "How long files must stay unchanged")
    { Variable = "STABILITY_SECONDS", Default = "5", Fast = "1", Min = 0, Max = 86400, Placeholder = "s" };

    /// <summary>Stability tries.</summary>
    public static Setting StabilityRetries { get; } = new("stabilityRetries", SettingKind.Whole, "How often stability is tried")
    { Variable = "STABILITY_RETRIES", Default = "3", Fast = "2", Min = 0, Placeholder = "n" };

    /// <summary>Stall timeout.</summary>
    public static Setting StallTimeout { get; } = new("stallTimeoutSeconds", SettingKind.Number, "No event and no change in the queue for so long is a hang; 0 = off")
    { Variable = "STALL_TIMEOUT_SECONDS", Default = "900", Min = 0, Max = 864000, Placeholder = "s" };

    /// <summary>Longest wait in ComfyUI's queue.</summary>
    public static Setting QueueWait { get; } = new("sceneQueueWaitSeconds", SettingKind.Number, "Longest wait in ComfyUI's queue; 0 = off")
    { Variable = "SCENE_QUEUE_WAIT_SECONDS", Default = "3600", Min = 0, Max = 864000, Placeholder = "s" };

    /// <summary>Frames per second.</summary>
    public static Setting Fps { get; } = new("fps", SettingKind.Number, "Frames per second of videos made from frames")
    { Variable = "SCENE_FPS", Default = "24", Min = 1, Max = 240, Placeholder = "n" };

    /// <summary>Sentinel scan.</summary>
    public static Setting ScanInterval { get; } = new("scanIntervalSeconds", SettingKind.Number, "The sentinel's pause between scans")
    { Default = "2", Fast = "0.5", Min = 0, AboveMin = true, Max = 86400, Placeholder = "s" };

    /// <summary>Sentinel stable.</summary>
    public static Setting StableSeconds { get; } = new("stableSeconds", SettingKind.Number, "How long the sentinel sees no change before it marks")
    { Default = "3", Fast = "1", Min = 0, AboveMin = true, Max = 86400, Placeholder = "s" };

    /// <summary>What to do below the floor.</summary>
    public static Setting BelowFloor { get; } = new("belowFloor", SettingKind.Choice, "A whole take with fewer frames than the scene expects")
    { Default = "retry", Choices = ["warn", "retry", "fail"], Placeholder = "warn|retry|fail" };

    /// <summary>What to do with a take that shows nothing.</summary>
    public static Setting Gate { get; } = new("gate", SettingKind.Choice, "A whole take that is dark, flat or frozen; one that is all black fails unless this is off")
    { Default = "warn", Choices = ["off", "warn", "retry"], Placeholder = "off|warn|retry" };

    /// <summary>When a take is dark.</summary>
    public static Setting GateDark { get; } = new("gateDark", SettingKind.Number, "Mean luma, 0 to 255, at which a take is dark") { Default = "4", Min = 0, Max = 255, Placeholder = "n" };

    /// <summary>When a take is flat.</summary>
    public static Setting GateFlat { get; } = new("gateFlat", SettingKind.Number, "Variance of luma at which a take is flat") { Default = "1", Min = 0, Max = 16256, Placeholder = "n" };

    /// <summary>When a take is frozen.</summary>
    public static Setting GateFrozen { get; } = new("gateFrozen", SettingKind.Number, "Share of equal frames, 0 to 1, at which a take is frozen") { Default = "1", Min = 0, Max = 1, Placeholder = "n" };

    /// <summary>Fast iteration.</summary>
    public static Setting FastIteration { get; } = new("fastIteration", SettingKind.Flag, "Shorter defaults for trying things out; explicit values win")
    { Variable = "FAST_ITERATION", Default = "false" };

    /// <summary>Every knob, in the contract's order.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        RetryBudget, MaxWait, MaxAttempts, PollInterval, PostExecution, WaitForMarker, MarkerTimeout, Stability, StabilityRetries,
        StallTimeout, QueueWait, Fps, ScanInterval, StableSeconds, BelowFloor, Gate, GateDark, GateFlat, GateFrozen, FastIteration,
    ];

    /// <summary>Faults that only show between two knobs.</summary>
    public static IEnumerable<SettingFault> CrossFaults(SettingValues values)
    {
        if (values.Number(PollInterval) >= values.Number(MaxWait))
        {
            yield return new SettingFault(
                PollInterval.Key, values.All[PollInterval.Key].Text, $"from {values.Origin(PollInterval)}", $"below {MaxWait.Key}, which is {values.All[MaxWait.Key].Text}");
        }
    }

    /// <summary>Things to say before the run starts, though they are allowed.</summary>
    public static IEnumerable<string> Warnings(QueuePolicy policy)
    {
        if (policy.HistoryMaxAttempts is { } looks && looks * policy.HistoryPollInterval.TotalSeconds < policy.HistoryMaxWait.TotalSeconds)
        {
            yield return $"{looks} looks every {SummaryNumber.Text(policy.HistoryPollInterval.TotalSeconds)} s end before the max wait of "
                + $"{SummaryNumber.Text(policy.HistoryMaxWait.TotalSeconds)} s: raise {MaxAttempts.Option} or leave it unbounded";
        }
    }

    /// <summary>The policy that these values spell. Call only on values without faults. The magic 0 ends here.</summary>
    public static QueuePolicy ToPolicy(SettingValues values) => new()
    {
        SceneRetryBudget = values.Whole(RetryBudget),
        HistoryMaxWait = values.Seconds(MaxWait),
        HistoryMaxAttempts = values.Whole(MaxAttempts) is > 0 and var looks ? looks : null,
        HistoryPollInterval = values.Seconds(PollInterval),
        PostExecutionTimeout = values.Seconds(PostExecution),
        StallTimeout = Limit(values.Seconds(StallTimeout)),
        QueueWait = Limit(values.Seconds(QueueWait)),
        BelowFloor = Enum.Parse<BelowFloor>(values.Text(BelowFloor)!, ignoreCase: true),
        WaitForMarker = Enum.Parse<MarkerWait>(values.Text(WaitForMarker)!, ignoreCase: true),
        MarkerTimeout = values.Seconds(MarkerTimeout),
        Stability = values.Seconds(Stability),
        StabilityRetries = values.Whole(StabilityRetries),
        Gate = new GatePolicy
        {
            Mode = Enum.Parse<GateMode>(values.Text(Gate)!, ignoreCase: true),
            Dark = values.Number(GateDark),
            Flat = values.Number(GateFlat),
            Frozen = values.Number(GateFrozen),
        },
    };

    /// <summary>The policy as the metadata records it.</summary>
    public static QueueConfig ToConfig(SettingValues values) => new(
        values.Whole(RetryBudget), values.Number(MaxWait), values.Number(PollInterval), values.Whole(MaxAttempts), values.Number(PostExecution),
        values.Flag(FastIteration), values.Number(MarkerTimeout), values.Number(Stability), values.Whole(StabilityRetries), values.Number(StallTimeout),
        All.ToDictionary(s => s.Field, values.Origin));

    private static TimeSpan? Limit(TimeSpan value) => value == TimeSpan.Zero ? null : value;
}
