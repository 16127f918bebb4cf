using Dailies.Artifacts;
using Dailies.Validation;

namespace Dailies.Cli.Commands;

/// <summary>Run folders by name or by pattern: <c>latest</c>, a run id, a folder, <c>logs/*</c>. A shell may have opened the pattern already; where none does (Windows, quotes), we do.</summary>
internal static class RunPatterns
{
    /// <summary>The folders that a name means; none, and what to say, where it means nothing.</summary>
    public static (IReadOnlyList<string> Folders, string? Fault) Find(string name, string runsDir)
    {
        if (!IsPattern(name) || Directory.Exists(name))
        {
            var (folder, fault) = RunFinder.Find(name, runsDir);
            return folder is null ? ([], fault) : ([folder], null);
        }

        var found = Open(name);
        found = found.Count > 0 ? found : Open(Path.Combine(runsDir, name));
        return found.Count > 0 ? (found, null) : ([], $"no run folder matches {name}");
    }

    private static bool IsPattern(string name) => name.AsSpan().IndexOfAny('*', '?') >= 0;

    // Only run folders: a pattern is no promise about what else lies beside them.
    private static List<string> Open(string pattern)
    {
        var parts = pattern.Replace('\\', '/').Split('/');
        List<string> folders = [parts[0].Length == 0 ? "/" : ""];
        foreach (var part in parts.Where(p => p.Length > 0))
        {
            folders = [.. folders.SelectMany(f => Inside(f, part))];
        }

        return [.. folders.Where(RunValidator.IsRunFolder)];
    }

    private static IEnumerable<string> Inside(string folder, string part)
    {
        if (!IsPattern(part))
        {
            return [Path.Combine(folder, part)];
        }

        try
        {
            return Directory.EnumerateDirectories(folder.Length == 0 ? "." : folder, part)
                .Select(d => Path.Combine(folder, Path.GetFileName(d))).Order(StringComparer.Ordinal).ToList();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}
