namespace Dailies.Workflows;

/// <summary>Who feeds whom in a graph, and which nodes ComfyUI will run at all. Built once, in one pass.</summary>
internal sealed class WorkflowLinks
{
    /// <summary>No real chain of nodes is longer; without a bound a hostile file makes following it for each node quadratic.</summary>
    public const int LongestChain = 200;

    private const int MostNotes = 20;

    private readonly HashSet<string> fed;
    private readonly HashSet<string> live;

    public WorkflowLinks(WorkflowTemplate template)
    {
        Template = template;
        var fed = new HashSet<string>(StringComparer.Ordinal);
        List<string> nowhere = [];
        foreach (var node in template.Nodes)
        {
            foreach (var (input, link) in Of(node))
            {
                fed.Add(link.NodeId);
                if (template.Node(link.NodeId) is null)
                {
                    nowhere.Add($"{node.Id}.{input} links to node {link.NodeId}, which is not there");
                }
            }
        }

        ToNowhere = nowhere.Count <= MostNotes ? nowhere : [.. nowhere.Take(MostNotes), $"{nowhere.Count - MostNotes} more links lead to nodes that are not there"];
        this.fed = fed;
        live = Upstream(template.Nodes.Where(n => IsEnd(n) && !NodeNames.IsIdleEnd(n)));
        if (live.Count == 0)
        {
            live = [.. template.Nodes.Select(n => n.Id)];
        }
    }

    public WorkflowTemplate Template { get; }

    /// <summary>A note for each link to a node that does not exist.</summary>
    public IReadOnlyList<string> ToNowhere { get; }

    /// <summary>The nodes that lead to an output, in file order; all of them where no output is known.</summary>
    public IEnumerable<WorkflowNode> Live => Template.Nodes.Where(n => live.Contains(n.Id));

    /// <summary>Whether no other node reads this one.</summary>
    public bool IsEnd(WorkflowNode node) => !fed.Contains(node.Id);

    public static IEnumerable<(string Input, WorkflowLink Link)> Of(WorkflowNode node)
    {
        foreach (var (input, value) in node.Inputs)
        {
            if (WorkflowLink.Of(value) is { } link)
            {
                yield return (input, link);
            }
        }
    }

    /// <summary>These nodes and all that they read, directly or not. Safe on cycles; each node is looked at once.</summary>
    public HashSet<string> Upstream(IEnumerable<WorkflowNode> from)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var todo = new Stack<WorkflowNode>(from);
        while (todo.TryPop(out var node))
        {
            if (!seen.Add(node.Id))
            {
                continue;
            }

            foreach (var (_, link) in Of(node))
            {
                if (Template.Node(link.NodeId) is { } source)
                {
                    todo.Push(source);
                }
            }
        }

        return seen;
    }
}
