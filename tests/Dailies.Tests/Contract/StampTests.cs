using CsCheck;
using Dailies.Contract;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Contract;

/// <summary>The one form of a point in time.</summary>
public class StampTests
{
    [Fact]
    public void A_stamp_is_utc_with_milliseconds() =>
        Stamp.Text(new DateTimeOffset(2026, 11, 24, 0, 15, 7, 5, TimeSpan.FromHours(2))).ShouldBe("2026-11-23T22:15:07.005Z");

    [Theory]
    [InlineData("2026-11-23T22:15:07.042Z", "2026-11-23T22:15:07.042Z")]
    [InlineData("2026-11-23T22:15:07Z", "2026-11-23T22:15:07.000Z")]
    [InlineData("2026-11-24T00:15:07.042+02:00", "2026-11-23T22:15:07.042Z")]
    [InlineData("2026-11-23T22:15:07.042", "2026-11-23T22:15:07.042Z")]
    public void Any_iso_time_is_read_and_one_without_an_offset_is_utc(string text, string stamp)
    {
        Stamp.TryParse(text, out var at).ShouldBeTrue();
        Stamp.Text(at).ShouldBe(stamp);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("2026-13-01T00:00:00Z")]
    public void What_is_no_time_is_refused(string text) => Stamp.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void What_the_clock_says_reads_back_the_same() => Gen.Long[0, TimeSpan.TicksPerDay * 20_000].Sample(
        ticks =>
        {
            var now = Stamp.Of(new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddTicks(ticks)));

            Stamp.TryParse(Stamp.Text(now), out var read).ShouldBeTrue();
            read.ShouldBe(now);
        },
        iter: 500);
}
