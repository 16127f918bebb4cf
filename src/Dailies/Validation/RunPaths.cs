using System.Runtime.InteropServices;

namespace Dailies.Validation;

/// <summary>Names in the metadata → files of the run, never anything outside it.</summary>
internal sealed class RunPaths(string root)
{
    private readonly Dictionary<string, bool> _folders = new(StringComparer.Ordinal);
    private readonly string _real = Real(new DirectoryInfo(root));

    /// <summary>The absolute path; null when the name leaves the folder or can't be a path.</summary>
    public string? Resolve(string name)
    {
        var parts = name.Replace('\\', '/').Split('/');
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(name) || parts[0].Contains(':', StringComparison.Ordinal) || parts.Any(p => p is "" or "." or ".."))
        {
            // A trailing slash or an empty part is no file of ours either.
            return null;
        }

        try
        {
            var folder = root;
            foreach (var part in parts[..^1])
            {
                folder = Path.Combine(folder, part);
                if (!StaysInside(folder))
                {
                    return null;
                }
            }

            var path = Path.Combine(folder, parts[^1]);
            return IsInside(new FileInfo(path)) ? path : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // a ring of links, or a name longer than the system allows
        }
    }

    private bool StaysInside(string folder)
    {
        ref var inside = ref CollectionsMarshal.GetValueRefOrAddDefault(_folders, folder, out var known);
        return known ? inside : inside = IsInside(new DirectoryInfo(folder));
    }

    private bool IsInside(FileSystemInfo entry) =>
        entry.LinkTarget is null || (entry.ResolveLinkTarget(returnFinalTarget: true) is { } target && (IsBelow(target.FullName, root) || IsBelow(target.FullName, _real)));

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Real(DirectoryInfo root)
    {
        try
        {
            return root.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? root.FullName;
        }
        catch (IOException)
        {
            return root.FullName;
        }
    }
}
