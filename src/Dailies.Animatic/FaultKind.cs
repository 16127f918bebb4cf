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

    /// <summary>POST /prompt is queued, and the connection stays open without an answer.</summary>
    HalfOpen,

    /// <summary>GET /history/{id} is taken, and the connection stays open without an answer.</summary>
    HalfOpenHistory,

    /// <summary>Somebody else's prompt occupies the worker for ever.</summary>
    StrangerStuck,

    /// <summary>The web socket stays open and hears nothing more, in the middle of the prompt.</summary>
    SocketDeaf,

    /// <summary>One frame fewer is rendered than was asked for.</summary>
    FewerFrames,

    /// <summary>One saved file is missing from what is announced.</summary>
    ShortList,

    /// <summary>Every frame is saved, and none is announced.</summary>
    Unannounced,

    /// <summary>No frame is announced, and they are written after the prompt's end, slowly, in any order.</summary>
    LateFiles,

    /// <summary>The server is killed and starts again.</summary>
    Killed,

    /// <summary>The server is killed while it writes a file, and starts again.</summary>
    KilledMidWrite,

    /// <summary>The server is killed and comes back as an older version.</summary>
    ReturnsOlder,

    /// <summary>GET /view breaks off half way, once for each file.</summary>
    TornTransfer,

    /// <summary>The server is killed while it sends a file, and starts again.</summary>
    KilledMidTransfer,

    /// <summary>Every frame is nearly black.</summary>
    DarkFrames,
}
