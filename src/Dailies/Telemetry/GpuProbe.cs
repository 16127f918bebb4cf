using Dailies.Comfy;
using Dailies.Contract;

namespace Dailies.Telemetry;

/// <summary>Looks at a station's GPU: /system_stats; nvidia-smi follows with the contract issue, until then a note says that nobody answered.</summary>
internal sealed class GpuProbe(ComfyClient comfy, TimeProvider clock)
{
    // Between two prompts the GPU waits for this answer, so a slow server costs a note and not the night.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>One sample, taken while nothing of ours runs; never throws but for cancellation.</summary>
    public async Task<GpuSample> SampleAsync(CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            var duringAnother = (await comfy.QueueAsync(either.Token)).Running.Count > 0;
            var stats = await comfy.SystemStatsAsync(either.Token);
            var device = stats.Devices.FirstOrDefault(d => d.Type != "cpu") ?? stats.Devices.FirstOrDefault();
            return new GpuSample(
                Stamp.Of(clock), GpuSample.FromStats, device?.Name, device?.Type, device?.Index, device?.VramTotal, device?.VramFree, stats.System, duringAnother);
        }
        catch (Exception e) when (e is StationException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new GpuSample(Stamp.Of(clock), GpuSample.FromNowhere, null, null, null, null, null, null);
        }
    }
}
