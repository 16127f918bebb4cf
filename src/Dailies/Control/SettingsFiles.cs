using System.Text.Json;
using Dailies.Settings;

namespace Dailies.Control;

/// <summary>Finds and reads dailies.json: beside the story, then in the working folder.</summary>
public static class SettingsFiles
{
    /// <summary>The file's name.</summary>
    public const string FileName = "dailies.json";

    private const int MaxBytes = 1024 * 1024;

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
            if (BoundedFile.Read(path, MaxBytes) is not { } bytes)
            {
                return (null, new SettingFault(FileName, $"larger than {MaxBytes / 1024} kB", path, "a file of settings"));
            }

            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            ReadAll(document.RootElement);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (new SettingsFile(path, document.RootElement.EnumerateObject().GroupBy(m => m.Name).ToDictionary(g => g.Key, g => g.Last().Value.Clone())), null)
                : (null, new SettingFault(FileName, "not a JSON object", path, "{ \"comfy\": \"http://127.0.0.1:8188\", … }"));
        }
        catch (JsonException e)
        {
            return (null, new SettingFault(FileName, "broken JSON", $"{path}, line {(e.LineNumber ?? 0) + 1}", "valid JSON"));
        }
        catch (InvalidOperationException)
        {
            return (null, new SettingFault(FileName, "holding a text that is not Unicode", path, "UTF-8, and \\u escapes of whole characters"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, new SettingFault(FileName, $"unreadable ({e.Message})", path, "a readable file"));
        }
    }

    // Half a surrogate pair, or bytes that are no UTF-8: it parses, and throws wherever it is read later.
    private static void ReadAll(JsonElement value)
    {
        _ = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        foreach (var member in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().ToList() : [])
        {
            _ = member.Name;
            ReadAll(member.Value);
        }

        foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [])
        {
            ReadAll(item);
        }
    }
}
