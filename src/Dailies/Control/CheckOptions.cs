using System.Text.Json;
using Dailies.Checks;
using Dailies.Contract;
using Dailies.Settings;

namespace Dailies.Control;

/// <summary>Post-run checks: whether, and which commands of the operator's own.</summary>
public static class CheckOptions
{
    /// <summary>The key in dailies.json: <c>"checks": [{"name": "vitest", "command": "npx vitest run", "timeoutSeconds": 600}]</c>.</summary>
    public const string Key = "checks";

    private const string Form = "[{\"name\": \"vitest\", \"command\": \"npx vitest run\", \"timeoutSeconds\": 600}]";
    private const double DefaultSeconds = 600, MostSeconds = 86400;

    /// <summary>No checks at all.</summary>
    public static Setting NoChecks { get; } = new("noChecks", SettingKind.Flag, "Make no post-run checks") { Default = "false" };

    /// <summary>The commands of a settings file, in order; what can't be read is a fault.</summary>
    public static IReadOnlyList<CheckCommand> Read(SettingsFile? file, List<string> faults)
    {
        if (file is null || !file.Members.TryGetValue(Key, out var list))
        {
            return [];
        }

        var commands = new List<CheckCommand>();
        foreach (var item in list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : [list])
        {
            if (Read(item, commands) is { } command)
            {
                commands.Add(command);
            }
            else
            {
                faults.Add(new SettingFault(Key, "an entry without a name of its own (letters, digits, - and _), a command, or seconds above 0", file.Path, Form).ToString());
            }
        }

        return commands;
    }

    private static CheckCommand? Read(JsonElement item, List<CheckCommand> before)
    {
        if (item.ValueKind != JsonValueKind.Object || Text(item, "name") is not { } name || Text(item, "command") is not { } line || !IsName(name))
        {
            return null;
        }

        var seconds = item.TryGetProperty("timeoutSeconds", out var given) ? given.ValueKind == JsonValueKind.Number && given.TryGetDouble(out var s) ? s : 0 : DefaultSeconds;
        var taken = CheckRecord.Own.Concat(before.Select(b => b.Name)).Contains(name, StringComparer.OrdinalIgnoreCase);
        return taken || seconds is not (> 0 and <= MostSeconds) ? null : new CheckCommand(name, line, TimeSpan.FromSeconds(seconds));
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 40 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
