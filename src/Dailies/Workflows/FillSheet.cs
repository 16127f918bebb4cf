using System.Text.Json;
using System.Text.Json.Nodes;
using Dailies.Settings;

namespace Dailies.Workflows;

/// <summary>One graph while it is being filled, and what was done to it.</summary>
internal sealed class FillSheet(WorkflowTemplate template, WorkflowBinding binding)
{
    private readonly JsonObject graph = template.Graph();
    private readonly List<string> bound = [];
    private readonly List<string> unbound = [];
    private readonly List<string> notes = [.. binding.Notes];
    private readonly List<SetFault> faults = [];

    public void Note(string note) => notes.Add(note);

    /// <summary>Writes a value to all inputs of a name; no value leaves them as they are.</summary>
    public void Write(string name, IReadOnlyList<InputTarget> targets, Func<InputTarget, JsonNode>? value)
    {
        var known = targets.Where(template.Holds).ToList();
        if (value is null)
        {
            return;
        }

        if (known.Count == 0)
        {
            unbound.Add(name);
            return;
        }

        known.ForEach(target => Put(target, value(target)));
        bound.Add($"{name}: {string.Join(", ", known)}");
    }

    public void Set(string name, JsonNode? value)
    {
        var (targets, fault) = SetNames.Find(template, binding, name);
        if (fault is not null)
        {
            faults.Add(fault);
            return;
        }

        List<string> written = [];
        foreach (var target in targets)
        {
            var (node, wrong) = SetValue.For(template, target, value);
            if (node is not null)
            {
                Put(target, node);
                written.Add(target.ToString());
            }
            else
            {
                faults.Add(wrong! with { Name = name });
            }
        }

        if (written.Count > 0)
        {
            bound.Add($"{name}: {string.Join(", ", written)}");
        }
    }

    public FilledWorkflow Filled()
    {
        var frames = binding.Of("frames").Where(template.Holds).Select(Number).FirstOrDefault(n => n is not null);
        return new FilledWorkflow(
            graph, [.. bound.Select(b => OneLine.Of(b)), .. binding.Take is { } take ? [OneLine.Of($"{WorkflowBinding.TakeName}: node {take}")] : Array.Empty<string>()], unbound, [.. notes.Select(n => OneLine.Of(n)).Distinct()], binding.Of("frames").Any(template.Holds), frames, faults);
    }

    private void Put(InputTarget target, JsonNode value)
    {
        if (template.Node(target.NodeId)!.Link(target.Input) is { } link)
        {
            notes.Add($"{target} was linked to node {link.NodeId}; the link is replaced by the value");
        }

        graph[target.NodeId]!["inputs"]![target.Input] = value;
    }

    private int? Number(InputTarget target) =>
        graph[target.NodeId]!["inputs"]![target.Input] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<int>(out var number) ? number : null;
}
