using System.Globalization;
using System.Text;

namespace Dailies.Cli.Views;

/// <summary>The files of a run as lines: those beside the summary one by one, folders as sums.</summary>
internal static class FileTable
{
    private const string Top = "";

    /// <summary>With the total, the pin and the archive.</summary>
    public static string Of(string folder, bool pinned, string? archive)
    {
        var everyFile = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        var files = new DirectoryInfo(folder).EnumerateFiles("*", everyFile)
            .Select(f => (Name: Path.GetRelativePath(folder, f.FullName).Replace(Path.DirectorySeparatorChar, '/'), Bytes: f.Length)).ToList();
        var lines = files.GroupBy(f => f.Name.Contains('/', StringComparison.Ordinal) ? f.Name[..(f.Name.LastIndexOf('/') + 1)] : Top)
            .SelectMany(g => g.Key == Top ? g.Select(f => (f.Name, Bytes: f.Bytes, Files: "")) : [(Name: g.Key, Bytes: g.Sum(f => f.Bytes), Files: g.Count() == 1 ? "1 file" : Text($"{g.Count()} files"))])
            .OrderBy(l => l.Name, StringComparer.Ordinal).ToList();
        var (name, size) = (lines.Max(l => l.Name.Length), lines.Max(l => SizeText.Of(l.Bytes).Length));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Files    {files.Count}, {SizeText.Of(files.Sum(f => f.Bytes))}{(pinned ? "; pinned" : "")}\n");
        foreach (var line in lines)
        {
            text.Append(Text($"  {TerminalText.Plain(line.Name).PadRight(name)}  {SizeText.Of(line.Bytes).PadLeft(size)}  {line.Files}").TrimEnd()).Append('\n');
        }

        if (archive is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"Archive  {TerminalText.Plain(archive)}, {(new FileInfo(archive) is { Exists: true, Length: var bytes } ? SizeText.Of(bytes) : "not there")}\n");
        }

        return text.ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
