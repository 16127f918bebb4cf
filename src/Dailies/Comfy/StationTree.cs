namespace Dailies.Comfy;

/// <summary>The processes that belong to our child: itself, what it started, and what those leave behind when they die. Never anything else.</summary>
/// <remarks>A process belongs to the tree by its parent or by the child's session. A session's number stays taken while anyone is left in it, so it may still be believed at the first look after
/// the child's end; later looks go by the processes seen until then and what they start.</remarks>
internal sealed class StationTree(StationChild child)
{
    private readonly HashSet<(int Pid, string Birth)> known = [];
    private readonly Lock gate = new();
    private bool ended;

    /// <summary>Who is alive now.</summary>
    public IReadOnlyList<ProcessRow> Look()
    {
        lock (gate)
        {
            var members = Members(ProcessTable.Read(), child, known, sessionCounts: !ended);
            known.UnionWith(members.Select(m => (m.Pid, m.Birth)));
            ended = ended || members.All(m => m.Pid != child.Pid);
            return members;
        }
    }

    /// <summary>The members among <paramref name="rows"/>. Pure.</summary>
    internal static IReadOnlyList<ProcessRow> Members(
        IReadOnlyList<ProcessRow> rows, StationChild child, IReadOnlySet<(int Pid, string Birth)> known, bool sessionCounts)
    {
        // Another process has the child's number: then nobody is left in its session.
        var reused = rows.Any(r => r.Pid == child.Pid && r.Birth != child.Birth);
        var members = rows.Where(r =>
            (r.Pid == child.Pid && r.Birth == child.Birth)
            || known.Contains((r.Pid, r.Birth))
            || (sessionCounts && !reused && r.Session == child.Pid)).ToDictionary(r => r.Pid);
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var row in rows.Where(r => members.ContainsKey(r.Parent)))
            {
                grown |= members.TryAdd(row.Pid, row);
            }
        }

        members.Remove(Environment.ProcessId); // a controller that was started from inside the station does not end itself
        return [.. members.Values];
    }
}
