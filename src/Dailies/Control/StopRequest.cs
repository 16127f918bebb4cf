using Dailies.Contract;

namespace Dailies.Control;

/// <summary>Watches for <c>dailies stop</c> from another terminal: a file in the run folder, looked for once a second, on every system alike.</summary>
internal sealed class StopRequest : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource asked;
    private readonly string path;
    private readonly Task loop;

    private StopRequest(string path, TimeProvider clock, CancellationToken stop)
    {
        this.path = path;
        asked = CancellationTokenSource.CreateLinkedTokenSource(stop);
        loop = LookAsync(clock);
    }

    /// <summary>Ends when somebody asks for it, or <paramref name="stop"/> does. A request that an earlier controller left is void.</summary>
    public static StopRequest Watch(RunFolder folder, TimeProvider clock, CancellationToken stop)
    {
        var path = folder.At(RunFolder.StopRequest);
        File.Delete(path);
        return new StopRequest(path, clock, stop);
    }

    public CancellationToken Token => asked.Token;

    public async ValueTask DisposeAsync()
    {
        await asked.CancelAsync();
        await loop;
        File.Delete(path);
        asked.Dispose();
    }

    private async Task LookAsync(TimeProvider clock)
    {
        try
        {
            while (!File.Exists(path))
            {
                await Task.Delay(Interval, clock, asked.Token);
            }

            await asked.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The run ended first.
        }
    }
}
