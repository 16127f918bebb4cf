using Dailies.Settings;

namespace Dailies.Stories;

/// <summary>Guesses which known name a misspelt one was meant to be. Stricter than for options: an author's note may well be no key at all.</summary>
internal static class NearestName
{
    /// <summary>The nearest name within one slip of a short word or two of a longer one, else null.</summary>
    public static string? Among(string word, IEnumerable<string> names) =>
        word.Length < 3 ? null : Nearest.Of(word, names, mostEdits: word.Length < 5 ? 1 : 2);
}
