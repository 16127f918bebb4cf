using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dailies.Workflows;

/// <summary>Reads the bytes of a workflow file. Pure, and total: any bytes give a template or faults.</summary>
internal static class WorkflowReader
{
    /// <summary>Nobody reads more, and finding the line of each costs a pass over the file.</summary>
    public const int MostFaults = 50;

    public static WorkflowReading Read(ReadOnlyMemory<byte> bytes, string file)
    {
        if (bytes.Length > WorkflowTemplate.MaxBytes)
        {
            var message = $"The file has {bytes.Length} bytes, more than the {WorkflowTemplate.MaxBytes} that are read";
            return Refused(new WorkflowFault(file, null, message, "A graph is rarely over 1 MB: is this the right file?"));
        }

        var json = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        try
        {
            using var document = JsonDocument.Parse(json);
            return OtherFiles.Recognise(document.RootElement, file) is { } fault ? Refused(fault) : Nodes(document.RootElement.Clone(), json.Span, file);
        }
        catch (JsonException e)
        {
            return Refused(new WorkflowFault(file, (int?)e.LineNumber + 1, "This is not JSON: " + Reason(e), "Export the graph again: " + OtherFiles.HowToExport));
        }
        catch (InvalidOperationException)
        {
            // JsonElement.GetString and JsonProperty.Name throw this for a lone surrogate or for bytes that are not UTF-8.
            return Refused(new WorkflowFault(file, null, "A text in it is not valid Unicode", "Save the file as UTF-8, or export the graph again."));
        }
    }

    // The words of JsonException end in "… LineNumber: 3 | BytePositionInLine: 7.", and the line stands in the fault already.
    internal static string Reason(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? e.Message : e.Message[..end]).TrimEnd('.', ' ');
    }

    private static WorkflowReading Nodes(JsonElement root, ReadOnlySpan<byte> json, string file)
    {
        var wrapped = OtherFiles.Wrapped(root);
        var graph = (JsonObject)JsonCopy.Of(wrapped ?? root)!;
        if (graph.Count == 0)
        {
            return Refused(new WorkflowFault(file, null, "The graph has no nodes", "Export the graph again: " + OtherFiles.HowToExport));
        }

        if (!graph.Any(n => n.Value is JsonObject node && node.ContainsKey("class_type")))
        {
            return Refused(new WorkflowFault(file, null, "No entry has a class_type, so this is no API graph", OtherFiles.Fix));
        }

        List<WorkflowFault> faults = [];
        List<WorkflowNode> nodes = [];
        foreach (var (id, value) in graph.ToList())
        {
            if (faults.Count == MostFaults)
            {
                break;
            }

            if (Fault(id, value) is { } message)
            {
                faults.Add(new WorkflowFault(file, wrapped is null ? JsonLines.Of(json, id) : JsonLines.Of(json, "prompt", id), message, "Remove the entry, or export the graph again."));
                continue;
            }

            nodes.Add(Node(id, value!.AsObject()));
        }

        return faults.Count > 0 ? new WorkflowReading(null, faults) : new WorkflowReading(new WorkflowTemplate(nodes, graph), []);
    }

    private static string? Fault(string id, JsonNode? value) => value switch
    {
        not JsonObject => $"Node {id} is not an object",
        JsonObject node when node["class_type"] is not JsonValue name || name.GetValueKind() != JsonValueKind.String || name.GetValue<string>().Length == 0 => $"Node {id} has no class_type",
        JsonObject node when node["inputs"] is not (null or JsonObject) => $"The inputs of node {id} are not an object",
        _ => null,
    };

    private static WorkflowNode Node(string id, JsonObject node)
    {
        node["inputs"] ??= new JsonObject();
        var inputs = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in node["inputs"]!.AsObject())
        {
            inputs[name] = JsonSerializer.SerializeToElement(value);
        }

        var title = node["_meta"] is JsonObject meta && meta["title"] is JsonValue text && text.GetValueKind() == JsonValueKind.String ? text.GetValue<string>() : null;
        return new WorkflowNode(id, node["class_type"]!.GetValue<string>(), title, new ReadOnlyDictionary<string, JsonElement>(inputs));
    }

    private static WorkflowReading Refused(WorkflowFault fault) => new(null, [fault]);
}
