using Dailies.Comfy;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Comfy;

/// <summary>Ending a real child: asked first, then killed, with all that it started and nothing else.</summary>
public class StationEndTests
{
    private static CancellationToken NoHurry => CancellationToken.None;

    [Fact]
    public async Task It_is_asked_first_and_may_say_goodbye()
    {
        await using var rig = new StationRig();
        using var station = rig.Start("""python3 -c 'import signal, sys; signal.signal(signal.SIGTERM, lambda *_: (print("bye"), sys.exit(3))); print("up"); signal.pause()'""");
        await rig.SaysAsync(station, "up");

        (await station.EndAsync(NoHurry)).ShouldBeTrue();

        (station.HasExited, station.ExitCode).ShouldBe((true, 3));
        station.Log.Tail().ShouldEndWith("bye");
    }

    [Fact]
    public async Task A_child_that_does_not_listen_is_killed_after_ten_seconds()
    {
        await using var rig = new StationRig();
        var clock = new FakeTimeProvider();
        using var station = rig.Start("trap '' TERM; echo up; while :; do sleep 1000; done", clock);
        await rig.SaysAsync(station, "up");

        var end = station.EndAsync(NoHurry);
        clock.Advance(TimeSpan.FromSeconds(9.9));
        await Task.Yield();
        (station.HasExited, end.IsCompleted).ShouldBe((false, false));
        while (!end.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        (await end, station.ExitCode).ShouldBe((true, 137));
    }

    [Fact]
    public async Task In_a_hurry_it_is_killed_at_once()
    {
        await using var rig = new StationRig();
        using var station = rig.Start("trap '' TERM; echo up; while :; do sleep 1000; done");
        await rig.SaysAsync(station, "up");

        // A clock that stood still would do as well: nothing is waited for.
        (await station.EndAsync(new CancellationToken(canceled: true))).ShouldBeTrue();

        station.ExitCode.ShouldBe(137);
    }

    [Fact]
    public async Task What_it_started_ends_with_it()
    {
        await using var rig = new StationRig();
        using var station = rig.Start("cd / && sh -c 'sleep 1000 & echo near $!; sh -c \"sleep 1000 & echo orphan \\$!\"; setsid sh -c \"echo away \\$\\$; exec sleep 1000\" & wait'");
        int[] others = [await rig.SaysNumberAsync(station, "near"), await rig.SaysNumberAsync(station, "orphan"), await rig.SaysNumberAsync(station, "away")];
        others.ShouldAllBe(pid => StationRig.Alive(pid));

        (await station.EndAsync(NoHurry)).ShouldBeTrue();

        others.ShouldAllBe(pid => !StationRig.Alive(pid));
        station.ExitCode.ShouldBe(143);
    }

    [Fact]
    public async Task What_a_crash_leaves_behind_is_ended_when_asked_and_not_before()
    {
        await using var rig = new StationRig();
        using var station = rig.Start("sleep 1000 & echo worker $!; kill -9 $$");
        var worker = await rig.SaysNumberAsync(station, "worker");
        await StationRig.EndedAsync(station);
        (station.ExitCode, StationRig.Alive(worker)).ShouldBe((137, true));

        (await station.EndAsync(NoHurry)).ShouldBeTrue();

        StationRig.Alive(worker).ShouldBeFalse();
    }

    [Fact]
    public async Task Ending_twice_or_too_late_is_nothing()
    {
        await using var rig = new StationRig();
        using var station = rig.Start("exit 7");
        await StationRig.EndedAsync(station);

        (await station.EndAsync(NoHurry), await station.EndAsync(NoHurry), station.ExitCode).ShouldBe((true, true, 7));
    }

    [Fact]
    public async Task Looking_away_ends_nothing()
    {
        await using var rig = new StationRig();
        var station = rig.Start("trap 'echo still here; exit' TERM; echo up; while :; do sleep 0.05; done");
        await rig.SaysAsync(station, "up");

        station.Dispose();
        using var later = StationProcess.TryAdopt(station.Child, rig.LogPath, TimeProvider.System).ShouldNotBeNull();
        UnixSignal.Send(StationRig.Row(station.Child.Pid), UnixSignal.Terminate);

        await rig.SaysAsync(later, "still here");
    }

    [Fact]
    public async Task A_later_controller_finds_it_watches_it_and_ends_it()
    {
        await using var rig = new StationRig();
        var first = rig.Start("echo up; sleep 1000 & echo worker $!; wait");
        var worker = await rig.SaysNumberAsync(first, "worker");
        first.Dispose();

        using var second = StationProcess.TryAdopt(first.Child, rig.LogPath, TimeProvider.System).ShouldNotBeNull();
        (second.HasExited, second.ExitCode, second.Child).ShouldBe((false, null, first.Child));
        second.Log.Tail().ShouldContain("up");
        (await second.EndAsync(NoHurry)).ShouldBeTrue();

        (second.HasExited, second.ExitCode, StationRig.Alive(worker), StationRig.Alive(first.Child.Pid)).ShouldBe((true, null, false, false));
        StationProcess.TryAdopt(first.Child, rig.LogPath, TimeProvider.System).ShouldBeNull();
    }

    [Fact]
    public async Task The_end_of_an_adopted_one_is_noticed()
    {
        await using var rig = new StationRig();
        var first = rig.Start("echo up; exec sleep 1000");
        await rig.SaysAsync(first, "up");
        first.Dispose();
        using var second = StationProcess.TryAdopt(first.Child, rig.LogPath, TimeProvider.System)!;

        UnixSignal.Send(StationRig.Row(first.Child.Pid), UnixSignal.Kill);
        await StationRig.EndedAsync(second);

        (second.HasExited, second.ExitCode).ShouldBe((true, null));
    }

    [Fact]
    public async Task A_stranger_with_the_same_number_is_neither_taken_over_nor_ended()
    {
        await using var rig = new StationRig();
        using var stranger = rig.Start("echo up; exec sleep 1000");
        await rig.SaysAsync(stranger, "up");
        var earlier = stranger.Child with { Birth = stranger.Child.Birth + "1" };

        StationProcess.TryAdopt(earlier, rig.LogPath, TimeProvider.System).ShouldBeNull();
        new StationTree(earlier).Look().ShouldBeEmpty();
        UnixSignal.Send(StationRig.Row(stranger.Child.Pid) with { Birth = earlier.Birth }, UnixSignal.Kill);

        (await stranger.EndAsync(NoHurry), stranger.ExitCode).ShouldBe((true, 143)); // asked by its own controller, not killed before
    }
}
