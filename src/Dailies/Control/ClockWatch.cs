using Dailies.Contract;
using Dailies.Ledger;
using Microsoft.Data.Sqlite;

namespace Dailies.Control;

/// <summary>Compares the wall clock with the monotonic one: a machine that slept, or a clock that was set, is noted in the ledger. Waits go by the monotonic clock, stamps by the wall.</summary>
internal sealed class ClockWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // A clock that is slewed over the network moves by far less than this within the interval.
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;

    private ClockWatch(RunLedger ledger, TimeProvider clock) => loop = WatchAsync(ledger, clock, stop.Token);

    public static ClockWatch Start(RunLedger ledger, TimeProvider clock) => new(ledger, clock);

    /// <summary>By how much the wall clock is ahead of where it should be, in whole milliseconds; null while that is no jump. Pure.</summary>
    public static TimeSpan? Jump(TimeSpan wall, TimeSpan monotonic) =>
        wall - monotonic is var apart && apart.Duration() >= Least ? TimeSpan.FromMilliseconds(Math.Round(apart.TotalMilliseconds)) : null;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        stop.Dispose();
    }

    private static async Task WatchAsync(RunLedger ledger, TimeProvider clock, CancellationToken cancel)
    {
        var (wall, monotonic) = Read(clock);
        while (!cancel.IsCancellationRequested)
        {
            await Task.Delay(Interval, clock, cancel).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            var (nowWall, nowMonotonic) = Read(clock);
            if (Jump(nowWall - wall, clock.GetElapsedTime(monotonic, nowMonotonic)) is { } jump)
            {
                Note(ledger, new ClockJumped(Stamp.Of(clock), jump.TotalSeconds));
            }

            (wall, monotonic) = (nowWall, nowMonotonic);
        }
    }

    // Both at one moment: a thread that was held up between the two readings has seen no jump.
    private static (DateTimeOffset Wall, long Monotonic) Read(TimeProvider clock)
    {
        while (true)
        {
            var before = clock.GetTimestamp();
            var wall = clock.GetUtcNow();
            if (clock.GetElapsedTime(before) < AtOnce)
            {
                return (wall, before);
            }
        }
    }

    private static void Note(RunLedger ledger, ClockJumped jump)
    {
        try
        {
            ledger.Append(jump);
        }
        catch (SqliteException)
        {
            // A disk that takes no more is found out by whoever must write.
        }
    }
}
