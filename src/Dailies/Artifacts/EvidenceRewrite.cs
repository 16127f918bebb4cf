using System.Text;
using System.Text.Json;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Ledger;

namespace Dailies.Artifacts;

/// <summary>Writes a run's files anew from its ledger: summary, metadata, check results and the ledger's export. Takes are not touched.</summary>
public static class EvidenceRewrite
{
    /// <summary>Writes them; <c>ledger.jsonl</c> counts where <c>ledger.db</c> is gone. <paramref name="publicDir"/>: its latest-run.json is written too where it names this run. Returns the run as the ledger tells it.</summary>
    /// <remarks>Call it under the run's <see cref="RunLock"/>. Throws <see cref="IOException"/>, <see cref="JsonException"/> or <see cref="Microsoft.Data.Sqlite.SqliteException"/> where the ledger can't be read or a file can't be written.</remarks>
    public static RunState Write(RunFolder run, string publicDir)
    {
        var events = Events(run);
        var state = RunState.Fold(events);
        if (state.Plan is not { } plan)
        {
            throw new JsonException("the ledger holds no plan: the run ended before it began");
        }

        var metadata = MetadataProjection.Project(state);
        AtomicFile.Write(run.At(RunFolder.Metadata), metadata.Write());
        AtomicFile.Write(run.At(RunFolder.Summary), Encoding.UTF8.GetBytes(SummaryText.Write(state, metadata)));
        AtomicFile.Write(run.At(RunFolder.LedgerExport), LedgerExport.Write(events));
        if (state.Checks is { } settled)
        {
            AtomicFile.Write(run.At(RunFolder.VitestResults), VitestResults.Of(plan.RunDir, settled.At, settled.Checks).Write());
        }

        if (LatestRun.IdIn(publicDir) == run.RunId)
        {
            AtomicFile.Write(Path.Combine(publicDir, RunFolder.LatestRun), metadata.Write());
        }

        return state;
    }

    /// <summary>The run's events; <c>ledger.jsonl</c> counts where <c>ledger.db</c> is gone. Throws as <see cref="Write"/> does.</summary>
    public static IReadOnlyList<RunEvent> Events(RunFolder run) => File.Exists(run.At(RunFolder.Ledger))
        ? RunLedger.Read(run.At(RunFolder.Ledger))
        : [.. File.ReadLines(run.At(RunFolder.LedgerExport)).Where(l => l.Length > 0).Select(RunEvent.FromLine)];
}
