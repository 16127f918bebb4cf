using Dailies.Contract;
using static Dailies.Tests.Validation.Mutations;

namespace Dailies.Tests.Validation;

/// <summary>TC-8xx and TC-904: lines gone, doubled, forged; files outside the run.</summary>
internal static class SummaryMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        Edit("TC-801", "no first line", r => r.RemoveLine("E2E Story")),
        Edit("TC-801", "a stamped first line", r => r.Replace("E2E", "[2026-11-23T22:15:00.000Z] E2E")),
        Edit("TC-802", "another run's summary", r => r.Replace(GoodMetadata.RunId, "20261123-221501")),
        Edit("TC-803", "a second first line", r => r.InsertLine("Scene summary", SummaryLine.Header("20261124-000000"))),
        Edit("TC-804", "a renamed folder", r => r.Rename("copy-of-last-night")),
        Edit("TC-805", "a line without time", r => r.InsertLine("Scene summary", "All went well")),
        Edit("TC-805", "a line with local time", r => r.InsertLine("Scene summary", "[10:22:13] All went well")),
        Edit("TC-805", "a forged index line", r => r.InsertLine("Archive:", "Certificate: gold")),
        Edit("TC-806", "an unknown scene", r => r.InsertLine("Scene summary", Stamped("[Scene scene-009] WARNING: hello"))),
        Edit("TC-806", "a scene without an end", r => r.InsertLine("Scene summary", Stamped("[Scene scene-001 WARNING: hello"))),
        Edit("TC-807", "totals twice", r => r.DoubleLine("Scene summary")),
        Edit("TC-807", "an attempt twice", r => r.DoubleLine("[Scene scene-002][Attempt 1]")),
        Edit("TC-807", "an index line twice", r => r.DoubleLine("Archive:")),
        Edit("TC-808", "a word behind the verdict", r => r.Text(t => t + Stamped("PS: it was fine\n"))),
        Edit("TC-820", "a good run called failed", r => r.Replace("[Validation] run-summary validation passed", "[Validation] run-summary validation failed (code 1)")),
        Edit("TC-808", "a second verdict", r => r.DoubleLine("[Validation]")),
        Edit("TC-809", "no word about storyboards", r => r.RemoveLine("Renderer:")),
        Change("TC-809", "storyboards of a real renderer", m => m with { Stations = [m.Stations[0] with { Renderer = "comfyui" }] }) with { Break = r => r.InsertLine("Story ready", Stamped(SummaryLine.Animatic)) },
        Edit("TC-810", "no story line", r => r.RemoveLine("Story ready")),
        Edit("TC-810", "another scene count", r => r.Replace("(scenes=4)", "(scenes=5)")),
        Edit("TC-810", "another logline", r => r.Replace("lights the lamp", "lights a lamp")),
        Edit("TC-810", "another vision", r => r.Replace("grey, patient", "green, patient")),
        Edit("TC-811", "no totals", r => r.RemoveLine("Scene summary")),
        Edit("TC-811", "more takes", r => r.Replace("2/4 succeeded", "4/4 succeeded")),
        Edit("TC-811", "more frames", r => r.Replace("total frames=5", "total frames=6")),
        Edit("TC-811", "more requeues", r => r.Replace("requeues=1", "requeues=2")),
        Edit("TC-812", "no attempt line", r => r.RemoveLine("[Scene scene-003][Attempt 1]")),
        Edit("TC-812", "an attempt too many", r => r.InsertLine("Scene summary", Stamped("[Scene scene-001][Attempt 2] Frames=25 Duration=1s ExitReason=success Failure=none Prefix=x"))),
        Edit("TC-812", "other frames", r => r.Replace("Frames=2 ", "Frames=25 ")),
        Edit("TC-812", "another prefix", r => r.Replace("Prefix=dailies", "Prefix=nightlies")),
        Edit("TC-812", "another reason in a first attempt", r => r.Replace("ExitReason=maxWait", "ExitReason=success")),
        Edit("TC-813", "a warning gone", r => r.RemoveLine("WARNING: Keyframe")),
        Edit("TC-813", "a warning twice", r => r.DoubleLine("WARNING: Keyframe")),
        Edit("TC-814", "an error gone", r => r.RemoveLine("ERROR: executionError")),
        Edit("TC-814", "an error of a good scene", r => r.InsertLine("Scene summary", Stamped("[Scene scene-001] ERROR: forged"))),
        Scene("TC-814", "no take and no error", 3, s => s with { Errors = [] }),
        Scene("TC-815", "below the floor without a warning", 1, s => s with { Warnings = [] }),
        Edit("TC-816", "no word about a missing history", r => r.RemoveLine("HISTORY WARNING")),
        Edit("TC-817", "no word about a saved history", r => r.RemoveLine("History saved")),
        Edit("TC-818", "no index", r => r.Lines(l => l.RemoveRange(l.IndexOf(SummaryLine.IndexTitle), 9))),
        new Mutation("TC-818", "another film than the metadata's", m => m with { StoryVideo = m.Scenes[0].Video }, r => r.Replace("[Run] Story video: video/", "[Run] Story video: videos/")),
        Edit("TC-818", "an index line gone", r => r.RemoveLine("Vitest e2e log")),
        Edit("TC-818", "other frames in the index", r => r.Replace("copied: 5", "copied: 125")),
        Edit("TC-818", "an archive that the metadata lacks", r => r.Replace("Archive: not produced", "Archive: artifacts/x.zip")),
        Edit("TC-819", "another health", r => r.Replace("skipped (no local provider configured)", "skipped by operator request")),
        Edit("TC-819", "no health", r => r.RemoveLine("[LLM] Health")),
        Edit("TC-822", "a station at another address", r => r.Replace("http://127.0.0.1:8188", "http://127.0.0.1:8189")),
        Edit("TC-822", "a station that never was", r => r.InsertLine("[Station] ", Stamped("[Station] studio: http://studio:8188 (comfyui 0.8.0, RTX 6000)"))),
        Change("TC-822", "a station without its line", m => m with { Stations = [.. m.Stations, new StationRecord("studio", "http://studio:8188", "comfyui", null, null)] }) with { Break = r => r.RemoveLine("[Station] studio") },
        Edit("TC-823", "a line of yesterday", r => r.InsertLine("Scene summary", SummaryLine.Stamped(GoodMetadata.Begin.AddDays(-1), "All went well"))) with { Change = m => m },
        Edit("TC-823", "a scene told before the run", r => Restamp(r, -1)),
        Edit("TC-823", "a scene told after the run", r => Restamp(r, 1)),
        Scene("TC-824", "an error of the history without its line", 1, s => s with { HistoryErrors = ["KSampler: no"], HistoryError = "KSampler: no" }) with { Break = r => r.RemoveLine("HISTORY ERROR") },
        Edit("TC-824", "an error that no history told", r => r.InsertLine("Scene summary", Stamped("[Scene scene-001] HISTORY ERROR: forged"))),
        Edit("TC-825", "another number of looks", r => r.Replace("(attempts=3)", "(attempts=4)")),
        Edit("TC-826", "requeued for another reason", r => r.Replace("reason: timedOut", "reason: badFrames")),
        Edit("TC-826", "requeued without an attempt", r => r.Replace("(next attempt 2/2)", "(next attempt 9/2)")),
        Edit("TC-904", "an older latest-run.json", r =>
        {
            Directory.CreateDirectory(r.Outside("public/artifacts"));
            File.WriteAllText(r.Outside("public/artifacts/latest-run.json"), $$"""{ "RunId": "{{GoodMetadata.RunId}}" }""");
        }),
    ];

    // Every line of one scene, so that no stamp goes back behind it.
    private static void Restamp(GoodRun run, int days) => run.Lines(lines =>
    {
        var at = lines.FindIndex(l => l.Contains("[Scene scene-003] Telemetry", StringComparison.Ordinal));
        lines[at] = SummaryLine.Stamped(GoodMetadata.Begin.AddDays(days), lines[at][(lines[at].IndexOf(']', StringComparison.Ordinal) + 2)..]);
    });

    private static string Stamped(string line) => SummaryLine.Stamped(GoodMetadata.Begin, line);
}
