using Dailies.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Telemetry;

/// <summary>Looks at the memory in use while a prompt executes, under a clock that the test moves.</summary>
public class PeakWatchTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly List<GpuPeak> told = [];
    private int looks;

    [Fact]
    public async Task The_highest_is_told_once_at_the_end()
    {
        var watch = Watch(2, [5, 9, 7]);
        watch.Begin();
        watch.Begin();
        Pass(seconds: 7);

        (looks, told.Count).ShouldBe((3, 0));
        await watch.DisposeAsync();
        told.ShouldBe([new GpuPeak(9, 2, Looks: 3, Missed: 0)]);
        Pass(seconds: 100);
        looks.ShouldBe(3);
    }

    [Theory]
    [InlineData(null, 60, true)] // switched off
    [InlineData(2.0, 1.9, true)] // too short
    [InlineData(2.0, 60, false)] // never executed
    public async Task Nothing_is_told_where_nobody_looked(double? interval, double seconds, bool begins)
    {
        var watch = Watch(interval, [5, 5, 5]);
        if (begins)
        {
            watch.Begin();
        }

        Pass(seconds);
        await watch.DisposeAsync();

        (looks, told.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_station_that_never_tells_has_no_peak_and_is_asked_less_and_less()
    {
        var watch = Watch(2, []);
        watch.Begin();
        Pass(seconds: 600);
        await watch.DisposeAsync();

        looks.ShouldBe(13); // at 2, 6, 14, 30, 62, 122, 182 … 542 s
        told.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_silence_it_is_asked_as_before()
    {
        var watch = Watch(1, [4, null, null, 6, 5]);
        watch.Begin();
        Pass(seconds: 9); // at 1, 2, 4, 8, 9 s
        await watch.DisposeAsync();

        told.ShouldBe([new GpuPeak(6, 1, Looks: 3, Missed: 2)]);
    }

    // A look that hangs holds nobody up, and no second one is begun beside it.
    [Fact]
    public async Task A_look_under_way_is_given_up_at_the_end()
    {
        var begun = 0;
        var watch = new PeakWatch(
            async (_, cancel) =>
            {
                begun++;
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancel);
                return 1;
            },
            TimeSpan.FromSeconds(1), told.Add, clock);
        watch.Begin();
        Pass(seconds: 100);
        await watch.DisposeAsync();

        (begun, told.Count).ShouldBe((1, 0));
    }

    [Theory]
    [InlineData(2, 0, 2)]
    [InlineData(2, 1, 4)]
    [InlineData(2, 4, 32)]
    [InlineData(2, 5, 60)]
    [InlineData(2, int.MaxValue, 60)]
    [InlineData(0.1, 3, 0.8)]
    [InlineData(60, 1, 60)]
    [InlineData(3600, 0, 3600)]
    [InlineData(3600, 9, 3600)]
    public void The_pause_doubles_while_nobody_answers_up_to_a_minute(double interval, int silent, double pause) =>
        PeakWatch.Pause(TimeSpan.FromSeconds(interval), silent).ShouldBe(TimeSpan.FromSeconds(pause));

    private PeakWatch Watch(double? interval, long?[] used) => new(
        (patience, _) =>
        {
            patience.ShouldBe(TimeSpan.FromSeconds(interval!.Value));
            return Task.FromResult(looks++ < used.Length ? used[looks - 1] : null);
        },
        interval is { } s ? TimeSpan.FromSeconds(s) : null, told.Add, clock);

    private void Pass(double seconds)
    {
        for (var tenths = 0; tenths < seconds * 10; tenths++)
        {
            clock.Advance(TimeSpan.FromSeconds(0.1));
        }
    }
}
