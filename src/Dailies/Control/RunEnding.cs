using System.Text.Json;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Ledger;
using Dailies.Validation;

namespace Dailies.Control;

/// <summary>The end of a run, whatever ended it: summary and metadata → validation → verdict line → export. Each step is tried though an earlier one failed,
/// so that what can be written is.</summary>
internal sealed class RunEnding(RunRequest request, RunLedger ledger, RunFolder folder, Evidence evidence, DiskReserve reserve, TimeProvider clock)
{
    private string? trouble;

    /// <summary>Writes the end. Never throws for a disk that fails: then the result says so, and its exit code is 3 at least.</summary>
    public RunResult Write(NightEnd night)
    {
        reserve.Dispose(); // whatever happens from here on is evidence
        var state = Append(ledger.State, new RunEnded(Stamp.Of(clock), night.State, night.Why));
        Try(() => evidence.Write(state));
        var verdict = RunValidator.Validate(folder.Root);
        state = Append(state, new RunValidated(Stamp.Of(clock), verdict.ExitCode, verdict.Findings.Count));
        Try(() => evidence.Write(state));
        Try(() => AtomicFile.Write(folder.At(RunFolder.LedgerExport), LedgerExport.Write(RunLedger.Read(folder.At(RunFolder.Ledger)))));
        var code = night.ExitCode == ExitCode.Ok ? verdict.ExitCode : night.ExitCode;
        code = trouble is not null && code is ExitCode.Ok or ExitCode.Failed ? ExitCode.Station : code;
        return new RunResult(code, state.Plan?.RunDir ?? request.RunsDir, state, verdict) { Trouble = trouble };
    }

    // What the ledger can't take any more still stands in the files.
    private RunState Append(RunState state, RunEvent e)
    {
        RunState? after = null;
        Try(() => after = ledger.Append(e));
        return after ?? state.Apply(e);
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (StorageFault.Is(e) || e is JsonException) // a ledger line that a stranger's hand has changed
        {
            trouble ??= $"{FailureKind.LocalStorage}: {e.Message}";
        }
    }
}
