using System.Globalization;

namespace Dailies.Settings;

/// <summary>Words that quote a file, as one line that a person reads: a name in that file may hold line ends, escapes, or a megabyte.</summary>
internal static class OneLine
{
    /// <summary>Control, direction and line-breaking characters become spaces; what is longer than <paramref name="most"/> characters is cut.</summary>
    public static string Of(string text, int most = 600)
    {
        var cut = text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";
        return cut.Any(Breaks) ? string.Concat(cut.Select(c => Breaks(c) ? ' ' : c)) : cut;
    }

    // Joiners are format characters too, but words of many scripts need them.
    private static bool Breaks(char c) => c is not ('\u200c' or '\u200d') && char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
