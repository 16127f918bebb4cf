using System.CommandLine;
using Dailies.Settings;

namespace Dailies.Cli;

/// <summary>Settings, declared in the core beside their slices, as options of a verb. Values are checked by the resolver, all at once, not here.</summary>
internal sealed class SettingOptions
{
    private readonly IReadOnlyList<(Setting Setting, Option Option)> options;

    public SettingOptions(IEnumerable<Setting> settings) => options = [.. settings.Select(s => (s, ToOption(s)))];

    public void AddTo(Command command)
    {
        foreach (var (_, option) in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was typed, by key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Read(ParseResult parsed) => options
        .Where(o => parsed.GetResult(o.Option) is { Implicit: false })
        .ToDictionary(o => o.Setting.Key, o => Texts(parsed, o.Option));

    private static IReadOnlyList<string> Texts(ParseResult parsed, Option option) => option switch
    {
        Option<bool> flag => [parsed.GetValue(flag) ? "true" : "false"],
        Option<string[]> list => parsed.GetValue(list) ?? [],
        _ => [.. parsed.GetResult(option)!.Tokens.Select(t => t.Value)],
    };

    private static Option ToOption(Setting setting)
    {
        var notes = new[]
        {
            setting.Default is { } d && setting.Kind != SettingKind.Flag ? $"default {d}{(setting.Fast is { } fast ? $", fast {fast}" : "")}" : null,
            setting.Kind is SettingKind.Number or SettingKind.Whole ? setting.Allowed : null,
            setting.Variable,
        };
        var note = string.Join("; ", notes.Where(n => n is not null));
        var text = note.Length > 0 ? $"{setting.Summary} [{note}]" : setting.Summary;
        return setting.Kind switch
        {
            SettingKind.Flag => new Option<bool>(setting.Option) { Description = text },
            SettingKind.List => new Option<string[]>(setting.Option) { Description = text, HelpName = setting.Placeholder, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false },
            _ => new Option<string>(setting.Option) { Description = text, HelpName = setting.Placeholder },
        };
    }
}
