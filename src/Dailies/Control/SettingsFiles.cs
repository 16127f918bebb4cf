using System.Text.Json;
using Dailies.Settings;

namespace Dailies.Control;

/// <summary>Finds and reads dailies.json: beside the story, then in the working folder.</summary>
public static class SettingsFiles
{
    /// <summary>The file's name.</summary>
    public const string FileName = "dailies.json";

    /// <summary>The settings file of a story; null when there is none. A broken one is a fault.</summary>
    public static (SettingsFile? File, SettingFault? Fault) Find(string storyPath)
    {
        var beside = Directory.Exists(storyPath) ? storyPath : Path.GetDirectoryName(Path.GetFullPath(storyPath)) ?? ".";
        var path = new[] { Path.Combine(beside, FileName), FileName }.FirstOrDefault(File.Exists);
        if (path is null)
        {
            return (null, null);
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (new SettingsFile(path, document.RootElement.EnumerateObject().GroupBy(m => m.Name).ToDictionary(g => g.Key, g => g.Last().Value.Clone())), null)
                : (null, new SettingFault(FileName, "not a JSON object", path, "{ \"comfy\": \"http://127.0.0.1:8188\", … }"));
        }
        catch (JsonException e)
        {
            return (null, new SettingFault(FileName, "broken JSON", $"{path}, line {(e.LineNumber ?? 0) + 1}", "valid JSON"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, new SettingFault(FileName, $"unreadable ({e.Message})", path, "a readable file"));
        }
    }
}
