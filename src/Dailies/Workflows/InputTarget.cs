namespace Dailies.Workflows;

/// <summary>One input of one node, written <c>&lt;nodeId&gt;.&lt;input&gt;</c> and split at the first dot:
/// <c>54:62:174.text</c>; <c>12.resize_type.multiplier</c> is input <c>resize_type.multiplier</c> of node 12.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Input">Its input.</param>
public readonly record struct InputTarget(string NodeId, string Input)
{
    /// <summary>Reads a target; throws <see cref="FormatException"/> when it has no dot, or nothing before or after it.</summary>
    public static InputTarget Parse(string text) =>
        TryParse(text, out var target) ? target : throw new FormatException($"'{text}' is not <nodeId>.<input>");

    /// <summary>Reads a target; false when it has no dot, or nothing before or after it.</summary>
    public static bool TryParse(string? text, out InputTarget target)
    {
        var dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        target = dot > 0 && dot < text!.Length - 1 ? new InputTarget(text[..dot], text[(dot + 1)..]) : default;
        return target != default;
    }

    /// <summary>The input of this very graph that a text means. The first dot splits; only where that names nothing, and an id of
    /// the graph has dots itself (expanded nodes, <c>3.0.0.1</c>), a later dot does. Null when the text is no target at all.</summary>
    public static InputTarget? Find(string text, WorkflowTemplate template)
    {
        if (!TryParse(text, out var first))
        {
            return null;
        }

        for (var dot = text.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = text.IndexOf('.', dot + 1))
        {
            var candidate = new InputTarget(text[..dot], text[(dot + 1)..]);
            if (template.Holds(candidate))
            {
                return candidate;
            }
        }

        return first;
    }

    /// <summary>The written form.</summary>
    public override string ToString() => $"{NodeId}.{Input}";
}
