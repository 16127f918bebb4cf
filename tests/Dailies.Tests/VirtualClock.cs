using System.Diagnostics.Metrics;

namespace Dailies.Tests;

/// <summary>A clock that stands still while the process works and jumps to its next timer when the process is idle: minutes of waiting cost milliseconds.</summary>
/// <remarks>Loopback HTTP takes real time, so idle means: no thread of the pool works, nothing waits for one, and no work item was completed, in a few samples
/// about a millisecond apart; while a request is under way that nobody keeps back on purpose, in many. A sample that errs costs a jump that comes too
/// early, never a wrong order of timers. Tests that use it run alone (<see cref="RunsAlone"/>), or others' work would hold it up.</remarks>
internal sealed class VirtualClock : TimeProvider, IDisposable
{
    // In quarters of a sample: one that comes late, because the machine is busy elsewhere, counts for a quarter.
    private const int Quiet = 3 * 4, QuietInFlight = 25 * 4;
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<(VirtualTimer Timer, int Setting), (long Due, long Order)> _due = new();
    private readonly ManualResetEventSlim _over = new();
    private readonly MeterListener _meters = new();
    private readonly Thread _pump;
    private long _now, _order;
    private int _inFlight;

    public VirtualClock()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "System.Net.Http", Name: "http.client.active_requests" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((_, change, _, _) => Interlocked.Add(ref _inFlight, (int)change));
        _meters.Start();
        _pump = new Thread(Pump) { IsBackground = true, Name = "virtual clock" };
        _pump.Start();
    }

    /// <summary>When it begins.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 11, 23, 22, 0, 0, TimeSpan.Zero);

    /// <summary>How many of the requests under way are kept back on purpose, until a timer of this clock: nobody need wait for those.</summary>
    public Func<int> Held { get; set; } = () => 0;

    /// <summary>How often it has jumped.</summary>
    public int Jumps { get; private set; }

    /// <summary>Virtual time since its start.</summary>
    public TimeSpan Elapsed => new(Interlocked.Read(ref _now));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Dispose()
    {
        _over.Set();
        _pump.Join();
        _meters.Dispose();
        _over.Dispose();
    }

    private void Pump()
    {
        var (quiet, completed, last) = (0, -1L, System.GetTimestamp());
        while (!_over.Wait(Sample))
        {
            var (busy, done, now) = (IsBusy, ThreadPool.CompletedWorkItemCount, System.GetTimestamp());
            quiet = busy || done != completed ? 0 : quiet + (System.GetElapsedTime(last, now) > Late ? 1 : 4);
            (completed, last) = (done, now);
            if (quiet >= (Volatile.Read(ref _inFlight) > Held() ? QuietInFlight : Quiet))
            {
                Jump();
                quiet = 0;
            }
        }
    }

    private static bool IsBusy
    {
        get
        {
            ThreadPool.GetMaxThreads(out var most, out _);
            ThreadPool.GetAvailableThreads(out var free, out _);
            return most > free || ThreadPool.PendingWorkItemCount > 0;
        }
    }

    private void Jump()
    {
        lock (_gate)
        {
            while (_due.TryPeek(out var next, out var at) && !next.Timer.IsSet(next.Setting))
            {
                _due.Dequeue();
            }

            if (!_due.TryPeek(out _, out var first))
            {
                return; // nobody waits for time
            }

            Interlocked.Exchange(ref _now, Math.Max(_now, first.Due));
            Jumps++;
            while (_due.TryPeek(out var next, out var at) && at.Due <= _now)
            {
                _due.Dequeue();
                next.Timer.Fire(next.Setting);
            }
        }
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;
        private int _setting; // each change makes what was set before void
        private bool _disposed;

        public bool IsSet(int setting) => setting == _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                if (_disposed)
                {
                    return false;
                }

                (_setting, _period) = (_setting + 1, period);
                if (dueTime == TimeSpan.Zero)
                {
                    Fire(_setting);
                }
                else if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Set(dueTime);
                }

                return true;
            }
        }

        public void Fire(int setting)
        {
            if (setting != _setting)
            {
                return;
            }

            ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
            if (_period > TimeSpan.Zero)
            {
                Set(_period);
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                _disposed = true;
                _setting++;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(TimeSpan span) => clock._due.Enqueue((this, _setting), (clock._now + span.Ticks, clock._order++));
    }
}

/// <summary>Tests that must have the process to themselves: the virtual clock asks whether it is idle, and handles are counted.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class RunsAlone
{
    public const string Name = "alone";
}
