using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Tests.Contract;
using Dailies.Tests.Ledger;

namespace Dailies.Tests.Artifacts;

/// <summary>Metadata and summary are two tellings of one run: whatever happened, in whatever order, they agree.</summary>
public class ProjectionPropertyTests
{
    [Fact]
    public void Every_run_that_has_begun_can_be_told_at_any_moment() => AnyRun.Events.Sample(
        events =>
        {
            var state = RunState.Empty;
            foreach (var e in events)
            {
                state = state.Apply(e);
                if (state.Plan is not null)
                {
                    var metadata = MetadataProjection.Project(state);
                    metadata.Write().ShouldNotBeEmpty();
                    SummaryText.Write(state, metadata).ShouldStartWith("E2E Story-to-Video Run: 20261123-221507\n");
                }
            }
        },
        iter: 60);

    [Fact]
    public void Each_scene_with_telemetry_has_one_telemetry_line_once_it_has_ended_and_it_says_the_same() => EachEnd(
        (state, metadata, lines) =>
        {
            foreach (var scene in metadata.Scenes)
            {
                var over = state.Scenes[scene.SceneId].Ended || state.Ended is not null;

                lines.Where(l => l.StartsWith($"[Scene {scene.SceneId}] Telemetry: ", StringComparison.Ordinal))
                    .ShouldBe(scene.Telemetry is { } told && over ? [SummaryLine.Telemetry(scene.SceneId, told)] : Array.Empty<string>());
            }
        });

    [Fact]
    public void The_totals_are_the_sums() => EachEnd(
        (state, metadata, lines) =>
        {
            var taken = metadata.Scenes.Where(s => s.Success).ToList();
            var total = string.Create(
                CultureInfo.InvariantCulture,
                $"Scene summary: {taken.Count}/{metadata.Scenes.Count} succeeded | total frames={taken.Sum(s => s.FrameCount)} | requeues={state.Scenes.Values.Sum(s => s.Requeues.Length)}");

            lines.Where(l => l.StartsWith("Scene summary: ", StringComparison.Ordinal)).ShouldBe(state.Ended is null ? Array.Empty<string>() : [total]);
            lines.Contains("## Artifact Index").ShouldBe(state.Ended is not null);
            lines.Contains($"Total frames copied: {taken.Sum(s => s.FrameCount)}").ShouldBe(state.Ended is not null);
        });

    [Fact]
    public void Warnings_errors_and_attempts_of_the_metadata_have_their_lines() => EachEnd(
        (state, metadata, lines) =>
        {
            foreach (var scene in metadata.Scenes.Where(s => state.Scenes[s.SceneId].Ended || state.Ended is not null))
            {
                Lines("] WARNING: ").ShouldBe(scene.Warnings.Select(w => SummaryLine.Warning(scene.SceneId, w)));
                Lines("] ERROR: ").ShouldBe(scene.Errors.Select(e => SummaryLine.Error(scene.SceneId, e)));
                lines.Count(l => l.StartsWith($"[Scene {scene.SceneId}][Attempt ", StringComparison.Ordinal)).ShouldBe(scene.AttemptsRun);
                (scene.Success || state.Ended is null || scene.Errors.Count == 1).ShouldBeTrue("a scene without a take has one error");

                IEnumerable<string> Lines(string kind) => lines.Where(l => l.StartsWith($"[Scene {scene.SceneId}{kind}", StringComparison.Ordinal));
            }
        });

    // An accepted scene speaks of its accepted attempt only.
    [Fact]
    public void No_field_mixes_two_attempts() => EachEnd(
        (state, metadata, _) =>
        {
            foreach (var scene in metadata.Scenes.Where(s => s.Telemetry is not null))
            {
                var described = state.Scenes[scene.SceneId].Described!;

                scene.Telemetry!.PromptId.ShouldBe(described.Measures.PromptId);
                scene.FramePrefix.ShouldBe(described.Prefix);
                scene.GeneratedFramesDir.ShouldBe(RunFolder.Frames(scene.SceneId, described.Number));
                (scene.DurationSeconds, scene.HistoryAttempts, scene.HistoryPollLogTotal).ShouldBe((scene.Telemetry.DurationSeconds, scene.Telemetry.HistoryAttempts, described.Polls.Total));
                scene.FrameCount.ShouldBe(described.Take?.FrameCount ?? 0);
                scene.Frames.ShouldBe(described.Take?.Files ?? []);
                scene.MeetsFrameFloor.ShouldBe(scene.FrameCount >= scene.FrameFloor);
                Json(scene.Attempts.Where(a => a.Attempt == described.Number).Select(a => a.Telemetry)).ShouldBe(Json(described.Settled is null ? [] : [scene.Telemetry]));
            }
        });

