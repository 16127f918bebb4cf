using System.Text.Json.Nodes;

namespace Dailies.Animatic.Execution;

/// <summary>How far each node of the running prompt is; every change tells all of it, as ComfyUI does.</summary>
internal sealed class ProgressBoard(string prompt)
{
    private readonly OrderedDictionary<string, (double Value, double Max, bool Finished)> _nodes = [];

    public JsonObject Start(string node) => Set(node, (0, 1, false));

    public JsonObject Step(string node, int value, int max) => Set(node, (value, max, false));

    public JsonObject Finish(string node)
    {
        var max = _nodes.TryGetValue(node, out var known) ? known.Max : 1;
        return Set(node, (max, max, true));
    }

    private JsonObject Set(string node, (double, double, bool) state)
    {
        _nodes[node] = state;
        var nodes = _nodes.Select(n => KeyValuePair.Create(
            n.Key, (JsonNode?)AnimaticWire.ProgressNode(n.Value.Value, n.Value.Max, n.Value.Finished, n.Key, prompt)));
        return AnimaticWire.ProgressStateData(prompt, new JsonObject(nodes));
    }
}
