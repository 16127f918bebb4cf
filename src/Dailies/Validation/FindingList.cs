using System.Globalization;
using System.Text;

namespace Dailies.Validation;

/// <summary>Gathers findings. Whatever comes from a judged file is made safe to print here and nowhere else.</summary>
internal sealed class FindingList
{
    private const int Longest = 160;
    private readonly List<Finding> _found = [];

    public IReadOnlyList<Finding> All => _found;

    public void Add(Rule rule, string file, string place, string? sceneId, string expected, string found) =>
        _found.Add(new Finding(rule, Safe(file), Safe(place), sceneId is null ? null : Safe(sceneId), Safe(expected), Safe(found), rule.Fix));

    // A judged file may hold terminal escapes or a direction override: a report must show them, not obey them.
    private static string Safe(string text)
    {
        var end = Math.Min(text.Length, Longest);
        var safe = new StringBuilder(end + 8);
        for (var i = 0; i < end; i++)
        {
            var c = text[i];
            var pair = char.IsHighSurrogate(c) && i + 1 < end && char.IsLowSurrogate(text[i + 1]);
            if (pair)
            {
                safe.Append(c).Append(text[++i]);
            }
            else if (char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate)
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                safe.Append(c);
            }
        }

        return end < text.Length ? safe.Append('…').ToString() : safe.ToString();
    }
}
