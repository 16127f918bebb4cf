using System.Globalization;
using System.Text.Json.Nodes;

namespace Dailies.Tests.Contract;

/// <summary>What artifact-metadata.json must hold by the raw lines of ledger.jsonl alone, field by field, written down a second time and without a type of ours. A new field fails until it is said here which event it comes from.</summary>
internal sealed class ExpectedMetadata(IReadOnlyList<JsonObject> events)
{
    private JsonObject Planned => One("RunStarted")!["Plan"]!.AsObject();

    private JsonObject Knobs => Planned["Policy"]!.AsObject();

    public JsonObject Write() => new()
    {
        ["ContractVersion"] = "2.0",
        ["RunId"] = Copy(Planned["RunId"]),
        ["Name"] = Copy(Planned["Name"]),
        ["State"] = Copy(One("RunEnded")!["State"]),
        ["Timestamp"] = Copy(One("RunStarted")!["At"]),
        ["EndedAt"] = Copy(One("RunEnded")!["At"]),
        ["RunDir"] = Copy(Planned["RunDir"]),
        ["Program"] = Copy(Planned["Program"]),
        ["Story"] = Copy(Planned["Story"]),
        ["QueueConfig"] = Copy(Knobs),
        ["Scenes"] = new JsonArray([.. Planned["Scenes"]!.AsArray().Select(s => Scene(s!.AsObject()))]),
        ["HelperSummaries"] = new JsonObject { ["MappingPreflight"] = null, ["ComfyUIStatus"] = null },
        ["VitestLogs"] = new JsonObject { ["ComfyUI"] = Log("comfyUI"), ["E2E"] = Log("e2e"), ["Scripts"] = Log("scripts"), ["ResultsJson"] = "vitest-results.json" },
        ["VitestSummary"] = string.Join(' ', Suites.Select(c => $"{c["Suite"]}={c["ExitCode"]}")),
        ["Archive"] = Copy(One("ArchiveSettled")?["Path"]),
        ["Stations"] = new JsonArray(Copy(One("StationProbed")!["Station"])),
        ["StoryVideo"] = Copy(One("StoryVideoSettled")!["Video"]),
        ["ContactSheet"] = Copy(One("ContactSheetSettled")!["Sheet"]),
    };

    public IEnumerable<JsonObject> Suites => One("ChecksSettled")!["Checks"]!.AsArray().Select(c => c!.AsObject());

    private JsonNode? Log(string suite) => Copy(Suites.Single(c => (string)c["Suite"]! == suite)["LogPath"]);

