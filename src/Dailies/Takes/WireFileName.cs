namespace Dailies.Takes;

/// <summary>A file name from the wire, made into a name of ours or refused. Pure.</summary>
public static class WireFileName
{
    private const int Longest = 200; // in UTF-8, as most file systems count
    private static readonly string[] Reserved = ["CON", "PRN", "AUX", "NUL"];

    /// <summary>The name if it is one plain file name on every system: no separators, drive, control characters, leading dot, trailing dot or space,
    /// reserved Windows names, at most 200 bytes. Null when it is refused.</summary>
    public static string? Safe(string name)
    {
        var stem = name.Split('.')[0].TrimEnd();
        var refused = name.Length == 0 || System.Text.Encoding.UTF8.GetByteCount(name) > Longest
            || name[0] is '.' or ' ' or '-'
            || name[^1] is '.' or ' '
            || name.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|')
            || Reserved.Contains(stem, StringComparer.OrdinalIgnoreCase)
            || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase)) && char.IsDigit(stem[3]));
        return refused ? null : name;
    }
}
