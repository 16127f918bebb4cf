namespace Dailies.Animatic.Execution;

/// <summary>One prompt that began to run. <c>Life</c>: 1 for the first start of the server, one more for each restart.</summary>
internal sealed record Execution(string PromptId, string? Scene, int? Attempt, int Life, DateTimeOffset At);

/// <summary>Every prompt that began to run, through all lives of the server; the stranger of a fault left out.</summary>
internal sealed class ExecutionLog
{
    private readonly Lock _gate = new();
    private readonly List<Execution> _all = [];

    public IReadOnlyList<Execution> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _all];
            }
        }
    }

    public void Add(Execution execution)
    {
        lock (_gate)
        {
            _all.Add(execution);
        }
    }
}
