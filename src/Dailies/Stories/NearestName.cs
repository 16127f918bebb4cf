namespace Dailies.Stories;

/// <summary>Guesses which known name a misspelt one was meant to be. Pure.</summary>
internal static class NearestName
{
    private const int Longest = 64;

    /// <summary>The nearest name within one slip of a short word or two of a longer one, else null.</summary>
    public static string? Among(string word, IEnumerable<string> names)
    {
        if (word.Length is < 3 or > Longest)
        {
            return null;
        }

        var slips = word.Length < 5 ? 1 : 2;
        return names
            .Where(name => name.Length <= Longest && Math.Abs(name.Length - word.Length) <= slips)
            .Select(name => (Name: name, Distance: Distance(word.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(guess => guess.Distance <= slips)
            .OrderBy(guess => guess.Distance)
            .Select(guess => guess.Name)
            .FirstOrDefault();
    }

    // Letters added, dropped, changed, or swapped with a neighbour (optimal string alignment).
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                d[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
