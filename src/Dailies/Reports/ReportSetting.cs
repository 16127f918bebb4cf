using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Queueing;

namespace Dailies.Reports;

/// <summary>One setting in force.</summary>
/// <param name="Name">Its name in the metadata, or its key.</param>
/// <param name="Value">Its value, with its unit.</param>
/// <param name="Origin">Where it came from: cli, env, file, fast, default; null where nobody knows.</param>
public sealed record ReportSetting(string Name, string Value, string? Origin)
{
    private static readonly HashSet<string> Knobs = [.. QueueOptions.All.Where(s => typeof(QueueConfig).GetProperty(s.Field) is not null).Select(s => s.Key)];

    internal static IReadOnlyList<ReportSetting> Policy(ReportFile file)
    {
        var policy = file.QueueConfig ?? OfScenes(file);
        return policy is null ? [] :
        [
            .. Knob(nameof(QueueConfig.SceneRetryBudget), policy.SceneRetryBudget, ""),
            .. Knob(nameof(QueueConfig.HistoryMaxWaitSeconds), policy.HistoryMaxWaitSeconds, " s"),
            .. Knob(nameof(QueueConfig.HistoryPollIntervalSeconds), policy.HistoryPollIntervalSeconds, " s"),
            .. Knob(nameof(QueueConfig.HistoryMaxAttempts), policy.HistoryMaxAttempts, "", "unbounded"),
            .. Knob(nameof(QueueConfig.PostExecutionTimeoutSeconds), policy.PostExecutionTimeoutSeconds, " s"),
            .. Knob(nameof(QueueConfig.DoneMarkerTimeoutSeconds), policy.DoneMarkerTimeoutSeconds, " s"),
            .. Knob(nameof(QueueConfig.StabilitySeconds), policy.StabilitySeconds, " s"),
            .. Knob(nameof(QueueConfig.StabilityRetries), policy.StabilityRetries, ""),
            .. Knob(nameof(QueueConfig.StallTimeoutSeconds), policy.StallTimeoutSeconds, " s", "off"),
            .. policy.FastIteration is { } fast ? new[] { new ReportSetting(nameof(QueueConfig.FastIteration), SummaryNumber.Text(fast), Origin(nameof(QueueConfig.FastIteration))) } : [],
        ];

        IEnumerable<ReportSetting> Knob(string name, double? value, string unit, string? zero = null) =>
            value is not { } number ? [] : [new ReportSetting(name, number == 0 && zero is not null ? zero : SummaryNumber.Text(number) + unit, Origin(name))];

        string? Origin(string name) => policy.Origins?.GetValueOrDefault(name);
    }

    /// <summary>What the ledger has beyond the policy.</summary>
    internal static IReadOnlyList<ReportSetting> Others(RunState? run) => run?.Plan is not { } plan ? [] :
        [.. plan.Settings.Where(s => !Knobs.Contains(s.Key)).Select(s => new ReportSetting(s.Key, s.Value ?? "", s.Origin))];

    // Version 1 wrote the policy at each scene.
    private static ReportFile.PolicyPart? OfScenes(ReportFile file) => file.EveryScene.FirstOrDefault(s => s.HistoryConfig is not null) is { HistoryConfig: { } look } scene
        ? new ReportFile.PolicyPart(scene.SceneRetryBudget, look.MaxWaitSeconds, look.PollIntervalSeconds, look.MaxAttempts, look.PostExecutionTimeoutSeconds, null, null, null, null, null, null)
        : null;
}
