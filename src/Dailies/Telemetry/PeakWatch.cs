namespace Dailies.Telemetry;

/// <summary>Looks at the memory in use while a prompt executes: one GET after the other, never two at once, and nobody waits for it.</summary>
/// <param name="look">Bytes in use now, by one look that may take so long; null where nobody tells in time.</param>
/// <param name="interval">The pause between two looks; null for none at all.</param>
/// <param name="tell">Told the highest once, at the end, where a look was answered.</param>
/// <param name="clock">Tells when to look.</param>
internal sealed class PeakWatch(Func<TimeSpan, CancellationToken, Task<long?>> look, TimeSpan? interval, Action<GpuPeak> tell, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource over = new();
    private Task? looking;
    private GpuPeak? peak;

    /// <summary>The prompt executes: the first look comes an interval later. Begins once.</summary>
    public void Begin()
    {
        if (interval is { } every)
        {
            looking ??= LookAsync(every, over.Token);
        }
    }

    /// <summary>The pause before the next look. A station that does not answer is asked less and less.</summary>
    /// <param name="interval">The pause while it answers.</param>
    /// <param name="silent">Looks in a row that were not answered.</param>
    public static TimeSpan Pause(TimeSpan interval, int silent)
    {
        var grown = interval * Math.Pow(2, Math.Min(silent, 10));
        return grown < LongestPause ? grown : interval > LongestPause ? interval : LongestPause;
    }

    /// <summary>The prompt is over: a look under way is given up.</summary>
    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await (looking ?? Task.CompletedTask);
        over.Dispose();
        if (peak is { Looks: > 0 } seen)
        {
            tell(seen);
        }
    }

    private async Task LookAsync(TimeSpan every, CancellationToken cancel)
    {
        peak = new GpuPeak(0, every.TotalSeconds, 0, 0);
        try
        {
            for (var silent = 0; ;)
            {
                await Task.Delay(Pause(every, silent), clock, cancel);
                var used = await look(every, cancel);
                silent = used is null ? silent + 1 : 0;
                peak = used is { } bytes
                    ? peak with { UsedBytes = Math.Max(peak.UsedBytes, bytes), Looks = peak.Looks + 1 }
                    : peak with { Missed = peak.Missed + 1 };
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Over.
        }
    }
}
