namespace Dailies.Workflows;

/// <summary>Which inputs take the prompt and which the negative prompt. Pure.</summary>
internal static class PromptInference
{
    public static (IReadOnlyList<InputTarget> Prompt, IReadOnlyList<InputTarget> Negative, IReadOnlyList<string> Notes) Infer(WorkflowLinks links)
    {
        var roots = links.Live.Where(IsRoot).ToList();
        if (roots.Count == 0)
        {
            return ([], [], ["no sampler or guider found: prompt and negative are not bound"]);
        }

        var (prompt, promptNotes) = ConditioningWalk.Texts(links.Template, Sides(roots, "positive", "cond1", "conditioning", "text_embeds"), negative: false);
        var (reached, negativeNotes) = ConditioningWalk.Texts(links.Template, Sides(roots, "negative", "text_embeds"), negative: true);
        var negative = reached.Except(prompt).ToList();
        List<string> notes = [.. promptNotes.Union(negativeNotes)];
        if (negative.Count < reached.Count)
        {
            var shared = string.Join(", ", reached.Intersect(prompt));
            notes.Add($"the negative side ends at the text of the prompt ({shared}): {(negative.Count == 0 ? "negative is not bound" : "that text is the prompt's")}");
        }

        // The middle conditioning of DualCFGGuider is now the prompt's text, now the negative's, now one of its own.
        var (middle, _) = ConditioningWalk.Texts(links.Template, Sides(roots, "cond2"), negative: false);
        notes.AddRange(middle.Except(prompt).Except(negative).Select(t => $"{t} feeds only the second conditioning of a guider: bind it in the map if scenes should change it"));
        AddUnbound(notes, "prompt", prompt);
        AddUnbound(notes, "negative", negative);
        return (prompt, negative, notes);
    }

    // A sampler, or what guides one. Nodes in between also have a positive, but lead to none by themselves.
    private static bool IsRoot(WorkflowNode node) =>
        (node.Is("Guider") || NodeNames.IsSampler(node))
        && (node.Link("positive") ?? node.Link("negative") ?? node.Link("cond1") ?? node.Link("conditioning") ?? node.Link("text_embeds")) is not null;

    private static IEnumerable<WorkflowLink> Sides(IEnumerable<WorkflowNode> roots, params string[] inputs) =>
        roots.SelectMany(_ => inputs, (node, input) => node.Link(input)).OfType<WorkflowLink>();

    private static void AddUnbound(List<string> notes, string name, IReadOnlyList<InputTarget> targets)
    {
        if (targets.Count == 0 && !notes.Any(n => n.EndsWith(name + " is not bound", StringComparison.Ordinal)))
        {
            notes.Add($"no text found behind the samplers: {name} is not bound");
        }
    }
}
