using System.Net.WebSockets;
using Dailies.Animatic;
using Dailies.Tests.Animatic;

namespace Dailies.Tests;

/// <summary>The tests' own clock: it jumps when nothing is going on, and only then.</summary>
[Collection(RunsAlone.Name)]
public class VirtualClockTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_hour_of_waiting_is_one_jump()
    {
        using var clock = new VirtualClock();

        await Task.Delay(TimeSpan.FromHours(1), clock, Cancel);

        (clock.Elapsed, clock.Jumps, clock.GetUtcNow()).ShouldBe((TimeSpan.FromHours(1), 1, VirtualClock.Start.AddHours(1)));
    }

    [Fact]
    public async Task Timers_fire_in_their_order_and_each_jump_ends_at_the_next_one()
    {
        using var clock = new VirtualClock();
        var fired = new List<(int Timer, double At)>();

        await Task.WhenAll(WaitAsync(30), WaitAsync(10), WaitAsync(20));

        fired.ShouldBe([(10, 10), (20, 20), (30, 30)]);

        async Task WaitAsync(int seconds)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), clock, Cancel);
            fired.Add((seconds, clock.Elapsed.TotalSeconds)); // never two at once: the clock waits until this is done
        }
    }

    [Fact]
    public async Task A_timer_repeats_changes_and_ends()
    {
        using var clock = new VirtualClock();
        var fired = 0;
        await using (var timer = clock.CreateTimer(_ => Interlocked.Increment(ref fired), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)))
        {
            await Task.Delay(TimeSpan.FromSeconds(3.5), clock, Cancel);
            fired.ShouldBe(3);
            timer.Change(TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan).ShouldBeTrue();
            await Task.Delay(TimeSpan.FromSeconds(60), clock, Cancel);
            fired.ShouldBe(4);
            timer.Change(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)).ShouldBeTrue();
        }

        await Task.Delay(TimeSpan.FromSeconds(60), clock, Cancel);
        fired.ShouldBe(4);
    }

    [Fact]
    public async Task What_works_is_waited_for()
    {
        using var clock = new VirtualClock();
        var tooEarly = Task.Delay(TimeSpan.FromSeconds(1), clock, Cancel);

        // Longer than any row of quiet samples, on a thread of the pool.
        var wasEarly = await Task.Run(() =>
        {
            var begin = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromMilliseconds(100))
            {
                Thread.SpinWait(1000);
            }

            return tooEarly.IsCompleted;
        }, Cancel);

        wasEarly.ShouldBeFalse();
        await tooEarly;
    }

    [Fact]
    public async Task An_answer_on_its_way_is_waited_for()
    {
        using var clock = new VirtualClock();
        await using var rig = await AnimaticRig.StartAsync(clock);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), clock);

        for (var i = 0; i < 200; i++)
        {
            using var reply = await rig.Http.GetAsync("/queue", limit.Token);
        }

        clock.Elapsed.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task An_answer_that_is_kept_back_comes_at_its_virtual_time()
    {
        using var clock = new VirtualClock();
        await using var rig = await AnimaticRig.StartAsync(clock, faults: new Fault(FaultKind.SlowAnswers));
        clock.Held = () => rig.Server.Held;

        await rig.GetAsync("/queue");

        clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_prompt_and_its_socket_take_no_virtual_time_but_their_own()
    {
        using var clock = new VirtualClock();
        await using var rig = await AnimaticRig.StartAsync(clock, TimeSpan.FromSeconds(1));

        var (_, frames, _) = await rig.RunAsync(Graphs.Shot(steps: 3));

        clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(3));
        frames.Count(f => RigSocket.TypeOf(f) == "progress").ShouldBe(3);
    }

    [Fact]
    public async Task A_kill_and_a_restart_take_their_virtual_time()
    {
        using var clock = new VirtualClock();
        await using var rig = await AnimaticRig.StartAsync(clock);
        var socket = await rig.ConnectAsync("c");

        await rig.Server.KillAsync(TimeSpan.FromMinutes(5));

        await Should.ThrowAsync<WebSocketException>(() => socket.UntilAsync(_ => false));
        (clock.Elapsed, rig.Server.Lives).ShouldBe((TimeSpan.FromMinutes(5), 2));
    }
}
