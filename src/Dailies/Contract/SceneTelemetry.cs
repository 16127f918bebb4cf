using System.Text.Json.Nodes;

namespace Dailies.Contract;

/// <summary>Everything measured about one attempt (contract §3). Times are our clock, UTC; <c>…Seconds</c> are seconds.</summary>
/// <source>our clock</source>
public sealed record SceneTelemetry
{
    /// <summary>When POST /prompt was sent.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When execution began; <see cref="SubmittedAt"/> where it never did.</summary>
    /// <source>our clock when <c>execution_start</c> came or <c>/queue</c> showed it running; seen late, placed by the server's own span</source>
    public required DateTimeOffset QueueStart { get; init; }

    /// <summary>When the attempt was settled: its take was whole, or it was given up.</summary>
    public required DateTimeOffset QueueEnd { get; init; }

    /// <summary><see cref="QueueEnd"/> minus <see cref="QueueStart"/>, 1 decimal. Waiting behind other prompts is not in it.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>From <see cref="SubmittedAt"/> to <see cref="QueueStart"/>, 3 decimals; null where execution never began.</summary>
    public double? QueueWaitSeconds { get; init; }

    /// <summary>How long ComfyUI executed the prompt, 3 decimals; null when unknown.</summary>
    /// <source>two stamps of ComfyUI's history; where it gave none, our clock</source>
    public double? ExecutionSeconds { get; init; }

    /// <summary>From reported success to the settled take, 3 decimals; null without success.</summary>
    public double? CollectSeconds { get; init; }

    /// <summary>Longest wait for a result, as in force; counted from <see cref="QueueStart"/>.</summary>
    /// <source><see cref="QueueConfig.HistoryMaxWaitSeconds"/></source>
    public required double MaxWaitSeconds { get; init; }

    /// <summary>Pause between two looks, as in force.</summary>
    /// <source><see cref="QueueConfig.HistoryPollIntervalSeconds"/></source>
    public required double PollIntervalSeconds { get; init; }

    /// <summary>How long outputs may lag success, as in force.</summary>
    /// <source><see cref="QueueConfig.PostExecutionTimeoutSeconds"/></source>
    public required double PostExecutionTimeoutSeconds { get; init; }

    /// <summary>How often <c>/history</c> was read for this prompt.</summary>
    /// <unit>looks</unit>
    /// <source>counted</source>
    public required int HistoryAttempts { get; init; }

    /// <summary>Most looks allowed, as in force; 0 = unbounded.</summary>
    /// <unit>looks</unit>
    /// <source><see cref="QueueConfig.HistoryMaxAttempts"/></source>
    public required int HistoryAttemptLimit { get; init; }

    /// <summary>Why we stopped looking: one of <see cref="ExitReason"/>.</summary>
    /// <source>decided by the queue policy; the first rule that holds wins</source>
    public required string HistoryExitReason { get; init; }

    /// <summary>Success was reported, and outputs were still missing when the post-execution timeout ended: true exactly with the exit reason <c>postExecution</c>.</summary>
    /// <source><see cref="HistoryExitReason"/></source>
    public required bool HistoryPostExecutionTimeoutReached { get; init; }

    /// <summary>ComfyUI reported success for this prompt. A failed prompt in the history is no success.</summary>
    /// <source>ComfyUI's socket or history, whichever spoke first</source>
    public required bool ExecutionSuccessDetected { get; init; }

    /// <summary>When we learned of it; null when not detected.</summary>
    public DateTimeOffset? ExecutionSuccessAt { get; init; }

    /// <summary>Null on success, else one of <see cref="Contract.FailureKind"/>.</summary>
    /// <source>decided from what ComfyUI, the files and our own disk said</source>
    public string? FailureKind { get; init; }

    /// <summary>Attempts allowed beyond the first, as in force.</summary>
    /// <unit>attempts</unit>
    /// <source><see cref="QueueConfig.SceneRetryBudget"/></source>
    public required int SceneRetryBudget { get; init; }

    /// <summary>A done marker of this very attempt was seen.</summary>
    /// <source>the producer's <c>.done</c> file</source>
    public bool DoneMarkerDetected { get; init; }

    /// <summary>How long the marker was waited for, 1 decimal; 0 where none was.</summary>
    public double DoneMarkerWaitSeconds { get; init; }

