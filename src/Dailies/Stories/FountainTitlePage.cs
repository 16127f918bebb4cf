namespace Dailies.Stories;

/// <summary>What the title page says for the whole story.</summary>
/// <remarks>
/// <code>
/// Title: The Last Keeper
/// Logline:
///     A keeper waits
///     for a boat.
/// Style: 35 mm film, soft grain
/// Frames: 25
/// </code>
/// <c>Title</c>, <c>Logline</c> and <c>Vision</c> (or <c>Director's vision</c>) belong to the story; <c>Style</c> ends each composed prompt;
/// <c>Negative</c>, <c>Palette</c>, <c>Mood</c>, <c>Camera</c>, <c>Frames</c>, <c>Seed</c> and <c>Workflow</c> are what scenes say that have no note of that name.
/// Other keys are the author's.
/// </remarks>
internal sealed record FountainTitlePage(string Title, string Logline, string Vision, string Style, IReadOnlyList<FountainNote> Notes, int Lines)
{
    private static readonly string[] Ours = ["title", "logline", "vision", "directors vision", "style"];
    private static readonly string[] ForScenes = ["negative", "palette", "mood", "camera", "frames", "seed", "workflow"];
    private static readonly string[] Authors =
    [
        "credit", "author", "authors", "source", "draft date", "date", "contact", "copyright", "notes", "revision", "draft",
        "font", "language", "format", "genre", "based on", "written by",
    ];

    private static readonly HashSet<string> Known = new(Ours.Concat(ForScenes).Concat(Authors), StringComparer.Ordinal);

    /// <summary>The title page at the head of a screenplay; where there is none, all is empty and takes no line.</summary>
    public static FountainTitlePage Read(IReadOnlyList<FountainLine> lines, Remarks remarks)
    {
        var (entries, notes, end) = Gather(lines);

        // "FADE IN:" looks like a key: a title page has at least one key that anybody knows.
        if (!entries.Any(entry => Known.Contains(entry.Plain)))
        {
            return new FountainTitlePage("", "", "", "", [], 0);
        }

        foreach (var (key, plain, line, _) in entries)
        {
            if (!Known.Contains(plain) && remarks.HasRoom && NearestName.Among(plain, Ours.Concat(ForScenes)) is { } meant)
            {
                remarks.Note(line, $"the title page's \"{key}\" is not used: did you mean {meant}?");
            }
        }

        var forScenes = entries
            .Where(entry => ForScenes.Contains(entry.Plain))
            .Select(entry => new FountainNote(entry.Line, $"{entry.Plain}: {Value(entry.Values)}"));
        return new FountainTitlePage(Of("title"), Of("logline"), Of("vision", "directors vision"), Of("style"), [.. forScenes, .. notes], end);

        string Of(params string[] keys) =>
            Value(entries.Where(entry => keys.Contains(entry.Plain)).Select(entry => entry.Values).LastOrDefault() ?? []);
    }

    // The first paragraph's keys with their lines, as long as no heading begins.
    private static (List<(string Key, string Plain, int Line, List<string> Values)> Entries, List<FountainNote> Notes, int End) Gather(IReadOnlyList<FountainLine> lines)
    {
        var first = 0;
        while (first < lines.Count && lines[first].IsBlank)
        {
            first++;
        }

        var entries = new List<(string Key, string Plain, int Line, List<string> Values)>();
        var notes = lines.Take(first).SelectMany(line => line.Notes).ToList();
        var at = first;
        for (; at < lines.Count && (!lines[at].IsBlank || lines[at].IsOnlyNotes); at++)
        {
            var text = lines[at].Text;
            if (text.Length > 0 && !char.IsWhiteSpace(text[0]) && KeyOf(text) is { } key)
            {
                entries.Add((key, Plain(key), lines[at].Number, [text[(key.Length + 1)..]]));
            }
            else if (entries.Count == 0 || FountainHeading.IsNatural(text.Trim()))
            {
                break;
            }
            else
            {
                entries[^1].Values.Add(text);
            }

            notes.AddRange(lines[at].Notes);
        }

        return (entries, notes, at);
    }

    private static string? KeyOf(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon is < 1 or > 40 || FountainHeading.IsNatural(line) || !char.IsLetter(line[0]) ? null : line[..colon];
    }

    private static string Plain(string key) =>
        key.Trim().Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string Value(List<string> lines) =>
        StoryText.Collapse(string.Join(' ', lines.Select(FountainEmphasis.Strip)));
}
