using System.Globalization;
using System.Text;
using Dailies.Contract;

namespace Dailies.Validation;

/// <summary>One line of run-summary.txt, taken apart.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Stamp">What stands in the leading bracket when it begins with a digit, else null.</param>
/// <param name="Text">The line without its stamp.</param>
/// <param name="SceneId">Of <c>[Scene x]</c>, else null.</param>
/// <param name="Attempt">Of <c>[Scene x][Attempt n]</c>, else null.</param>
/// <param name="Body">The text behind scene and attempt.</param>
internal sealed record SummaryEntry(int Number, string? Stamp, string Text, string? SceneId, int? Attempt, string Body)
{
    public string Place => $"line {Number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The stamp is UTC with Z and milliseconds.</summary>
    public bool IsStamped => Stamp is not null && Contract.Stamp.TryParse(Stamp, out var at) && Contract.Stamp.Text(at) == Stamp;
}

/// <summary>run-summary.txt, parsed once: its lines, and the lines of each scene.</summary>
internal sealed class SummaryText
{
    private const string SceneStart = "[Scene ";
    private const string AttemptStart = "[Attempt ";
    private readonly Dictionary<string, List<SummaryEntry>> _scenes = new(StringComparer.Ordinal);

    private SummaryText(string text)
    {
        var entries = new List<SummaryEntry>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var entry = Entry(number, line.TrimEnd('\r'));
            if (entry.Text.Length == 0 && entry.Stamp is null)
            {
                continue;
            }

            entries.Add(entry);
            if (entry.SceneId is { } id)
            {
                (_scenes.TryGetValue(id, out var lines) ? lines : _scenes[id] = []).Add(entry);
            }
        }

        Entries = entries;
        var index = entries.FindIndex(e => e.Text == SummaryLine.IndexTitle);
        var verdict = entries.FindIndex(e => IsVerdict(e.Text));
        IndexAt = index < 0 ? entries.Count : index;
        VerdictAt = verdict < 0 ? entries.Count : verdict;
    }

    /// <summary>Every line that isn't empty.</summary>
    public IReadOnlyList<SummaryEntry> Entries { get; }

    /// <summary>Position of the artifact index, or the end.</summary>
    public int IndexAt { get; }

    /// <summary>Position of the first [Validation] line, or the end.</summary>
    public int VerdictAt { get; }

    public static SummaryText? Read(byte[]? bytes) => bytes is null ? null : new SummaryText(Encoding.UTF8.GetString(bytes));

    public IReadOnlyList<SummaryEntry> Of(string sceneId) => _scenes.TryGetValue(sceneId, out var lines) ? lines : [];

    /// <summary>Lines of the run as a whole that begin so.</summary>
    public IEnumerable<SummaryEntry> Starting(string start) => Entries.Where(e => e.SceneId is null && e.Text.StartsWith(start, StringComparison.Ordinal));

    public static bool IsVerdict(string text) => text.StartsWith("[Validation] ", StringComparison.Ordinal);

    private static SummaryEntry Entry(int number, string line)
    {
        string? stamp = null;
        var text = line;
        if (line.Length > 2 && line[0] == '[' && char.IsAsciiDigit(line[1]) && line.IndexOf(']', StringComparison.Ordinal) is > 0 and var close)
        {
            stamp = line[1..close];
            text = line[(close + 1)..];
            text = text.StartsWith(' ') ? text[1..] : text;
        }

        if (!text.StartsWith(SceneStart, StringComparison.Ordinal))
        {
            return new SummaryEntry(number, stamp, text, null, null, text);
        }

        var end = text.IndexOf(']', StringComparison.Ordinal);
        var id = end < 0 ? text[SceneStart.Length..] : text[SceneStart.Length..end];
        var body = end < 0 ? "" : text[(end + 1)..];
        int? attempt = null;
        if (body.StartsWith(AttemptStart, StringComparison.Ordinal) && body.IndexOf(']', StringComparison.Ordinal) is > 0 and var bracket)
        {
            attempt = int.TryParse(body[AttemptStart.Length..bracket], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
            body = body[(bracket + 1)..];
        }

        return new SummaryEntry(number, stamp, text, id, attempt, body.StartsWith(' ') ? body[1..] : body);
    }
}
