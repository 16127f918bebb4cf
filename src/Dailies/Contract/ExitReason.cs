namespace Dailies.Contract;

/// <summary>Why we stopped looking at the history (contract §4). A closed set; the names are literal.</summary>
public static class ExitReason
{
    /// <summary>ComfyUI reported success and every announced output arrived.</summary>
    /// <source>history and files</source>
    /// <next>The frames are judged next: a whole take is accepted, else the failure kind is badFrames.</next>
    /// <advice>Nothing.</advice>
    public const string Success = "success";

    /// <summary>The longest wait for a result was over, counted from the start of execution.</summary>
    /// <source>our clock</source>
    /// <next>The prompt is taken back; the failure kind is timedOut. A take that comes all the same is adopted, and then there is no failure kind.</next>
    /// <advice>Where the prompt was still at work, raise --scene-max-wait-seconds or make the scene smaller; where it hung, look at the station.</advice>
    public const string MaxWait = "maxWait";

    /// <summary>The looks at the history were used up.</summary>
    /// <source>counted</source>
    /// <next>As maxWait.</next>
    /// <advice>Raise --scene-history-max-attempts, or set it to 0: then max wait alone bounds the wait.</advice>
    public const string AttemptLimit = "attemptLimit";

    /// <summary>ComfyUI reported success, but outputs were still missing when the post-execution timeout ended.</summary>
    /// <source>history and our clock</source>
    /// <next>The failure kind is outputsMissing; tried again within the retry budget, with another prefix.</next>
    /// <advice>Raise --scene-post-execution-timeout-seconds where files lag, or give the workflow a saving node.</advice>
    public const string PostExecution = "postExecution";

    /// <summary>The prompt was refused, failed, was interrupted or lost before there was anything to wait for.</summary>
    /// <source>ComfyUI's answers, or our own disk</source>
    /// <next>What the failure kind says.</next>
    /// <advice>Look at the failure kind.</advice>
    public const string Unknown = "unknown";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Success, MaxWait, AttemptLimit, PostExecution, Unknown];
}

/// <summary>What went wrong with an attempt (contract §5). A closed set; the names are literal.</summary>
public static class FailureKind
{
    /// <summary>ComfyUI refused the workflow: HTTP 4xx, or 200 with <c>node_errors</c>.</summary>
    /// <source>the answer to POST /prompt</source>
    /// <next>No other attempt: the same graph fails again. What was accepted of it is taken back.</next>
    /// <advice>Read the ERROR line: it names node, input and value, and the nearest allowed one. Correct the workflow or its bindings, then render the scene again.</advice>
    public const string Rejected = "rejected";

    /// <summary>A node failed: an <c>execution_error</c> among the messages, whatever <c>status_str</c> says.</summary>
    /// <source>ComfyUI's history or socket</source>
    /// <next>Tried again within the retry budget, with the next seed where seeds are derived.</next>
    /// <advice>Read the ERROR line: it names the node and ComfyUI's own words. The whole answer lies in the attempt's history.json.</advice>
    public const string ExecutionError = "executionError";

    /// <summary>A node ran out of memory: the error's type or text says so.</summary>
    /// <source>ComfyUI's history or socket</source>
    /// <next>The station is asked to let its memory go, then the scene falls one rung down its ladder, not charged. Without a ladder: again within the retry budget.</next>
    /// <advice>Give dailies.json a ladder of smaller sizes, ask for fewer frames, or close what else uses the GPU.</advice>
    public const string OutOfMemory = "outOfMemory";

    /// <summary>The GPU was lost: CUDA illegal access, device-side assert and their like.</summary>
    /// <source>ComfyUI's history or socket</source>
    /// <next>The station's fault: not charged, three times per scene. A station that we started is started again; else it rests before it is tried again.</next>
    /// <advice>Restart ComfyUI. If it comes back at the same scene, make that scene smaller; if at any, look at driver, heat and power.</advice>
    public const string DeviceLost = "deviceLost";

    /// <summary>The prompt was interrupted, deleted, cleared or evicted, and not by us.</summary>
    /// <source>ComfyUI's queue, history or socket</source>
    /// <next>No other attempt: a person did it.</next>
    /// <advice>If it was a mistake: dailies retry latest with the scene's number.</advice>
    public const string Interrupted = "interrupted";