    private JsonObject Scene(JsonObject plan)
    {
        var id = (string)plan["SceneId"]!;
        var attempts = Of("AttemptSettled", id).Select(e => (int)e["Attempt"]!).ToList();
        var accepted = (int?)Of("SceneAccepted", id).SingleOrDefault()?["Attempt"];
        var described = accepted ?? attempts[^1];
        var (take, history) = (Of("TakeFetched", id, described).SingleOrDefault(), Of("HistoryReceived", id, described).SingleOrDefault());
        var telemetry = Telemetry(id, described);
        var looks = Of("Looked", id, described).ToList();
        var floor = Of("SceneAccepted", id).SingleOrDefault()?["FrameFloor"];
        var scene = new JsonObject
        {
            ["SceneId"] = id,
            ["Title"] = Copy(plan["Title"]),
            ["Prompt"] = Copy(plan["Prompt"]),
            ["NegativePrompt"] = Copy(plan["NegativePrompt"]),
            ["FrameSource"] = Copy(take?["FrameSource"]),
            ["RequestedFrames"] = Copy(plan["ExpectedFrames"]),
            ["AnnouncedFrames"] = Copy(take?["AnnouncedFrames"]) ?? 0,
            ["FrameFloor"] = Copy(floor ?? plan["ExpectedFrames"]),
            ["FrameCount"] = Copy(take?["FrameCount"]) ?? 0,
            ["DurationSeconds"] = Copy(telemetry["DurationSeconds"]),
            ["FramePrefix"] = Copy(Of("AttemptStarted", id, described).Single()["Prefix"]),
            ["HistoryPath"] = history is null ? null : accepted is null ? Copy(history["Path"]) : $"{id}/history.json",
            ["HistoryRetrieved"] = history is not null,
            ["HistoryRetrievedAt"] = Copy(history?["At"]),
            ["HistoryAttempts"] = Copy(telemetry["HistoryAttempts"]),
            ["HistoryPollLog"] = new JsonArray([.. looks.Select((l, i) => (JsonNode)new JsonObject { ["Attempt"] = i + 1, ["Timestamp"] = Copy(l["At"]), ["Status"] = Copy(l["Status"]), ["Message"] = Copy(l["Message"]) })]),
            ["HistoryPollLogTotal"] = looks.Count,
            ["HistoryErrors"] = Copy(history?["Errors"]) ?? new JsonArray(),
            ["HistoryError"] = history is null ? "no history entry: " + (string?)Of("AttemptSettled", id, described).Single()["Message"] : Copy(history["Errors"]!.AsArray().FirstOrDefault()),
            ["Success"] = accepted is not null,
            ["MeetsFrameFloor"] = (int)(take?["FrameCount"] ?? 0) >= (int)(floor ?? plan["ExpectedFrames"]!),
            ["Warnings"] = new JsonArray([.. Of("SceneWarned", id, described).Select(w => Copy(w["Text"]))]),
            ["Errors"] = new JsonArray([.. Of("SceneFailed", id).Select(f => (JsonNode)$"{f["FailureKind"]}: {f["Message"]}")]),
            ["AttemptsRun"] = attempts.Count,
            ["Requeued"] = attempts.Count > 1,
            ["SceneRetryBudget"] = Copy(Knobs["SceneRetryBudget"]),
            ["HistoryConfig"] = new JsonObject
            {
                ["MaxWaitSeconds"] = Copy(Knobs["HistoryMaxWaitSeconds"]),
                ["MaxAttempts"] = Copy(Knobs["HistoryMaxAttempts"]),
                ["PollIntervalSeconds"] = Copy(Knobs["HistoryPollIntervalSeconds"]),
                ["PostExecutionTimeoutSeconds"] = Copy(Knobs["PostExecutionTimeoutSeconds"]),
            },
            ["Attempts"] = new JsonArray([.. attempts.Select(a => Attempt(id, a))]),
            ["Telemetry"] = telemetry,
            ["GeneratedFramesDir"] = $"{id}/generated-frames-attempt-{described}",
            ["Frames"] = Copy(take?["Files"]) ?? new JsonArray(),
            ["KeyframeSource"] = Copy(plan["Keyframe"]),
            ["StoryTitle"] = Copy(plan["Title"]),
            ["StorySummary"] = Copy(plan["Summary"]),
            ["StoryMood"] = Copy(plan["Mood"]),
            ["StoryExpectedFrames"] = Copy(plan["ExpectedFrames"]),
            ["StoryCameraMovement"] = Copy(plan["CameraMovement"]),
            ["Video"] = Copy(Of("VideoSettled", id).Single()["Video"]),
        };
        if (take?["Content"] is { } content)
        {
            scene["Content"] = Copy(content);
        }

        return scene;
    }

    private JsonObject Attempt(string id, int attempt)
    {
        var (started, settled) = (Of("AttemptStarted", id, attempt).Single(), Of("AttemptSettled", id, attempt).Single());
        var take = Of("TakeFetched", id, attempt).SingleOrDefault();
        var record = new JsonObject
        {
            ["Attempt"] = attempt,
            ["Telemetry"] = Telemetry(id, attempt),
            ["Success"] = settled["FailureKind"] is null,
            ["Charged"] = Copy(settled["Charged"]),
            ["AdoptedLate"] = Of("TakeAdopted", id, attempt).Any(),
            ["Seed"] = Copy(started["Seed"]),
            ["Rung"] = Copy(started["Rung"]),
            ["FrameCount"] = Copy(take?["FrameCount"]) ?? 0,
        };
        if (take is not null)
        {
            record["Content"] = Copy(take["Content"]);
            record["GeneratedFramesDir"] = $"{id}/generated-frames-attempt-{attempt}";
        }

        return record;
    }

