using System.Text.Json.Nodes;
using Dailies.Contract;
using static Dailies.Tests.Validation.Mutations;

namespace Dailies.Tests.Validation;

/// <summary>TC-1xx, TC-2xx, TC-3xx.</summary>
internal static class ShapeMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        Edit("TC-101", "summary gone", r => r.Delete(RunFolder.Summary)),
        Edit("TC-102", "metadata gone", r => r.Delete(RunFolder.Metadata)),
        Edit("TC-103", "summary is a folder", r => AsFolder(r, RunFolder.Summary)),
        Edit("TC-103", "metadata is a folder", r => AsFolder(r, RunFolder.Metadata)),
        Edit("TC-104", "summary with a broken byte", r => r.File(RunFolder.Summary, [.. Lines(r, 3), 0xFF, 0xC3, .. Rest(r, 3)])),
        Edit("TC-105", "summary with BOM", r => r.File(RunFolder.Summary, [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(r.At(RunFolder.Summary))])),
        Edit("TC-105", "metadata with BOM", r => r.File(RunFolder.Metadata, [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(r.At(RunFolder.Metadata))])),
        Edit("TC-106", "metadata torn", r => r.Json(t => t[..(t.Length / 2)])),
        Edit("TC-106", "metadata empty", r => r.File(RunFolder.Metadata, [])),
        Edit("TC-106", "metadata is a list", r => r.File(RunFolder.Metadata, "[]"u8)),
        Edit("TC-106", "metadata with NaN", r => r.Json(t => t.Replace("\"HistoryMaxWaitSeconds\": 600", "\"HistoryMaxWaitSeconds\": NaN", StringComparison.Ordinal))),
        Edit("TC-107", "a key twice", r => r.Json(t => t.Replace("\"RunId\":", "\"RunId\": \"x\", \"RunId\":", StringComparison.Ordinal))),
        Edit("TC-108", "a lone surrogate", r => r.Json(t => t.Replace("\"calm\"", "\"\\ud800\"", StringComparison.Ordinal))),
        Edit("TC-108", "a name with a lone surrogate", r => r.Json(t => t.Replace("\"StoryMood\"", "\"\\udc00\"", StringComparison.Ordinal))),
        Change("TC-109", "version 3", m => m with { ContractVersion = "3.0" }),

        Edit("TC-201", "ContractVersion missing", r => r.Drop("/ContractVersion")),
        Edit("TC-201", "FrameFloor missing", r => r.Drop("/Scenes/1/FrameFloor")),
        Edit("TC-201", "Scenes missing", r => { r.Drop("/Scenes"); r.RemoveLine("Scene summary"); r.InsertLine("## Artifact", Stamped(SummaryLine.SceneSummary(0, 0, 0, 1))); r.Replace("captured: 2", "captured: 0"); r.Replace("copied: 5", "copied: 0"); }),
        Edit("TC-201", "a frame's hash missing", r => r.Drop("/Scenes/0/Frames/0/Sha256")),
        Edit("TC-202", "number as text", r => r.Set("/Scenes/0/FrameCount", "3")),
        Edit("TC-202", "flag as number", r => r.Set("/Scenes/2/HistoryRetrieved", 0)),
        Edit("TC-202", "whole number with a fraction", r => r.Set("/Scenes/0/HistoryPollLogTotal", 3.5)),
        Edit("TC-202", "a number beyond all numbers", r => r.Json(t => t.Replace("\"StallTimeoutSeconds\": 900", "\"StallTimeoutSeconds\": 1e999", StringComparison.Ordinal))),
        Edit("TC-202", "a time that is none", r => r.Set("/Timestamp", "yesterday")),
        Edit("TC-203", "null state", r => r.Set("/Scenes/1/Video/Status", null)),
        Edit("TC-203", "null config", r => r.Set("/QueueConfig", null)),
        Edit("TC-204", "negative count", r => r.Set("/Scenes/2/AnnouncedFrames", -1)),
        Edit("TC-204", "negative width", r => r.Set("/Scenes/0/Frames/0/Width", -1)),
        Change("TC-204", "budget above 10", m => m with { QueueConfig = m.QueueConfig with { SceneRetryBudget = 11 } }),
        Change("TC-204", "no wait at all", m => m with { QueueConfig = m.QueueConfig with { HistoryMaxWaitSeconds = 0 } }),
        Edit("TC-205", "unknown state", r => r.Set("/State", "done")),
        Scene("TC-205", "unknown frame source", 0, s => s with { FrameSource = "frames" }),
        Edit("TC-205", "unknown origin", r => r.Set("/QueueConfig/Origins/SceneRetryBudget", "guess")),
        Edit("TC-206", "local time", r => r.Set("/Timestamp", "2026-11-23T17:15:00.000-05:00")),
        Edit("TC-207", "a name as RunId", r => { r.Set("/RunId", "tonight"); r.Replace(GoodMetadata.RunId, "tonight"); r.Rename("tonight"); }),
        Edit("TC-208", "scene without number", r => { r.Set("/Scenes/2/SceneId", "scene-c"); r.Text(t => t.Replace("[Scene scene-003]", "[Scene scene-c]", StringComparison.Ordinal)); }),
        Edit("TC-209", "a scene twice", Twice),
        Change("TC-210", "password in a url", m => m with { Stations = [m.Stations[0] with { Url = "http://me:secret@studio:8188" }] }),

        Edit("TC-301", "telemetry field missing", r => Drop(r, "HistoryAttemptLimit")),
        Edit("TC-301", "nullable telemetry field missing", r => Drop(r, "FailureKind")),
        Edit("TC-301", "GPU missing", r => Drop(r, "GPU")),
        Edit("TC-302", "telemetry number as text", r => r.SetTelemetry(0, "DurationSeconds", "136.8")),
        Edit("TC-303", "telemetry null where not allowed", r => r.SetTelemetry(1, "Station", null)),
        Measured("TC-304", "negative span", 0, t => t with { ExecutionSeconds = -1 }),
        Edit("TC-304", "negative wait", r => r.SetTelemetry(0, "DoneMarkerWaitSeconds", -1)),
        Edit("TC-305", "unknown exit reason", r => { r.SetTelemetry(2, "HistoryExitReason", "gaveUp"); r.Replace("ExitReason=unknown", "ExitReason=gaveUp"); }),
        Edit("TC-305", "unknown kind", r => { r.SetTelemetry(2, "FailureKind", "cosmicRay"); r.Replace("Failure=executionError", "Failure=cosmicRay"); }),
        Edit("TC-306", "telemetry time without Z", r => r.SetTelemetry(0, "SampledAfterAt", "2026-11-23T22:15:00.000")),
        Measured("TC-307", "prompt id of somebody else", 0, t => t with { PromptId = "17" }),
        Measured("TC-308", "a note of one's own", 1, t => t with { System = t.System with { FallbackNotes = [.. t.System.FallbackNotes, "Felt warm"] } }),
    ];

    private static string Stamped(string line) => SummaryLine.Stamped(DateTimeOffset.UnixEpoch, line);

    private static void AsFolder(GoodRun run, string name)
    {
        run.Delete(name);
        Directory.CreateDirectory(run.At(name));
    }

    private static byte[] Lines(GoodRun run, int count) =>
        System.Text.Encoding.UTF8.GetBytes(string.Concat(File.ReadLines(run.At(RunFolder.Summary)).Take(count).Select(l => l + "\n")) + "[2026-11-23T22:15:00.000Z] ");

    private static byte[] Rest(GoodRun run, int count) =>
        System.Text.Encoding.UTF8.GetBytes("\n" + string.Concat(File.ReadLines(run.At(RunFolder.Summary)).Skip(count).Select(l => l + "\n")));

    private static void Drop(GoodRun run, string field)
    {
        run.Drop($"/Scenes/0/Telemetry/{field}");
        run.Drop($"/Scenes/0/Attempts/0/Telemetry/{field}");
    }

    private static void Twice(GoodRun run)
    {
        var root = JsonNode.Parse(File.ReadAllText(run.At(RunFolder.Metadata)))!;
        root["Scenes"]!.AsArray().Add(root["Scenes"]![3]!.DeepClone());
        root["Story"]!["SceneCount"] = 5;
        File.WriteAllText(run.At(RunFolder.Metadata), root.ToJsonString());
        run.Replace("(scenes=4)", "(scenes=5)");
        run.Replace("2/4 succeeded", "2/5 succeeded");
    }
}