    /// <summary>The station refused, reset, timed out or restarted.</summary>
    /// <source>the connection</source>
    /// <next>Not charged, three times per scene: we wait, go on with the prompt if the station still knows it, else send it again.</next>
    /// <advice>Look whether ComfyUI still runs and what it wrote last. With --station-start, Dailies starts it again by itself.</advice>
    public const string StationLost = "stationLost";

    /// <summary>No event and no change in the queue for the stall timeout, or too long in the queue.</summary>
    /// <source>our clock</source>
    /// <next>The prompt is taken back and tried again within the retry budget.</next>
    /// <advice>See what else is in ComfyUI's queue. Where single nodes take that long without a word, raise --stall-timeout-seconds or --scene-queue-wait-seconds.</advice>
    public const string Stalled = "stalled";

    /// <summary>There was no result within max wait, or within the look limit.</summary>
    /// <source>our clock</source>
    /// <next>The prompt is taken back and tried again within the retry budget.</next>
    /// <advice>Compare DurationSeconds of the scenes that did succeed with --scene-max-wait-seconds, and raise it or make the scene smaller.</advice>
    public const string TimedOut = "timedOut";

    /// <summary>Success was reported, and the outputs never arrived; or a cache hit named files that are gone.</summary>
    /// <source>ComfyUI's history and <c>/view</c></source>
    /// <next>Tried again within the retry budget, with another prefix, so that nothing comes from the cache.</next>
    /// <advice>Give the workflow a saving node that makes pictures. For nodes that announce nothing: --collect folder.</advice>
    public const string OutputsMissing = "outputsMissing";

    /// <summary>Frames are undecodable, torn, black, fewer than announced, or below the floor where that is a failure.</summary>
    /// <source>the files</source>
    /// <next>Tried again within the retry budget, with the next derived seed.</next>
    /// <advice>Look at the frames that came, in generated-frames-attempt-N. Black ones are mostly NaN: try another VAE or precision.</advice>
    public const string BadFrames = "badFrames";

    /// <summary>Our own disk failed: full, read-only, or a path too long.</summary>
    /// <source>our own disk</source>
    /// <next>No other attempt: the run stops with exit code 3. Nothing that was taken is touched.</next>
    /// <advice>Make room, then: dailies resume latest.</advice>
    public const string LocalStorage = "localStorage";

    /// <summary>The operator stopped the run.</summary>
    /// <source>Ctrl-C, SIGTERM or dailies stop</source>
    /// <next>The prompt is taken back. Not charged.</next>
    /// <advice>Go on with: dailies resume latest.</advice>
    public const string Canceled = "canceled";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Rejected, ExecutionError, OutOfMemory, DeviceLost, Interrupted, StationLost,
        Stalled, TimedOut, OutputsMissing, BadFrames, LocalStorage, Canceled,
    ];
}

/// <summary>Where a run stands (metadata <c>State</c>).</summary>
/// <source>the run's ledger</source>
public static class RunStates
{
    /// <summary>A controller works on the run, or died while it did.</summary>
    /// <advice>dailies status latest says which; dailies resume latest goes on with one that died.</advice>
    public const string Running = "running";

    /// <summary>Every scene has ended, in a take or in a named reason.</summary>
    /// <advice>Nothing; dailies retry gives a scene one more attempt.</advice>
    public const string Finished = "finished";

    /// <summary>The operator stopped the run.</summary>
    /// <advice>Go on with: dailies resume latest.</advice>
    public const string Stopped = "stopped";

    /// <summary>The run could not go on: station, storage or an internal error.</summary>
    /// <advice>Read the end of run.log, mend what it names, then: dailies resume latest.</advice>
    public const string Failed = "failed";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Running, Finished, Stopped, Failed];
}

/// <summary>What a take's frames are (contract §4).</summary>
/// <source>the files that ComfyUI announced</source>
/// <advice>Nothing.</advice>
public static class FrameSource
{
    /// <summary>The take is an image sequence.</summary>
    public const string Files = "files";

    /// <summary>The take is a video or animation that the renderer made, kept as it is; its frames are counted by ffprobe.</summary>
    public const string Video = "video";

    /// <summary>The take is one image.</summary>
    public const string Still = "still";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Files, Video, Still];
}
