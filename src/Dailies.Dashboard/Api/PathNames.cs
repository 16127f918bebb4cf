namespace Dailies.Dashboard.Api;

/// <summary>A path below a run folder, as an address names it. Pure: what it lets through is a row of plain names on every system.</summary>
internal static class PathNames
{
    private const int MostNames = 16;
    private const int MostLetters = 200;

    // What Windows takes for a device, with any ending.
    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" }), "COM¹", "COM²", "COM³", "LPT¹", "LPT²", "LPT³"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The names, or null where one of them could lead anywhere else. The path is decoded once, by the server, and never again.</summary>
    public static IReadOnlyList<string>? Read(string path)
    {
        var names = path.Split('/');
        return names.Length <= MostNames && names.All(IsPlain) ? names : null;
    }

    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= MostLetters
        && name[^1] is not ('.' or ' ') // also . and ..; Windows drops them at the end
        && !name.Any(c => char.IsControl(c) || c is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' or '\uFFFD')
        && !Devices.Contains(name.Split('.')[0].TrimEnd(' '));
}
