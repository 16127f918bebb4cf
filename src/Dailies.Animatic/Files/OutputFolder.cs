using System.Globalization;
using System.Runtime.InteropServices;

namespace Dailies.Animatic.Files;

/// <summary>A place for the images of one node run: folder, name and first number.</summary>
internal sealed record ImagePlace(string Folder, string Subfolder, string Name, int Counter)
{
    // ComfyUI fills in %batch_num% after counting, so such names start at 1 each time and overwrite (contract §7).
    public string FileName(int index) =>
        $"{Name.Replace("%batch_num%", index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)}_{Counter + index:D5}_.png";
}

/// <summary>A file prefix that leads out of the folder.</summary>
internal sealed class PrefixEscape(string message) : Exception(message);

/// <summary>A folder that images go to and come from; nothing leaves it.</summary>
internal sealed class OutputFolder
{
    private static readonly StringComparison Names = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    public OutputFolder(string root)
    {
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        Directory.CreateDirectory(Root);
    }

    public string Root { get; }

    /// <summary>Makes room for a prefix such as <c>night/scene-001</c>: subfolder made, counter one above the highest file.</summary>
    public ImagePlace Prepare(string prefix, int width, int height, DateTimeOffset now)
    {
        var filled = Fill(prefix, width, height, now);
        var full = Path.GetFullPath(Path.Combine(Root, filled));
        var folder = Path.GetDirectoryName(full) ?? full;
        if (!Holds(folder))
        {
            throw new PrefixEscape(
                $"**** ERROR: Saving image outside the output folder is not allowed.\n full_output_folder: {folder}\n         output_dir: {Root}\n         commonpath: {Path.GetDirectoryName(Root)}");
        }

        Directory.CreateDirectory(folder);
        var name = Path.GetFileName(full);
        var subfolder = folder.Length == Root.Length ? "" : folder[(Root.Length + 1)..].Replace('\\', '/');
        return new ImagePlace(folder, subfolder, name, Highest(folder, name) + 1);
    }

    /// <summary>The file, if it is inside the folder and exists; <paramref name="escapes"/> says whether the subfolder leads out.</summary>
    public FileInfo? Find(string subfolder, string name, out bool escapes)
    {
        var folder = Path.GetFullPath(Path.Combine(Root, subfolder));
        escapes = !Holds(folder);
        var file = new FileInfo(Path.Combine(folder, Path.GetFileName(name)));
        return !escapes && file.Exists ? file : null;
    }

    private bool Holds(string folder) => folder.Equals(Root, Names) || folder.StartsWith(Root + Path.DirectorySeparatorChar, Names);

    // n_00041_.png → 41; any ending counts, as in ComfyUI.
    private static int Highest(string folder, string name) => Directory.EnumerateFileSystemEntries(folder)
        .Select(path => Path.GetFileName(path))
        .Where(file => file.StartsWith(name + "_", Names))
        .Select(file => int.TryParse(file[(name.Length + 1)..].Split('_')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0)
        .DefaultIfEmpty(0)
        .Max();

    private static string Fill(string prefix, int width, int height, DateTimeOffset now) => prefix.Contains('%', StringComparison.Ordinal)
        ? prefix
            .Replace("%width%", width.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("%height%", height.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("%year%", now.Year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("%month%", now.ToString("MM", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("%day%", now.ToString("dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("%hour%", now.ToString("HH", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("%minute%", now.ToString("mm", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("%second%", now.ToString("ss", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        : prefix;
}
