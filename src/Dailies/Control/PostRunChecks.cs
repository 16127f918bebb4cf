using System.Text;
using Dailies.Artifacts;
using Dailies.Checks;
using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Ledger;
using Dailies.Takes;

namespace Dailies.Control;

/// <summary>The checks of a run that has rendered: station, files, tools, and the operator's own. Each has its log; none can fail or block the run.</summary>
internal sealed class PostRunChecks(RunRequest request, RunLedger ledger, RunFolder folder, Evidence evidence, TimeProvider clock)
{
    private readonly List<CheckRecord> records = [];

    /// <summary>Asks the station while it is still there.</summary>
    public Task ProbeAsync(ComfyClient comfy, CancellationToken cancel) =>
        request.NoChecks ? Task.CompletedTask : KeepAsync(CheckRecord.ComfyUI, stop => StationSuite.RunAsync(request.StationName, comfy, stop), cancel);

    /// <summary>The others, and the word into the ledger. Nothing is checked once the operator wants the end.</summary>
    public async Task RunAsync(NightEnd night, CancellationToken cancel)
    {
        if (request.NoChecks || cancel.IsCancellationRequested || night.State == RunStates.Stopped)
        {
            return;
        }

        try
        {
            evidence.Write(ledger.State); // what is read again is what lies on disk
            if (records.Count == 0)
            {
                await KeepAsync(CheckRecord.ComfyUI, _ => Task.FromResult(StationSuite.NotAsked(request.StationName, night.Why ?? "the run ended before it could be asked")), cancel);
            }

            await KeepAsync(CheckRecord.E2E, stop => RunSuite.RunAsync(folder, new VideoProbe(request.VideoTools, clock), stop), cancel);
            await KeepAsync(CheckRecord.Scripts, stop => new ToolSuite(request.VideoTools, !request.NoVideo, clock).RunAsync(request.RunsDir, stop), cancel);
            foreach (var command in request.Checks)
            {
                await KeepAsync(command.Name, stop => command.RunAsync(folder, clock, stop), cancel);
            }

            var now = Stamp.Of(clock);
            AtomicFile.Write(folder.At(RunFolder.VitestResults), VitestResults.Of(ledger.State.Plan!.RunDir, now, records).Write());
            ledger.Append(new ChecksSettled(now, [.. records]));
        }
        catch (Exception e) when (StorageFault.Is(e))
        {
            // Evidence that can't be written is told where the evidence is written; the run's own end is not lost over it.
        }
    }

    private Task KeepAsync(string suite, Func<CancellationToken, Task<CheckLog>> check, CancellationToken cancel) => KeepAsync(suite, async stop =>
    {
        var log = await check(stop);
        return (log.ExitCode, log.Text);
    }, cancel);

    private async Task KeepAsync(string suite, Func<CancellationToken, Task<(int Code, string Text)>> check, CancellationToken cancel)
    {
        var (started, began) = (Stamp.Of(clock), clock.GetTimestamp());
        var (code, text) = await TryAsync(check, cancel);
        var path = RunFolder.CheckLog(suite);
        AtomicFile.Write(folder.At(path), Encoding.UTF8.GetBytes(text));
        records.Add(new CheckRecord(suite, code, (long)clock.GetElapsedTime(began).TotalMilliseconds, path, started));
    }

    private static async Task<(int Code, string Text)> TryAsync(Func<CancellationToken, Task<(int Code, string Text)>> check, CancellationToken cancel)
    {
        try
        {
            return await check(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return (CheckRecord.Interrupted, "cut off: the operator stopped the run\n");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A check that breaks has failed; it breaks nothing else.
            return (1, $"FAIL  the check itself: {e.GetType().Name}: {e.Message}\n");
        }
    }
}
