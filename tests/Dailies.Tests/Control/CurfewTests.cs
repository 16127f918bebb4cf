using System.Globalization;
using Dailies.Control;

namespace Dailies.Tests.Control;

/// <summary>When <c>--until</c> is, and that a run ends there with evidence.</summary>
public class CurfewTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    // now in UTC, time of the day in Berlin, next such moment in UTC
    [Theory]
    [InlineData("2026-11-23T22:00Z", "07:00", "2026-11-24T06:00Z")]
    [InlineData("2026-11-24T05:59Z", "07:00", "2026-11-24T06:00Z")]
    [InlineData("2026-11-24T06:00Z", "07:00", "2026-11-25T06:00Z")]
    [InlineData("2026-11-24T05:00Z", "23:30", "2026-11-24T22:30Z")]
    [InlineData("2026-03-28T22:00Z", "02:30", "2026-03-29T01:30Z")] // skipped by the change to summer time: an hour later on the clocks
    [InlineData("2026-10-24T22:30Z", "07:00", "2026-10-25T06:00Z")] // an hour longer than it looks
    public void It_is_the_next_such_time_of_the_day(string now, string time, string next) =>
        Curfew.Next(TimeOnly.Parse(time, CultureInfo.InvariantCulture), Utc(now), Berlin).ShouldBe(Utc(next));

    [Theory]
    [InlineData("7")]
    [InlineData("25:00")]
    [InlineData("07:60")]
    [InlineData("tomorrow")]
    [InlineData("")]
    public async Task What_is_no_time_is_a_fault(string text)
    {
        await using var run = SmallRun.Without().On("http://127.0.0.1:1").Set("until", text);
        run.Setup().Faults.ShouldHaveSingleItem().ShouldContain("allowed: a time of the day such as 07:00");
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
