using System.Text.Json;

namespace Dailies.Workflows;

/// <summary>Walks from the positive or the negative of samplers and guiders to the text encoders behind them, through guidance,
/// control nets, combinations and switches. Pure; safe on cycles; each output is looked at once.</summary>
internal sealed class ConditioningWalk
{
    private readonly WorkflowTemplate template;
    private readonly bool negative;
    private readonly List<InputTarget> texts = [];
    private readonly List<string> notes = [];
    private readonly Stack<WorkflowLink> todo = new();

    private ConditioningWalk(WorkflowTemplate template, bool negative) => (this.template, this.negative) = (template, negative);

    /// <summary>The plain texts behind these links, each once and in the order found, with notes on those that can't be reached.</summary>
    public static (IReadOnlyList<InputTarget> Texts, IReadOnlyList<string> Notes) Texts(WorkflowTemplate template, IEnumerable<WorkflowLink> from, bool negative)
    {
        var walk = new ConditioningWalk(template, negative);
        foreach (var link in from.Reverse())
        {
            walk.todo.Push(link);
        }

        var seen = new HashSet<WorkflowLink>();
        while (walk.todo.TryPop(out var link))
        {
            if (seen.Add(link) && template.Node(link.NodeId) is { } node)
            {
                walk.Visit(node, link.Slot);
            }
        }

        return (walk.texts.Distinct().ToList(), walk.notes.Distinct().ToList());
    }

    private void Visit(WorkflowNode node, int slot)
    {
        var inputs = TextInputs(node);
        foreach (var input in inputs)
        {
            AddText(node, input);
        }

        var onward = Onward(node, slot, isEncoder: inputs.Count > 0).Reverse().ToList();
        onward.ForEach(todo.Push);
        if (inputs.Count == 0 && onward.Count == 0)
        {
            notes.Add($"{node.Named()} takes no text");
        }
    }

    private void AddText(WorkflowNode node, string input)
    {
        // BatchPromptSchedule and its kin hold lines such as "0": "…": a plain sentence would break them.
        if (node.IsAny("PromptSchedule", "ValueSchedule"))
        {
            notes.Add($"{node.Named()} holds a schedule, which is left alone; bind it in the map if it should be replaced");
            return;
        }

        var (target, note) = ValueSource.Text(template, node, input);
        if (target is { } found)
        {
            texts.Add(found);
        }

        if (note is not null)
        {
            notes.Add(note);
        }
    }

    private List<string> TextInputs(WorkflowNode node)
    {
        var sides = (negative ? NodeNames.NegativeTexts : NodeNames.PositiveTexts).Where(IsText).ToList();
        var bothSides = NodeNames.PositiveTexts.Concat(NodeNames.NegativeTexts).Any(IsText);
        return bothSides ? sides : [.. NodeNames.Texts.Where(n => IsText(n) || node.Link(n) is not null)];

        bool IsText(string input) => node.Inputs.TryGetValue(input, out var value) && value.ValueKind == JsonValueKind.String;
    }

    private IEnumerable<WorkflowLink> Onward(WorkflowNode node, int slot, bool isEncoder)
    {
        // ControlNetApplyAdvanced, WanImageToVideo, LTXVConditioning …: output 0 is the positive, 1 the negative, 2 a latent.
        // A context node has other slots for them, so there the side that we came for decides.
        if (node.Link("positive") is { } positive)
        {
            return node.Link("negative") is not { } other ? [positive]
                : slot switch { 0 => [positive], 1 => [other], _ => [negative ? other : positive] };
        }

        var conditioning = WorkflowLinks.Of(node).Where(l => l.Input.StartsWith("cond", StringComparison.Ordinal)).Select(l => l.Link).ToList();
        return conditioning.Count > 0 || isEncoder
            ? conditioning
            : WorkflowLinks.Of(node).Where(l => !NodeNames.IsSideways(l.Input)).Select(l => l.Link);
    }
}
