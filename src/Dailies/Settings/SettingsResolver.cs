using System.Globalization;
using System.Text.Json;

namespace Dailies.Settings;

/// <summary>Where settings come from, strongest first: command line, environment, dailies.json.</summary>
/// <param name="CommandLine">Key → texts as typed.</param>
/// <param name="Environment">Reads a variable.</param>
/// <param name="File">dailies.json, or null.</param>
public sealed record SettingSources(
    IReadOnlyDictionary<string, IReadOnlyList<string>> CommandLine, Func<string, string?> Environment, SettingsFile? File);

/// <summary>dailies.json as read: its path and its members.</summary>
public sealed record SettingsFile(string Path, IReadOnlyDictionary<string, JsonElement> Members);

/// <summary>Turns what people wrote into values in force, and names every fault at once. Pure.</summary>
public static class SettingsResolver
{
    /// <summary>The values, each with its origin, and all faults. <paramref name="fast"/> is the FastIteration switch: it changes defaults only.</summary>
    public static (SettingValues Values, IReadOnlyList<SettingFault> Faults) Resolve(
        IReadOnlyList<Setting> settings, Setting fast, SettingSources sources, IReadOnlyList<string> otherFileKeys)
    {
        var faults = new List<SettingFault>();
        var isFast = ParseFlag(Find(fast, sources, false, []).Text) ?? false;
        var values = settings.ToDictionary(s => s.Key, s => Find(s, sources, isFast, faults));
        if (sources.File is { } file)
        {
            faults.AddRange(UnknownKeys(settings, file, otherFileKeys));
        }

        return (new SettingValues(values), faults);
    }

    /// <summary>true, 1, yes, on / false, 0, no, off; anything else is null.</summary>
    public static bool? ParseFlag(string text) => text.Trim().ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" => false,
        _ => null,
    };

    private static SettingValue Find(Setting setting, SettingSources sources, bool fast, List<SettingFault> faults)
    {
        if (sources.CommandLine.TryGetValue(setting.Key, out var typed))
        {
            return Check(setting, typed, "cli", setting.Option, faults);
        }

        if (setting.Variable is { } name && sources.Environment(name) is { Length: > 0 } variable)
        {
            return Check(setting, [variable], "env", $"environment {name}", faults);
        }

        // null or [] says nothing, except that a list is empty.
        if (!setting.CommandLineOnly && sources.File is { } file && file.Members.TryGetValue(setting.Key, out var member)
            && Texts(member) is var texts && (texts.Count > 0 || setting.Kind == SettingKind.List))
        {
            return Check(setting, texts, "file", file.Path, faults);
        }

        return fast && setting.Fast is { } quick
            ? new SettingValue(setting, [quick], "fast")
            : new SettingValue(setting, setting.Default is { } text ? [text] : [], "default");
    }

    private static SettingValue Check(Setting setting, IReadOnlyList<string> texts, string origin, string where, List<SettingFault> faults)
    {
        faults.AddRange(texts.Where(t => !Fits(setting, t)).Select(t => new SettingFault(setting.Key, Shown(t), where, setting.Allowed)));
        return new SettingValue(setting, texts, origin);
    }

    private static bool Fits(Setting setting, string text) => setting.Kind switch
    {
        SettingKind.Flag => ParseFlag(text) is not null,
        SettingKind.Choice => setting.Choices.Contains(text, StringComparer.Ordinal),
        SettingKind.Whole => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && InRange(setting, whole),
        SettingKind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && InRange(setting, number),
        _ => true,
    };

    private static bool InRange(Setting setting, double value) =>
        (setting.AboveMin ? value > setting.Min : value >= setting.Min) && value <= setting.Max;

    private static IReadOnlyList<string> Texts(JsonElement member) => member.ValueKind switch
    {
        JsonValueKind.Array => [.. member.EnumerateArray().Select(Text)],
        JsonValueKind.Null => [],
        _ => [Text(member)],
    };

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static IEnumerable<SettingFault> UnknownKeys(IReadOnlyList<Setting> settings, SettingsFile file, IReadOnlyList<string> otherKeys)
    {
        IReadOnlyList<string> known = [.. settings.Where(s => !s.CommandLineOnly).Select(s => s.Key), .. otherKeys];
        return file.Members.Keys
            .Where(k => !known.Contains(k) && !k.StartsWith('$'))
            .Select(k => settings.FirstOrDefault(s => s.Key == k) is { } typed
                ? new SettingFault(k, "not read from a file", file.Path, $"{typed.Option} on the command line")
                : new SettingFault(k, "not a setting", file.Path, Nearest.Of(k, known) is { } near ? $"{near}, if that was meant" : "the options of dailies run, in camelCase"));
    }

    private static string Shown(string text) => text.Length == 0 ? "empty" : text.Length > 80 ? $"'{text[..80]}…'" : $"'{text}'";
}
