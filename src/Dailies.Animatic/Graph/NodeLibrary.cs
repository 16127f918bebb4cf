using System.Text.Json.Nodes;

namespace Dailies.Animatic.Graph;

/// <summary>One input of a node: <c>["INT", {"min": 1}]</c> or <c>[["a", "b"], {}]</c>.</summary>
internal sealed record InputDefinition(string Name, JsonArray Config)
{
    /// <summary>The link or value type; <see langword="null"/> for a choice.</summary>
    public string? Type => Config[0] is JsonValue ? Config[0]!.GetValue<string>() : null;

    public IReadOnlyList<string> Choices => [.. Config[0]!.AsArray().Select(c => c!.GetValue<string>())];

    public JsonNode? Limit(string name) => Config.Count > 1 ? Config[1]![name] : null;
}

/// <summary>One node class, read from object_info.json.</summary>
internal sealed record NodeDefinition(
    string Name, IReadOnlyList<InputDefinition> Inputs, IReadOnlyList<string> Hidden, IReadOnlyList<string> Outputs, bool IsOutput);

/// <summary>The node classes that Animatic knows.</summary>
internal sealed class NodeLibrary
{
    private readonly Dictionary<string, NodeDefinition> _nodes;

    public NodeLibrary()
    {
        using var stream = typeof(NodeLibrary).Assembly.GetManifestResourceStream("object-info")!;
        Info = JsonNode.Parse(stream)!.AsObject();
        _nodes = Info.ToDictionary(n => n.Key, n => Read(n.Key, n.Value!), StringComparer.Ordinal);
    }

    /// <summary>The whole of /object_info.</summary>
    public JsonObject Info { get; }

    public NodeDefinition? Find(string? name) => name is null ? null : _nodes.GetValueOrDefault(name);

    /// <summary>The checkpoints that the loader offers.</summary>
    public IReadOnlyList<string> Checkpoints => _nodes["CheckpointLoaderSimple"].Inputs[0].Choices;

    private static NodeDefinition Read(string name, JsonNode node) => new(
        name,
        [.. node["input"]!["required"]!.AsObject().Select(i => new InputDefinition(i.Key, i.Value!.AsArray()))],
        [.. node["input"]!["hidden"]?.AsObject().Select(i => i.Key) ?? []],
        [.. node["output"]!.AsArray().Select(o => o!.GetValue<string>())],
        node["output_node"]!.GetValue<bool>());
}
