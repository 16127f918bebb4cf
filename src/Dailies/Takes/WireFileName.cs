using System.Globalization;
using System.Text;

namespace Dailies.Takes;

/// <summary>A file name from the wire, made into a name of ours or refused. Pure.</summary>
public static class WireFileName
{
    private const int Longest = 200; // in UTF-8, as most file systems count
    private const string Separators = "/\\:*?\"<>|";
    private static readonly string[] Reserved = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>The name if it is one plain file name on every system: no separators, drive, control or direction characters, leading dot, trailing dot or space,
    /// reserved Windows names, at most 200 bytes. Null when it is refused.</summary>
    public static string? Safe(string name)
    {
        var stem = name.Split('.')[0].TrimEnd();
        var refused = name.Length == 0 || Encoding.UTF8.GetByteCount(name) > Longest
            || name[0] is '.' or ' ' or '-'
            || name[^1] is '.' or ' '
            || name.Any(c => Separators.Contains(c, StringComparison.Ordinal) || Misleads(c))
            || Reserved.Contains(stem, StringComparer.OrdinalIgnoreCase)
            || IsPort(stem);
        return refused ? null : name;
    }

    // Joiners are format characters too, but words of many scripts need them.
    private static bool Misleads(char c) => c is not ('\u200c' or '\u200d') && char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // COM1, LPT9; Windows takes ¹ ² ³ for digits here.
    private static bool IsPort(string stem) => stem.Length == 4
        && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase))
        && (char.IsDigit(stem[3]) || stem[3] is '¹' or '²' or '³');
}
