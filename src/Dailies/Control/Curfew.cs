using System.Globalization;
using Dailies.Settings;

namespace Dailies.Control;

/// <summary><c>--until 07:00</c>: nothing new is sent from then on; what runs is finished. Pure but for the clock that tells today and the time zone.</summary>
public static class Curfew
{
    /// <summary>The setting.</summary>
    public static Setting Until { get; } = new("until", SettingKind.Text, "Send nothing new from this time of the day on (local), for example 07:00; what runs is finished")
    { Placeholder = "hh:mm", CommandLineOnly = true };

    /// <summary>The option's name.</summary>
    public static string Option => Until.Option;

    /// <summary>When it next is that time; null with a fault when the text is none, and null without one when there is no text.</summary>
    public static DateTimeOffset? Read(SettingValues values, TimeProvider clock, List<string> faults)
    {
        if (values.Text(Until) is not { } text)
        {
            return null;
        }

        if (TimeOnly.TryParseExact(text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return Next(time, clock.GetUtcNow(), clock.LocalTimeZone);
        }

        faults.Add(new SettingFault(Until.Key, $"'{text}'", Until.Option, "a time of the day such as 07:00 or 23:30").ToString());
        return null;
    }

    /// <summary>The next moment after <paramref name="now"/> at which clocks in <paramref name="zone"/> show <paramref name="time"/>; a time that the change to summer time skips counts an hour later.</summary>
    public static DateTimeOffset Next(TimeOnly time, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var first = At(today);
        return first > now ? first : At(today.AddDays(1));

        DateTimeOffset At(DateOnly day)
        {
            var local = day.ToDateTime(time);
            local = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
            return new DateTimeOffset(local, zone.GetUtcOffset(local));
        }
    }

    /// <summary>The time as the operator reads it.</summary>
    public static string Text(DateTimeOffset until, TimeProvider clock) => TimeZoneInfo.ConvertTime(until, clock.LocalTimeZone).ToString("HH:mm", CultureInfo.InvariantCulture);
}
