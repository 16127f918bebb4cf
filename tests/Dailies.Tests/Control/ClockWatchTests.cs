using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Control;

/// <summary>A wall clock that goes apart from the monotonic one.</summary>
public class ClockWatchTests
{
    // seconds by the wall, seconds by the monotonic clock, the jump
    [Theory]
    [InlineData(10, 10, null)]
    [InlineData(11.9, 10, null)]
    [InlineData(12, 10, 2.0)]
    [InlineData(3610, 10, 3600.0)] // the machine slept
    [InlineData(-3590, 10, -3600.0)] // the clock was set back
    public void Only_a_jump_counts(double wall, double monotonic, double? jump) =>
        ClockWatch.Jump(TimeSpan.FromSeconds(wall), TimeSpan.FromSeconds(monotonic))?.TotalSeconds.ShouldBe(jump!.Value);

    [Fact]
    public async Task A_jump_is_noted_in_the_ledger_once()
    {
        using var folder = new TempFolder();
        using var ledger = RunLedger.Open(Path.Combine(folder.Path, RunFolder.Ledger));
        var noted = new TaskCompletionSource();
        ledger.Appended += (e, _) => noted.TrySetResult();
        var clock = new SleepyClock();
        await using (ClockWatch.Start(ledger, clock))
        {
            clock.Sleep(TimeSpan.FromHours(1));
            await UntilAsync(() => noted.Task.IsCompleted, clock);
            var at = clock.GetTimestamp();
            await UntilAsync(() => clock.GetElapsedTime(at) > TimeSpan.FromMinutes(1), clock);
        }

        ledger.State.Incidents.ShouldHaveSingleItem().ShouldBeOfType<ClockJumped>().Seconds.ShouldBe(3600);
    }

    private static async Task UntilAsync(Func<bool> done, SleepyClock clock)
    {
        while (!done())
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    // While it sleeps only the wall clock goes on.
    private sealed class SleepyClock : FakeTimeProvider
    {
        private TimeSpan slept;

        public void Sleep(TimeSpan span) => slept += span;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + slept;

        public override long GetTimestamp() => base.GetUtcNow().Ticks; // the base class counts it from the wall clock
    }
}
