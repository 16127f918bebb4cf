using System.Text.Json;

namespace Dailies.Workflows;

/// <summary>A link from an input to another node's output, written <c>["6", 0]</c>.</summary>
/// <param name="NodeId">The node that the value comes from; it may not exist.</param>
/// <param name="Slot">Which of its outputs, counted from 0.</param>
public readonly record struct WorkflowLink(string NodeId, int Slot)
{
    /// <summary>The link that a value spells: an array of exactly two, id as text or number, then a whole slot.</summary>
    public static WorkflowLink? Of(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 2
            || value[1].ValueKind != JsonValueKind.Number || !value[1].TryGetInt32(out var slot) || slot < 0)
        {
            return null;
        }

        return value[0].ValueKind switch
        {
            JsonValueKind.String => new WorkflowLink(value[0].GetString()!, slot),
            JsonValueKind.Number => new WorkflowLink(value[0].GetRawText(), slot),
            _ => null,
        };
    }
}

/// <summary>One node of an API graph: <c>"6": {"class_type": "CLIPTextEncode", "inputs": {…}, "_meta": {"title": …}}</c>.</summary>
/// <param name="Id">Its id; may hold <c>:</c> and <c>.</c> (subgraphs, expanded nodes).</param>
/// <param name="ClassType">The class of the node.</param>
/// <param name="Title">The title that its author gave it; null when there is none.</param>
/// <param name="Inputs">Its inputs in file order; values are read-only and keep numbers as they were written.</param>
public sealed record WorkflowNode(string Id, string ClassType, string? Title, IReadOnlyDictionary<string, JsonElement> Inputs)
{
    /// <summary>The link in an input; null when it is absent or a plain value.</summary>
    public WorkflowLink? Link(string input) => Inputs.TryGetValue(input, out var value) ? WorkflowLink.Of(value) : null;

    /// <summary>The plain text in an input; null when it is absent, a link, or no text.</summary>
    public string? Text(string input) =>
        Inputs.TryGetValue(input, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Whether the input is there, as a value or as a link.</summary>
    public bool Has(string input) => Inputs.ContainsKey(input);

    internal bool Is(string word) => ClassType.Contains(word, StringComparison.OrdinalIgnoreCase);

    internal bool IsAny(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (Is(word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How notes name a node: <c>3 (KSampler)</c>.</summary>
    internal string Named() => $"{Id} ({ClassType})";
}
