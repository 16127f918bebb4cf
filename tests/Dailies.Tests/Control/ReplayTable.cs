namespace Dailies.Tests.Control;

/// <summary>One replay of a recorded timeline: which of its prompts are ours, and how each ends for us.</summary>
/// <param name="Scenario">The recording.</param>
/// <param name="Ours">Labels of the prompts that we send in the recorded client's place, in order; whatever else happens there is somebody else's doing.</param>
/// <param name="Ends">Each attempt in order: exit reason, then the failure kind or what the take is and how many frames it has.</param>
internal sealed record ReplayRow(string Scenario, string[] Ours, string[] Ends)
{
    /// <summary>Files that history names and that are gone.</summary>
    public string[] Gone { get; init; } = [];

    /// <summary>The run can't go on after it: exit 3, to be resumed.</summary>
    public bool Halts { get; init; }

    /// <summary>Knobs of this row, <c>name=value</c>.</summary>
    public string[] Knobs { get; init; } = [];

    /// <summary>Words of the summary that say why.</summary>
    public string Says { get; init; } = "";

    /// <summary>For the test's name.</summary>
    public override string ToString() => $"{Scenario}: {string.Join(", ", Ours)}";
}

/// <summary>Every recorded scenario with the outcome that a person who reads the recording expects. The retry budget is 0, so that each prompt stands for itself.</summary>
internal static class ReplayTable
{
    /// <summary>The station's fault, not charged: where it comes back, the scene is sent again.</summary>
    public const string Lost = "unknown stationLost";

    private const string Still = "success still 1", Video = "success video 1", Pair = "success files 2";
    private const string Error = "unknown executionError", Memory = "unknown outOfMemory", Stopped = "unknown interrupted";
    private const string Missing = "postExecution outputsMissing", Refused = "success badFrames";

