using System.Text.Json;

namespace Dailies.Stories;

/// <summary>Finds the one story in a folder, and says what is there where it does not.</summary>
internal static class StoryFolder
{
    private const string Shown = "Name the file: ";

    /// <summary>The path of the folder's only story, or why there is none.</summary>
    public static (string? Path, StoryFault? Fault) Find(string folder)
    {
        var stories = Files(folder).Where(IsStory).Order(StringComparer.Ordinal).ToList();
        var names = string.Join(", ", stories.Take(10).Select(Path.GetFileName)) + (stories.Count > 10 ? ", …" : "");
        return stories.Count switch
        {
            1 => (stories[0], null),
            0 => (null, new StoryFault(folder, null, "no story in this folder", "Put a .fountain file or a story.json there, or name another folder")),
            _ => (null, new StoryFault(folder, null, FormattableString.Invariant($"{stories.Count} stories in this folder: {names}"), Shown + Path.Combine(folder, Path.GetFileName(stories[0])))),
        };
    }

    /// <summary>The fault for a path with nothing there, with the name that was probably meant.</summary>
    public static StoryFault Missing(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        if (!Directory.Exists(folder))
        {
            return new StoryFault(path, null, $"no such file, and no folder {folder}", "Check the path");
        }

        var names = Directory.EnumerateFileSystemEntries(folder).Take(1_000).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal).ToList();
        var fix = NearestName.Among(Path.GetFileName(path), names) is { } meant ? $"Did you mean {meant}?"
            : names.Find(name => Path.GetFileNameWithoutExtension(name).Equals(Path.GetFileNameWithoutExtension(path), StringComparison.OrdinalIgnoreCase)) is { } same ? $"Did you mean {same}?"
            : names.Find(StoryFile.IsFountain) is { } other ? $"Check the path; {other} is there"
            : "Check the path";
        return new StoryFault(path, null, "no such file", fix);
    }

    // Hidden files are an editor's or a Mac's, never a person's story.
    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder).Where(path => Path.GetFileName(path)[0] != '.');

    private static bool IsStory(string path)
    {
        var name = Path.GetFileName(path);
        return StoryFile.IsFountain(name)
            || name.Equals("story.json", StringComparison.OrdinalIgnoreCase)
            || (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
                && !name.Equals("dailies.json", StringComparison.OrdinalIgnoreCase)
                && !name.EndsWith(".bindings.json", StringComparison.OrdinalIgnoreCase)
                && HasScenes(path));
    }

    // Only the outermost object's names are looked at; a file that can't be read is no candidate.
    private static bool HasScenes(string path)
    {
        try
        {
            var text = StoryFile.ReadBytes(path) is { } bytes ? StoryText.Decode(bytes).Text : "";
            var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text), JsonMembers.Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("scenes"u8))
                {
                    return true;
                }

                reader.Skip();
            }

            return false;
        }
        catch (Exception e) when (e is JsonException || StoryFile.IsIo(e))
        {
            return false;
        }
    }
}
