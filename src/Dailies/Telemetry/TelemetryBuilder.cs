using System.Text.Json.Nodes;
using Dailies.Contract;

namespace Dailies.Telemetry;

/// <summary>Facts of a settled attempt → its telemetry (contract §3). Pure.</summary>
public static class TelemetryBuilder
{
    private const double BytesPerMiB = 1048576;

    /// <summary>The telemetry of one settled attempt under one policy.</summary>
    public static SceneTelemetry Build(AttemptMeasures facts, QueueConfig config)
    {
        var submitted = facts.SubmittedAt;
        var end = Later(facts.SettledAt ?? submitted, submitted);
        var start = Earlier(ExecutionStart(facts) ?? submitted, end);
        var gpu = Gpu(facts);
        return new SceneTelemetry
        {
            SubmittedAt = submitted,
            QueueStart = start,
            QueueEnd = end,
            DurationSeconds = Math.Round((end - start).TotalSeconds, 1),
            QueueWaitSeconds = facts.ExecutionSeenAt is null ? null : Seconds(start - submitted),
            ExecutionSeconds = ExecutionSpan(facts) is { } span ? Seconds(span) : null,
            CollectSeconds = facts.SuccessAt is { } success ? Seconds(Later(end, success) - success) : null,
            MaxWaitSeconds = config.HistoryMaxWaitSeconds,
            PollIntervalSeconds = config.HistoryPollIntervalSeconds,
            PostExecutionTimeoutSeconds = config.PostExecutionTimeoutSeconds,
            HistoryAttempts = facts.HistoryReads,
            HistoryAttemptLimit = config.HistoryMaxAttempts,
            HistoryExitReason = facts.ExitReason,
            HistoryPostExecutionTimeoutReached = facts.ExitReason == ExitReason.PostExecution,
            ExecutionSuccessDetected = facts.SuccessAt is not null,
            ExecutionSuccessAt = facts.SuccessAt,
            FailureKind = facts.FailureKind,
            SceneRetryBudget = config.SceneRetryBudget,
            DoneMarkerDetected = facts.MarkerPath is not null,
            DoneMarkerWaitSeconds = facts.MarkerWait is { } wait ? Math.Round((Later(wait.To, wait.From) - wait.From).TotalSeconds, 1) : 0,
            DoneMarkerPath = facts.MarkerPath,
            ForcedCopyTriggered = facts.ForcedCopyPath is not null,
            ForcedCopyDebugPath = facts.ForcedCopyPath,
            Station = facts.Station,
            PromptId = facts.PromptId,
            SampledBeforeAt = Taken(facts.Before)?.At,
            SampledAfterAt = Taken(facts.After)?.At,
            GPU = gpu,
            System = new SystemTelemetry
            {
                Before = Copy(facts.Before?.System),
                After = Copy(facts.After?.System),
                FallbackNotes = [.. Notes(facts, gpu, config).Distinct()],
            },
        };
    }

    // Seen late (a look every two seconds, no socket), the start is placed by the server's own span before the end that we saw.
    private static DateTimeOffset? ExecutionStart(AttemptMeasures facts)
    {
        if (facts is { ExecutionSeenAt: { } seen, SuccessAt: { } success, ServerStartedAt: { } from, ServerEndedAt: { } to } && to >= from)
        {
            return Later(Earlier(seen, success - (to - from)), facts.SubmittedAt);
        }

        return facts.ExecutionSeenAt is { } at ? Later(at, facts.SubmittedAt) : null;
    }

    private static TimeSpan? ExecutionSpan(AttemptMeasures facts) => facts switch
    {
        { ServerStartedAt: { } from, ServerEndedAt: { } to } when to >= from => to - from,
        { ExecutionSeenAt: { } seen, SuccessAt: { } success } when success >= seen => success - seen,
        _ => null,
    };

    private static GpuTelemetry Gpu(AttemptMeasures facts)
    {
        var (before, after) = (Taken(facts.Before), Taken(facts.After));
        var known = after?.Name is not null ? after : before;
        // A delta only makes sense between two readings of one source.
        var comparable = before?.Source == after?.Source;
        var (beforeMB, afterMB) = (MiB(before?.VramFree), MiB(after?.VramFree));
        return new GpuTelemetry
        {
            Name = known?.Name ?? "Unknown",
            Type = known?.Type ?? "unknown",
            Index = known?.Index ?? 0,
            VramTotal = known?.VramTotal ?? before?.VramTotal,
            VramFreeBefore = before?.VramFree,
            VramFreeAfter = after?.VramFree,
            VramBeforeMB = beforeMB,
            VramAfterMB = afterMB,
            VramDeltaMB = comparable && beforeMB is { } b && afterMB is { } a ? Math.Round(a - b, 1) : null,
            VramPeakUsedMB = MiB(facts.Peak?.UsedBytes),
            PeakSampleSeconds = facts.Peak?.EverySeconds,
        };
    }

    private static IEnumerable<string> Notes(AttemptMeasures facts, GpuTelemetry gpu, QueueConfig config)
    {
        foreach (var (sample, moment) in new[] { (facts.Before, "before"), (facts.After, "after") })
        {
            if (Taken(sample) is not { } taken)
            {
                yield return FallbackNotes.StatsUnavailable(moment);
            }
            else if (taken.Source == GpuSample.FromSmi)
            {
                yield return taken.System is null ? FallbackNotes.StatsUnavailableUsingSmi(moment) : FallbackNotes.StatsWithoutVramUsingSmi(moment);
            }
            else if (taken.VramFree is null || gpu.Name == "Unknown")
            {
                yield return FallbackNotes.NoVram;
            }
        }

        if (facts.Before is { DuringAnother: true } || facts.After is { DuringAnother: true })
        {
            yield return FallbackNotes.SampledDuringAnother;
        }

        if (facts is { MarkerWait: not null, MarkerPath: null })
        {
            yield return FallbackNotes.MarkerNotFound(config.DoneMarkerTimeoutSeconds);
        }

        if (facts.ForcedCopyPath is { } path)
        {
            yield return FallbackNotes.ForcedCopy(path);
        }

        foreach (var note in facts.Notes)
        {
            yield return note;
        }
    }

    private static GpuSample? Taken(GpuSample? sample) => sample is { Source: GpuSample.FromNowhere } ? null : sample;

    private static JsonObject Copy(JsonObject? system) => system is null ? [] : (JsonObject)system.DeepClone();

    private static double? MiB(long? bytes) => bytes is { } b ? Math.Round(b / BytesPerMiB, 1) : null;

    private static double Seconds(TimeSpan span) => Math.Round(span.TotalSeconds, 3);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