    /// <summary>Our copy of the marker, relative to the run folder; null where none counted.</summary>
    /// <source>the producer's <c>.done</c> file</source>
    public string? DoneMarkerPath { get; init; }

    /// <summary>Frames were copied from the output folder without proof that they are all.</summary>
    /// <source>decided after <see cref="QueueConfig.StabilityRetries"/> windows without stability</source>
    public bool ForcedCopyTriggered { get; init; }

    /// <summary>The dump that says why, relative to the run folder; there exactly when <see cref="ForcedCopyTriggered"/>.</summary>
    /// <source>Dailies, when the copy was forced</source>
    public string? ForcedCopyDebugPath { get; init; }

    /// <summary>The name of the station that rendered it; one of <see cref="ArtifactMetadata.Stations"/>.</summary>
    /// <source><c>stations</c> of dailies.json, else <c>station-1</c></source>
    public required string Station { get; init; }

    /// <summary>The id of the ComfyUI prompt: a UUID that we made before the POST.</summary>
    /// <source>Dailies itself; a station older than v0.3.45 gave it one of its own, which stands in the ledger</source>
    public required string PromptId { get; init; }

    /// <summary>When the GPU was looked at just before execution; null when nobody answered.</summary>
    public DateTimeOffset? SampledBeforeAt { get; init; }

    /// <summary>When the GPU was looked at just after execution; null when nobody answered.</summary>
    public DateTimeOffset? SampledAfterAt { get; init; }

    /// <summary>The device and its free memory.</summary>
    /// <source>ComfyUI's <c>/system_stats</c></source>
    public required GpuTelemetry GPU { get; init; }

    /// <summary>The machine, and the notes where telemetry had to fall back.</summary>
    /// <source>ComfyUI's <c>/system_stats</c></source>
    public required SystemTelemetry System { get; init; }
}

/// <summary>One device. <c>Vram…</c> are bytes and mean free memory (except total); <c>…MB</c> are MiB with one decimal.</summary>
/// <source>ComfyUI's <c>/system_stats</c>; nvidia-smi where a fallback note says so</source>
public sealed record GpuTelemetry
{
    /// <summary>The device as ComfyUI names it; <c>Unknown</c> only together with a fallback note.</summary>
    public required string Name { get; init; }

    /// <summary>Its kind: <c>cuda</c>, <c>cpu</c>, <c>nvidia</c>, <c>mps</c> …</summary>
    public required string Type { get; init; }

    /// <summary>Its number as ComfyUI says it, else the position in <c>devices</c>.</summary>
    public required int Index { get; init; }

    /// <summary>All memory of the device.</summary>
    /// <unit>bytes</unit>
    public long? VramTotal { get; init; }

    /// <summary>Memory free just before execution.</summary>
    /// <unit>bytes</unit>
    public long? VramFreeBefore { get; init; }

    /// <summary>Memory free just after execution.</summary>
    /// <unit>bytes</unit>
    public long? VramFreeAfter { get; init; }

    /// <summary><see cref="VramFreeBefore"/> in MiB, 1 decimal; null only together with a fallback note.</summary>
    public double? VramBeforeMB { get; init; }

    /// <summary><see cref="VramFreeAfter"/> in MiB, 1 decimal; null only together with a fallback note.</summary>
    public double? VramAfterMB { get; init; }

    /// <summary>Rounded after minus rounded before: negative means that the prompt kept memory. Null where the two were not read from one source.</summary>
    public double? VramDeltaMB { get; init; }

    /// <summary>Most memory seen in use while the prompt ran; null when it was not sampled.</summary>
    public double? VramPeakUsedMB { get; init; }

    /// <summary>Pause between two samples of the peak; null when it was not sampled.</summary>
    public double? PeakSampleSeconds { get; init; }
}

/// <summary>The <c>system</c> part of /system_stats without <c>argv</c>, before and after.</summary>
/// <source>ComfyUI's <c>/system_stats</c></source>
public sealed record SystemTelemetry
{
    /// <summary>Before execution; <c>{}</c> when unknown.</summary>
    public required JsonObject Before { get; init; }

    /// <summary>After execution; <c>{}</c> when unknown.</summary>
    public required JsonObject After { get; init; }

    /// <summary>What could not be measured as it should, in the contract's own words; empty when all was well.</summary>
    /// <source>Dailies itself; each also stands in the scene's Telemetry line</source>
    public required IReadOnlyList<string> FallbackNotes { get; init; }
}
