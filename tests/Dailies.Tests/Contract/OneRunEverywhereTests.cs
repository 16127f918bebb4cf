using System.Globalization;
using System.Text.Json.Nodes;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Tests.Cli;
using Dailies.Tests.Control;

namespace Dailies.Tests.Contract;

/// <summary>One real run, told in five ways: run-summary.txt, artifact-metadata.json, latest-run.json, <c>--json</c> and the ledger say the same, field by field.</summary>
public class OneRunEverywhereTests
{
    private static readonly string[] Exits = ["comfyExit", "e2eExit", "scriptsExit"];

    [Fact]
    public async Task Summary_metadata_latest_run_json_and_ledger_say_the_same()
    {
        await using var run = await SmallRun.WithAsync("error@scene-002:1");
        var outcome = await CliProcess.RunAsync(run.Folder, new Dictionary<string, string>(), "run", run.Story, "--comfy", run.Server!.Url, "--json", "--name", "everywhere");
        outcome.ExitCode.ShouldBe(0, outcome.All);
        var folder = new RunFolder(Directory.GetDirectories(Path.Combine(run.Folder, "logs")).Single());
        var ledger = File.ReadAllLines(folder.At(RunFolder.LedgerExport));
        var events = ledger.Select(l => JsonNode.Parse(l)!.AsObject()).ToList();
        var metadata = JsonNode.Parse(File.ReadAllText(folder.At(RunFolder.Metadata)))!.AsObject();
        var told = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject()).ToList();

