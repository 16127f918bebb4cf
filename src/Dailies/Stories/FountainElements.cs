namespace Dailies.Stories;

/// <summary>What a line of a screenplay is.</summary>
internal enum FountainKind
{
    Heading, Action, Cue, Parenthetical, Dialogue, Lyrics, Transition, Section, Synopsis, PageBreak, Notes,
}

/// <summary>One line that says something, without the mark that says what it is.</summary>
internal sealed record FountainElement(FountainKind Kind, int Line, string Text, IReadOnlyList<FountainNote> Notes);

/// <summary>Tells what each line of a screenplay is, by the rules of https://fountain.io/syntax. Pure, one pass.</summary>
/// <remarks>More lenient than the page in one thing: a heading, a transition, a section, a synopsis and a page break each begin a new
/// paragraph without a blank line behind them.</remarks>
internal static class FountainElements
{
    // Not transitions by the syntax (it asks for "TO:"), but on every second screenplay's first and last page, and never a picture.
    private static readonly string[] Fades = ["FADE IN:", "FADE IN", "FADE OUT.", "FADE OUT:", "FADE OUT", "FADE TO BLACK.", "FADE TO BLACK", "CUT TO BLACK.", "CUT TO BLACK"];

    /// <summary>The elements from a line on, blank lines left out.</summary>
    public static IEnumerable<FountainElement> Read(IReadOnlyList<FountainLine> lines, int from, Remarks remarks)
    {
        var fresh = true;      // a new paragraph may begin here
        var speaking = false;
        for (var i = from; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.IsOnlyNotes)
            {
                yield return new FountainElement(FountainKind.Notes, line.Number, "", line.Notes);
                continue;
            }

            if (line.IsBlank)
            {
                // Two spaces on an empty line hold a speech together.
                speaking = speaking && line.Text.Length >= 2;
                fresh = !speaking;
                continue;
            }

            var text = line.Text.Trim();
            var (kind, bare) = speaking && text[0] != '!' ? Spoken(text) : Written(text, fresh, () => HasTextBelow(lines, i));
            if (kind == FountainKind.Action && !fresh && !speaking && text.Contains('.') && FountainHeading.IsNatural(text) && !text.Any(char.IsLower))
            {
                remarks.Note(line.Number, $"\"{StoryText.Excerpt(text)}\" looks like a scene heading, but no blank line stands before it; read as action");
            }

            speaking = kind is FountainKind.Cue or FountainKind.Parenthetical or FountainKind.Dialogue || (speaking && kind == FountainKind.Lyrics);
            fresh = kind is FountainKind.Heading or FountainKind.Transition or FountainKind.Section or FountainKind.Synopsis or FountainKind.PageBreak;
            yield return new FountainElement(kind, line.Number, bare, line.Notes);
        }
    }

    private static (FountainKind Kind, string Text) Spoken(string text) => text switch
    {
        ['~', ..] => (FountainKind.Lyrics, text[1..].Trim()),
        ['(', .., ')'] => (FountainKind.Parenthetical, text),
        _ => (FountainKind.Dialogue, text),
    };

    private static (FountainKind Kind, string Text) Written(string text, bool fresh, Func<bool> hasTextBelow) => text switch
    {
        ['=', '=', '=', ..] when text.AsSpan().TrimStart('=').IsEmpty => (FountainKind.PageBreak, ""),
        ['=', ..] => (FountainKind.Synopsis, text.TrimStart('=').Trim()),
        ['#', ..] => (FountainKind.Section, text.TrimStart('#').Trim()),
        ['!', ..] => (FountainKind.Action, text.TrimStart('!').Trim()),
        ['~', ..] => (FountainKind.Lyrics, text[1..].Trim()),
        ['>', .., '<'] => (FountainKind.Action, text[1..^1].Trim()),
        ['>', ..] => (FountainKind.Transition, text[1..].Trim()),
        ['@', _, ..] when fresh => (FountainKind.Cue, text[1..].Trim()),
        _ when !fresh => (FountainKind.Action, text),
        _ when FountainHeading.IsNatural(text) || FountainHeading.IsForced(text) => (FountainKind.Heading, text),
        _ when IsTransition(text) => (FountainKind.Transition, text),
        _ when IsName(text) && hasTextBelow() => (FountainKind.Cue, text),
        _ => (FountainKind.Action, text),
    };

    private static bool IsTransition(string text) =>
        (text.EndsWith("TO:", StringComparison.Ordinal) && !text.Any(char.IsLower)) || Fades.Contains(text, StringComparer.Ordinal);

    // Capitals up to the first bracket, at least one of them: "R2D2" is a name, "23" is none; "(on the radio)" may be lower case.
    private static bool IsName(string text)
    {
        var bracket = text.IndexOf('(', StringComparison.Ordinal);
        var name = text.AsSpan(0, bracket < 0 ? text.Length : bracket);
        var capitals = false;
        foreach (var c in name)
        {
            if (char.IsLower(c))
            {
                return false;
            }

            capitals |= char.IsUpper(c);
        }

        return capitals;
    }

    private static bool HasTextBelow(IReadOnlyList<FountainLine> lines, int at)
    {
        do
        {
            at++;
        }
        while (at < lines.Count && lines[at].IsOnlyNotes);
        return at < lines.Count && !lines[at].IsBlank;
    }
}
