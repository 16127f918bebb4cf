using Dailies.Contract;

namespace Dailies.Tests.Control;

/// <summary>Which scenes of two a fault hits.</summary>
internal enum Hit
{
    /// <summary>The one that it names.</summary>
    One,

    /// <summary>That one and all after it: what it does to the station stays.</summary>
    Onwards,

    /// <summary>Both: it concerns the whole server.</summary>
    Both,
}

/// <summary>What a fault does to the scenes that it hits.</summary>
/// <param name="Fault">As on the command line; # stands for the scene.</param>
/// <param name="Reason">The exit reason of the attempt that the metadata describes.</param>
/// <param name="Kind">Its failure kind; null when the scene ends with a take.</param>
/// <param name="Attempts">Attempts sent.</param>
/// <param name="Charged">Of these, what counts against the budget of 1.</param>
/// <param name="Executed">Of these, what the renderer began.</param>
/// <param name="Says">Words of the scene's lines in run-summary.txt; empty where the summary has nothing to say.</param>
/// <param name="Does">What Dailies does about it, in a sentence for the guide.</param>
internal sealed record FaultRow(string Fault, string Reason, string? Kind, int Attempts, int Charged, int Executed, string Says, string Does)
{
    /// <summary>Of <see cref="Executed"/>, what the ledger never hears of.</summary>
    public int Unseen { get; init; }

    public Hit Hit { get; init; }

    /// <summary>What differs where no other scene comes after it to tell whether the scene or the station is at fault.</summary>
    public Func<FaultRow, FaultRow> AtLast { get; init; } = row => row;

    /// <summary>Knobs of this row, <c>name=value</c>.</summary>
    public string[] Knobs { get; init; } = [];

    /// <summary>The next scene, which may be rendering meanwhile, can be lost with the station: it ends with its take all the same, uncharged for the loss.</summary>
    public bool Shakes { get; init; }

    /// <summary>The run ends here with exit 3; resumed on the server that was restarted, it ends with every take.</summary>
    public bool Halts { get; init; }

    /// <summary>The fault's name alone.</summary>
    public string Name => Fault.Split('@', '*')[0];

    /// <summary>The fault at one scene.</summary>
    public string At(int scene) => Fault.Replace("#", RunFolder.SceneId(scene), StringComparison.Ordinal);

    /// <summary>Whether it hits <paramref name="number"/> when it is put at <paramref name="scene"/>.</summary>
    public bool Hits(int number, int scene) => Hit switch
    {
        Hit.Both => true,
        Hit.Onwards => number >= scene,
        _ => number == scene,
    };
}

/// <summary>Every fault of the renderer, and what comes of it. The knobs are the contract's defaults unless the row says otherwise.</summary>
internal static class FaultTable
{
    private const string Success = ExitReason.Success, Unknown = ExitReason.Unknown, Post = ExitReason.PostExecution;
    private const string ShortPost = "scenePostExecutionTimeoutSeconds=5"; // the history is looked for ten times a second meanwhile
    private const string Resend = "Looks for the prompt in queue and history three times; it is not there, so it is sent again. Not charged.";
    private const string Adopt = "Looks for the prompt in queue and history, finds it there and goes on with it. Nothing is sent twice.";
    private const string Restart = "Sees that the history is empty and contact was lost: a restart. Sends the scene again when the station answers. Not charged.";
    private const string Polling = "Looks at queue and history every two seconds; the socket only makes it faster.";

