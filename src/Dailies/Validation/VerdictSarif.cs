using System.Globalization;
using System.Text.Json;
using Dailies.Contract;

namespace Dailies.Validation;

/// <summary>A report as SARIF 2.1.0, for code scanning: a SARIF run per run folder, each with all rules. Lines of text are regions,
/// places in JSON are logical locations.</summary>
public static class VerdictSarif
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private const string Base = "BASE";
    private static readonly Dictionary<string, int> Positions = RuleCatalogue.All.Select((r, i) => (r.Code, i)).ToDictionary(p => p.Code, p => p.i);

    /// <summary>UTF-8 without BOM, ended by a line break. <paramref name="version"/> is the program's.</summary>
    public static byte[] Write(VerdictReport report, string version)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = ContractJson.Camel.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            foreach (var verdict in report.Verdicts)
            {
                WriteRun(json, report, verdict, version);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void WriteRun(Utf8JsonWriter json, VerdictReport report, Verdict verdict, string version)
    {
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "dailies validate");
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (var rule in RuleCatalogue.All)
        {
            WriteRule(json, report, rule);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        WriteBase(json, Root(verdict));
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteNumber("exitCode", report.ExitCodeOf(verdict));
        json.WriteBoolean("executionSuccessful", verdict.Standing != Standings.Unreadable);
        if (verdict.Standing == Standings.Unreadable)
        {
            json.WriteStartArray("toolConfigurationNotifications");
            json.WriteStartObject();
            json.WriteString("level", "error");
            Message(json, "message", $"not a run folder: {verdict.RunFolder}");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("results");
        var start = Root(verdict) is null ? Escaped(verdict.RunFolder.TrimEnd('/', '\\')) + "/" : "";
        foreach (var finding in verdict.Findings)
        {
            WriteResult(json, report, finding, start);
        }

        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteString("runId", verdict.RunId);
        json.WriteString("standing", report.StandingOf(verdict));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // A folder named from the working folder is told from there, as code scanning wants it; any other by where it lies.
    private static void WriteBase(Utf8JsonWriter json, string? root)
    {
        json.WriteStartObject("originalUriBaseIds");
        json.WriteStartObject(Base);
        if (root is not null)
        {
            json.WriteString("uri", root);
        }

        Message(json, "description", root is null ? "The folder in which dailies was called." : "The run folder.");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string? Root(Verdict verdict) =>
        Path.IsPathRooted(verdict.RunFolder) && Uri.TryCreate(verdict.RunFolder.Replace('\\', '/').TrimEnd('/') + "/", UriKind.Absolute, out var root) ? root.AbsoluteUri : null;

    private static void WriteRule(Utf8JsonWriter json, VerdictReport report, Rule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Code);
        Message(json, "shortDescription", rule.Sentence);
        Message(json, "help", rule.Fix);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(report, rule));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        json.WriteStringValue(rule.Family);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, VerdictReport report, Finding finding, string start)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Code);
        json.WriteNumber("ruleIndex", Positions[finding.Rule.Code]);
        json.WriteString("level", Level(report, finding.Rule));
        Message(json, "message", $"{(finding.SceneId is { } scene ? scene + ": " : "")}{finding.Rule.Sentence} Expected {finding.Expected}, found {finding.Found}.");
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", start + Escaped(finding.File));
        json.WriteString("uriBaseId", Base);
        json.WriteEndObject();
        if (Line(finding.Place) is { } line)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", line);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (finding.Place.StartsWith('/'))
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", finding.Place);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Level(VerdictReport report, Rule rule) => report.Strict || rule.Severity == Severity.Error ? "error" : "warning";

    private static int? Line(string place) =>
        place.StartsWith("line ", StringComparison.Ordinal) && int.TryParse(place["line ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var line) && line > 0 ? line : null;

    private static string Escaped(string path) => string.Join('/', path.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));

    private static void Message(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
