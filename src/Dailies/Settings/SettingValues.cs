using System.Globalization;

namespace Dailies.Settings;

/// <summary>One setting's value in force and where it came from: cli, env, file, fast, default.</summary>
public sealed record SettingValue(Setting Setting, IReadOnlyList<string> Texts, string Origin)
{
    /// <summary>The value as one text; empty when there is none.</summary>
    public string Text => Texts.Count == 0 ? "" : Texts[^1];
}

/// <summary>All settings in force. The typed readers may be called only for settings that were resolved without a fault.</summary>
public sealed class SettingValues(IReadOnlyDictionary<string, SettingValue> values)
{
    /// <summary>All of them, by key.</summary>
    public IReadOnlyDictionary<string, SettingValue> All { get; } = values;

    /// <summary>Where the value came from.</summary>
    public string Origin(Setting setting) => All[setting.Key].Origin;

    /// <summary>The text, or null when there is none.</summary>
    public string? Text(Setting setting) => All[setting.Key] is { Texts.Count: > 0 } value ? value.Text : null;

    /// <summary>All texts of a list.</summary>
    public IReadOnlyList<string> List(Setting setting) => All[setting.Key].Texts;

    /// <summary>The number.</summary>
    public double Number(Setting setting) => double.Parse(All[setting.Key].Text, CultureInfo.InvariantCulture);

    /// <summary>The number as a span of seconds.</summary>
    public TimeSpan Seconds(Setting setting) => TimeSpan.FromSeconds(Number(setting));

    /// <summary>The whole number.</summary>
    public int Whole(Setting setting) => int.Parse(All[setting.Key].Text, CultureInfo.InvariantCulture);

    /// <summary>On or off; off when there is no value.</summary>
    public bool Flag(Setting setting) => SettingsResolver.ParseFlag(All[setting.Key].Text) ?? false;
}
