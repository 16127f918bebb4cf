using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Ledger;
using Dailies.Takes;

namespace Dailies.Control;

/// <summary>Keeps history entries: the bytes as received beside the attempt, what they say in the ledger.</summary>
internal sealed class PromptEntries(RunLedger ledger, RunFolder run, TimeProvider clock)
{
    /// <summary>Keeps one entry.</summary>
    public void Keep(string sceneId, int attempt, HistoryEntry entry, ReadOnlyMemory<byte> bytes)
    {
        var path = RunFolder.History(sceneId, attempt);
        AtomicFile.Write(run.At(path), bytes.Span);
        ledger.Append(new HistoryReceived(
            Stamp.Of(clock), sceneId, attempt, path, [.. entry.Faults.Select(Words)], entry.StartedAt, entry.EndedAt,
            [.. entry.Files.Select(f => new AnnouncedFile(f.Node, f.List, f.FileName, f.Subfolder, f.Type, f.Animated))]));
    }

    private static string Words(ExecutionFault fault) => $"{fault.NodeType} (node {fault.NodeId}): {fault.ExceptionType}: {fault.Message}";
}