    [Fact]
    public void Every_line_is_stamped_but_the_first_and_the_index_and_no_text_makes_a_line_of_its_own() => EachEnd(
        (state, metadata, _) =>
        {
            var raw = SummaryText.Write(state, metadata).TrimEnd('\n').Split('\n');
            var body = raw.Skip(1).TakeWhile(l => l != "## Artifact Index" && !IsVerdict(l)).ToList();

            body.ShouldAllBe(l => l.Length > 27 && l[0] == '[' && l[25] == ']' && l[26] == ' ');
            body.Select(l => l[..26]).ShouldBe(body.Select(l => l[..26]).Order(StringComparer.Ordinal));
            Array.ForEach(raw, Hostile.ShouldBeOneLine);
            (raw.Length - 1 - body.Count).ShouldBe((state.Ended is null ? 0 : 9) + (state.Validated is null ? 0 : 1));

            static bool IsVerdict(string line) => line.Length > 27 && line[27..].StartsWith("[Validation] ", StringComparison.Ordinal);
        });

    [Fact]
    public void An_event_is_one_line_of_the_log_whatever_it_says() => AnyRun.Events.Sample(
        events =>
        {
            foreach (var e in events)
            {
                var line = EventLine.Write(e);
                Hostile.ShouldBeOneLine(line);
                line.ShouldStartWith(Stamp.Text(e.At) + " ");
                line.Length.ShouldBeGreaterThan(27);
            }
        },
        iter: 200);

    [Fact]
    public void An_export_reads_back_event_by_event() => AnyRun.Events.Sample(
        events => LedgerExport.Read(Encoding.UTF8.GetString(LedgerExport.Write(events))).Select(e => e.ToLine()).ShouldBe(events.Select(e => e.ToLine())), iter: 200);

    [Fact]
    public void A_ledger_rebuilt_from_its_export_tells_the_same_byte_for_byte() => AnyRun.Whole.Sample(
        events =>
        {
            using var temp = new TempFolder();
            var path = Path.Combine(temp.Path, RunFolder.Ledger);
            LedgerExport.Rebuild(path, LedgerExport.Read(Encoding.UTF8.GetString(LedgerExport.Write(events))));

            RunLedger.Read(path).Select(e => e.ToLine()).ShouldBe(events.Select(e => e.ToLine()));
            using var rebuilt = RunLedger.Open(path);
            Told(rebuilt.State).ShouldBe(Told(RunState.Fold(events)));
            Told(LatestState.Read(temp.Path)).ShouldBe(Told(RunState.Fold(events)));
        },
        iter: 8);

    private static void EachEnd(Action<RunState, ArtifactMetadata, IReadOnlyList<string>> holds) => Gen.Select(AnyRun.Events, Gen.Int[0, 20]).Sample(
        (events, cut) =>
        {
            var state = RunState.Fold(events.Take(Math.Max(1, events.Length - (cut > 10 ? cut : 0))));
            if (state.Plan is not null)
            {
                var metadata = MetadataProjection.Project(state);
                holds(state, metadata, [.. SummaryText.Write(state, metadata).Split('\n').Select(l => l.StartsWith('[') && l.Length > 27 && l[25] == ']' ? l[27..] : l)]);
            }
        },
        iter: 300);

    private static string Told(RunState state)
    {
        var metadata = MetadataProjection.Project(state);
        return Encoding.UTF8.GetString(metadata.Write()) + SummaryText.Write(state, metadata);
    }

    private static string Json(IEnumerable<SceneTelemetry> all) => JsonSerializer.Serialize(all, ContractJson.PascalLine);
}
