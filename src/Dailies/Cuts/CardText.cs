using System.Globalization;
using System.Text;

namespace Dailies.Cuts;

/// <summary>Text of anybody's made fit to be drawn: on one line or wrapped, never wider than its room. Pure; how wide a text is, is told from outside.</summary>
internal static class CardText
{
    private const string More = "…";
    private const int MostText = 2_000;

    /// <summary>Without what draws nothing or draws elsewhere (controls, marks of direction, joiners, halves of pairs), white space as one space.</summary>
    public static string Plain(string? text)
    {
        var plain = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            var kind = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune) || kind is UnicodeCategory.Control)
            {
                plain.Append(plain.Length > 0 && plain[^1] != ' ' ? " " : "");
            }
            else if (kind is not (UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned) && !IsVariation(rune))
            {
                plain.Append(rune.ToString());
            }

            if (plain.Length > MostText)
            {
                break;
            }
        }

        return plain.ToString().Trim();
    }

    /// <summary>One line: cut with … where it is too wide.</summary>
    public static string Line(string? text, float room, Func<string, float> measure)
    {
        var plain = Plain(text);
        return measure(plain) <= room ? plain : Head(Letters(plain), room, measure, More);
    }

    /// <summary>At most so many lines, broken between words, and within a word that is wider than a line; the last ends with … where text is left over.</summary>
    public static IReadOnlyList<string> Wrap(string? text, float room, int most, Func<string, float> measure)
    {
        var words = new Queue<string>(Plain(text).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var lines = new List<string>();
        while (words.Count > 0 && lines.Count < most)
        {
            var line = Take(words, room, measure, out var rest);
            var last = lines.Count == most - 1 && (rest is not null || words.Count > 0);
            lines.Add(last ? Head(Letters($"{line}{rest}{(words.Count > 0 ? $" {words.Peek()}" : "")}"), room, measure, More) : line);
            words = rest is null ? words : new Queue<string>([rest, .. words]);
        }

        return lines;
    }

    // As many words as fit; of a word that is alone too wide, as much as fits.
    private static string Take(Queue<string> words, float room, Func<string, float> measure, out string? rest)
    {
        rest = null;
        var line = words.Dequeue();
        if (measure(line) > room)
        {
            var letters = Letters(line);
            var head = Head(letters, room, measure, "");
            head = head.Length == 0 ? letters[0] : head; // narrower than one letter: one a line, or there were no end
            rest = line.Length > head.Length ? line[head.Length..] : null;
            return head;
        }

        while (words.Count > 0 && measure($"{line} {words.Peek()}") <= room)
        {
            line = $"{line} {words.Dequeue()}";
        }

        return line;
    }

    private static string Head(IReadOnlyList<string> letters, float room, Func<string, float> measure, string end)
    {
        var (fits, tooMany) = (0, letters.Count + 1);
        while (tooMany - fits > 1)
        {
            var middle = (fits + tooMany) / 2;
            (fits, tooMany) = measure(string.Concat(letters.Take(middle)) + end) <= room ? (middle, tooMany) : (fits, middle);
        }

        var head = string.Concat(letters.Take(fits));
        return end.Length == 0 ? head : head.TrimEnd() + end;
    }

    // What a person takes for one letter: never cut in two.
    private static List<string> Letters(string text)
    {
        var letters = new List<string>();
        for (var i = StringInfo.GetTextElementEnumerator(text); i.MoveNext();)
        {
            letters.Add(i.GetTextElement());
        }

        return letters;
    }

    private static bool IsVariation(Rune rune) => rune.Value is >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF;
}
