using System.Globalization;

namespace Dailies.Stories;

/// <summary>Which scenes are rendered: <c>1-3,7</c>, counted in story order from 1. Pure.</summary>
public static class SceneSelection
{
    /// <summary>The selected scenes in story order, or a reason why the text is no selection.</summary>
    public static (IReadOnlyList<Scene> Scenes, string? Fault) Choose(IReadOnlyList<Scene> scenes, string? text)
    {
        if (text is null)
        {
            return (scenes, null);
        }

        var chosen = new HashSet<int>();
        foreach (var part in text.Replace("scene-", "", StringComparison.OrdinalIgnoreCase).Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length is < 1 or > 2 || !Number(ends[0], out var first) || !Number(ends[^1], out var last) || first < 1 || last < first || last > scenes.Count)
            {
                return ([], $"numbers and ranges from 1 to {scenes.Count}, for example 1-3,7");
            }

            chosen.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return ([.. scenes.Where((_, i) => chosen.Contains(i + 1))], null);
    }

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
