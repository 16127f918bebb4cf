using System.Text;

namespace Dailies.Stories;

/// <summary>Takes the emphasis marks of Fountain off one line. Pure, one pass.</summary>
/// <remarks><c>*italic* **bold** ***both*** _underlined_</c>; <c>\*</c> and <c>\_</c> are the signs themselves. As the Fountain page
/// says, a mark counts only beside a word: <c>dialed *69 and then *23</c> keeps its asterisks. An underscore inside a word is a letter.</remarks>
internal static class FountainEmphasis
{
    private sealed class Opening(int at, int left)
    {
        public int At { get; } = at;
        public int Left { get; set; } = left;
    }

    /// <summary>The line as it is read aloud.</summary>
    public static string Strip(string line)
    {
        if (line.AsSpan().IndexOfAny('*', '_', '\\') < 0)
        {
            return line;
        }

        var dropped = new bool[line.Length];
        var stars = new Stack<Opening>();
        var bars = new Stack<Opening>();
        for (var at = 0; at < line.Length;)
        {
            var c = line[at];
            if (c == '\\' && at + 1 < line.Length && line[at + 1] is ('*' or '_'))
            {
                dropped[at] = true;
                at += 2;
            }
            else if (c is '*' or '_')
            {
                at = Mark(line, at, c == '*' ? stars : bars, dropped);
            }
            else
            {
                at++;
            }
        }

        var kept = new StringBuilder(line.Length);
        for (var at = 0; at < line.Length; at++)
        {
            if (!dropped[at])
            {
                kept.Append(line[at]);
            }
        }

        return kept.ToString();
    }

    // One run of marks: closes what is open, as far as it reaches; what is left of it may open.
    private static int Mark(string line, int at, Stack<Opening> open, bool[] dropped)
    {
        var end = at;
        while (end < line.Length && line[end] == line[at])
        {
            end++;
        }

        var count = end - at;
        if (count > (line[at] == '*' ? 3 : 1))
        {
            return end; // a row of stars or a blank to fill in, not emphasis
        }

        var (before, after) = (at == 0 ? ' ' : line[at - 1], end == line.Length ? ' ' : line[end]);
        var inWord = line[at] == '_' && char.IsLetterOrDigit(before) && char.IsLetterOrDigit(after);
        var start = at;
        while (!inWord && !char.IsWhiteSpace(before) && start < end && open.TryPeek(out var opening))
        {
            var pairs = Math.Min(end - start, opening.Left);
            Array.Fill(dropped, true, start, pairs);
            Array.Fill(dropped, true, opening.At + opening.Left - pairs, pairs);
            start += pairs;
            opening.Left -= pairs;
            if (opening.Left == 0)
            {
                open.Pop();
            }
        }

        if (!inWord && !char.IsWhiteSpace(after) && start < end)
        {
            open.Push(new Opening(start, end - start));
        }

        return end;
    }
}
