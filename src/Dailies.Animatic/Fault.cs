using System.Globalization;

namespace Dailies.Animatic;

/// <summary>What can be made to go wrong.</summary>
public enum FaultKind
{
    /// <summary>POST /prompt answers 400.</summary>
    Refuse,

    /// <summary>The sampler node fails.</summary>
    Error,

    /// <summary>The web socket is refused; HTTP works.</summary>
    NoSocket,

    /// <summary>Each sampler step takes two seconds.</summary>
    Slow,

    /// <summary>The last file of each saved batch cannot be fetched.</summary>
    DropOutput,

    /// <summary>The connection is reset before the prompt is queued.</summary>
    ResetOnPost,

    /// <summary>The prompt is queued, then the connection is reset before the answer.</summary>
    ResetAfterAccept,

    /// <summary>POST /prompt answers 500, yet the prompt is queued.</summary>
    ServerErrorButQueued,

    /// <summary>POST /prompt answers 500 and queues nothing.</summary>
    ServerError,

    /// <summary>POST /prompt answers 429.</summary>
    TooManyRequests,

    /// <summary>POST /prompt answers 401.</summary>
    Unauthorized,

    /// <summary>POST /prompt answers 502 with a proxy's HTML page.</summary>
    HtmlBadGateway,

    /// <summary>POST /prompt answers 302 to another server.</summary>
    Redirect,

    /// <summary>POST /prompt answers 200 with node_errors for another output; the rest is queued.</summary>
    NodeErrors,

    /// <summary>A person deletes the prompt before it starts.</summary>
    QueueCleared,

    /// <summary>Somebody else's prompt occupies the worker for a minute.</summary>
    StrangerAhead,

    /// <summary>Each HTTP answer is three seconds late.</summary>
    SlowAnswers,

    /// <summary>GET /history/{id} answers half of its JSON.</summary>
    TruncatedJson,

    /// <summary>The history entry holds a bare NaN in extra_data.</summary>
    BareNan,

    /// <summary>The history entry holds 50 MB of padding in extra_data.</summary>
    HugeHistory,

    /// <summary>The history entry comes 250 milliseconds after the success events.</summary>
    HistoryLate,

    /// <summary>The history entry is gone before anybody can read it.</summary>
    HistoryEvicted,

    /// <summary>The history entry's status is null.</summary>
    StatusNull,

    /// <summary>Every node is cached: success without outputs.</summary>
    CachedWithoutOutputs,

    /// <summary>The sampler fails, but the history's status says success.</summary>
    ErrorWithStatusSuccess,

    /// <summary>The sampler runs out of memory.</summary>
    OutOfMemory,

    /// <summary>The sampler runs out of memory for a latent wider than 64 pixels.</summary>
    OutOfMemoryFullSize,

    /// <summary>The sampler meets a CUDA illegal memory access.</summary>
    DeviceLost,

    /// <summary>A person interrupts the prompt.</summary>
    Interrupted,

    /// <summary>The sampler never ends; an interrupt stops it.</summary>
    Stuck,

    /// <summary>The worker thread dies with the prompt: it runs for ever, and no interrupt helps.</summary>
    DeadWorker,

    /// <summary>The web socket says nothing after its first status.</summary>
    SocketSilent,

    /// <summary>The web socket is cut in the middle of the prompt.</summary>
    SocketDropped,

    /// <summary>Thousands of binary previews come with each prompt.</summary>
    PreviewFlood,

    /// <summary>The last file of each saved batch is cut in half.</summary>
    TornFile,

    /// <summary>Every frame is black.</summary>
    BlackFrames,

    /// <summary>The history names files outside the output folder.</summary>
    EscapingName,

    /// <summary>GET /view calls the files text/html.</summary>
    WrongContentType,
}

/// <summary>One injected fault: what goes wrong, and for which prompts.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Scene">Only prompts whose <c>extra_data.extra_pnginfo.dailies.scene</c> says so; <see langword="null"/> means all prompts.</param>
/// <param name="Attempt">Only this attempt of the scene, counted from 1; <see langword="null"/> means every attempt.</param>
public sealed record Fault(FaultKind Kind, string? Scene = null, int? Attempt = null)
{
    /// <summary>The names by which faults are asked for, in the order of the help text.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. FaultCatalog.All.Select(f => f.Name)];

    /// <summary>Reads <c>name</c>, <c>name@scene</c> or <c>name@scene:attempt</c>, such as <c>error@scene-002:1</c>.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="fault">The fault, when it could be read.</param>
    /// <param name="error">Otherwise a sentence for the user: what is wrong, and what would be right.</param>
    /// <returns>Whether <paramref name="text"/> is a fault.</returns>
    public static bool TryParse(string text, out Fault? fault, out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        (fault, error) = Read(text.Trim());
        return fault is not null;
    }

    /// <summary>One line per fault, name and what it does, ready for a help page.</summary>
    public static string DescribeFaults()
    {
        var width = Names.Max(n => n.Length) + 2;
        return string.Join('\n', FaultCatalog.All.Select(f => f.Name.PadRight(width) + f.Sentence));
    }

    /// <summary>The fault as it is written: <c>error@scene-002:1</c>.</summary>
    public override string ToString() =>
        FaultCatalog.Of(Kind).Name
        + (Scene is null ? "" : "@" + Scene)
        + (Attempt is { } n ? ":" + n.ToString(CultureInfo.InvariantCulture) : "");

    private static (Fault? Fault, string? Error) Read(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? text : text[..at];
        if (FaultCatalog.All.FirstOrDefault(f => f.Name == name) is not { } known)
        {
            return (null, $"There is no fault '{name}'. Did you mean '{FaultCatalog.Nearest(name)}'? Known faults: {string.Join(", ", Names)}.");
        }

        if (at < 0)
        {
            return (new Fault(known.Kind), null);
        }

        if (known.WholeServer)
        {
            return (null, $"'{name}' concerns the whole server, so it takes no scene: write '{name}'.");
        }

        // What follows the last colon is the attempt; a scene id holds no colon.
        var (scene, attempt) = text[(at + 1)..].Split(':', 2) is [var s, var a] ? (s, a) : (text[(at + 1)..], null);
        if (scene.Length == 0)
        {
            return (null, $"'{text}' names no scene: write '{name}@scene-002' or '{name}'.");
        }

        if (attempt is null)
        {
            return (new Fault(known.Kind, scene), null);
        }

        return int.TryParse(attempt, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0
            ? (new Fault(known.Kind, scene, n), null)
            : (null, $"'{attempt}' in '{text}' is no attempt: attempts count from 1, as in '{name}@{scene}:1'.");
    }
}
