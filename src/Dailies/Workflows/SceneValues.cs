using System.Text.Json.Nodes;
using Dailies.Settings;

namespace Dailies.Workflows;

/// <summary>What one attempt at one scene puts into the graph.</summary>
public sealed record SceneValues
{
    /// <summary>What is to be seen.</summary>
    public required string Prompt { get; init; }

    /// <summary>What is not to be seen; null leaves the graph's own.</summary>
    public string? Negative { get; init; }

    /// <summary>The seed, already within what the node allows.</summary>
    /// <value>0 to 2^64 − 1.</value>
    public required ulong Seed { get; init; }

    /// <summary>How the files' names begin, subfolders included.</summary>
    public required string Prefix { get; init; }

    /// <summary>Frames wanted; null leaves the graph's own count.</summary>
    public int? Frames { get; init; }

    /// <summary>Width in pixels; null leaves the graph's own.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels; null leaves the graph's own.</summary>
    public int? Height { get; init; }

    /// <summary>The picture to begin with, named as ComfyUI's upload answered; null leaves the graph's own.</summary>
    public string? Keyframe { get; init; }

    /// <summary>Further values, from <c>--set</c> and the story: a binding's name, <c>&lt;nodeId&gt;.&lt;input&gt;</c>, a well known name
    /// (<c>checkpoint</c>, <c>steps</c> …), or an input that only one node has. Written last, so they win.</summary>
    public IReadOnlyDictionary<string, JsonNode> Set { get; init; } = new Dictionary<string, JsonNode>();
}

/// <summary>A value of <see cref="SceneValues.Set"/> that could not be written.</summary>
/// <param name="Name">The name as given.</param>
/// <param name="Message">What is wrong, without a full stop.</param>
/// <param name="Fix">What to do, a whole sentence.</param>
public sealed record SetFault(string Name, string Message, string Fix)
{
    /// <inheritdoc/>
    public override string ToString() => $"{OneLine.Of(Name, 200)}: {OneLine.Of(Message)}. {OneLine.Of(Fix)}";
}

/// <summary>A graph that is ready to be sent.</summary>
/// <param name="Graph">The graph, owned by whoever asked for it.</param>
/// <param name="Bound">What was written where, a line per name: <c>prompt: 6.text, 7.text</c>.</param>
/// <param name="Unbound">Names of values that were given and have no place in the graph.</param>
/// <param name="Notes">The binding's notes, and what else a reader should know.</param>
/// <param name="FramesBound">Whether the graph's frame count follows the story; else the count that ComfyUI announces is the floor.</param>
/// <param name="Frames">The frame count that the graph now asks for; null when it is not bound.</param>
/// <param name="Faults">Values that could not be written. A graph with faults must not be sent.</param>
public sealed record FilledWorkflow(
    JsonObject Graph,
    IReadOnlyList<string> Bound,
    IReadOnlyList<string> Unbound,
    IReadOnlyList<string> Notes,
    bool FramesBound,
    int? Frames,
    IReadOnlyList<SetFault> Faults);
