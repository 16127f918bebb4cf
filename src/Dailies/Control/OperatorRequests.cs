using System.Globalization;
using Dailies.Contract;
using Dailies.Ledger;
using Microsoft.Data.Sqlite;

namespace Dailies.Control;

/// <summary>What is asked of a running controller from another terminal: <c>dailies stop</c> and <c>dailies retry</c> lay a file into the run folder,
/// looked for once a second, on every system alike.</summary>
internal sealed class OperatorRequests : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource asked;
    private readonly RunFolder folder;
    private readonly RunLedger ledger;
    private readonly TimeProvider clock;
    private readonly Task loop;

    private OperatorRequests(RunFolder folder, RunLedger ledger, TimeProvider clock, CancellationToken stop)
    {
        (this.folder, this.ledger, this.clock) = (folder, ledger, clock);
        asked = CancellationTokenSource.CreateLinkedTokenSource(stop);
        loop = LookAsync();
    }

    /// <summary>Watches until disposed. What was asked of an earlier controller is void.</summary>
    public static OperatorRequests Watch(RunFolder folder, RunLedger ledger, TimeProvider clock, CancellationToken stop)
    {
        Void(folder);
        return new OperatorRequests(folder, ledger, clock, stop);
    }

    /// <summary>Ends when somebody asks for a stop, or the operator's own token does.</summary>
    public CancellationToken Token => asked.Token;

    public async ValueTask DisposeAsync()
    {
        await asked.CancelAsync();
        await loop;
        Void(folder);
        asked.Dispose();
    }

    private static void Void(RunFolder folder)
    {
        File.Delete(folder.At(RunFolder.StopRequest));
        foreach (var left in Retries(folder))
        {
            File.Delete(left);
        }
    }

    private static IEnumerable<string> Retries(RunFolder folder) => Directory.EnumerateFiles(folder.Root, RunFolder.RetryRequest("*"));

    private async Task LookAsync()
    {
        try
        {
            while (!File.Exists(folder.At(RunFolder.StopRequest)))
            {
                TryTakeRetries();
                await Task.Delay(Interval, clock, asked.Token);
            }

            await asked.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The run ended first.
        }
    }

    private void TakeRetries()
    {
        foreach (var scene in ledger.State.Scenes.Values)
        {
            var path = folder.At(RunFolder.RetryRequest(scene.Plan.SceneId));
            if (!File.Exists(path))
            {
                continue;
            }

            ulong? seed = ulong.TryParse(File.ReadAllText(path).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var own) ? own : null;
            if (scene.Failed is not null)
            {
                ledger.Append(new SceneReopened(Stamp.Of(clock), scene.Plan.SceneId, seed));
            }

            File.Delete(path);
        }
    }

    private void TryTakeRetries()
    {
        try
        {
            TakeRetries();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            // Half written, or a disk that takes no more: the next look, or whoever must write, finds out.
        }
    }
}
