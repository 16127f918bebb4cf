using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Control;

/// <summary>After an out-of-memory: asks the station to let its memory go, and waits, bounded, until it is back.</summary>
internal sealed class MemoryRelief(StationSession station, RunLedger ledger, TimeProvider clock)
{
    private const double EnoughShare = 0.9;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Frees memory on behalf of the scene's last attempt. A station that does not answer is the next attempt's matter.</summary>
    public async Task FreeAsync(string sceneId, CancellationToken cancel)
    {
        var attempt = ledger.State.Scenes[sceneId].Attempts[^1];
        long? free = null;
        try
        {
            await station.Client.FreeAsync(cancel);
            var begin = clock.GetTimestamp();
            do
            {
                await Task.Delay(Pause, clock, cancel);
                free = (await station.Gpu.SampleAsync(cancel)).VramFree;
            }
            while (free < attempt.Measures.Before?.VramFree * EnoughShare && clock.GetElapsedTime(begin) < Bound);
        }
        catch (StationException)
        {
            // Told by the missing figure below.
        }

        ledger.Append(new MemoryFreed(Stamp.Of(clock), sceneId, attempt.Number, free));
    }
}
