using System.Globalization;
using System.Net;

namespace Dailies.Reports;

/// <summary>Words and figures of a run as a page may show them: nothing in a title, a message or a path becomes markup, or turns the line around.</summary>
internal static class HtmlText
{
    /// <summary>Text, also between the quotes of an attribute.</summary>
    public static string Of(string? text) => WebUtility.HtmlEncode(string.Concat((text ?? "").Select(c => Breaks(c) ? ' ' : c)));

    /// <summary>Seconds for people: <c>12.5 s</c>, <c>7 min 12 s</c>, <c>3 h 5 min</c>.</summary>
    public static string Span(double seconds)
    {
        var whole = (long)Math.Round(Math.Max(0, seconds));
        return seconds < 60 && whole < 60 ? Text($"{seconds:0.#} s")
            : whole < 3600 ? Text($"{whole / 60} min {whole % 60} s")
            : Text($"{whole / 3600} h {whole % 3600 / 60} min");
    }

    /// <summary>A moment in the reader's zone: <c>24 Nov 2026, 03:12 (UTC+01:00)</c>.</summary>
    public static string Moment(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return Text($"{local:d MMM yyyy, HH:mm} (UTC{(local.Offset < TimeSpan.Zero ? '-' : '+')}{local.Offset:hh\\:mm})");
    }

    /// <summary>A figure, without anybody's own commas.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // Joiners are format characters too, but words of many scripts need them.
    private static bool Breaks(char c) => c is not ('\u200c' or '\u200d') && char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
