using System.Text;
using Dailies.Ledger;

namespace Dailies.Artifacts;

/// <summary>ledger.jsonl: one event a line, enough to rebuild the ledger and with it every other file.</summary>
public static class LedgerExport
{
    /// <summary>UTF-8, one event a line.</summary>
    public static byte[] Write(IEnumerable<RunEvent> events) =>
        Encoding.UTF8.GetBytes(string.Concat(events.Select(e => e.ToLine() + "\n")));

    /// <summary>The events of an export. Throws <see cref="System.Text.Json.JsonException"/> when a line is none.</summary>
    public static IReadOnlyList<RunEvent> Read(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(RunEvent.FromLine)];

    /// <summary>A new ledger at <paramref name="path"/> with these events.</summary>
    public static void Rebuild(string path, IEnumerable<RunEvent> events)
    {
        using var ledger = RunLedger.Open(path);
        foreach (var e in events)
        {
            ledger.Append(e);
        }
    }
}
