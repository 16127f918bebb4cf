namespace Dailies.Animatic.Execution;

/// <summary>Which node runs next: only what the outputs need and nobody has cached, and files as early as possible,
/// as ComfyUI picks them. Pure bookkeeping.</summary>
internal sealed class ExecutionOrder
{
    private readonly List<string> _pending = [];
    private readonly Dictionary<string, HashSet<string>> _waitsFor = [];
    private readonly Func<string, bool> _isOutput;

    public ExecutionOrder(GraphView graph, IEnumerable<string> outputs, Func<string, bool> cached)
    {
        _isOutput = graph.IsOutput;
        foreach (var output in outputs)
        {
            Add(graph, output, cached);
        }
    }

    /// <summary>The next node, or nothing when all is done.</summary>
    public string? Next()
    {
        var ready = _pending.Where(id => _waitsFor[id].Count == 0).ToList();
        return ready.Find(id => _isOutput(id))
            ?? ready.Find(id => Below(id).Any(_isOutput))
            ?? ready.Find(id => Below(id).SelectMany(Below).Any(_isOutput))
            ?? ready.FirstOrDefault();
    }

    public void Done(string id)
    {
        _pending.Remove(id);
        foreach (var waits in _waitsFor.Values)
        {
            waits.Remove(id);
        }
    }

    private IEnumerable<string> Below(string id) => _pending.Where(other => _waitsFor[other].Contains(id));

    private void Add(GraphView graph, string output, Func<string, bool> cached)
    {
        var stack = new Stack<string>([output]);
        while (stack.TryPop(out var id))
        {
            if (_waitsFor.ContainsKey(id))
            {
                continue;
            }

            _pending.Add(id);
            var needed = graph.Links(id).Select(l => l.From).Where(from => !cached(from)).Distinct().ToList();
            _waitsFor[id] = [.. needed];
            needed.ForEach(stack.Push);
        }
    }
}
