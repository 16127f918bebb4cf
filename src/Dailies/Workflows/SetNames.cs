namespace Dailies.Workflows;

/// <summary>What a name of <c>--set</c> means in a graph. Pure.</summary>
internal static class SetNames
{
    // Names that people say, and the inputs they mean, in whatever node.
    private static readonly Dictionary<string, string[]> Aliases = new(StringComparer.Ordinal)
    {
        ["checkpoint"] = ["ckpt_name", "unet_name"],
        ["steps"] = ["steps"],
        ["cfg"] = ["cfg"],
        ["sampler"] = ["sampler_name"],
        ["scheduler"] = ["scheduler"],
        ["denoise"] = ["denoise"],
        ["fps"] = ["fps", "frame_rate"],
        ["lora"] = ["lora_name"],
        ["vae"] = ["vae_name"],
        ["guidance"] = ["guidance"],
    };

    // One file for two loaders that hold different ones (base and refiner, high and low noise) is surely not meant.
    private static readonly string[] OneFile = ["checkpoint", "lora", "vae"];

    /// <summary>The inputs of a name: a binding's, a written target, a well known name, or the one input so named.</summary>
    public static (IReadOnlyList<InputTarget> Targets, SetFault? Fault) Find(WorkflowTemplate template, WorkflowBinding binding, string name)
    {
        if (binding.Of(name).Where(template.Holds).ToList() is { Count: > 0 } bound)
        {
            return (bound, null);
        }

        if (InputTarget.Find(name, template) is { } target && template.Holds(target))
        {
            return ([target], null);
        }

        if (Aliases.TryGetValue(name, out var inputs))
        {
            var meant = Having(template, inputs);
            if (OneFile.Contains(name) && meant.Select(t => template.Node(t.NodeId)!.Text(t.Input)).Distinct().Count() > 1)
            {
                return Ambiguous(name, "means different files in this workflow", meant);
            }

            // A linked value (steps from a primitive) is set where it stands, so that its other readers follow.
            return meant.Count > 0 ? (meant.Select(t => Source(template, t)).Distinct().ToList(), null) : Unknown(template, binding, name);
        }

        var same = Having(template, [name]);
        return same.Count switch
        {
            0 => Unknown(template, binding, name),
            1 => (same, null),
            _ => Ambiguous(name, $"is an input of {same.Count} nodes", same),
        };
    }

    private static List<InputTarget> Having(WorkflowTemplate template, string[] inputs) =>
        [.. template.Nodes.SelectMany(_ => inputs, (n, input) => (Node: n, Input: input)).Where(p => p.Node.Has(p.Input)).Select(p => new InputTarget(p.Node.Id, p.Input))];

    private static InputTarget Source(WorkflowTemplate template, InputTarget target)
    {
        var node = template.Node(target.NodeId)!;
        return node.Link(target.Input) is null ? target
            : ValueSource.Number(template, node, target.Input).Target ?? ValueSource.Text(template, node, target.Input).Target ?? target;
    }

    private static (IReadOnlyList<InputTarget> Targets, SetFault? Fault) Ambiguous(string name, string why, IReadOnlyList<InputTarget> all) =>
        ([], new SetFault(name, why, $"Name one: {string.Join(", ", all.Take(12))}."));

    private static (IReadOnlyList<InputTarget> Targets, SetFault? Fault) Unknown(WorkflowTemplate template, WorkflowBinding binding, string name)
    {
        if (InputTarget.TryParse(name, out var target) && template.Node(target.NodeId) is { } node)
        {
            var input = BindingMapReader.Near(target.Input, node.Inputs.Keys);
            return ([], new SetFault(name, $"node {node.Named()} has no input {target.Input}", input is null
                ? $"It has: {string.Join(", ", node.Inputs.Keys.Take(12))}." : $"Did you mean {node.Id}.{input}?"));
        }

        var names = binding.Targets.Where(b => b.Value.Count > 0).Select(b => b.Key)
            .Concat(Aliases.Where(a => Having(template, a.Value).Count > 0).Select(a => a.Key))
            .Concat(template.Nodes.SelectMany(n => n.Inputs.Keys)).Distinct().ToList();
        return ([], new SetFault(name, "nothing in the workflow has this name", BindingMapReader.Near(name, names) is { } near
            ? $"Did you mean {near}?" : $"There are: {string.Join(", ", names.Take(12))}; or write <nodeId>.<input>."));
    }
}
