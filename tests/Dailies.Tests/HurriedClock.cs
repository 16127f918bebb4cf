namespace Dailies.Tests;

/// <summary>A clock that runs so many times as fast as ours: minutes of patience end in seconds, and nobody sleeps for them.
/// Only for what waits on a station that answers at once; what a busy machine may delay must not be measured by it.</summary>
internal sealed class HurriedClock(int times) : TimeProvider
{
    private readonly DateTimeOffset _begin = System.GetUtcNow();
    private readonly long _beginStamp = System.GetTimestamp();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => _beginStamp + ((System.GetTimestamp() - _beginStamp) * times);

    public override DateTimeOffset GetUtcNow() => _begin + (System.GetElapsedTime(_beginStamp) * times);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Shorter(dueTime), Shorter(period)), this);

    private TimeSpan Shorter(TimeSpan span) => span <= TimeSpan.Zero ? span : span / times;

    private sealed class Timer(ITimer timer, HurriedClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Shorter(dueTime), clock.Shorter(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
