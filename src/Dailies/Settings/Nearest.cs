namespace Dailies.Settings;

/// <summary>The nearest known word to a mistyped one.</summary>
public static class Nearest
{
    private const int Longest = 128;

    /// <summary>The known word with the fewest edits, or null when none is close: at most <paramref name="mostEdits"/>, by default a third of the letters.</summary>
    public static string? Of(string word, IEnumerable<string> known, int? mostEdits = null) => word.Length > Longest ? null : known
        .Where(k => k.Length <= Longest)
        .Select(k => (Word: k, Edits: Edits(word.ToLowerInvariant(), k.ToLowerInvariant()), Most: mostEdits ?? Math.Max(1, Math.Max(word.Length, k.Length) / 3)))
        .Where(c => c.Edits <= c.Most)
        .OrderBy(c => c.Edits).ThenBy(c => c.Word, StringComparer.Ordinal)
        .Select(c => c.Word)
        .FirstOrDefault();

    // Optimal string alignment: insert, delete, replace, swap of neighbours.
    internal static int Edits(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replace, 1 + Math.Min(rows[i - 1, j], rows[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