        File.ReadAllBytes(Path.Combine(run.Folder, "public", RunFolder.LatestRun)).ShouldBe(File.ReadAllBytes(folder.At(RunFolder.Metadata)));
        RunLedger.Read(folder.At(RunFolder.Ledger)).Select(e => e.ToLine()).ShouldBe(ledger);
        Differences(new JsonArray([.. told.SkipLast(1).Select(e => Lowered(e))]), new JsonArray([.. events.Select(e => Lowered(e))]), "").ShouldBeEmpty("--json and the ledger");
        Differences(metadata, new ExpectedMetadata(events).Write(), "").ShouldBeEmpty("the metadata and the ledger");
        ResultShouldAgree(told[^1], metadata, events, outcome.ExitCode);
        ChecksShouldAgree(JsonNode.Parse(File.ReadAllText(folder.At(RunFolder.VitestResults)))!.AsObject(), metadata, events);
        SummaryShouldAgree(File.ReadAllLines(folder.At(RunFolder.Summary)), metadata, events);
    }

    private static void ResultShouldAgree(JsonObject result, JsonObject metadata, List<JsonObject> events, int exitCode)
    {
        var validated = events.Single(e => (string)e["Kind"]! == nameof(RunValidated));
        Differences(result, new JsonObject
        {
            ["kind"] = "Result",
            ["exitCode"] = exitCode,
            ["runId"] = Copy(metadata["RunId"]),
            ["runDir"] = Copy(metadata["RunDir"]),
            ["state"] = Copy(metadata["State"]),
            ["why"] = null,
            ["trouble"] = null,
            ["scenesAccepted"] = Scenes(metadata).Count(s => (bool)s["Success"]!),
            ["scenes"] = Scenes(metadata).Count,
            ["validatorCode"] = Copy(validated["Code"]),
            ["findings"] = Copy(validated["Findings"]),
            ["archive"] = Copy(metadata["Archive"]),
            ["whyNoArchive"] = null,
        }, "").ShouldBeEmpty("the result of --json and the metadata");
    }

    private static void ChecksShouldAgree(JsonObject checks, JsonObject metadata, List<JsonObject> events)
    {
        var settled = new ExpectedMetadata(events).Suites.ToList();
        Differences(checks["suites"], new JsonArray([.. settled.Select(s => Copy(s))]), "suites").ShouldBeEmpty();
        ((string?)checks["runDir"], (string?)checks["comfyLog"], (string?)checks["e2eLog"], (string?)checks["scriptsLog"]).ShouldBe(
            ((string?)metadata["RunDir"], (string?)metadata["VitestLogs"]!["ComfyUI"], (string?)metadata["VitestLogs"]!["E2E"], (string?)metadata["VitestLogs"]!["Scripts"]));
        Exits.Select(k => (int)checks[k]!).ShouldBe(settled.Select(s => (int)s["ExitCode"]!));
    }

    private static void SummaryShouldAgree(string[] lines, JsonObject metadata, List<JsonObject> events)
    {
        var body = lines.Skip(1).Select(l => l.StartsWith("[2", StringComparison.Ordinal) ? l[(l.IndexOf("] ", StringComparison.Ordinal) + 2)..] : l).ToList();
        var (scenes, policy) = (Scenes(metadata), metadata["QueueConfig"]!);
        lines[0].ShouldBe($"E2E Story-to-Video Run: {metadata["RunId"]}");
        body.ShouldContain($"Story ready: {metadata["Story"]!["Id"]} (scenes={metadata["Story"]!["SceneCount"]})");
        body.ShouldContain($"Queue policy: sceneRetries={policy["SceneRetryBudget"]}, historyMaxWait={policy["HistoryMaxWaitSeconds"]}s, historyPollInterval={policy["HistoryPollIntervalSeconds"]}s, historyMaxAttempts=unbounded, postExecutionTimeout={policy["PostExecutionTimeoutSeconds"]}s");
        body.ShouldContain($"Scene summary: {scenes.Count(s => (bool)s["Success"]!)}/{scenes.Count} succeeded | total frames={scenes.Sum(s => (int)s["FrameCount"]!)} | requeues={events.Count(e => (string)e["Kind"]! == nameof(SceneRequeued))}");
        body.ShouldContain($"Vitest results json: {metadata["VitestLogs"]!["ResultsJson"]}");
        body.ShouldContain($"Archive: {metadata["Archive"]}");
        foreach (var scene in scenes)
        {
            var head = $"[Scene {scene["SceneId"]}]";
            body.Where(l => l.StartsWith($"{head}[Attempt ", StringComparison.Ordinal)).Select(l => l[..l.IndexOf(" Prefix=", StringComparison.Ordinal)]).ShouldBe(scene["Attempts"]!.AsArray().Select(a =>
                $"{head}[Attempt {a!["Attempt"]}] Frames={a["FrameCount"]} Duration={a["Telemetry"]!["DurationSeconds"]}s ExitReason={a["Telemetry"]!["HistoryExitReason"]} Failure={(string?)a["Telemetry"]!["FailureKind"] ?? "none"}"));
            body.ShouldContain($"{head} History saved: {scene["HistoryPath"]}");
            body.Count(l => l.StartsWith($"{head} WARNING: ", StringComparison.Ordinal)).ShouldBe(scene["Warnings"]!.AsArray().Count);
            PartsShouldAgree(body.Single(l => l.StartsWith($"{head} Telemetry: ", StringComparison.Ordinal))[$"{head} Telemetry: ".Length..], scene["Telemetry"]!.AsObject());
        }

        body[^1].ShouldBe((int)events.Single(e => (string)e["Kind"]! == nameof(RunValidated))["Code"]! == 0 ? "[Validation] run-summary validation passed" : "[Validation] run-summary validation failed (code 1)");
    }

    private static void PartsShouldAgree(string line, JsonObject telemetry)
    {
        var parts = line.Split(" | ").Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        var (gpu, notes) = (telemetry["GPU"]!, telemetry["System"]!["FallbackNotes"]!.AsArray());
        var expected = new Dictionary<string, string?>
        {
            ["DurationSeconds"] = telemetry["DurationSeconds"] + "s",
            ["MaxWaitSeconds"] = telemetry["MaxWaitSeconds"] + "s",
            ["PollIntervalSeconds"] = telemetry["PollIntervalSeconds"] + "s",
            ["HistoryAttempts"] = telemetry["HistoryAttempts"]!.ToString(),
            ["HistoryAttemptLimit"] = telemetry["HistoryAttemptLimit"]!.ToString(),
            ["pollLimit"] = (int)telemetry["HistoryAttemptLimit"]! is > 0 and var limit ? limit.ToString(CultureInfo.InvariantCulture) : "unbounded",
            ["SceneRetryBudget"] = telemetry["SceneRetryBudget"]!.ToString(),
            ["PostExecutionTimeoutSeconds"] = telemetry["PostExecutionTimeoutSeconds"] + "s",
            ["ExecutionSuccessDetected"] = telemetry["ExecutionSuccessDetected"]!.ToJsonString(),
            ["ExecutionSuccessAt"] = (string?)telemetry["ExecutionSuccessAt"] ?? "n/a",
            ["HistoryExitReason"] = (string?)telemetry["HistoryExitReason"],
            ["HistoryPostExecutionTimeoutReached"] = telemetry["HistoryPostExecutionTimeoutReached"]!.ToJsonString(),
            ["GPU"] = "{" + gpu["Name"] + "}",
            ["VRAMBeforeMB"] = gpu["VramBeforeMB"] is { } before ? before + "MB" : null,
            ["VRAMAfterMB"] = gpu["VramAfterMB"] is { } after ? after + "MB" : null,
            ["VRAMDeltaMB"] = gpu["VramDeltaMB"] is { } delta ? delta + "MB" : null,
            ["DoneMarkerWaitSeconds"] = telemetry["DoneMarkerWaitSeconds"] + "s",
            ["DoneMarkerDetected"] = telemetry["DoneMarkerDetected"]!.ToJsonString(),
            ["DoneMarkerPath"] = (string?)telemetry["DoneMarkerPath"],
            ["ForcedCopyTriggered"] = telemetry["ForcedCopyTriggered"]!.ToJsonString(),
            ["ForcedCopyDebugPath"] = (string?)telemetry["ForcedCopyDebugPath"],
            ["fallback"] = notes.Count == 0 ? null : string.Join("; ", notes.Select(n => (string?)n)),
        };
        expected.Keys.ShouldBe(TelemetryLine.Names);
        parts.ShouldBe(expected.Where(p => p.Value is not null).ToDictionary(p => p.Key, p => p.Value!));
    }

    private static List<JsonObject> Scenes(JsonObject metadata) => [.. metadata["Scenes"]!.AsArray().Select(s => s!.AsObject())];

    // Every place where two documents differ, also where one of them has no such field.
    private static IEnumerable<string> Differences(JsonNode? actual, JsonNode? expected, string path) => (actual, expected) switch
    {
        (JsonObject a, JsonObject e) => a.Select(m => m.Key).Union(e.Select(m => m.Key)).SelectMany(k =>
            !a.ContainsKey(k) ? [$"{path}/{k} is missing"] : !e.ContainsKey(k) ? [$"{path}/{k} is not expected"] : Differences(a[k], e[k], $"{path}/{k}")),
        (JsonArray a, JsonArray e) => a.Count != e.Count ? [$"{path} has {a.Count} items, expected {e.Count}"] : a.Zip(e).SelectMany((p, i) => Differences(p.First, p.Second, $"{path}/{i}")),
        _ => JsonNode.DeepEquals(actual, expected) || (actual is JsonValue && actual.ToJsonString() == expected?.ToJsonString()) ? [] : [$"{path} is {actual?.ToJsonString()}, expected {expected?.ToJsonString()}"],
    };

    // --json is camelCase where the ledger is PascalCase; a value that the story or the server gave is the same in both.
    private static JsonNode? Lowered(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Select(m => KeyValuePair.Create(m.Key.ToLowerInvariant(), Lowered(m.Value))).DistinctBy(m => m.Key)),
        JsonArray a => new JsonArray([.. a.Select(Lowered)]),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Copy(JsonNode? node) => node?.DeepClone();
}
