namespace Dailies.Stories;

/// <summary>A scene heading taken apart: <c>INT. HOUSE - KITCHEN - NIGHT #12A#</c>.</summary>
/// <remarks><c>Time</c> is lower case and empty where none is given; <c>Continues</c> means "the time of the scene before".</remarks>
internal sealed record FountainHeading(string Title, string Place, string Setting, string Time, bool Continues, string? Label)
{
    // Longest first. After each comes a full stop or a space, so "INTO THE WOODS" and "Extra" are no headings.
    private static readonly (string Start, string Place)[] Starts =
    [
        ("INT./EXT", "Interior and exterior"), ("EXT./INT", "Exterior and interior"),
        ("INT/EXT", "Interior and exterior"), ("EXT/INT", "Exterior and interior"),
        ("I./E", "Interior and exterior"), ("I/E", "Interior and exterior"), ("E/I", "Exterior and interior"),
        ("INT", "Interior"), ("EXT", "Exterior"), ("EST", "Establishing shot"),
    ];

    private static readonly string[] Separators = [" - ", " – ", " — ", " -- ", ". ", ", "];

    private static readonly string[] Times =
    [
        "DAY", "NIGHT", "DAWN", "DUSK", "MORNING", "EVENING", "AFTERNOON", "NOON", "MIDDAY", "MIDNIGHT",
        "SUNRISE", "SUNSET", "TWILIGHT", "NIGHTFALL", "DAYBREAK", "HOUR",
    ];

    private static readonly string[] Continuing = ["CONTINUOUS", "CONT'D", "LATER", "MOMENTS LATER", "SAME", "SAME TIME"];

    /// <summary>Whether a trimmed line is a heading by its first word.</summary>
    public static bool IsNatural(string line) => Start(line) is not null;

    /// <summary>Whether a trimmed line is made a heading by its full stop: one, with a letter or digit behind it.</summary>
    public static bool IsForced(string line) => line.Length > 1 && line[0] == '.' && char.IsLetterOrDigit(line[1]);

    /// <summary>The parts of a line that is a heading.</summary>
    public static FountainHeading Parse(string line)
    {
        var (title, label) = TakeNumber(FountainEmphasis.Strip(line.Trim()));
        if (IsForced(title))
        {
            title = title[1..];
        }

        var start = Start(title);
        var rest = title[(start?.Start.Length ?? 0)..].TrimStart('.', ' ', '\t');
        var (setting, last) = SplitLast(rest);
        var continues = Continuing.Contains(Bare(last), StringComparer.OrdinalIgnoreCase);
        var timed = continues || IsTime(last);
        return new FountainHeading(
            title, start?.Place ?? "", Quiet(timed ? setting : rest), timed && !continues ? Bare(last).ToLowerInvariant() : "", continues, label);
    }

    private static (string Start, string Place)? Start(string line)
    {
        foreach (var start in Starts)
        {
            if (line.StartsWith(start.Start, StringComparison.OrdinalIgnoreCase)
                && line.Length > start.Start.Length && line[start.Start.Length] is '.' or ' ' or '\t')
            {
                return start;
            }
        }

        return null;
    }

    // "INT. HOUSE - DAY #12A#": letters, digits, dashes and full stops between two hashes at the end.
    private static (string Title, string? Label) TakeNumber(string line)
    {
        var open = line.Length < 3 || line[^1] != '#' ? -1 : line.LastIndexOf('#', line.Length - 2);
        var label = open < 0 ? "" : line[(open + 1)..^1].Trim();
        return label.Length > 0 && label.All(c => char.IsLetterOrDigit(c) || c is '-' or '.' or ' ')
            ? (line[..open].TrimEnd(), label)
            : (line, null);
    }

    private static (string Before, string Last) SplitLast(string rest)
    {
        var (at, length) = (-1, 0);
        foreach (var separator in Separators)
        {
            var found = rest.LastIndexOf(separator, StringComparison.Ordinal);
            (at, length) = found > at ? (found, separator.Length) : (at, length);
        }

        return at < 0 ? ("", rest.StartsWith("- ", StringComparison.Ordinal) ? rest[2..] : rest) : (rest[..at], rest[(at + length)..]);
    }

    private static bool IsTime(string part) =>
        part.Length < 60 && part.Split([' ', '-', '/', '(', ')', '.'], StringSplitOptions.RemoveEmptyEntries)
            .Any(word => Times.Contains(word, StringComparer.OrdinalIgnoreCase));

    private static string Bare(string part) => part.Trim(' ', '.', '(', ')');

    // Capitals are the page's convention, not the picture's; " - " only separates.
    private static string Quiet(string setting)
    {
        var text = StoryText.Collapse(setting).Trim(' ', '-', '.', ',');
        foreach (var dash in Separators[..4])
        {
            text = text.Replace(dash, ", ", StringComparison.Ordinal);
        }

        return text.Any(char.IsLower) ? text : text.ToLowerInvariant();
    }
}
