using System.Collections.ObjectModel;
using System.Text.Json;

using Dailies.Settings;

namespace Dailies.Workflows;

/// <summary>Reads a binding map. Pure, and total: any bytes give a binding or faults, all of them at once.</summary>
internal static class BindingMapReader
{
    private const string TakeForm = "Write the id of one saving node, \"take\": \"9\"; without it the last saved video is the take, else the last saved images.";
    private const string Form = "Write \"<nodeId>.<input>\", a list of them, or [] to unbind.";

    public static BindingReading Read(ReadOnlyMemory<byte> bytes, string file, WorkflowTemplate template)
    {
        if (bytes.Length > WorkflowTemplate.MaxBytes)
        {
            return Refused(new WorkflowFault(file, null, $"The file has {bytes.Length} bytes, more than the {WorkflowTemplate.MaxBytes} that are read", "Is this the right file?"));
        }

        var json = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Names(document.RootElement, json.Span, file, template)
                : Refused(new WorkflowFault(file, null, "A binding map is an object of names", Form));
        }
        catch (JsonException e)
        {
            return Refused(new WorkflowFault(file, (int?)e.LineNumber + 1, "This is not JSON: " + WorkflowReader.Reason(e), Form));
        }
        catch (InvalidOperationException)
        {
            // JsonElement.GetString and JsonProperty.Name throw this for text that is not Unicode.
            return Refused(new WorkflowFault(file, null, "A text in it is not valid Unicode", "Save the file as UTF-8."));
        }
    }

    private static BindingReading Names(JsonElement root, ReadOnlySpan<byte> json, string file, WorkflowTemplate template)
    {
        List<WorkflowFault> faults = [];
        var targets = new OrderedDictionary<string, IReadOnlyList<InputTarget>>(StringComparer.Ordinal);
        string? take = null;
        foreach (var entry in root.EnumerateObject().Where(e => e.Name != "$schema"))
        {
            if (entry.Name == WorkflowBinding.TakeName)
            {
                (take, var fault) = Take(entry.Value, template);
                faults.AddRange(fault is var (wrong, how) ? [new WorkflowFault(file, JsonLines.Of(json, entry.Name), wrong, how)] : []);
                continue;
            }

            List<InputTarget> found = [];
            foreach (var written in entry.Value.ValueKind == JsonValueKind.Array ? [.. entry.Value.EnumerateArray()] : new[] { entry.Value })
            {
                if (faults.Count == WorkflowReader.MostFaults)
                {
                    return new BindingReading(null, faults);
                }

                var text = written.ValueKind == JsonValueKind.String ? written.GetString()! : null;
                if (text is null || InputTarget.Find(text, template) is not { } target)
                {
                    faults.Add(new WorkflowFault(file, JsonLines.Of(json, entry.Name), $"{entry.Name} is bound to {written.GetRawText()}, which names no input", Form));
                }
                else if (Missing(target, template) is var (message, fix))
                {
                    faults.Add(new WorkflowFault(file, JsonLines.Of(json, entry.Name), $"{entry.Name} is bound to {text}, but {message}", fix));
                }
                else
                {
                    found.Add(target);
                }
            }

            targets[entry.Name] = found;
        }

        return faults.Count > 0 ? new BindingReading(null, faults) : new BindingReading(new WorkflowBinding(new ReadOnlyDictionary<string, IReadOnlyList<InputTarget>>(targets), []) { Take = take }, []);
    }

    // "9", ["9"] or 9 is node 9; [] leaves the choice to us.
    private static (string? Node, (string Message, string Fix)? Fault) Take(JsonElement value, WorkflowTemplate template)
    {
        var one = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 ? value[0] : value;
        var id = one.ValueKind switch
        {
            JsonValueKind.String => one.GetString()!,
            JsonValueKind.Number => one.GetRawText(),
            _ => null,
        };
        return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0 ? (null, null)
            : id is null ? (null, ($"{WorkflowBinding.TakeName} is {value.GetRawText()}, which names no node", TakeForm))
            : template.Node(id) is not null ? (id, null)
            : (null, ($"{WorkflowBinding.TakeName} is {one.GetRawText()}, but {NoNode(id, template).Message}", InputTarget.Find(id, template) is { } input && template.Holds(input) ? TakeForm : NoNode(id, template).Fix));
    }

    private static (string Message, string Fix)? Missing(InputTarget target, WorkflowTemplate template)
    {
        if (template.Node(target.NodeId) is not { } node)
        {
            return NoNode(target.NodeId, template);
        }

        return node.Has(target.Input) ? null
            : ($"node {node.Named()} has no input {target.Input}", Suggest(Near(target.Input, node.Inputs.Keys), node.Inputs.Keys, node.Id + "."));
    }

    private static (string Message, string Fix) NoNode(string id, WorkflowTemplate template)
    {
        // Somebody who names a node by its class or its title finds its id here.
        var named = template.Nodes.FirstOrDefault(n => n.ClassType == id || n.Title == id);
        return ($"the workflow has no node {id}", Suggest(named?.Id ?? Near(id, template.Nodes.Select(n => n.Id)), template.Nodes.Select(n => n.Id), "node "));
    }

    private static string Suggest(string? near, IEnumerable<string> all, string before) =>
        near is not null ? $"Did you mean {before}{near}?" : all.Any() ? $"There are: {string.Join(", ", all.Take(12))}." : "It has none.";

    /// <summary>The nearest word; long ones and long lists are not compared, so that a hostile file costs nothing.</summary>
    internal static string? Near(string word, IEnumerable<string> known) =>
        word.Length > 80 ? null : Nearest.Of(word, known.Where(k => k.Length <= 80).Take(2_000));

    private static BindingReading Refused(WorkflowFault fault) => new(null, [fault]);
}
