using System.Globalization;
using System.Text;

namespace Dailies.Contract;

/// <summary>Makes text of a user, a model or a server safe for one line of run-summary.txt.</summary>
public static class SummaryEscape
{
    // A grep that does not look at the start of a line must not count a title as a scene's line or as the verdict.
    private static readonly string[] Marks = ["[Scene ", "[Validation]"];

    /// <summary>JSON escapes for quotes, backslashes, control and line-breaking characters; <c>|</c> beside a space or an end becomes <c>\u007c</c>,
    /// so that no title, GPU name or error message can forge a line or a part.</summary>
    public static string Escape(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "";
        }

        var text = new StringBuilder(value.Length + 8);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '|' when Splits(value, i) => Code(text, c),
                '[' when Marks.Any(m => string.CompareOrdinal(value, i, m, 0, m.Length) == 0) => Code(text, c),
                _ when Breaks(value, i) => Code(text, c),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }

    private static bool Splits(string value, int i) =>
        i == 0 || i == value.Length - 1 || value[i - 1] == ' ' || value[i + 1] == ' ';

    // Control characters, U+2028 and U+2029, direction overrides (they can show a line as another) and lone surrogates.
    private static bool Breaks(string value, int i)
    {
        var c = value[i];
        return char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
            UnicodeCategory.Format => c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'),
            UnicodeCategory.Surrogate => char.IsHighSurrogate(c)
                ? i + 1 == value.Length || !char.IsLowSurrogate(value[i + 1])
                : i == 0 || !char.IsHighSurrogate(value[i - 1]),
            _ => false,
        };
    }

    private static StringBuilder Code(StringBuilder text, char c) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
}

/// <summary>Numbers as the summary writes them: invariant culture, no trailing <c>.0</c>.</summary>
public static class SummaryNumber
{
    /// <summary>Shortest form: <c>10</c>, <c>136.8</c>.</summary>
    public static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static string Text(bool value) => value ? "true" : "false";
}
