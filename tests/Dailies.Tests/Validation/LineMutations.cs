using Dailies.Contract;
using static Dailies.Tests.Validation.Mutations;

namespace Dailies.Tests.Validation;

/// <summary>TC-4xx and TC-5xx: the policy line and the telemetry lines, wrong by one digit, one part, one line.</summary>
internal static class LineMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        Edit("TC-401", "policy line gone", r => r.RemoveLine("Queue policy")),
        Edit("TC-402", "policy line twice", r => r.DoubleLine("Queue policy")),
        Edit("TC-403", "budget in the text", r => r.Replace("sceneRetries=1", "sceneRetries=2")),
        Edit("TC-403", "0 for unbounded", r => r.Replace("historyMaxAttempts=unbounded", "historyMaxAttempts=0")),
        Edit("TC-404", "policy part gone", r => r.Replace(", postExecutionTimeout=30s", "")),
        Edit("TC-405", "policy part twice", r => r.Replace("sceneRetries=1, ", "sceneRetries=1, sceneRetries=1, ")),
        Edit("TC-405", "policy part unknown", r => r.Replace("sceneRetries=1, ", "sceneRetries=1, patience=9, ")),
        Edit("TC-406", "policy parts swapped", r => r.Replace("historyMaxWait=600s, historyPollInterval=2s", "historyPollInterval=2s, historyMaxWait=600s")),
        Change("TC-407", "fast in the metadata only", m => m) with { Break = r => r.Set("/QueueConfig/FastIteration", true) },
        Edit("TC-407", "fast in the text only", r => r.InsertLine("Queue policy", SummaryLine.Stamped(GoodMetadata.Begin, "FastIteration mode enabled: historyPollInterval=1s"))),
        Change("TC-407", "another value in force", m => m with { QueueConfig = m.QueueConfig with { FastIteration = true } }) with { Break = r => r.Replace("queueStability=5s", "queueStability=1s") },
        Change("TC-408", "a look rarer than the wait", m => Everywhere(m, c => c with { HistoryPollIntervalSeconds = 600 }, t => t with { PollIntervalSeconds = 600 })),
        Scene("TC-409", "another wait in HistoryConfig", 0, s => s with { HistoryConfig = s.HistoryConfig with { MaxWaitSeconds = 60 } }),
        .. Knobs(),
        Scene("TC-410", "another knob of a scene never tried", 3, s => s with { HistoryConfig = s.HistoryConfig with { MaxWaitSeconds = 60 } }),
        Scene("TC-410", "another budget of a scene never tried", 3, s => s with { SceneRetryBudget = 2 }),
        Change("TC-411", "fast in a slow run", m => m with { QueueConfig = m.QueueConfig with { Origins = new Dictionary<string, string> { ["StabilityRetries"] = "fast" } } }),

        Edit("TC-501", "line gone", r => r.RemoveLine("[Scene scene-003] Telemetry")),
        Edit("TC-502", "line twice", r => r.DoubleLine("[Scene scene-001] Telemetry")),
        Edit("TC-503", "line of a scene never tried", r => r.InsertLine("Scene summary", SummaryLine.Stamped(GoodMetadata.Begin, "[Scene scene-004] Telemetry: DurationSeconds=1s"))),
        .. Values(),
        Edit("TC-504", "a value in the metadata", r => r.SetTelemetry(0, "DoneMarkerWaitSeconds", 0.1)),
        Edit("TC-505", "a part gone", r => r.Replace(" | HistoryAttempts=3", "")),
        Edit("TC-505", "a VRAM part gone", r => r.Replace(" | VRAMDeltaMB=-576MB", "")),
        Edit("TC-506", "a part twice", r => r.Replace(" | HistoryAttempts=3", " | HistoryAttempts=3 | HistoryAttempts=3")),
        Edit("TC-506", "an unknown part", r => r.Replace(" | HistoryAttempts=3", " | HistoryAttempts=3 | mood=good")),
        Edit("TC-506", "a VRAM part for null", r => r.Replace("GPU={Unknown}", "GPU={Unknown} | VRAMBeforeMB=0MB")),
        Edit("TC-506", "a fallback that the metadata lacks", r => r.Replace(" | ForcedCopyTriggered=false", " | ForcedCopyTriggered=false | fallback=none")),
        Edit("TC-507", "parts swapped", r => r.Replace("MaxWaitSeconds=600s | PollIntervalSeconds=2s", "PollIntervalSeconds=2s | MaxWaitSeconds=600s")),
        Edit("TC-508", "0 for unbounded", r => r.Replace("pollLimit=unbounded", "pollLimit=0")),
        Edit("TC-509", "half a fallback", r => r.Replace($"fallback={FallbackNotes.NoVram}; ", "fallback=")),
        Edit("TC-509", "no fallback", r => r.Text(t => System.Text.RegularExpressions.Regex.Replace(t, @" \| fallback=.*", ""))),
        Edit("TC-509", "more behind the fallback", r => r.Replace(".txt\n", ".txt | HistoryAttempts=3\n")),
    ];

    // The policy was changed in the line and in QueueConfig, and not where it was in force.
    private static IEnumerable<Mutation> Knobs() => new (string What, Func<QueueConfig, QueueConfig> Change)[]
    {
        ("the longest wait", c => c with { HistoryMaxWaitSeconds = 900 }), ("the interval", c => c with { HistoryPollIntervalSeconds = 3 }), ("the most looks", c => c with { HistoryMaxAttempts = 9 }),
        ("the post-execution time-out", c => c with { PostExecutionTimeoutSeconds = 31 }), ("the budget", c => c with { SceneRetryBudget = 2 }),
    }.Select(k => Change("TC-410", $"{k.What} in policy line and QueueConfig only", m => m with { QueueConfig = k.Change(m.QueueConfig) }));

    // One digit, one letter, right of each name.
    private static IEnumerable<Mutation> Values() => new (string Old, string New)[]
    {
        ("DurationSeconds=136.8s", "DurationSeconds=136.9s"), ("MaxWaitSeconds=600s", "MaxWaitSeconds=60s"), ("PollIntervalSeconds=2s", "PollIntervalSeconds=2.0s"),
        ("HistoryAttempts=3", "HistoryAttempts=4"), ("HistoryAttemptLimit=0", "HistoryAttemptLimit=1"), ("SceneRetryBudget=1", "SceneRetryBudget=0"),
        ("PostExecutionTimeoutSeconds=30s", "PostExecutionTimeoutSeconds=s"), ("ExecutionSuccessDetected=true", "ExecutionSuccessDetected=True"),
        ("ExecutionSuccessAt=2026", "ExecutionSuccessAt=2025"), ("HistoryExitReason=success", "HistoryExitReason=Success"),
        ("HistoryPostExecutionTimeoutReached=false", "HistoryPostExecutionTimeoutReached=true"), ("RTX 3090", "RTX 4090"),
        ("VRAMBeforeMB=10240MB", "VRAMBeforeMB=10241MB"), ("VRAMAfterMB=9664MB", "VRAMAfterMB=9664"), ("VRAMDeltaMB=-576MB", "VRAMDeltaMB=576MB"),
        ("DoneMarkerWaitSeconds=0s", "DoneMarkerWaitSeconds=1s"), ("DoneMarkerDetected=false", "DoneMarkerDetected=true"),
        ("ForcedCopyTriggered=true", "ForcedCopyTriggered=false"), ("ForcedCopyDebugPath=scene-002", "ForcedCopyDebugPath=scene-001"),
    }.Select(v => Edit("TC-504", v.New, r => r.Text(t => ReplaceInTelemetry(t, v.Old, v.New))));

    private static string ReplaceInTelemetry(string text, string old, string value)
    {
        var at = text.IndexOf(old, text.IndexOf("[Scene scene-001] Telemetry: ", StringComparison.Ordinal), StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0, old);
        return text[..at] + value + text[(at + old.Length)..];
    }
}
