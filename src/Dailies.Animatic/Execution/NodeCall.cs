using System.Text.Json.Nodes;
using Dailies.Animatic.Queueing;

namespace Dailies.Animatic.Execution;

/// <summary>One node about to run: its inputs, and its way back to the prompt it belongs to.</summary>
internal sealed class NodeCall(QueuedPrompt prompt, GraphView graph, string id, Func<string, NodeResult> resultOf, Action<int, int> progress)
{
    public QueuedPrompt Prompt { get; } = prompt;

    /// <summary>Tells the client how far the node is.</summary>
    public Action<int, int> Progress { get; } = progress;

    public T Value<T>(string input)
        where T : NodeValue
    {
        var (_, from, slot) = graph.Links(id).First(l => l.Name == input);
        var slots = resultOf(from).Slots;
        return (T)slots[slot < 0 ? slots.Count + slot : slot];
    }

    public int Int(string input) => graph.Input(id, input)!.GetValue<int>();

    public ulong Seed(string input) => graph.Input(id, input)!.GetValue<ulong>();

    public string Text(string input) => graph.Input(id, input)!.GetValue<string>();

    /// <summary>The inputs as ComfyUI prints them into an error: each a list of one text.</summary>
    public JsonObject Printed()
    {
        var links = graph.Links(id).ToDictionary(l => l.Name);
        var printed = new JsonObject();
        foreach (var input in graph.Definition(id).Inputs)
        {
            var text = links.TryGetValue(input.Name, out var l)
                ? resultOf(l.From).Slots.ElementAtOrDefault(l.Slot)?.ToString() ?? ""
                : Animatic.Graph.PythonText.Str(graph.Input(id, input.Name));
            printed[input.Name] = AnimaticWire.List([text]);
        }

        foreach (var hidden in graph.Definition(id).Hidden)
        {
            var value = hidden == AnimaticWire.Prompt ? Prompt.Graph : Prompt.Extra[hidden];
            printed[hidden] = new JsonArray(value is null ? null : AnimaticWire.Text(value));
        }

        return printed;
    }
}
