using System.Text.Json.Nodes;

namespace Dailies.Contract;

/// <summary>Everything measured about one attempt (contract §3). Times are our clock, UTC; <c>…Seconds</c> are seconds.</summary>
public sealed record SceneTelemetry
{
    /// <summary>When POST /prompt was sent.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When execution began; <see cref="SubmittedAt"/> where it never did.</summary>
    public required DateTimeOffset QueueStart { get; init; }

    /// <summary>When the attempt was settled.</summary>
    public required DateTimeOffset QueueEnd { get; init; }

    /// <summary>QueueEnd − QueueStart, one decimal.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Submitted until execution began, three decimals; null where it never began.</summary>
    public double? QueueWaitSeconds { get; init; }

    /// <summary>The server's own execution span, three decimals; ours where the server gave no stamps; null when unknown.</summary>
    public double? ExecutionSeconds { get; init; }

    /// <summary>From reported success to the settled take, three decimals; null without success.</summary>
    public double? CollectSeconds { get; init; }

    /// <summary>The knob in force.</summary>
    public required double MaxWaitSeconds { get; init; }

    /// <summary>The knob in force.</summary>
    public required double PollIntervalSeconds { get; init; }

    /// <summary>The knob in force.</summary>
    public required double PostExecutionTimeoutSeconds { get; init; }

    /// <summary>GETs of /history for this prompt.</summary>
    public required int HistoryAttempts { get; init; }

    /// <summary>Most looks allowed; 0 = unbounded.</summary>
    public required int HistoryAttemptLimit { get; init; }

    /// <summary>One of <see cref="ExitReason"/>.</summary>
    public required string HistoryExitReason { get; init; }

    /// <summary>True only with <see cref="ExitReason.PostExecution"/>.</summary>
    public required bool HistoryPostExecutionTimeoutReached { get; init; }

    /// <summary>ComfyUI reported success for this prompt.</summary>
    public required bool ExecutionSuccessDetected { get; init; }

    /// <summary>When we learned of it; null when not detected.</summary>
    public DateTimeOffset? ExecutionSuccessAt { get; init; }

    /// <summary>Null on success, else one of <see cref="Contract.FailureKind"/>.</summary>
    public string? FailureKind { get; init; }

    /// <summary>Attempts allowed beyond the first.</summary>
    public required int SceneRetryBudget { get; init; }

    /// <summary>A marker of this very attempt was seen.</summary>
    public bool DoneMarkerDetected { get; init; }

    /// <summary>How long we waited for the marker, one decimal.</summary>
    public double DoneMarkerWaitSeconds { get; init; }

    /// <summary>Where the marker lies, or null.</summary>
    public string? DoneMarkerPath { get; init; }

    /// <summary>Frames were copied without proof of completeness.</summary>
    public bool ForcedCopyTriggered { get; init; }

    /// <summary>The dump that says why; required when triggered.</summary>
    public string? ForcedCopyDebugPath { get; init; }

    /// <summary>The station's name.</summary>
    public required string Station { get; init; }

    /// <summary>Our prompt id, made before the POST.</summary>
    public required string PromptId { get; init; }

    /// <summary>When the GPU was looked at before execution, or null.</summary>
    public DateTimeOffset? SampledBeforeAt { get; init; }

    /// <summary>When the GPU was looked at after execution, or null.</summary>
    public DateTimeOffset? SampledAfterAt { get; init; }

    /// <summary>The device and its free memory.</summary>
    public required GpuTelemetry GPU { get; init; }

    /// <summary>The machine, and the notes where telemetry fell back.</summary>
    public required SystemTelemetry System { get; init; }
}

/// <summary>One device. <c>Vram…</c> are bytes and mean free memory (except total); <c>…MB</c> are MiB with one decimal.</summary>
public sealed record GpuTelemetry
{
    /// <summary>As the server says; <c>Unknown</c> only together with a fallback note.</summary>
    public required string Name { get; init; }

    /// <summary><c>cuda</c>, <c>cpu</c>, <c>nvidia</c>, <c>mps</c> …</summary>
    public required string Type { get; init; }

    /// <summary>As the server says, else the position in <c>devices</c>.</summary>
    public required int Index { get; init; }

    /// <summary>All memory of the device.</summary>
    public long? VramTotal { get; init; }

    /// <summary>Free just before execution.</summary>
    public long? VramFreeBefore { get; init; }

    /// <summary>Free just after execution.</summary>
    public long? VramFreeAfter { get; init; }

    /// <summary>Free before, in MiB.</summary>
    public double? VramBeforeMB { get; init; }

    /// <summary>Free after, in MiB.</summary>
    public double? VramAfterMB { get; init; }

    /// <summary>Rounded after − rounded before: negative means consumed.</summary>
    public double? VramDeltaMB { get; init; }

    /// <summary>Most memory seen in use, in MiB; null when it was not sampled.</summary>
    public double? VramPeakUsedMB { get; init; }

    /// <summary>Pause between two samples of the peak; null when it was not sampled.</summary>
    public double? PeakSampleSeconds { get; init; }
}

/// <summary>The <c>system</c> part of /system_stats without <c>argv</c>, before and after.</summary>
public sealed record SystemTelemetry
{
    /// <summary>Before execution; <c>{}</c> when unknown.</summary>
    public required JsonObject Before { get; init; }

    /// <summary>After execution; <c>{}</c> when unknown.</summary>
    public required JsonObject After { get; init; }

    /// <summary>See <see cref="Contract.FallbackNotes"/>.</summary>
    public required IReadOnlyList<string> FallbackNotes { get; init; }
}
