using System.Text.Json;

namespace Dailies.Workflows;

/// <summary>Where the value of an input really stands: in the input itself, or in the primitive that it is linked to.</summary>
/// <param name="Target">The input that holds the plain value; null when none was found.</param>
/// <param name="Note">What a reader should know about it; null when there is nothing.</param>
internal readonly record struct ValueSource(InputTarget? Target, string? Note)
{
    /// <summary>The text of an input, through primitives, switches and the first half of a concatenation.</summary>
    public static ValueSource Text(WorkflowTemplate template, WorkflowNode node, string input) =>
        Follow(template, node, input, JsonValueKind.String, NodeNames.TextValues);

    /// <summary>The number in an input, through primitives; a source that has an input of the same name holds it there.</summary>
    public static ValueSource Number(WorkflowTemplate template, WorkflowNode node, string input) =>
        Follow(template, node, input, JsonValueKind.Number, [input, .. NodeNames.NumberValues]);

    private static ValueSource Follow(WorkflowTemplate template, WorkflowNode start, string input, JsonValueKind kind, string[] names)
    {
        var (node, name) = (start, input);
        string? note = null;
        var seen = new HashSet<InputTarget>();
        while (seen.Count < WorkflowLinks.LongestChain && seen.Add(new InputTarget(node.Id, name)))
        {
            if (node.Inputs.TryGetValue(name, out var value) && value.ValueKind == kind)
            {
                return new ValueSource(new InputTarget(node.Id, name), note);
            }

            if (node.Link(name) is not { } link || template.Node(link.NodeId) is not { } source)
            {
                break;
            }

            if (kind == JsonValueKind.String && NodeNames.IsConcatenation(source))
            {
                note = $"{start.Id}.{input} is put together by {source.Named()}: only its first part is replaced";
                names = ["string_a", "text_a", "text1", .. NodeNames.TextValues];
            }

            (node, name) = (source, Next(source, kind, names));
        }

        return new ValueSource(null, $"{start.Id}.{input} comes from {node.Named()}, which holds no plain {(kind == JsonValueKind.String ? "text" : "number")}");
    }

    // A plain value first; else a link that may lead to one: a Reroute has a single input, whatever its name.
    private static string Next(WorkflowNode source, JsonValueKind kind, string[] names)
    {
        foreach (var name in names)
        {
            if (source.Inputs.TryGetValue(name, out var value) && value.ValueKind == kind)
            {
                return name;
            }
        }

        return names.FirstOrDefault(n => source.Link(n) is not null) ?? (source.Inputs.Count == 1 ? source.Inputs.Keys.First() : "");
    }
}
