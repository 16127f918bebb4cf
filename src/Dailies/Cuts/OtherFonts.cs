using SkiaSharp;

namespace Dailies.Cuts;

/// <summary>Fonts of this machine for letters that ours lacks. Asked of the system; where SkiaSharp knows no system fonts (Linux without fontconfig), looked for in the folders where they lie.</summary>
internal sealed class OtherFonts : IDisposable
{
    // A desktop has hundreds; each is opened at most once, and only where a letter is missing.
    private const int MostFiles = 1_000;
    private static readonly string[] Kinds = [".ttf", ".otf", ".ttc"];
    private readonly Dictionary<int, SKFont?> _known = [];
    private readonly List<SKFont> _open = [];
    private IEnumerator<string>? _files;

    /// <summary>A font that has the letter, or null.</summary>
    public SKFont? With(int letter)
    {
        if (!_known.TryGetValue(letter, out var font))
        {
            font = _open.FirstOrDefault(f => f.ContainsGlyph(letter)) ?? Keep(SKFontManager.Default.MatchCharacter(letter)) ?? Further(letter);
            _known.Add(letter, font);
        }

        return font;
    }

    public void Dispose()
    {
        foreach (var font in _open)
        {
            using var face = font.Typeface;
            font.Dispose();
        }

        _files?.Dispose();
    }

    private SKFont? Further(int letter)
    {
        _files ??= Files().Take(MostFiles).GetEnumerator();
        while (_files.MoveNext())
        {
            if (Keep(SKTypeface.FromFile(_files.Current)) is { } font && font.ContainsGlyph(letter))
            {
                return font;
            }
        }

        return null;
    }

    private SKFont? Keep(SKTypeface? face)
    {
        if (face is null)
        {
            return null;
        }

        _open.Add(new SKFont(face));
        return _open[^1];
    }

    private static IEnumerable<string> Files()
    {
        var everything = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        string[] folders = OperatingSystem.IsLinux()
            ? ["/usr/share/fonts", "/usr/local/share/fonts", Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local/share/fonts")]
            : [];
        return folders.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*", everything).Where(n => Kinds.Contains(Path.GetExtension(n).ToLowerInvariant())).Order(StringComparer.Ordinal));
    }
}
