using System.Text.Json.Nodes;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Markers;

namespace Dailies.Tests.Control;

/// <summary>Takes that come from the station's output folder: by marker, by stability, by force.</summary>
[Collection(RunsAlone.Name)]
public class FolderRunTests
{
    private static readonly string[] Nothing = [];

    [Theory]
    [InlineData("")]
    [InlineData("unannounced")]
    [InlineData("late-files")]
    public async Task Without_any_marker_a_take_is_whole_when_it_is_stable(string fault)
    {
        using var clock = new VirtualClock();
        await using var run = FromFolder(await SmallRun.OnClockAsync(clock, fault));

        var result = await run.RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count, run.Server!.Executions).ShouldBe((0, 0, 2), run.Summary);
        var scene = run.Scene(1);
        ((int)scene["FrameCount"]!, (int)scene["AnnouncedFrames"]!, scene["Frames"]!.AsArray().Count).ShouldBe((2, 2, 2));
        Marker(scene).ShouldBe((false, 0, null));
        Notes(scene).ShouldBe(Nothing);
    }

    [Fact]
    public async Task A_node_that_marks_its_frames_is_waited_for_by_itself()
    {
        using var clock = new VirtualClock();
        await using var run = FromFolder(await SmallRun.OnClockAsync(clock, "unannounced"));
        UseMarkerNode(run);

        var result = await run.RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count).ShouldBe((0, 0), run.Summary);
        var path = Marker(run.Scene(2)).Path;
        Marker(run.Scene(2)).ShouldBe((true, 0, "scene-002/attempt-1/scene-002.done"));
        run.Summary.ShouldContain("DoneMarkerDetected=true | DoneMarkerPath=scene-002/attempt-1/scene-002.done | ForcedCopyTriggered=false");
        DoneMarker.TryRead(File.ReadAllBytes(Path.Combine(run.RunDir, path!)), out var marker, out _).ShouldBeTrue();
        (marker!.FrameCount, marker.Attempt, marker.RunId).ShouldBe((2, 1, Path.GetFileName(run.RunDir)));
    }

    [Fact]
    public async Task The_marker_of_a_node_is_read_over_view_where_the_folder_is_not_ours()
    {
        using var clock = new VirtualClock();
        await using var run = await SmallRun.OnClockAsync(clock, "");
        UseMarkerNode(run);

        (await run.RunAsync()).ExitCode.ShouldBe(0, run.Summary);

        Marker(run.Scene(1)).ShouldBe((true, 0, "scene-001/attempt-1/scene-001.done"));
    }

    [Fact]
    public async Task A_sentinel_that_answers_is_waited_for()
    {
        using var clock = new VirtualClock();
        await using var run = FromFolder(await SmallRun.OnClockAsync(clock, "late-files"));
        using var over = new CancellationTokenSource();
        using var sentinel = new Sentinel(new SentinelPolicy(), [Path.Combine(run.Folder, "output")], clock, _ => { });
        var watching = sentinel.RunAsync(over.Token);

        var result = await run.RunAsync();
        await over.CancelAsync();
        await watching.ContinueWith(_ => { }, TaskScheduler.Default);

        (result.ExitCode, result.Verdict.Findings.Count).ShouldBe((0, 0), run.Summary);
        var (detected, seconds, _) = Marker(run.Scene(1));
        detected.ShouldBeTrue(run.Summary);
        seconds.ShouldBeInRange(3, 12); // it marks what has not changed for three seconds
    }

    [Fact]
    public async Task A_marker_that_does_not_come_is_noted_and_stability_decides()
    {
        using var clock = new VirtualClock();
        await using var run = FromFolder(await SmallRun.OnClockAsync(clock, "unannounced")).Set("waitForDoneMarker", "true").Set("doneMarkerTimeoutSeconds", "7");

        var result = await run.RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count).ShouldBe((0, 0), run.Summary);
        Marker(run.Scene(1)).ShouldBe((false, 7, null));
        Notes(run.Scene(1)).ShouldBe(["Done marker not found after 7 seconds"]);
        run.Summary.ShouldContain("fallback=Done marker not found after 7 seconds");
    }

    [Fact]
    public async Task A_marker_that_does_not_come_over_view_costs_no_take()
    {
        using var clock = new VirtualClock();
        await using var run = (await SmallRun.OnClockAsync(clock, "")).Set("waitForDoneMarker", "true").Set("doneMarkerTimeoutSeconds", "7");

        (await run.RunAsync()).ExitCode.ShouldBe(0, run.Summary);

        Marker(run.Scene(1)).ShouldBe((false, 7, null));
        Notes(run.Scene(1)).ShouldBe(["Done marker not found after 7 seconds"]);
    }

    [Theory]
    [InlineData("""{"FrameCount":2,"RunId":"20200101-000000","Attempt":1}""")]
    [InlineData("""{"FrameCount":2,"Attempt":2}""")]
    [InlineData("""{"FrameCount":1}""")]
    [InlineData("""{"FrameCount":2,"Timestamp":"2020-01-01T00:00:00Z"}""")]
    [InlineData("not json")]
    public async Task A_stale_marker_never_counts_and_is_left_as_it_is(string text)
    {
        using var clock = new VirtualClock();
        await using var run = FromFolder(await SmallRun.OnClockAsync(clock, "unannounced", scenes: 1)).Set("waitForDoneMarker", "true").Set("doneMarkerTimeoutSeconds", "7");

        var marker = "";
        await run.RunAsync((e, folder, _) =>
        {
            if (e is AttemptStarted started)
            {
                marker = run.Write($"output/{started.Prefix}.done", text);
            }
        });

        Marker(run.Scene(1)).ShouldBe((false, 7, null));
        File.ReadAllText(marker).ShouldBe(text);
        Directory.EnumerateFiles(Path.Combine(run.Folder, "output"), "*.done*", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_set_that_stays_short_is_copied_by_force_with_its_reason()
    {
        using var clock = new VirtualClock();
        await using var run = FromFolder(await SmallRun.OnClockAsync(clock, "unannounced,fewer-frames", scenes: 1)).Set("belowFloor", "warn");

        var result = await run.RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count).ShouldBe((0, 0), run.Summary);
        var telemetry = run.Scene(1)["Telemetry"]!;
        var debug = (string)telemetry["ForcedCopyDebugPath"]!;
        ((bool)telemetry["ForcedCopyTriggered"]!, (int)run.Scene(1)["FrameCount"]!).ShouldBe((true, 1));
        debug.ShouldMatch(@"^scene-001/forced-copy-debug-\d{14}\.txt$");
        Notes(run.Scene(1)).ShouldBe([$"Forced copy after stability retries; see {debug}"]);
        var words = File.ReadAllLines(Path.Combine(run.RunDir, debug)).Select(l => l.Split(": ")[0]);
        words.ShouldBe(["Timestamp", "ScenePrefix", "Best output dir", "Frame count", "Latest file", "Stability retries", "Stability window", "Marker path waited", "Candidates", "Candidate"]);
        File.ReadAllText(Path.Combine(run.RunDir, debug)).ShouldContain("Stability retries: 3\nStability window: 5s\nMarker path waited: n/a\nCandidates: 1\n");
    }

    [Fact]
    public async Task A_torn_frame_is_never_part_of_a_take()
    {
        using var clock = new VirtualClock();
        await using var run = FromFolder(await SmallRun.OnClockAsync(clock, "torn-file,unannounced", scenes: 1));

        (await run.RunAsync()).ExitCode.ShouldBe(1);

        run.Scene(1)["Attempts"]!.AsArray().Select(a => (string?)a!["Telemetry"]!["FailureKind"]).ShouldBe([FailureKind.BadFrames, FailureKind.BadFrames]);
        run.Summary.ShouldContain("Forced copy after stability retries");
    }

    [Fact]
    public async Task Nothing_in_the_folder_is_outputs_that_are_missing()
    {
        using var clock = new VirtualClock();
        await using var run = FromFolder(await SmallRun.OnClockAsync(clock, "cached-without-outputs", scenes: 1));

        (await run.RunAsync()).ExitCode.ShouldBe(1);

        ((string)run.Scene(1)["Telemetry"]!["HistoryExitReason"]!, (string)run.Scene(1)["Telemetry"]!["FailureKind"]!).ShouldBe((ExitReason.PostExecution, FailureKind.OutputsMissing));
    }

    [Fact]
    public async Task A_damaged_take_is_copied_again_when_the_run_is_resumed()
    {
        using var clock = new VirtualClock();
        await using var run = FromFolder(await SmallRun.OnClockAsync(clock, "unannounced"));
        await run.RunAsync();
        File.AppendAllText(Path.Combine(run.RunDir, RunFolder.Frames("scene-001", 1), "scene-001_00002_.png"), "x");

        var result = await run.ResumeAsync();

        (result.ExitCode, result.Verdict.Findings.Count, run.Server!.Executions).ShouldBe((0, 0, 2), run.Summary);
    }

    [Fact]
    public async Task A_verified_take_is_removed_from_the_station_and_nothing_else_is()
    {
        using var clock = new VirtualClock();
        await using var run = (await SmallRun.OnClockAsync(clock, "")).Set("stationCleanup", "true");
        run.Set("comfyOutput", Directory.CreateDirectory(Path.Combine(run.Folder, "output")).FullName);
        var mine = run.Write("output/mine_00001_.png", "x");
        var foreign = "";

        var result = await run.RunAsync((e, _, _) =>
        {
            if (e is AttemptStarted { SceneId: "scene-002" } started)
            {
                foreign = run.Write($"output/{Path.GetDirectoryName(started.Prefix)}/other_00001_.png", "x");
            }
        });

        result.ExitCode.ShouldBe(0, run.Summary);
        Directory.EnumerateFiles(Path.Combine(run.Folder, "output"), "*", SearchOption.AllDirectories).ShouldBe([mine, foreign], ignoreOrder: true);
        run.Events().OfType<StationCleaned>().Select(c => (c.SceneId, c.Files)).ShouldBe([("scene-001", 2), ("scene-002", 2)]);
    }

    [Fact]
    public async Task What_lies_on_a_station_out_of_reach_is_told()
    {
        using var clock = new VirtualClock();
        await using var run = (await SmallRun.OnClockAsync(clock, "")).Set("stationCleanup", "true");

        await run.RunAsync();

        run.Summary.ShouldMatch(@"\[Run\] 4 files \(\d+\.\d MB\) that were fetched still lie in the output folder of station-1: name it with --comfy-output");
    }

    [Fact]
    public async Task What_is_asked_for_and_can_not_be_done_is_refused_before_the_run()
    {
        await using var run = SmallRun.Without();
        run.On("http://127.0.0.1:1").Set("collect", "folder");

        run.Setup().Faults.ShouldBe(["--collect folder needs --comfy-output <folder>: the station's output folder as this machine sees it"]);
        run.Set("comfyOutput", Path.Combine(run.Folder, "nowhere")).Setup().Faults.ShouldHaveSingleItem().ShouldContain("allowed: a folder that is there");
        run.Write("story/workflow.bindings.json", """{"prefix": []}""");
        run.Set("comfyOutput", run.Folder).Setup().Faults.ShouldHaveSingleItem().ShouldContain("needs a prefix of our own");
    }

    private static SmallRun FromFolder(SmallRun run) => run.Set("collect", "folder").Set("comfyOutput", Directory.CreateDirectory(Path.Combine(run.Folder, "output")).FullName);

    private static void UseMarkerNode(SmallRun run)
    {
        var path = Path.Combine(run.Story, "workflow.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"SaveImage\"", "\"DailiesDoneMarker\"", StringComparison.Ordinal));
    }

    private static (bool Detected, double Seconds, string? Path) Marker(JsonNode scene) =>
        ((bool)scene["Telemetry"]!["DoneMarkerDetected"]!, (double)scene["Telemetry"]!["DoneMarkerWaitSeconds"]!, (string?)scene["Telemetry"]!["DoneMarkerPath"]);

    private static IEnumerable<string> Notes(JsonNode scene) => scene["Telemetry"]!["System"]!["FallbackNotes"]!.AsArray().Select(n => (string)n!);
}
