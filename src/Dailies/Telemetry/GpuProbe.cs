using Dailies.Comfy;
using Dailies.Contract;

namespace Dailies.Telemetry;

/// <summary>Looks at a station's GPU: /system_stats, and nvidia-smi where that does not tell the memory.</summary>
/// <param name="comfy">The station.</param>
/// <param name="smi">nvidia-smi; null for a station that is not on this machine.</param>
/// <param name="clock">Stamps, and bounds each answer.</param>
internal sealed class GpuProbe(ComfyClient comfy, NvidiaSmi? smi, TimeProvider clock)
{
    // Between two prompts the GPU waits for this answer, so a slow server costs a note and not the night.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private StationDevice? known; // as last told: a station that is silent now keeps its card

    /// <summary>What the station said outside of a sample.</summary>
    public void Hear(SystemStats stats) => known = stats.Device ?? known;

    /// <summary>One sample, taken while nothing of ours runs; never throws but for cancellation.</summary>
    public async Task<GpuSample> SampleAsync(CancellationToken cancel)
    {
        var (stats, duringAnother) = await LookAsync(cancel);
        var device = stats?.Device;
        if (device?.VramFree is null && smi is not null && await smi.AskAsync(device ?? known, cancel) is { Free: { } free } card)
        {
            return new GpuSample(Stamp.Of(clock), GpuSample.FromSmi, card.Name, GpuSample.Nvidia, card.Index, card.Total, free, stats?.System, duringAnother);
        }

        return stats is null
            ? new GpuSample(Stamp.Of(clock), GpuSample.FromNowhere, null, null, null, null, null, null)
            : new GpuSample(Stamp.Of(clock), GpuSample.FromStats, device?.Name, device?.Type, device?.Index, device?.VramTotal, device?.VramFree, stats.System, duringAnother);
    }

    /// <summary>Bytes in use now, by one GET that may take so long; null where the station does not answer in time, or does not say. Never throws but for cancellation.</summary>
    public async Task<long?> UsedAsync(TimeSpan patience, CancellationToken cancel)
    {
        try
        {
            using var limit = new ClockedPatience(patience < Patience ? patience : Patience, clock, cancel);
            return (await comfy.SystemStatsAsync(limit.Token)).Device is { VramTotal: { } total, VramFree: { } free } ? total - free : null;
        }
        catch (Exception e) when (IsSilence(e, cancel))
        {
            return null;
        }
    }

    private async Task<(SystemStats? Stats, bool DuringAnother)> LookAsync(CancellationToken cancel)
    {
        using var limit = new ClockedPatience(Patience, clock, cancel);
        try
        {
            var duringAnother = await IsBusyAsync(limit.Token);
            var stats = await comfy.SystemStatsAsync(limit.Token);
            Hear(stats);
            return (stats, duringAnother);
        }
        catch (Exception e) when (IsSilence(e, cancel))
        {
            return (null, false);
        }
    }

    // A queue that can't be read says nothing about /system_stats.
    private async Task<bool> IsBusyAsync(CancellationToken cancel)
    {
        try
        {
            return (await comfy.QueueAsync(cancel)).Running.Count > 0;
        }
        catch (StationException e) when (e.Fault != StationFault.Unreachable)
        {
            return false;
        }
    }

    private static bool IsSilence(Exception e, CancellationToken cancel) => e is StationException || (e is OperationCanceledException && !cancel.IsCancellationRequested);
}
