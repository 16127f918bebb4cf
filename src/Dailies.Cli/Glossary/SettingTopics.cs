using System.CommandLine;
using Dailies.Cli.Commands;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Queueing;
using Dailies.Settings;

namespace Dailies.Cli.Glossary;

/// <summary>Settings and the options that are none.</summary>
internal static class SettingTopics
{
    private static readonly IReadOnlyList<Setting> Settings = [.. RunOptions.All, .. SentinelOptions.All.Except(RunOptions.All)];

    private static readonly IReadOnlyList<(string Verb, Option Option)> Options = [.. Walk(CommandLine.Build(), "")];

    public static IReadOnlyList<Topic> All { get; } =
    [
        .. Settings.Select(Of),
        .. Options.Where(o => Settings.All(s => s.Option != o.Option.Name)).GroupBy(o => o.Option.Name).Select(g => Of(g.Key, [.. g])),
    ];

    /// <summary>The metadata field that a knob is recorded in, or null.</summary>
    public static string? Recorded(Setting setting) =>
        typeof(QueueConfig).GetProperty(setting.Field) is not null ? $"QueueConfig.{setting.Field}"
        : QueueOptions.All.Contains(setting) ? $"QueueConfig.Origins.{setting.Field}" : null;

    private static Topic Of(Setting setting)
    {
        var (knob, file) = (QueueOptions.All.Contains(setting), !setting.CommandLineOnly && RunOptions.All.Contains(setting));
        var unit = setting.Placeholder is "s" or "ms" ? $" {setting.Placeholder}" : "";
        return new Topic(setting.Option, knob ? Families.Knob : Families.Option, setting.Summary + ".",
        [
            .. Some("allowed", setting.Allowed),
            .. Some("default", setting.Default is { } d ? d + unit : "none"),
            .. Some("with --fast-iteration", setting.Fast is { } f ? f + unit : null),
            .. Some("comes from", string.Join(", then ", new[] { $"`{setting.Option}`", setting.Variable is { } v ? $"the variable `{v}`" : null, file ? $"`{setting.Key}` in dailies.json" : null, "the default" }.Where(p => p is not null))),
            .. Some("recorded in", Recorded(setting) is { } field ? $"`{field}`" : null),
            .. Some("verbs", string.Join(", ", Options.Where(o => o.Option.Name == setting.Option).Select(o => o.Verb))),
        ])
        { Aliases = [setting.Key, setting.Option.TrimStart('-'), .. setting.Variable is { } name ? new[] { name } : []] };
    }

    private static Topic Of(string name, IReadOnlyList<(string Verb, Option Option)> options) => new(
        name, Families.Option, string.Join("\n", options.Select(o => (o.Option.Description ?? "").Split('\n')[0] + ".").Distinct()),
        [new Fact("comes from", "the command line only"), new Fact("verbs", string.Join(", ", options.Select(o => o.Verb)))])
    { Aliases = [name.TrimStart('-')] };

    private static IEnumerable<Fact> Some(string label, string? text) => string.IsNullOrEmpty(text) ? [] : [new Fact(label, text)];

    private static IEnumerable<(string Verb, Option Option)> Walk(Command command, string path) => command.Subcommands.SelectMany(c => Walk(c, $"{path}{c.Name} "))
        .Concat(path.Length == 0 ? command.Options.Select(o => (command.Name, o)) : command.Options.Select(o => (path.TrimEnd(), o)));
}
