using System.Text.RegularExpressions;
using Dailies.Contract;
using Dailies.Queueing;
using Dailies.Validation;

namespace Dailies.Cli.Glossary;

/// <summary>Fields of the JSON files: one topic per field of a type, with every place where it stands.</summary>
internal static class FieldTopics
{
    // Of several fields with one name, people mostly mean the telemetry's.
    private static readonly Type[] First = [typeof(SceneTelemetry), typeof(GpuTelemetry), typeof(SystemTelemetry)];

    public static IReadOnlyList<Topic> All { get; } =
    [
        .. FieldPlace.All.GroupBy(p => (Owner: p.Field.Property.DeclaringType!, p.Field.Name))
            .OrderBy(g => First.Contains(g.Key.Owner) ? 0 : 1)
            .GroupBy(g => g.Key.Name).SelectMany(same => same.Select((g, i) => Of([.. g.OrderBy(p => p.Path.Length)], first: i == 0))),
    ];

    private static Topic Of(IReadOnlyList<FieldPlace> places, bool first)
    {
        var (field, owner) = (places[0].Field, places[0].Field.Property.DeclaringType!);
        var parts = PartsOf(owner, field.Name);
        return new Topic(field.Name, Families.Field, field.Doc.Meaning,
        [
            new Fact("type", string.Join(", ", new[] { field.Type, field.Unit, field.LeftOut ? "left out when there is nothing to say" : field.Nullable ? "may be null" : "never null" }.Where(p => p is not null))),
            new Fact("comes from", field.Doc.Source ?? ""),
            .. Knob(field, owner),
            new Fact("stands in", string.Join("\n", places.GroupBy(p => p.File).Select(g => $"{g.Key}: {string.Join(", ", g.Select(p => $"`{p.Path}`"))}"))),
            .. parts.Count > 0 ? new[] { new Fact("in the line", string.Join(", ", parts.Select(p => $"`{p}=…`"))) } : [],
            .. first ? Rules(field.Name) : [],
        ])
        {
            Of = owner == typeof(ArtifactMetadata) ? "the run" : Whose(places[0]),
            Aliases = [.. places.Select(p => p.Path).Concat(Tails(places[0].Path)).Concat(parts).Distinct()],
        };
    }

    /// <summary>The parts of the Telemetry line that show a field of the telemetry.</summary>
    public static IReadOnlyList<string> PartsOf(Type owner, string name) =>
        owner == typeof(SceneTelemetry) || owner == typeof(GpuTelemetry) || owner == typeof(SystemTelemetry)
            ? [.. TelemetryLine.Names.Where(p => TelemetryLine.FieldOf(p).Split('.')[^1] == name && TelemetryLine.FieldOf(p).Contains('.', StringComparison.Ordinal) == (owner != typeof(SceneTelemetry)))]
            : [];

    // Scenes[].Telemetry.GPU.Name is also GPU.Name and Telemetry.GPU.Name.
    private static IEnumerable<string> Tails(string path)
    {
        var parts = path.Replace("[]", "", StringComparison.Ordinal).Split('.');
        return Enumerable.Range(0, parts.Length - 1).Select(i => string.Join('.', parts[i..]));
    }

    private static string Whose(FieldPlace place) => place.Path.Contains('.', StringComparison.Ordinal) ? place.Path[..place.Path.LastIndexOf('.')] : place.File;

    private static IEnumerable<Fact> Knob(ContractField field, Type owner) =>
        from setting in QueueOptions.All
        where (owner == typeof(QueueConfig) && setting.Field == field.Name) || field.Doc.Source == $"`QueueConfig.{setting.Field}`"
        select new Fact("set by", $"`{setting.Option}`{(setting.Variable is { } v ? $", `{v}`" : "")}, `{setting.Key}` in dailies.json");

    // A rule that names the field in its sentence judges it.
    private static IEnumerable<Fact> Rules(string name)
    {
        var rules = RuleCatalogue.All.Where(r => Regex.IsMatch(r.Sentence, $@"\b{Regex.Escape(name)}\b") && name.Skip(1).Any(char.IsUpper)).ToList();
        return rules.Count == 0 ? [] : [new Fact("judged by", string.Join("\n", rules.Select(r => $"{r.Code} {r.Sentence}")))];
    }
}
