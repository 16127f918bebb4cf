using System.Text;
using System.Text.Json.Nodes;
using Dailies.Tests.Comfy;

namespace Dailies.Tests.Control;

/// <summary>One thing that a witness says, so many milliseconds after the POST was answered; before it where that is negative.</summary>
internal abstract record Word(double At)
{
    /// <summary>The socket: frames as they came.</summary>
    public sealed record Heard(double At, params string[] Frames) : Word(At);

    /// <summary>A look: /queue, and the answer of /history/{id} where the queue does not have it.</summary>
    public sealed record Looked(double At, string Queue, string History = "{}") : Word(At);

    /// <summary>The socket is gone.</summary>
    public sealed record Cut(double At) : Word(At);

    /// <summary>The files that the history announced were asked for, and were not there.</summary>
    public sealed record AskedInVain(double At) : Word(At);
}

/// <summary>One case of what the witnesses may say, and what comes of it.</summary>
/// <param name="Case">Its name.</param>
/// <param name="Say">What the witnesses say, for the guide.</param>
/// <param name="Outcome">What <see cref="WitnessStand"/> makes of it: keep looking, collect what, or exit reason, failure kind and whether the scene is sent again.</param>
/// <param name="Next">What happens next, for the guide.</param>
/// <param name="Words">What is said, in order.</param>
internal sealed record WitnessRow(string Case, string Say, string Outcome, string Next, params Word[] Words)
{
    /// <summary>When it is judged, if not at the last word.</summary>
    public double? JudgedAt { get; init; }

    public override string ToString() => $"{Case}: {Say}";
}

/// <summary>Every way in which socket, queue, history and files can disagree, with the verdict that a person would give. The knobs are the defaults.</summary>
internal static class WitnessTable
{
    /// <summary>The id of our prompt, whatever it was in a recording.</summary>
    public const string Ours = "ours";

    private const string KeepsLooking = "keep looking", Still = "collect still 1", Video = "collect video 1";
    private const string Missing = "postExecution outputsMissing, sent again", Failed = "unknown executionError, sent again", Stopped = "unknown interrupted, given up";
    private const string Retries = "Sends the scene again, within the retry budget.", AnotherPrefix = "Sends the scene again, within the retry budget, with another prefix.";
    private const string Resumable = "Gives the scene up: a person did it. The run can be resumed.";
    private const string Fetches = "Fetches it.", Polls = "Looks again at the next interval.";
    private const double PostExecution = 30_000;

    private const string Idle = """{"queue_running":[],"queue_pending":[]}""";
    private const string Running = """{"queue_running":[[1,"ours",{},{},["9"]]],"queue_pending":[]}""";
    private const string Waiting = """{"queue_running":[[0,"somebody's",{},{},["9"]]],"queue_pending":[[1,"ours",{},{},["9"]]]}""";

    private static readonly Word.Heard Start = new(1, Frame("execution_start"));
    private static readonly Word.Heard Success = new(100, Frame("execution_success"));

