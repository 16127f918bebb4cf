using System.Text.Json;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Ledger;
using Dailies.Validation;

namespace Dailies.Control;

/// <summary>The end of a run, whatever ended it: summary and metadata → validation → verdict line → export → archive. Each step is tried though an earlier one failed,
/// so that what can be written is.</summary>
internal sealed class RunEnding(RunRequest request, RunLedger ledger, RunFolder folder, Evidence evidence, DiskReserve reserve, TimeProvider clock)
{
    private string? trouble;

    /// <summary>Writes the end. Never throws for a disk that fails: then the result says so, and its exit code is 3 at least. An archive that can't be made
    /// is said, and changes no exit code: everything that it would have held lies in the run folder. <paramref name="stop"/> gives the archive up.</summary>
    public RunResult Write(NightEnd night, CancellationToken stop)
    {
        reserve.Dispose(); // whatever happens from here on is evidence
        var (state, verdict) = Settle(Append(ledger.State, new RunEnded(Stamp.Of(clock), night.State, night.Why)), stop);
        var code = night.ExitCode == ExitCode.Ok ? verdict.ExitCode : night.ExitCode;
        code = trouble is not null && code is ExitCode.Ok or ExitCode.Failed ? ExitCode.Station : code;
        return new RunResult(code, state.Plan?.RunDir ?? request.RunsDir, state, verdict) { Trouble = trouble };
    }

    /// <summary>Evidence and archive of a run that has ended. The archive is announced first, since it holds the metadata that names it; if it then can't be made,
    /// that is said and judged anew.</summary>
    public (RunState State, Verdict Verdict) Settle(RunState state, CancellationToken stop)
    {
        var archive = request.ArchiveDir is { } dir && RunArchive.IsDue(state) ? RunArchive.Shown(dir, folder.RunId) : null;
        var judged = Judge(archive is null ? state : Append(state, new ArchiveSettled(Stamp.Of(clock), archive, null)));
        return archive is not null && WhyNoArchive(archive, stop) is { } why
            ? Judge(Append(judged.State, new ArchiveSettled(Stamp.Of(clock), null, why)))
            : judged;
    }

    private (RunState State, Verdict Verdict) Judge(RunState state)
    {
        Try(() => evidence.Write(state));
        // Frames were decoded when they came; that they are the same since, their checksums say.
        var verdict = RunValidator.Validate(folder.Root, new ValidationOptions { Archive = false, Decode = false });
        state = Append(state, new RunValidated(Stamp.Of(clock), verdict.ExitCode, verdict.Findings.Count));
        Try(() => evidence.Write(state));
        Try(() => AtomicFile.Write(folder.At(RunFolder.LedgerExport), LedgerExport.Write(RunLedger.Read(folder.At(RunFolder.Ledger)))));
        return (state, verdict);
    }

    private string? WhyNoArchive(string path, CancellationToken stop)
    {
        if (trouble is not null)
        {
            return "the evidence could not be written whole";
        }

        try
        {
            RunArchive.Make(folder, path, request.ArchiveFrames, stop);
            return null;
        }
        catch (OperationCanceledException)
        {
            return "the operator stopped it";
        }
        catch (Exception e) when (StorageFault.Is(e))
        {
            return e.Message;
        }
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
