using System.Text;
using System.Text.Json.Nodes;
using Dailies.Cli.Glossary;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Queueing;
using Dailies.Settings;
using Dailies.Validation;

namespace Dailies.Tests.Contract;

/// <summary>docs/TELEMETRY_CONTRACT.md, printed from the code: names, types and texts come from where they are used.</summary>
internal static class ContractPage
{
    private const string From = "comes from";
    private static readonly string[] FieldHeads = ["field", "type", "unit", "null", "meaning", From, "example"];
    private static readonly JsonNode Example = JsonNode.Parse(Repository.Read("tests/Dailies.Tests/Contract/Snapshots/artifact-metadata.txt"))!;

    public static string Write()
    {
        var page = new StringBuilder(ContractPageText.Opening);
        Section(page, "Files of a run", ContractPageText.Files, Table(["file", "what it is"], Topics(Families.File).Select(t => (string[])[Code(t.Name), t.Meaning])));
        Section(page, "Knobs", ContractPageText.Knobs, Knobs(QueueOptions.All));
        Section(page, "Other settings", ContractPageText.Settings, Knobs(RunOptions.All.Except(QueueOptions.All)));
        Section(page, "Telemetry of an attempt", ContractPageText.Telemetry, Fields("Scenes[].Telemetry"), "### GPU\n", Fields("Scenes[].Telemetry.GPU"), "### System\n", Fields("Scenes[].Telemetry.System"));
        Section(page, "The Telemetry line", ContractPageText.TelemetryLine, Parts(), Block(SummaryLine.Telemetry("scene-001", Samples.Telemetry)));
        Section(page, "artifact-metadata.json", ContractPageText.Metadata, [.. Metadata()]);
        Section(page, "run-summary.txt", ContractPageText.Summary, Table(["line", "what it says"], LineKinds.All.Select(k => (string[])[Code(k.Line), k.Meaning])));
        Section(page, "Exit reasons", ContractPageText.Reasons, Set(Families.Reason, From, "what next", "what to do"));
        Section(page, "Failure kinds and what follows", ContractPageText.Kinds, Set(Families.Kind, From, "what next", "what to do"));
        Section(page, "Fallback notes", ContractPageText.Notes, Set(Families.Note, From, "what to do"));
        Section(page, "Exit codes", ContractPageText.Codes, Set(Families.Code, "what to do"));
        Section(page, "Other closed sets", "", [.. new[] { Families.State, Families.Source, Families.Standing }.Select(f => $"**{Capital(f.All)}**: {f.Sentence}.\n\n" + Set(f))]);
        Section(page, "vitest-results.json", ContractPageText.Checks, Fields("", RunFolder.VitestResults), "### suites\n", Fields("suites[]", RunFolder.VitestResults));
        Section(page, "Done markers", ContractPageText.Markers, Fields("", "<prefix>" + DoneMarker.Suffix));
        Section(page, "Forced copies", ContractPageText.ForcedCopies, Block(Dump.Write().TrimEnd()));
        Section(page, "Health check of the language model", ContractPageText.Health, Table(["input", "where from"], HealthInputs()), Fields("Story.HealthCheck"));
        Section(page, "Ledger events", ContractPageText.Events, Table(["kind", "what it says", "it holds"], Topics(Families.Event).Select(t => (string[])[Code(t.Name), t.Meaning, t.Facts[0].Text])));
        Section(page, "Rules of the validator", ContractPageText.Rules, [.. RuleCatalogue.All.GroupBy(r => r.Family).Select(Rules)]);
        Section(page, "Reading order", ContractPageText.ReadingOrder);
        Section(page, "References", ContractPageText.References);
        return page.ToString().TrimEnd() + "\n";
    }

    private static readonly ForcedCopyDebug Dump = new()
    {
        Timestamp = Samples.Night,
        ScenePrefix = "dailies/20261123-221507/scene-001-1/f",
        BestOutputDir = "output/dailies/20261123-221507/scene-001-1",
        FrameCount = 19,
        LatestFile = "f_00019_.png",
        StabilityRetries = 3,
        StabilityWindowSeconds = 5,
        MarkerPathWaited = "output/dailies/20261123-221507/scene-001-1/f.done",
        Candidates = [("output/dailies/20261123-221507/scene-001-1", 19, Samples.Night.AddSeconds(-1))],
    };

    private static IEnumerable<string> Metadata() => FieldPlace.All.Where(p => p.File == RunFolder.Metadata && !p.Path.Contains("Telemetry.", StringComparison.Ordinal))
        .GroupBy(p => p.Field.Property.DeclaringType!).Select(g => g.Select(Parent).Distinct().ToList()).OrderBy(p => p[0].Count(c => c == '.'))
        .SelectMany(p => new[] { $"### {(p[0].Length == 0 ? "The run" : string.Join(", ", p.Select(Code)))}\n", Fields(p[0]) });

    private static string Parent(FieldPlace place) => place.Path.LastIndexOf('.') is > 0 and var dot ? place.Path[..dot] : "";