    public static IReadOnlyList<WitnessRow> Rows { get; } =
    [
        new("The event comes before the history", "The socket reports success; the queue still has the prompt.", KeepsLooking, "Looks again a tenth of a second later.",
            Start, Success, Look(100, Running)),
        new("The event comes before the history", "The history entry is there 1 ms after the event.", Still, Fetches, Start, Success, Look(101, Idle, Body("history.success.json"))),
        new("The event comes before the history", "Three looks find the prompt nowhere; the entry is there 250 ms after the event.", Still, Fetches,
            Start, Success, Look(100.5, Idle), Look(200.5, Idle), Look(300.5, Idle), Look(350, Idle, Body("history.success.json"))),

        new("A cache hit without outputs", "The history says success and announces no file at all.", Missing, AnotherPrefix, Look(100, Idle, Entry("{}")), new Word.AskedInVain(101)) { JudgedAt = 100 + PostExecution },

        new("A named file is gone", "The history says success; `/view` of its file says 404.", KeepsLooking, "Asks for the file again until the post-execution timeout is over.",
            Look(100, Idle, CacheHitOnAFileThatIsGone), new Word.AskedInVain(101)),
        new("A named file is gone", "It is still 404 when the post-execution timeout is over.", Missing, AnotherPrefix, Look(100, Idle, CacheHitOnAFileThatIsGone), new Word.AskedInVain(29_000)) { JudgedAt = 100 + PostExecution },

        new("Success that is none", "`status_str` says success; among the messages is an `execution_error`.", Failed, Retries, Look(100, Idle, Body("history.error-but-status-success.json"))),

        new("An interruption that looks like an error", "`status_str` says error; the last message is `execution_interrupted`.", Stopped, Resumable, Look(100, Idle, Body("history.interrupted.json"))),

        new("Deleted or cleared", "One look finds the prompt in neither queue nor history.", KeepsLooking, "Looks again a tenth of a second later: once is no proof.", Look(0, Waiting), Look(2000, Idle)),
        new("Deleted or cleared", "Two looks in a row do.", Stopped, Resumable, Look(0, Waiting), Look(2000, Idle), Look(2100, Idle)),

        new("Evicted from the history", "It was seen running; then two looks find it nowhere.", Stopped, Resumable, Start, Look(10, Running), Look(2000, Idle), Look(2100, Idle)),
        new("Evicted from the history", "The socket reported success; the history never has the entry.", Missing, Retries, Start, Success, Look(101, Idle), Look(201, Idle), Look(100 + PostExecution, Idle)),
        new("Evicted from the history", "The socket reported a failure; two looks find it nowhere.", Failed, Retries,
            Start, new Word.Heard(100, Frame("execution_error")), new Word.Heard(101, Over), Look(101, Idle), Look(201, Idle)),

        new("Unknown after a restart", "The socket was cut; two looks find the prompt nowhere, and the whole history is empty.", "unknown stationLost, sent again, not charged",
            "Sends the scene again when the station answers. Not charged.", Start, Look(10, Running), new Word.Cut(500), Look(2010, Idle), Look(2110, Idle)),
        new("Unknown after a restart", "The same, after the socket had reported success.", "unknown stationLost, sent again, not charged", "Sends the scene again when the station answers. Not charged.",
            Start, Success, new Word.Cut(101), Look(200, Idle), Look(300, Idle)),

        new("Another prompt is over", "`executing` with node null, and all before it, names another prompt.", KeepsLooking, Polls, Look(0, Waiting), new Word.Heard(50, Recordings.Frames("ws-success-1-image.A.txt"))),
        new("Broadcasts that are not ours", "Progress and interruptions of prompts without a client id, which every socket is told.", KeepsLooking, Polls,
            Look(0, Waiting), new Word.Heard(50, Recordings.Frames("ws-who-gets-what.B.txt"))),

        new("Events before the POST's answer", "The socket has told the prompt's whole life before its id is known to be accepted.", KeepsLooking, "Looks at once: nothing that was said is lost.",
            new Word.Heard(-5, OursInFrames("ws-success-1-image.A.txt")), new Word.Heard(0)),
        new("Events before the POST's answer", "The look that follows finds the history entry.", Still, Fetches, new Word.Heard(-5, OursInFrames("ws-success-1-image.A.txt")), Look(1, Idle, Body("history.success.json"))),

        new("Partial outputs before a failure", "An `execution_error`; a file that was saved before it is announced.", Failed, Retries + " The saved file is no take.",
            Look(100, Idle, Body("history.error.partial-outputs.json"))),

        Kind("a batch of 25 images", "collect files 25", Body("history.batch-25.json")),
        Kind("`images` with `animated`: WebP", Video, Body("history.output.SaveAnimatedWEBP.json")),
        Kind("`images` with `animated`: PNG", Video, Body("history.output.SaveAnimatedPNG.json")),
        Kind("`images` with `animated`: WebM", Video, Body("history.output.SaveWEBM.json")),
        Kind("`images` with `animated`: MP4", Video, Body("history.output.CreateVideo-SaveVideo.json")),
        Kind("`gifs`: a first-frame PNG, an MP4, the MP4 with sound", Video, Entry("""
            {"9":{"gifs":[{"filename":"v_00001.png","subfolder":"","type":"output"},{"filename":"v_00001.mp4","subfolder":"","type":"output","format":"video/h264-mp4"},
            {"filename":"v_00001-audio.mp4","subfolder":"","type":"output","format":"video/h264-mp4"}]}}
            """)),
        Kind("an image in `temp` beside a saved one", Still, FromScenario("ws-chain", "history after the run")),
        Kind("`temp` alone", Still, Body("history.output.MaskPreview.json")),
        NoPicture("`audio` alone", Body("history.output.EmptyAudio-SaveAudio.json")),
        NoPicture("`text` alone", Body("history.output.PreviewAny.json")),
        NoPicture("`latents` alone", Body("history.output.SaveLatent.json")),
        NoPicture("images sent over the socket only", FromScenario("ws-image-over-websocket", "history after the run")),
    ];

    private static string CacheHitOnAFileThatIsGone => FromScenario("ws-cached-rerun", "history after the run", nth: 2);

    private static string Over => """{"type":"executing","data":{"node":null,"prompt_id":"ours"}}""";

    private static string Frame(string type) => $$"""{"type":"{{type}}","data":{"prompt_id":"ours","timestamp":1} }""";

    private static Word.Looked Look(double at, string queue, string history = "{}") => new(at, queue, history);

    private static WitnessRow Kind(string what, string outcome, string history) =>
        new("Kinds of output", $"The history says success and announces {what}.", outcome, outcome == Video ? "Fetches the video, as it is." : outcome == Still ? "Fetches the saved image; a temporary one only where nothing was saved." : "Fetches all of them.", Look(100, Idle, history));

    private static WitnessRow NoPicture(string what, string history) =>
        new("Kinds of output", $"The history says success and announces {what}.", Missing, Retries + " Name a saving node that makes pictures.", Look(100, Idle, history), new Word.AskedInVain(101)) { JudgedAt = 100 + PostExecution };

    private static string Entry(string outputs) => $$"""
        {"ours":{"outputs":{{outputs}},"status":{"status_str":"success","completed":true,
        "messages":[["execution_start",{"timestamp":1}],["execution_cached",{"nodes":["1","9"],"timestamp":2}],["execution_success",{"timestamp":3}]]} } }
        """;

    private static string Body(string file) => OursIn(Encoding.UTF8.GetString(Recordings.Body(file)));

    private static string FromScenario(string scenario, string label, int nth = 1) => OursIn(RecordedMoment.Read(scenario).Where(m => m.Label == label).ElementAt(nth - 1).Answer);

    private static string OursIn(string history) => history.Replace(JsonNode.Parse(history)!.AsObject().First().Key, Ours, StringComparison.Ordinal);

    private static string[] OursInFrames(string file)
    {
        var frames = Recordings.Frames(file);
        var id = frames.Select(f => (string?)JsonNode.Parse(f)!["data"]!["prompt_id"]).First(i => i is not null)!;
        return [.. frames.Select(f => f.Replace(id, Ours, StringComparison.Ordinal))];
    }
}
