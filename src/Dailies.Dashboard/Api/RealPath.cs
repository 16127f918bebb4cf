namespace Dailies.Dashboard.Api;

/// <summary>Where a path leads once every link in it is followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The path without links, or null where something in it does not exist, can't be looked at, or leads round in circles.</summary>
    public static string? Of(string path)
    {
        try
        {
            return Resolve(Path.GetFullPath(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The real path of <paramref name="names"/> below <paramref name="root"/>, or null where it isn't there, or isn't below the real root.</summary>
    public static string? Below(string root, IEnumerable<string> names) =>
        Of(root) is { } realRoot && Of(Path.Combine([realRoot, .. names])) is { } real && IsBelow(real, realRoot) ? real : null;

    private static bool IsBelow(string path, string root)
    {
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return path.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, comparison);
    }

    private static string? Resolve(string path)
    {
        var links = 0;
        for (var (real, rest) = Split(path); ;)
        {
            if (rest.Count == 0)
            {
                return real;
            }

            var next = Path.Combine(real, rest.Pop());
            FileSystemInfo info = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            if (info.LinkTarget is { } target)
            {
                if (++links > MostLinks)
                {
                    return null;
                }

                // Where it points may hold links of its own: its names are gone through like the rest.
                var (root, names) = Split(Path.GetFullPath(target, real));
                foreach (var name in names.Reverse())
                {
                    rest.Push(name);
                }

                real = root;
            }
            else if (!info.Exists)
            {
                return null;
            }
            else
            {
                real = next;
            }
        }
    }

    // The names in the order in which they are walked.
    private static (string Root, Stack<string> Names) Split(string path)
    {
        var root = Path.GetPathRoot(path)!;
        return (root, new Stack<string>(path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse()));
    }
}
