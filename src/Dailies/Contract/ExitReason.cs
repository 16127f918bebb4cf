namespace Dailies.Contract;

/// <summary>Why we stopped looking at the history (contract §4). A closed set; the names are literal.</summary>
public static class ExitReason
{
    /// <summary>Success reported and every announced output arrived.</summary>
    public const string Success = "success";

    /// <summary>The longest wait for a result was over.</summary>
    public const string MaxWait = "maxWait";

    /// <summary>The looks were used up.</summary>
    public const string AttemptLimit = "attemptLimit";

    /// <summary>Success reported, but outputs were still missing when the post-execution timeout ended.</summary>
    public const string PostExecution = "postExecution";

    /// <summary>Refused, failed, interrupted or lost: the failure kind says which.</summary>
    public const string Unknown = "unknown";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Success, MaxWait, AttemptLimit, PostExecution, Unknown];
}

/// <summary>What went wrong with an attempt (contract §5). A closed set; the names are literal.</summary>
public static class FailureKind
{
    /// <summary>HTTP 4xx, or 200 with <c>node_errors</c>: the same graph fails again.</summary>
    public const string Rejected = "rejected";

    /// <summary>An <c>execution_error</c> among the messages.</summary>
    public const string ExecutionError = "executionError";

    /// <summary>The error's type or text says out of memory.</summary>
    public const string OutOfMemory = "outOfMemory";

    /// <summary>CUDA illegal access, device-side assert and their like: the station's fault.</summary>
    public const string DeviceLost = "deviceLost";

    /// <summary>Interrupted, deleted, cleared or evicted, not by us.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>Refused, reset, timed out, or restarted.</summary>
    public const string StationLost = "stationLost";

    /// <summary>No event and no change for the stall timeout, or too long in the queue.</summary>
    public const string Stalled = "stalled";

    /// <summary>Max wait or the look limit.</summary>
    public const string TimedOut = "timedOut";

    /// <summary>Outputs never arrived, or a cache hit named files that are gone.</summary>
    public const string OutputsMissing = "outputsMissing";

    /// <summary>Undecodable, torn, fewer than announced, or below the floor where that is a failure.</summary>
    public const string BadFrames = "badFrames";

    /// <summary>Disk full, read-only, path too long: on our side.</summary>
    public const string LocalStorage = "localStorage";

    /// <summary>The operator stopped the run.</summary>
    public const string Canceled = "canceled";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Rejected, ExecutionError, OutOfMemory, DeviceLost, Interrupted, StationLost,
        Stalled, TimedOut, OutputsMissing, BadFrames, LocalStorage, Canceled,
    ];
}

/// <summary>Where a run stands (metadata <c>State</c>).</summary>
public static class RunStates
{
    /// <summary>A controller works on it, or died while it did.</summary>
    public const string Running = "running";

    /// <summary>Every scene has ended, in a take or in a named reason.</summary>
    public const string Finished = "finished";

    /// <summary>The operator stopped it.</summary>
    public const string Stopped = "stopped";

    /// <summary>It could not go on: station, storage or an internal error.</summary>
    public const string Failed = "failed";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Running, Finished, Stopped, Failed];
}

/// <summary>What a take's frames are (contract §4).</summary>
public static class FrameSource
{
    /// <summary>An image sequence.</summary>
    public const string Files = "files";

    /// <summary>A video or animation that the renderer made, taken as it is.</summary>
    public const string Video = "video";

    /// <summary>One image.</summary>
    public const string Still = "still";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Files, Video, Still];
}
