using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dailies.Animatic.Graph;

/// <summary>What the check of a graph found: refused with an <paramref name="Error"/>, or accepted with the outputs that can run.</summary>
internal sealed record GraphVerdict(JsonObject? Error, IReadOnlyList<string> Outputs, JsonObject NodeErrors);

/// <summary>Checks a posted graph as ComfyUI's execution.py does: from the outputs upwards, and only what they need.
/// Values are converted in place.</summary>
internal sealed class GraphCheck(NodeLibrary library, JsonObject graph)
{
    private readonly OrderedDictionary<string, (bool Valid, IReadOnlyList<JsonObject> Faults)> _seen = [];
    private readonly HashSet<string> _visiting = [];

    /// <exception cref="GraphTrouble">The graph is of a shape that makes the real server answer 500.</exception>
    public GraphVerdict Check(IReadOnlyList<string>? targets)
    {
        var outputs = new List<string>();
        foreach (var (id, node) in graph)
        {
            if (Misfit(id, node) is { } error)
            {
                return new GraphVerdict(error, [], []);
            }

            if (library.Find(ClassOf(node))!.IsOutput && targets?.Contains(id) != false)
            {
                outputs.Add(id);
            }
        }

        return outputs.Count == 0
            ? new GraphVerdict(AnimaticWire.Fault(AnimaticWire.NoOutputs, "Prompt has no outputs", ""), [], [])
            : CheckOutputs(outputs);
    }

    private JsonObject? Misfit(string id, JsonNode? node)
    {
        if (node is null or JsonValue && node?.GetValueKind() != JsonValueKind.String)
        {
            throw new GraphTrouble("TypeError", "argument is not iterable");
        }

        if (node is not JsonObject map || !map.ContainsKey(AnimaticWire.ClassType))
        {
            return AnimaticWire.Fault(AnimaticWire.InvalidPrompt, "Cannot execute because a node is missing the class_type property.", $"Node ID '#{id}'");
        }

        return library.Find(ClassOf(node)) is null
            ? AnimaticWire.Fault(AnimaticWire.InvalidPrompt, $"Cannot execute because node {PythonText.Str(map[AnimaticWire.ClassType])} does not exist.", $"Node ID '#{id}'")
            : null;
    }

    private GraphVerdict CheckOutputs(List<string> outputs)
    {
        var good = new List<string>();
        var words = new List<string>();
        var nodeErrors = new JsonObject();
        foreach (var output in outputs)
        {
            if (Outermost(output))
            {
                good.Add(output);
                continue;
            }

            words.AddRange(_seen[output].Faults.Select(f => $"{f[AnimaticWire.Sentence]}: {f[AnimaticWire.Details]}"));
            // A node below a faulty one is invalid too, but without a fault of its own: it is not reported.
            foreach (var (id, (valid, faults)) in _seen.Where(s => s.Value is { Valid: false, Faults.Count: > 0 }))
            {
                nodeErrors.TryAdd(id, AnimaticWire.NodeFault(faults, ClassOf(graph[id])));
                AnimaticWire.AddDependent(nodeErrors[id]!, output);
            }
        }

        return good.Count > 0
            ? new GraphVerdict(null, good, nodeErrors)
            : new GraphVerdict(AnimaticWire.Fault(AnimaticWire.OutputsFailed, "Prompt outputs failed validation", string.Join('\n', words)), [], nodeErrors);
    }

    private bool Outermost(string output)
    {
        try
        {
            return CheckNode(output);
        }
        catch (GraphTrouble trouble)
        {
            _seen[output] = (false, [trouble.Fault(AnimaticWire.Tripped, "Exception when validating node", [])]);
            return false;
        }
    }

    private bool CheckNode(string id)
    {
        if (_seen.TryGetValue(id, out var known))
        {
            return known.Valid;
        }

        // A cycle is invalid without a word, as in ComfyUI.
        if (!_visiting.Add(id))
        {
            return false;
        }

        var node = graph[id]!.AsObject();
        var inputs = node[AnimaticWire.Inputs] as JsonObject ?? throw new GraphTrouble("KeyError", "'inputs'");
        var faults = new List<JsonObject>();
        var valid = true;
        foreach (var input in library.Find(ClassOf(node))!.Inputs)
        {
            valid &= CheckInput(input, inputs, faults);
        }

        _seen[id] = (valid && faults.Count == 0, faults);
        return _seen[id].Valid;
    }

    private bool CheckInput(InputDefinition input, JsonObject inputs, List<JsonObject> faults)
    {
        if (!inputs.TryGetPropertyValue(input.Name, out var value))
        {
            faults.Add(AnimaticWire.Fault(AnimaticWire.InputMissing, "Required input is missing", input.Name, new JsonObject { [AnimaticWire.InputName] = input.Name }));
            return false;
        }

        if (value is JsonArray link)
        {
            return CheckLink(input, link, faults);
        }

        var (fault, converted) = InputCheck.Check(input, value);
        if (fault is not null)
        {
            faults.Add(fault);
            return false;
        }

        inputs[input.Name] = converted;
        return true;
    }

    private bool CheckLink(InputDefinition input, JsonArray link, List<JsonObject> faults)
    {
        if (link.Count != 2)
        {
            faults.Add(AnimaticWire.Fault(
                AnimaticWire.BadLink, "Bad linked input, must be a length-2 list of [node_id, slot_index]", input.Name, InputCheck.Extra(input, link)));
            return false;
        }

        var from = link[0] is JsonValue v && v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : null;
        if (from is null || !graph.ContainsKey(from))
        {
            throw new GraphTrouble("KeyError", PythonText.Repr(link[0]));
        }

        var received = SlotType(library.Find(ClassOf(graph[from]))!.Outputs, link[1]);
        if (input.Type is null || received != input.Type)
        {
            var details = $"{input.Name}, received_type({received}) mismatch input_type({input.Type ?? PythonText.ReprOfTexts(input.Choices)})";
            faults.Add(AnimaticWire.Fault(AnimaticWire.WrongType, "Return type mismatch between linked nodes", details, new JsonObject
            {
                [AnimaticWire.InputName] = input.Name,
                [AnimaticWire.InputConfig] = input.Config.DeepClone(),
                [AnimaticWire.ReceivedType] = received,
                [AnimaticWire.LinkedNode] = link.DeepClone(),
            }));
            return false;
        }

        return CheckLinked(input, link, from);
    }

    private bool CheckLinked(InputDefinition input, JsonArray link, string from)
    {
        try
        {
            return CheckNode(from);
        }
        catch (GraphTrouble trouble)
        {
            var extra = InputCheck.Extra(input, null);
            extra.Remove(AnimaticWire.ReceivedValue);
            extra[AnimaticWire.ExceptionMessage] = trouble.Message;
            extra[AnimaticWire.LinkedNode] = link.DeepClone();
            _seen[from] = (false, [trouble.Fault(AnimaticWire.TrippedInside, "Exception when validating inner node", extra)]);
            return false;
        }
    }

    private static string SlotType(IReadOnlyList<string> outputs, JsonNode? slot)
    {
        if (!PythonText.TryInt(slot, out var index, out _))
        {
            throw new GraphTrouble("TypeError", "tuple indices must be integers or slices");
        }

        var i = index < 0 ? index + outputs.Count : index; // a tuple may be counted from its end
        return i >= 0 && i < outputs.Count ? outputs[(int)i] : throw new GraphTrouble("IndexError", "tuple index out of range");
    }

    private static string? ClassOf(JsonNode? node) =>
        node is JsonObject map && map[AnimaticWire.ClassType] is JsonValue v && v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : null;
}
