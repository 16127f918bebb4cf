using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Control;

/// <summary>The end of a run that is finished and was not written whole: its controller was killed while it wrote, or there was no room for the archive.</summary>
public static class LateEnding
{
    /// <summary>Writes what is missing: evidence and archive, or the archive alone. Call it under the run's <see cref="RunLock"/>.</summary>
    /// <returns>What was done, or why it couldn't be; null where nothing is missing. Never throws for a disk that fails.</returns>
    public static string? Write(RunRequest request, RunState run, RunFolder folder, TimeProvider clock)
    {
        try
        {
            return !IsWhole(run, folder) ? $"its evidence was missing and is written; {OfArchive(Settle(request, folder, clock))}"
                : request.ArchiveDir is null || run.Archive is not { } said || File.Exists(said.Path) ? null
                : OfArchive(said.Path is { } path ? MakeAt(path, request, run, folder) : Settle(request, folder, clock));
        }
        catch (Exception e) when (StorageFault.Is(e))
        {
            return $"its end is not written whole, and can't be: {e.Message}";
        }
    }

    // The export is written last before the archive: what it ends with says how far the ending came.
    private static bool IsWhole(RunState run, RunFolder folder)
    {
        var export = folder.At(RunFolder.LedgerExport);
        return run.Validated is not null && File.Exists(export)
            && File.ReadLines(export).LastOrDefault() == RunLedger.Read(folder.At(RunFolder.Ledger))[^1].ToLine();
    }

    private static string OfArchive(RunState run) => run.Archive switch
    {
        { Path: { } path } => $"its archive was missing and is made: {path}",
        { Why: { } why } => $"its archive is missing and can't be made: {why}",
        _ => "no archive is wanted",
    };

    // Its files name the archive already: not one of them is touched.
    private static RunState MakeAt(string path, RunRequest request, RunState run, RunFolder folder)
    {
        RunArchive.Make(folder, path, request.ArchiveFrames);
        return run;
    }

    private static RunState Settle(RunRequest request, RunFolder folder, TimeProvider clock)
    {
        using var reserve = DiskReserve.Take(folder);
        using var ledger = RunLedger.Open(folder.At(RunFolder.Ledger));
        using var log = new RunLog(folder.At(RunFolder.Log));
        ledger.Appended += log.Write;
        var evidence = new Evidence(folder, Path.Combine(request.PublicDir, RunFolder.LatestRun), clock);
        return new RunEnding(request, ledger, folder, evidence, reserve, clock).Settle(ledger.State, CancellationToken.None).State;
    }
}