    // Where a whole object comes from stands above its table, where one field does in its line.
    private static string Fields(string parent, string file = RunFolder.Metadata)
    {
        var places = FieldPlace.All.Where(p => p.File == file && Parent(p) == parent).ToList();
        var common = CodeDocs.Core.Of(places[0].Field.Property.DeclaringType!).Source;
        var own = places.Any(p => p.Field.Doc.Source != common);
        return (common is null ? "" : $"*Comes from:* {common}{(own ? " (unless the line says otherwise)" : "")}.\n\n") + Table(
            own ? FieldHeads : [.. FieldHeads.Where(h => h != From)],
            places.Select(p => (string[])
            [
                Code(p.Field.Name), p.Field.Type, p.Field.Unit ?? "", p.Field.LeftOut ? "left out" : p.Field.Nullable ? "yes" : "no", p.Field.Doc.Meaning,
                .. own ? (string[])[p.Field.Doc.Source == common ? "" : p.Field.Doc.Source!] : [], file == RunFolder.Metadata && ExampleOf(p.Path) is { } example ? Code(example) : "",
            ]));
    }

    private static string? ExampleOf(string path)
    {
        JsonNode? node = Example;
        foreach (var part in path.Split('.'))
        {
            node = (node as JsonObject)?[part.Replace("[]", "", StringComparison.Ordinal)];
            node = part.EndsWith("[]", StringComparison.Ordinal) ? (node as JsonArray)?.FirstOrDefault() : node;
        }

        return node is JsonValue value ? value.ToJsonString(ContractJson.PascalLine) is { Length: > 60 } long_ ? long_[..60] + "…" : value.ToJsonString(ContractJson.PascalLine) : null;
    }

    private static string Knobs(IEnumerable<Setting> settings) => Table(
        ["what", "command line", "environment", "dailies.json", "metadata", "allowed", "default", "with `--fast-iteration`"],
        settings.Select(s => (string[])
        [
            s.Summary, Code(s.Option), s.Variable is { } v ? Code(v) : "–", s.CommandLineOnly ? "–" : Code(s.Key), SettingTopics.Recorded(s) is { } field ? Code(field) : "–",
            s.Allowed, s.Default is { } d ? Code(d) + Unit(s) : "–", s.Fast is { } f ? Code(f) + Unit(s) : "–",
        ]));

    private static string Unit(Setting setting) => setting.Placeholder is "s" or "ms" ? " " + setting.Placeholder : "";

    private static string Parts() => Table(
        ["part", "field of the telemetry", "example", "left out"],
        TelemetryLine.Names.Select(n => (string[])
        [
            Code(n), Code(TelemetryLine.FieldOf(n)), TelemetryLine.Expected(Everything).FirstOrDefault(p => p.Key == n).Value is { } v ? Code($"{n}={v}") : "",
            TelemetryLine.Expected(Nothing).Any(p => p.Key == n) ? "never" : "when there is no value",
        ]));

    private static SceneTelemetry Everything => Samples.Telemetry with
    {
        DoneMarkerPath = RunFolder.Marker("scene-001", 1),
        ForcedCopyDebugPath = RunFolder.ForcedCopyDebug("scene-001", Samples.Night),
        System = Samples.Telemetry.System with { FallbackNotes = [FallbackNotes.NoVram] },
    };

    private static SceneTelemetry Nothing => Samples.Telemetry with { GPU = Samples.Telemetry.GPU with { VramBeforeMB = null, VramAfterMB = null, VramDeltaMB = null } };

    private static string Set(Family family, params string[] facts) => Table(
        [family.One, "meaning", .. facts],
        Topics(family).Select(t => (string[])[Code(t.Name), t.Meaning, .. facts.Select(f => t.Facts.FirstOrDefault(x => x.Label == f)?.Text ?? "")]));

    private static IEnumerable<string[]> HealthInputs() => new[] { RunOptions.LlmUrl, RunOptions.LlmHealthUrl, RunOptions.LlmSkip }
        .Select(s => (string[])[s.Summary, string.Join(", ", new[] { Code(s.Option), s.Variable is { } v ? Code(v) : null, Code(s.Key) }.Where(x => x is not null))]);

    private static string Rules(IGrouping<string, Rule> family) => $"### {Capital(family.Key)}: {RuleTopics.Families[family.Key]}\n\n" + Table(
        ["code", "severity", "what must hold", "what to do when it doesn't"],
        family.Select(r => (string[])[Code(r.Code), r.Severity == Severity.Error ? "error" : "warning", r.Sentence, r.Fix]));

    private static IEnumerable<Topic> Topics(Family family) => PublishedNames.Current.Topics.Where(t => t.Family == family);

    private static void Section(StringBuilder page, string title, string text, params string[] parts)
    {
        page.Append($"\n## {title}\n\n");
        page.AppendJoin("\n", parts.Prepend(text.Trim() + "\n").Where(p => p.Trim().Length > 0).Select(p => p.TrimEnd() + "\n"));
    }

    private static string Table(IReadOnlyList<string> heads, IEnumerable<string[]> rows) =>
        $"| {string.Join(" | ", heads)} |\n|{string.Concat(heads.Select(_ => "---|"))}\n" + string.Concat(rows.Select(r => $"| {string.Join(" | ", r.Select(Cell))} |\n"));

    // Outside of code words an angle bracket would be taken for a tag.
    private static string Cell(string text) => string.Join('`', text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ').Split('`')
        .Select((part, i) => i % 2 == 0 ? part.Replace("<", "&lt;", StringComparison.Ordinal) : part));

    private static string Block(string text) => "    " + text.Replace("\n", "\n    ", StringComparison.Ordinal) + "\n";

    private static string Code(string text) => $"`{text}`";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
