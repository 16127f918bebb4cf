using System.Text.Json;
using Dailies.Contract;
using static Dailies.Contract.SummaryNumber;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-110, TC-745, TC-746 and TC-821: vitest-results.json, where there is one, against itself, the metadata and the summary.</summary>
internal static class CheckRules
{
    private const long MostBytes = 16 * 1024 * 1024;

    // As the summary, the file and the metadata name the three suites.
    private static readonly (string Suite, string Exit, string Log, string Field)[] Suites =
        [("comfyUI", "comfyExit", "comfyLog", "ComfyUI"), ("e2e", "e2eExit", "e2eLog", "E2E"), ("scripts", "scriptsExit", "scriptsLog", "Scripts")];

    public static void Judge(RunEvidence run)
    {
        if (run.Running || run.Metadata is not { } metadata)
        {
            return;
        }

        const string file = RunFolder.VitestResults;
        JsonView? results = null;
        if (run.Paths.Resolve(file) is { } path && RunFile.Exists(path))
        {
            var (root, fault) = MetadataReader.ReadOther(path, MostBytes);
            if (root is not { Element.ValueKind: JsonValueKind.Object } read)
            {
                run.Findings.Add(CheckNotJson, file, "", null, "one JSON object", fault ?? "another value");
                return;
            }

            ShapeRules.JudgeValue(read, ContractShape.Checks, run.Findings, file: file);
            results = read;
            JudgeNames(run, metadata, read);
            JudgeSuites(run, read);
        }

        JudgeLines(run, results);
    }

    private static void JudgeNames(RunEvidence run, JsonView metadata, JsonView results)
    {
        if (metadata.Object("VitestLogs") is not { } logs)
        {
            return;
        }

        Named("ResultsJson", RunFolder.VitestResults);
        foreach (var (_, _, log, field) in Suites)
        {
            if (results.Get(log) is { } said && said.Element.ValueKind is JsonValueKind.String or JsonValueKind.Null)
            {
                Named(field, results.Text(log));
            }
        }

        void Named(string field, string? right)
        {
            if (logs.Get(field) is { Element.ValueKind: JsonValueKind.String or JsonValueKind.Null } && logs.Text(field)?.Replace('\\', '/') != right?.Replace('\\', '/'))
            {
                run.InMetadata(CheckUnnamed, logs.At(field), null, right ?? "null", logs.Text(field) ?? "null");
            }
        }
    }

    private static void JudgeSuites(RunEvidence run, JsonView results)
    {
        foreach (var suite in results.Items("suites") ?? [])
        {
            if (Suites.FirstOrDefault(s => s.Suite == suite.Text("Suite")) is not { Suite: not null } known)
            {
                continue; // one of the operator's own
            }

            if (suite.Integer("ExitCode") is { } code && results.Integer(known.Exit) is { } exit && code != exit)
            {
                run.Findings.Add(CheckSuites, RunFolder.VitestResults, suite.At("ExitCode"), null, $"{exit} as {known.Exit}", Text(code));
            }

            if (suite.Text("LogPath") is { } log && results.Text(known.Log) is { } named && log != named)
            {
                run.Findings.Add(CheckSuites, RunFolder.VitestResults, suite.At("LogPath"), null, $"{named} as {known.Log}", log);
            }
        }
    }

    private static void JudgeLines(RunEvidence run, JsonView? results)
    {
        if (run.Summary is not { } summary)
        {
            return;
        }

        foreach (var (suite, exit, _, _) in Suites)
        {
            var head = SummaryForms.Check(suite);
            var line = summary.Starting(head).FirstOrDefault();
            var right = results?.Integer(exit) is { } code ? head + Text(code) : null;
            if (line?.Text != right)
            {
                run.InSummary(CheckLines, line?.Place ?? "", null, right ?? "no such line", line?.Text ?? "nothing");
            }
        }
    }
}
