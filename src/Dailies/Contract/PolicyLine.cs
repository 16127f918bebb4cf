using static Dailies.Contract.SummaryNumber;

namespace Dailies.Contract;

/// <summary>The <c>Queue policy:</c> line: writes it and reads it back (contract §7).</summary>
public static class PolicyLine
{
    /// <summary>What the line starts with, behind the stamp.</summary>
    public const string Start = "Queue policy: ";

    /// <summary>The parts that this policy must show, in order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Expected(QueueConfig config) =>
    [
        new("sceneRetries", Text(config.SceneRetryBudget)),
        new("historyMaxWait", Text(config.HistoryMaxWaitSeconds) + "s"),
        new("historyPollInterval", Text(config.HistoryPollIntervalSeconds) + "s"),
        new("historyMaxAttempts", TelemetryLine.PollLimit(config.HistoryMaxAttempts)),
        new("postExecutionTimeout", Text(config.PostExecutionTimeoutSeconds) + "s"),
    ];

    /// <summary>The knobs in force.</summary>
    public static string Write(QueueConfig config) => Start + string.Join(", ", Expected(config).Select(p => $"{p.Key}={p.Value}"));

    /// <summary>The parts as they stand in the text behind <see cref="Start"/>.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string text) =>
        [.. text.Split(", ").Select(p => p.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], p.Length > 1 ? p[1] : ""))];
}