    /// <summary>In the order of the guide.</summary>
    public static IReadOnlyList<FaultRow> Rows { get; } =
    [
        // POST /prompt
        new("refuse@#", Unknown, FailureKind.Rejected, 1, 1, 0, "ERROR: rejected: ComfyUI refused the workflow (HTTP 400)", "Gives the scene up: the same graph fails again. Names node, input and value."),
        new("node-errors@#", Unknown, FailureKind.Rejected, 1, 1, 1, "ERROR: rejected: ComfyUI refused the workflow (HTTP 200)", "Takes back what was accepted of it, then gives the scene up.") { Unseen = 1 }, // it has begun before it can be withdrawn, and the ledger does not say so
        new("401@#", Unknown, FailureKind.Rejected, 1, 1, 0, "ERROR: rejected: ComfyUI refused the workflow (HTTP 401)", "Gives the scene up and says where credentials go."),
        new("redirect@#", Unknown, FailureKind.Rejected, 1, 1, 0, "ERROR: rejected: ComfyUI refused the workflow (HTTP 302)", "Does not follow: headers with credentials stay here. Gives the scene up."),
        new("reset-on-post@#:1", Success, null, 2, 1, 1, "reason: stationLost: the prompt was not taken", Resend),
        new("reset-on-post@#", Unknown, FailureKind.StationLost, 4, 0, 0, "ERROR: stationLost: the prompt was not taken", "Sends it again three times, with growing pauses, then gives the scene up. Not charged."),
        new("500@#:1", Success, null, 2, 1, 1, "reason: stationLost: the prompt was not taken: HTTP 500", Resend),
        new("429@#:1", Success, null, 2, 1, 1, "reason: stationLost: the prompt was not taken: HTTP 429", Resend),
        new("html-502@#:1", Success, null, 2, 1, 1, "reason: stationLost: the prompt was not taken: HTTP 502", Resend),
        new("reset-after-accept@#", Success, null, 1, 1, 1, "", Adopt),
        new("500-but-queued@#", Success, null, 1, 1, 1, "", Adopt),
        new("half-open@#", Success, null, 1, 1, 1, "", "Waits two minutes for the answer, then looks for the prompt, finds it and goes on with it."),

        // Waiting
        new("queue-cleared@#", Unknown, FailureKind.Interrupted, 1, 1, 0, "ERROR: interrupted: the prompt is in neither queue nor history: somebody deleted it", "Gives the scene up: a person did it. The run can be resumed."),
        new("stranger-ahead@#", Success, null, 1, 1, 1, "", "Waits its turn: max wait counts from the start of execution."),
        new("stranger-stuck@#", Unknown, FailureKind.Stalled, 2, 2, 0, "ERROR: stalled: no event and no change in the queue for 30 s", "Takes its own prompt back at the stall limit (here 30 s) and tries once more. The stranger is never touched.")
            { Hit = Hit.Onwards, Knobs = ["stallTimeoutSeconds=30"] },
        new("slow-answers", Success, null, 1, 1, 1, "", "Waits for each answer, up to ten seconds.") { Hit = Hit.Both },

        // Rendering
        new("error@#", Unknown, FailureKind.ExecutionError, 2, 2, 2, "ERROR: executionError: KSampler (node 3)", "Tries again within the budget, then gives the scene up."),
        new("error-with-status-success@#", Unknown, FailureKind.ExecutionError, 2, 2, 2, "ERROR: executionError: KSampler (node 3)", "Believes the messages, not status_str: an execution error."),
        new("oom@#", Unknown, FailureKind.OutOfMemory, 2, 2, 2, "ERROR: outOfMemory: KSampler (node 3)", "Asks the station to free its memory, waits for it, tries the next rung of the ladder; without a ladder, within the budget."),
        new("oom-full-size@#", Success, null, 1, 1, 1, "", "Nothing here: this story is small enough. With a ladder a larger one is rendered one rung down."),
        new("device-lost@#", Unknown, FailureKind.DeviceLost, 2, 0, 2, "ERROR: deviceLost: set aside: the station went down 2 times", "Tries again with growing pauses; the station's fault, not charged. Another scene's success in between says that it is the scene: the second time sets it aside.")
        { AtLast = row => row with { Attempts = 4, Executed = 4, Says = "ERROR: deviceLost: KSampler (node 3)" } },
        new("device-lost@#:1", Success, null, 2, 1, 2, "reason: deviceLost: KSampler (node 3)", "Tries again after a pause. Not charged."),
        new("interrupted@#", Unknown, FailureKind.Interrupted, 1, 1, 1, "ERROR: interrupted: the prompt was interrupted, and not by us", "Gives the scene up: a person did it. The run can be resumed."),
        new("slow@#", ExitReason.MaxWait, FailureKind.TimedOut, 2, 2, 2, "ERROR: timedOut: no result within 1.5 s of execution", "Interrupts its own prompt at max wait (here 1.5 s) and tries again within the budget.")
            { Knobs = ["sceneMaxWaitSeconds=1.5", "sceneHistoryPollIntervalSeconds=0.5"] },
        new("stuck@#", ExitReason.MaxWait, FailureKind.TimedOut, 2, 2, 2, "ERROR: timedOut: no result within 60 s of execution", "Interrupts its own prompt at max wait (here 60 s) and tries again within the budget.")
            { Knobs = ["sceneMaxWaitSeconds=60"] },
        new("dead-worker@#", ExitReason.MaxWait, FailureKind.TimedOut, 1, 1, 1, "a prompt of ours can't be taken back", "Can't take its prompt back for two minutes: ends the run with exit 3 and asks for a restart of ComfyUI. Resumed after that, the run ends whole.")
            { Knobs = ["sceneMaxWaitSeconds=60"], Halts = true },
        new("cached-without-outputs@#", Post, FailureKind.OutputsMissing, 2, 2, 2, "the history announces no output at all", "Waits for the outputs for the post-execution timeout, then tries again with another prefix."),

        new("unannounced@#", Post, FailureKind.OutputsMissing, 2, 2, 2, "the history announces no output at all", "Over /view nothing can be fetched: waits for the post-execution timeout, then tries again. `--collect folder` finds the files."),
        new("late-files@#", Post, FailureKind.OutputsMissing, 2, 2, 2, "the history announces no output at all", "The same. `--collect folder` waits until the files are whole."),

        // The server's life
        new("killed@#:1", Success, null, 2, 1, 2, "reason: stationLost: the station no longer knows the prompt: it was restarted", Restart),
        new("killed@#", Unknown, FailureKind.StationLost, 2, 0, 2, "ERROR: stationLost: set aside: the station went down 2 times", "Sends it again once. A scene that takes the station down twice is set aside, and the others go on. Not charged."),
        new("killed-mid-write@#:1", Success, null, 2, 1, 2, "reason: stationLost: the station no longer knows the prompt: it was restarted", "As after a kill. The half file is never fetched: each attempt has a folder of its own."),
        new("killed-mid-transfer@#:1", Success, null, 1, 1, 1, "", "Waits for the station and fetches the files again: what it has rendered lies on its disk. The half file counts for nothing.") { Shakes = true },
        new("returns-older@#:1", Success, null, 2, 1, 2, "reason: stationLost: the station no longer knows the prompt: it was restarted", "As after a kill. Takes the prompt id from the answer, since the old server makes its own."),

        // History
        new("history-late@#", Success, null, 1, 1, 1, "", "Looks again every tenth of a second after success until the entry is there."),
        new("history-evicted@#", Post, FailureKind.OutputsMissing, 2, 2, 2, "ERROR: outputsMissing: success was reported", "Looks for the entry for the post-execution timeout (here 5 s), then tries again.") { Knobs = [ShortPost] }, // success was heard, so nobody interrupted it: docs/decisions/2026-11-24-evicted.md
        new("truncated-json@#", Post, FailureKind.OutputsMissing, 2, 2, 2, "ERROR: outputsMissing: success was reported", "Looks for a readable entry for the post-execution timeout (here 5 s), then tries again.") { Knobs = [ShortPost] },
        new("truncated-json@#*2", Success, null, 1, 1, 1, "", "Looks again a tenth of a second later."),
        new("bare-nan@#", Success, null, 1, 1, 1, "", "Reads it: bare NaN and Infinity are taken as null."),
        new("huge-history@#", Success, null, 1, 1, 1, "", "Reads it: up to 512 MB."),
        new("half-open-history@#:1", Success, null, 2, 1, 2, "reason: stationLost: the station has not answered for", "Asks again every two seconds, ten seconds each; after ten minutes the station counts as lost and the scene is sent again. Not charged."),
        new("half-open-history@#*2", Success, null, 1, 1, 1, "", "Gives each answer ten seconds, then asks again."),
        new("status-null@#", Success, null, 1, 1, 1, "", "Takes the outputs as the sign of success."),

        // Socket
        new("no-socket", Success, null, 1, 1, 1, "", Polling) { Hit = Hit.Both },
        new("socket-silent", Success, null, 1, 1, 1, "", Polling) { Hit = Hit.Both },
        new("socket-dropped@#", Success, null, 1, 1, 1, "", "Opens a new socket under a new id; what was missed meanwhile the next look finds."),
        new("socket-deaf@#", Success, null, 1, 1, 1, "", Polling) { Hit = Hit.Onwards },
        new("preview-flood@#", Success, null, 1, 1, 1, "", "Drops previews on arrival; the socket is always read."),

        // Files
        new("drop-output@#", Post, FailureKind.OutputsMissing, 2, 2, 2, "was announced, but the station has no such file", "Asks for the file for the post-execution timeout, then tries again."),
        new("fewer-frames@#", Success, null, 2, 2, 2, "WARNING: Frame count below floor (1/2)", "Tries again within the budget, then accepts the take with a warning (--below-floor)."),
        new("short-list@#", Success, null, 2, 2, 2, "WARNING: Frame count below floor (1/2)", "The same: only announced files are fetched."),
        new("torn-file@#", Success, FailureKind.BadFrames, 2, 2, 2, "ERROR: badFrames: ", "Decodes each file, finds the torn one, tries again with another seed."),
        new("escaping-name@#", Success, FailureKind.BadFrames, 2, 2, 2, "ERROR: badFrames: announced a file name that is refused: ../../evil.png", "Refuses the name; nothing is written outside the run folder."),
        new("black-frames@#", Success, FailureKind.BadFrames, 2, 2, 2, "ERROR: badFrames: every pixel of every frame is black", "Looks at what the frames show: all black is no take. Tries again within the budget with the next seed. Dark, flat or frozen takes are accepted with a warning."),
        new("dark-frames@#", Success, null, 1, 1, 1, "WARNING: the take is dark (mean luma 2 of 255)", "Accepts the take with a warning. Where the scene says gate: retry, tries again within the budget with the next seed first, and keeps both takes."),
        new("torn-transfer@#", Success, null, 1, 1, 1, "", "Goes on with each file where it broke, half a second later: only the rest is fetched, and the checksum covers all of it."),
        new("wrong-content-type@#", Success, null, 1, 1, 1, "", "Decodes the bytes whatever they are called."),
    ];
}