    private JsonObject Telemetry(string id, int attempt)
    {
        JsonObject? One(string kind) => Of(kind, id, attempt).FirstOrDefault();
        var (started, seen, success, settled) = (One("AttemptStarted")!, One("ExecutionSeen")!, One("SuccessSeen"), One("AttemptSettled")!);
        var (serverFrom, serverTo) = (Time(One("HistoryReceived")?["ServerStartedAt"]), Time(One("HistoryReceived")?["ServerEndedAt"]));
        var (submitted, end) = (Time(started["At"])!.Value, Time(settled["At"])!.Value);
        var start = Time(seen["At"])!.Value;
        if (Time(success?["At"]) is { } done && serverTo - serverFrom is { } span && done - span < start)
        {
            start = done - span;
        }

        start = start < submitted ? submitted : start;
        var samples = Of("GpuSampled", id, attempt).ToDictionary(s => (string)s["Moment"]!, s => s["Sample"]!.AsObject());
        var (before, after) = (samples["before"], samples["after"]);
        var reason = (string)settled["ExitReason"]!;
        return new JsonObject
        {
            ["SubmittedAt"] = Copy(started["At"]),
            ["QueueStart"] = Text(start),
            ["QueueEnd"] = Copy(settled["At"]),
            ["DurationSeconds"] = Math.Round((end - start).TotalSeconds, 1),
            ["QueueWaitSeconds"] = Math.Round((start - submitted).TotalSeconds, 3),
            ["ExecutionSeconds"] = serverTo - serverFrom is { } execution ? Math.Round(execution.TotalSeconds, 3) : null,
            ["CollectSeconds"] = Time(success?["At"]) is { } at ? Math.Round((end - at).TotalSeconds, 3) : null,
            ["MaxWaitSeconds"] = Copy(Knobs["HistoryMaxWaitSeconds"]),
            ["PollIntervalSeconds"] = Copy(Knobs["HistoryPollIntervalSeconds"]),
            ["PostExecutionTimeoutSeconds"] = Copy(Knobs["PostExecutionTimeoutSeconds"]),
            ["HistoryAttempts"] = Of("Looked", id, attempt).Count(l => (bool)l["ReadHistory"]!),
            ["HistoryAttemptLimit"] = Copy(Knobs["HistoryMaxAttempts"]),
            ["HistoryExitReason"] = reason,
            ["HistoryPostExecutionTimeoutReached"] = reason == "postExecution",
            ["ExecutionSuccessDetected"] = success is not null,
            ["ExecutionSuccessAt"] = Copy(success?["At"]),
            ["FailureKind"] = Copy(settled["FailureKind"]),
            ["SceneRetryBudget"] = Copy(Knobs["SceneRetryBudget"]),
            ["DoneMarkerDetected"] = One("MarkerAwaited")?["Path"] is not null,
            ["DoneMarkerWaitSeconds"] = One("MarkerAwaited") is { } marker ? Math.Round((Time(marker["At"]) - Time(marker["Since"]))!.Value.TotalSeconds, 1) : 0,
            ["DoneMarkerPath"] = Copy(One("MarkerAwaited")?["Path"]),
            ["ForcedCopyTriggered"] = One("CopyForced") is not null,
            ["ForcedCopyDebugPath"] = Copy(One("CopyForced")?["Path"]),
            ["Station"] = Copy(started["Station"]),
            ["PromptId"] = Copy(started["PromptId"]),
            ["SampledBeforeAt"] = Copy(before["At"]),
            ["SampledAfterAt"] = Copy(after["At"]),
            ["GPU"] = new JsonObject
            {
                ["Name"] = Copy(after["Name"]),
                ["Type"] = Copy(after["Type"]),
                ["Index"] = Copy(after["Index"]),
                ["VramTotal"] = Copy(after["VramTotal"]),
                ["VramFreeBefore"] = Copy(before["VramFree"]),
                ["VramFreeAfter"] = Copy(after["VramFree"]),
                ["VramBeforeMB"] = MiB(before),
                ["VramAfterMB"] = MiB(after),
                ["VramDeltaMB"] = MiB(after) is { } a && MiB(before) is { } b ? Math.Round(a - b, 1) : null,
                ["VramPeakUsedMB"] = (long?)One("GpuPeakSampled")?["Peak"]!["UsedBytes"] is { } used ? Math.Round(used / 1048576.0, 1) : null,
                ["PeakSampleSeconds"] = Copy(One("GpuPeakSampled")?["Peak"]!["EverySeconds"]),
            },
            ["System"] = new JsonObject
            {
                ["Before"] = Copy(before["System"]) ?? new JsonObject(),
                ["After"] = Copy(after["System"]) ?? new JsonObject(),
                ["FallbackNotes"] = before["VramFree"] is null || after["VramFree"] is null ? new JsonArray("Station does not report VRAM") : new JsonArray(),
            },
        };
    }

    private JsonObject? One(string kind) => events.SingleOrDefault(e => (string)e["Kind"]! == kind);

    private IEnumerable<JsonObject> Of(string kind, string scene, int? attempt = null) =>
        events.Where(e => (string)e["Kind"]! == kind && (string?)e["SceneId"] == scene && (attempt is null || (int?)e["Attempt"] == attempt));

    private static double? MiB(JsonObject sample) => (long?)sample["VramFree"] is { } bytes ? Math.Round(bytes / 1048576.0, 1) : null;

    private static DateTimeOffset? Time(JsonNode? stamp) => stamp is null ? null : DateTimeOffset.Parse((string)stamp!, CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static JsonNode? Copy(JsonNode? node) => node?.DeepClone();
}
