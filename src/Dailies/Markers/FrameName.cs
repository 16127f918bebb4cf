using System.Globalization;

namespace Dailies.Markers;

/// <summary>A frame's file name taken apart: <c>p_00001_.png</c> (ComfyUI's SaveImage), <c>p-00001.png</c>, <c>p.00001.png</c> and <c>p00001.png</c> are all frame 1 of <c>p</c>.</summary>
/// <param name="Prefix">What stands before the number, without one separator; never empty.</param>
/// <param name="Number">The frame's number.</param>
public readonly record struct FrameName(string Prefix, long Number)
{
    private const string Separators = "_-. ";

    /// <summary>Extensions of frames, without the dot, in any case.</summary>
    public static IReadOnlyList<string> Extensions { get; } = ["png", "jpg", "jpeg", "webp", "exr", "tif", "tiff", "bmp"];

    /// <summary>Takes a name apart. False for whatever is no numbered image: videos, markers, half-written and hidden files, and a number without a prefix, for no marker
    /// could be named after that.</summary>
    public static bool TryParse(string name, out FrameName frame)
    {
        frame = default;
        var dot = name.LastIndexOf('.');
        if (dot <= 0 || name[0] == '.' || !IsFrame(name.AsSpan(dot + 1)))
        {
            return false;
        }

        // ComfyUI puts one underscore before the number and one behind it; a prefix may itself end in more.
        var stem = name.AsSpan(0, dot);
        stem = stem[^1] == '_' ? stem[..^1] : stem;
        var prefix = stem.TrimEnd("0123456789");
        if (!long.TryParse(stem[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        prefix = prefix.Length > 1 && Separators.Contains(prefix[^1]) ? prefix[..^1] : prefix;
        if (prefix.IsEmpty)
        {
            return false;
        }

        frame = new FrameName(prefix.ToString(), number);
        return true;
    }

    private static bool IsFrame(ReadOnlySpan<char> extension)
    {
        foreach (var known in Extensions)
        {
            if (extension.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