    public static IReadOnlyList<ReplayRow> Rows { get; } =
    [
        // Plain successes
        new("ws-success-1-image", ["submit"], [Still]),
        new("ws-success-batch-4", ["submit"], ["success files 4"]),
        new("ws-success-batch-25", ["submit"], ["success files 25"]),
        new("ws-chain", ["submit"], [Still]), // the temp output beside it is no take
        new("ws-async-expansion", ["submit"], [Still]),
        new("ws-steps-previews", ["submit"], [Still, Still]),
        new("ws-feature-flags-previews", ["submit", "after junk was sent on the socket"], [Still, Still]),
        new("ksampler-run", ["first", "other seed", "same again: all cached"], [Still, Still, Still]), // cached, and the file is still there
        new("ksampler-previews", ["previews, plain client", "previews, feature-flag client"], [Still, Still]),
        new("dangling-nodes-harmless", ["submit"], [Still]),
        new("jobs-api-poisoned", ["extra_pnginfo null"], [Still]),
        new("output-folder-deleted", ["submit"], [Still]),
        new("png-metadata", ["submit"], [Still]),
        new("file-growth", ["submit"], [Still]),

        // What is announced, and what is a take
        new("ws-cached-rerun", ["same prompt again", "only the prefix differs: EmptyImage cached, SaveImage runs"], [Still, Still]),
        new("ws-cached-rerun", ["same prompt, output file gone"], [Missing]) { Gone = ["lab_00001_.png"], Says = "lab_00001_.png was announced, but the station has no such file" },
        new("outputs-kinds", ["SaveAnimatedWEBP", "SaveAnimatedPNG", "SaveWEBM", "CreateVideo+SaveVideo"], [Video, Video, Video, Video]),
        new("outputs-kinds", ["SaveLatent", "EmptyAudio+SaveAudio", "PreviewAny"], [Missing, Missing, Missing]) { Says = "the history announces no picture" },
        new("outputs-kinds", ["MaskPreview"], [Still]), // temp, but all that there is
        new("ws-image-over-websocket", ["submit"], [Missing]) { Says = "the history announces no output at all" },
        new("filenames",
            [
                "first", "second", "third", "gap is not refilled", "numbers come back when the highest files are gone", "any file with the prefix pattern moves the counter",
                "prefix with a subfolder", "prefix ending in a slash", "tokens", "frontend-only token is literal", "unicode and spaces", "counter past 99999", "after 99999",
            ],
            [.. Enumerable.Repeat(Still, 13)]),
        new("filenames", ["batch_num, first prompt", "batch_num, second prompt: overwrites the first"], [Pair, Pair]),
        new("filenames", ["backslash"], [Refused]) { Says = @"announced a file name that is refused: win\\style_00001_.png" },
        new("filenames", ["empty prefix"], [Refused]) { Says = "announced a file name that is refused: ._00001_.png" },
        new("filenames", ["absolute path"], [Error]) { Says = "Saving image outside the output folder is not allowed" },
        new("filenames", ["very long prefix (300)"], [Error]) { Says = "File name too long" },

        // Failures while running
        new("ws-error-kinds",
            ["filename_prefix that leaves the output folder", "shape mismatch inside torch", "a node raises after an earlier output was saved", "out of memory"],
            [Error, Error, Error, Memory]),
        new("ws-error-kinds", ["async node raises", "keeps the server busy"], [Error, Still]),
        new("ws-error-kinds", ["LoadImage whose file is deleted while it waits in the queue"], [Error]),
        new("ws-error-dynamic-cycle", ["submit"], [Error]), // status_str says success
        new("disk-full", ["6 x about 195 kB", "small prompt on the full disk", "after making room"], [Error, Still, Still]) { Says = "No space left on device" },

        // Somebody else interrupts, deletes, clears
        new("ws-interrupt", ["A", "D"], [Stopped, Stopped]) { Says = "the prompt was interrupted, and not by us" },
        new("ws-interrupt", ["B waits behind A"], [Still]), // an interrupt that names a waiting prompt does nothing
        new("ws-interrupt-ignored", ["submit", "next prompt: the stale interrupt does not touch it"], ["success files 60", Still]),
        new("ksampler-interrupt", ["long"], [Stopped]),
        new("ksampler-interrupt", ["next"], [Still]),
        new("ws-queue-order", ["A"], [Still]), // deleting a running prompt does nothing
        new("ws-queue-order", ["B", "X0"], [Still, Still]),
        new("ws-queue-order", ["C"], [Stopped]) { Says = "the prompt is in neither queue nor history" }, // deleted
        new("ws-queue-order", ["D", "X1"], [Still, Stopped]) { Says = "the prompt is in neither queue nor history" }, // cleared
        new("ws-queue-order", ["E", "X2"], [Still, Stopped]),
        new("ws-queue-order", ["F"], [Still]),
        new("ws-queue-order", ["G"], [Still]),

        // Sockets
        new("ws-who-gets-what", ["client_id = A", "no client_id", "interrupted, no client_id"], [Still, Still, Stopped]),
        new("ws-who-gets-what", ["client_id = nobody"], [Still]), // not one message: found by looking
        new("ws-reconnect-mid-run", ["submit"], [Still]),
        new("ws-reconnect-mid-run", ["second prompt"], [Still]),
        new("ws-reconnect-too-late", ["submit"], [Still]),
        new("ws-same-client-id-twice", ["both open", "after A1 closed"], [Still, Still]),

        // Ids
        new("prompt-id-duplicates", ["blocker", "dup-1 a third time, after it ran", "blocker 2"], [Still, Still, Still]),
        new("prompt-id-duplicates", ["dup-2 number 5 again: same sort key twice"], [Still]), // answered with 500, queued all the same

        // The station goes; where the recording leaves it dead, somebody starts it again, and it goes once more
        new("server-killed-mid-write", ["submit", "first prompt after the restart"], [Lost, Still]) { Says = "the station no longer knows the prompt: it was restarted" },
        new("server-killed-mid-write", ["waits", "first prompt after the restart"], [Lost, Still]) { Says = "the station no longer knows the prompt: it was restarted" },
        new("server-sigterm-mid-run", ["submit"], [Lost, Lost]) { Says = "set aside: the station went down 2 times while it rendered this scene" },
        new("server-sigterm-mid-run", ["waits"], [Lost, Lost, Lost, Lost]) { Says = "the station no longer knows the prompt: it was restarted" },
        new("server-sigint-mid-run", ["submit"], [Lost, Lost]) { Says = "set aside: the station went down 2 times while it rendered this scene" },
        new("server-sigint-mid-run", ["waits"], [Lost, Lost, Lost, Lost]) { Says = "the station no longer knows the prompt: it was restarted" },
        new("worker-thread-dies", ["poison", "POST /interrupt"], [Lost]) { Halts = true, Says = "the station's worker is dead", Knobs = ["stallTimeoutSeconds=20"] },

        // Before v0.3.45 the server makes an id of its own; before v0.3.57 an interrupt with any id stops whatever runs
        new("older/v0.3.40/ws-success", ["submit"], [Still, Still]),
        new("older/v0.3.40/ws-error", [""], [Error]) { Says = "Saving image outside the output folder is not allowed" },
        new("older/v0.3.40/ws-interrupt-by-unrelated-id", [""], [Stopped]),
        new("older/v0.2.7/ws-success", ["submit"], [Still, Still]),
        new("older/v0.2.7/ws-error", [""], [Error]) { Says = "Saving image outside the output folder is not allowed" },
        new("older/v0.2.7/ws-interrupt-by-unrelated-id", [""], [Stopped]),
    ];

    /// <summary>Recordings that no run of ours can replay, and why.</summary>
    public static IReadOnlyDictionary<string, string> Unplayed { get; } = new Dictionary<string, string>
    {
        ["ksampler-determinism"] = "its two ends were not recorded, only that their pixels are equal: why a scene that is sent again with its seed shows the same picture",
        ["two-servers-one-folder"] = "a count of names that collided, no traffic: why every attempt has a folder of its own",
        ["ws-big-graph-volume"] = "frames were counted, not kept: why progress is dropped when the reader lags",
    };

    /// <summary>Prompts, as <c>scenario: label</c>, that are nobody's in any replay, and why.</summary>
    public static IReadOnlyDictionary<string, string> Bystanders { get; } = new Dictionary<string, string>
    {
        ["prompt-id-duplicates: dup-1 first"] = "we never send one id twice",
        ["prompt-id-duplicates: dup-1 again while pending (other colour)"] = "we never send one id twice",
        ["prompt-id-duplicates: dup-2 number 5"] = "the copy that the 500 is about",
        ["worker-thread-dies: next prompt"] = "waits behind the dead worker for ever; nothing of ours is sent behind a prompt that can't be taken back",
        ["ws-who-gets-what: fails, no client_id"] = "its end was not recorded",
    };
}
