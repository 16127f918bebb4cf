namespace Dailies.Animatic;

/// <summary>Everything there is to say about one kind of fault.</summary>
/// <remarks><c>WholeServer</c>: it belongs to no prompt. <c>EachTime</c>: a time (see <see cref="Fault.Count"/>) is one answer or connection; else it is a prompt.</remarks>
internal sealed record FaultEntry(FaultKind Kind, string Name, string Sentence, bool WholeServer = false, bool EachTime = false);

/// <summary>The list of faults: names and sentences stand here and nowhere else.</summary>
internal static class FaultCatalog
{
    public static IReadOnlyList<FaultEntry> All { get; } =
    [
        new(FaultKind.Refuse, "refuse", "POST /prompt answers 400: a value is not in the list."),
        new(FaultKind.Error, "error", "The sampler fails: execution_error on the socket and in the history."),
        new(FaultKind.NoSocket, "no-socket", "The web socket is refused with 403; HTTP works.", WholeServer: true, EachTime: true),
        new(FaultKind.Slow, "slow", "Each sampler step takes two seconds."),
        new(FaultKind.DropOutput, "drop-output", "The history names every file, but GET /view answers 404 for the last one of each batch."),
        new(FaultKind.FewerFrames, "fewer-frames", "One frame fewer is rendered than was asked for."),
        new(FaultKind.ShortList, "short-list", "Every frame is saved, but the history names one file fewer."),
        new(FaultKind.Unannounced, "unannounced", "Every frame is saved, but the history names none."),
        new(FaultKind.LateFiles, "late-files", "The history names no frame; they are written after its success, slowly, in any order, some half at first."),
        new(FaultKind.ResetOnPost, "reset-on-post", "POST /prompt: the connection is reset, nothing is queued."),
        new(FaultKind.ResetAfterAccept, "reset-after-accept", "POST /prompt: the prompt is queued, then the connection is reset."),
        new(FaultKind.HalfOpen, "half-open", "POST /prompt: the prompt is queued, and the connection stays open without an answer."),
        new(FaultKind.ServerErrorButQueued, "500-but-queued", "POST /prompt answers 500, yet the prompt is queued."),
        new(FaultKind.ServerError, "500", "POST /prompt answers 500, nothing is queued."),
        new(FaultKind.TooManyRequests, "429", "POST /prompt answers 429."),
        new(FaultKind.Unauthorized, "401", "POST /prompt answers 401."),
        new(FaultKind.HtmlBadGateway, "html-502", "POST /prompt answers 502 with a proxy's HTML page."),
        new(FaultKind.Redirect, "redirect", "POST /prompt answers 302 to another server."),
        new(FaultKind.NodeErrors, "node-errors", "POST /prompt answers 200 with node_errors for a second output; the rest is queued."),
        new(FaultKind.QueueCleared, "queue-cleared", "A person deletes the waiting prompt before it starts."),
        new(FaultKind.StrangerAhead, "stranger-ahead", "Somebody else's prompt is ahead and occupies the worker for 60 seconds."),
        new(FaultKind.StrangerStuck, "stranger-stuck", "Somebody else's prompt is ahead and never ends; an interrupt stops it."),
        new(FaultKind.SlowAnswers, "slow-answers", "Each HTTP answer is three seconds late.", WholeServer: true, EachTime: true),
        new(FaultKind.TruncatedJson, "truncated-json", "GET /history/{id} answers half of its JSON.", EachTime: true),
        new(FaultKind.BareNan, "bare-nan", "GET /history/{id} holds a bare NaN in extra_data.", EachTime: true),
        new(FaultKind.HugeHistory, "huge-history", "GET /history/{id} holds 50 MB of padding in extra_data.", EachTime: true),
        new(FaultKind.HalfOpenHistory, "half-open-history", "GET /history/{id}: the connection stays open without an answer.", EachTime: true),
        new(FaultKind.HistoryLate, "history-late", "The history entry comes 250 ms after the success events."),
        new(FaultKind.HistoryEvicted, "history-evicted", "The history entry is gone before anybody can read it."),
        new(FaultKind.StatusNull, "status-null", "The history entry's status is null."),
        new(FaultKind.CachedWithoutOutputs, "cached-without-outputs", "Every node is cached: success, and the history's outputs are empty."),
        new(FaultKind.ErrorWithStatusSuccess, "error-with-status-success", "The sampler fails, yet the history's status says success."),
        new(FaultKind.OutOfMemory, "oom", "The sampler fails with torch's out-of-memory error."),
        new(FaultKind.OutOfMemoryFullSize, "oom-full-size", "The sampler fails with torch's out-of-memory error when the latent is wider than 64 pixels."),
        new(FaultKind.DeviceLost, "device-lost", "The sampler fails with CUDA's illegal memory access."),
        new(FaultKind.Interrupted, "interrupted", "A person interrupts the prompt at the sampler."),
        new(FaultKind.Stuck, "stuck", "The sampler never ends; an interrupt stops it."),
        new(FaultKind.DeadWorker, "dead-worker", "The worker dies: the prompt stays in queue_running for ever, and no interrupt helps."),
        new(FaultKind.Killed, "killed", "The server is killed at the sampler; three seconds later it is up again and knows no prompt."),
        new(FaultKind.KilledMidWrite, "killed-mid-write", "The same while the last file is written: half of it stays under its final name."),
        new(FaultKind.ReturnsOlder, "returns-older", "The server is killed at the sampler and comes back as ComfyUI 0.3.40: own prompt ids, no interrupt by id."),
        new(FaultKind.KilledMidTransfer, "killed-mid-transfer", "The same while a file of the finished prompt is sent: half of it has come."),
        new(FaultKind.SocketSilent, "socket-silent", "The web socket opens and says nothing after the first status.", WholeServer: true, EachTime: true),
        new(FaultKind.SocketDropped, "socket-dropped", "The web socket is cut after the first node of the prompt."),
        new(FaultKind.SocketDeaf, "socket-deaf", "The web socket stays open and hears nothing more after the first node of the prompt; others hear."),
        new(FaultKind.PreviewFlood, "preview-flood", "3,000 binary previews come with the prompt."),
        new(FaultKind.TornFile, "torn-file", "The last file of each batch is cut in half."),
        new(FaultKind.TornTransfer, "torn-transfer", "GET /view breaks off half way, once for each file; asked for again, it sends the file or its rest."),
        new(FaultKind.BlackFrames, "black-frames", "Every frame is black."),
        new(FaultKind.DarkFrames, "dark-frames", "Every frame is nearly black."),
        new(FaultKind.EscapingName, "escaping-name", "The history also names ../../evil.png and C:\\evil.png."),
        new(FaultKind.WrongContentType, "wrong-content-type", "GET /view says that the files are text/html."),
    ];

    public static FaultEntry Of(FaultKind kind) => All.First(f => f.Kind == kind);

    /// <summary>What was probably meant: a name that starts so, else the one with the fewest letters changed.</summary>
    public static string Nearest(string name) => (All.FirstOrDefault(f => name.Length > 1 && f.Name.StartsWith(name, StringComparison.Ordinal))
        ?? All.MinBy(f => Distance(name, f.Name))!).Name;

    // Levenshtein: the least number of letters to add, drop or change.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
