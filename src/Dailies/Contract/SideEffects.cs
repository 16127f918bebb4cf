using System.Diagnostics;

namespace Dailies.Contract;

/// <summary>Spans around everything a run does that outlives it: on its disk and at a station. They are published names: whoever listens to
/// the source <see cref="SourceName"/> sees each effect begin before it happens, and end after it.</summary>
/// <remarks>Without a listener nothing is made and nothing is counted. Tags are ids and paths, never what was sent, never a header.</remarks>
public static class SideEffects
{
    /// <summary>Name of the <see cref="ActivitySource"/>.</summary>
    public const string SourceName = "Dailies";

    /// <summary>One event is committed to the ledger. Tags: <see cref="EventTag"/>, and <see cref="SceneTag"/>, <see cref="AttemptTag"/> where it has them.</summary>
    public const string Commit = "commit";

    /// <summary>The ledger's write-ahead log is folded into its file as the controller ends. Tag: <see cref="PathTag"/>.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>POST /prompt, until its answer is read. Tag: <see cref="PromptTag"/>.</summary>
    public const string Post = "post";

    /// <summary>One announced file is fetched, until it is on our disk under its temp name. Tag: <see cref="PathTag"/>.</summary>
    public const string Fetch = "fetch";

    /// <summary>A temp file is filled and flushed. Tag: <see cref="PathTag"/>, the name that it will get.</summary>
    public const string Write = "write";

    /// <summary>A temp file gets its name. Tag: <see cref="PathTag"/>.</summary>
    public const string Rename = "rename";

    /// <summary>A prompt that waits is taken out of the station's queue. Tag: <see cref="PromptTag"/>.</summary>
    public const string DeletePending = "delete-pending";

    /// <summary>A prompt that runs is interrupted. Tag: <see cref="PromptTag"/>.</summary>
    public const string Interrupt = "interrupt";

    /// <summary>The station is asked to let its memory go. No tags.</summary>
    public const string Free = "free";

    /// <summary>The kind of the event, such as <c>AttemptStarted</c>.</summary>
    public const string EventTag = "dailies.event";

    /// <summary>The scene's id.</summary>
    public const string SceneTag = "dailies.scene";

    /// <summary>The attempt's number, from 1.</summary>
    public const string AttemptTag = "dailies.attempt";

    /// <summary>The path relative to the run folder, with <c>/</c>; of a file outside of it the name alone.</summary>
    public const string PathTag = "dailies.path";

    /// <summary>The prompt's id, ours or the server's.</summary>
    public const string PromptTag = "dailies.prompt_id";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a commit; dispose the span when it is on disk. Null without a listener.</summary>
    public static Activity? OnEvent(string kind, string? sceneId, int? attempt) =>
        Source.HasListeners() ? Begin(Commit, new(EventTag, kind), new(SceneTag, sceneId), new(AttemptTag, attempt)) : null;

    /// <summary>Begins an effect on a file; dispose the span when it is done. Null without a listener.</summary>
    public static Activity? OnFile(string effect, string path) =>
        Source.HasListeners() ? Begin(effect, new KeyValuePair<string, object?>(PathTag, RunFolder.Shown(path))) : null;

    /// <summary>Begins an effect at a station; dispose the span when it has answered. Null without a listener.</summary>
    public static Activity? OnStation(string effect, string? promptId = null) =>
        Source.HasListeners() ? Begin(effect, new KeyValuePair<string, object?>(PromptTag, promptId)) : null;

    // The tags go in at the start: a listener is told of the span before anybody could add one.
    private static Activity? Begin(string effect, params KeyValuePair<string, object?>[] tags) =>
        Source.StartActivity(effect, ActivityKind.Internal, parentContext: default, tags.Where(t => t.Value is not null));
}
