using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;
using Dailies.Settings;
using Dailies.Takes;
using Dailies.Validation;

namespace Dailies.Tests.Control;

/// <summary>Film and contact sheet as a run makes them at its end.</summary>
public class CutRunTests
{
    [Fact]
    public async Task A_run_ends_with_its_film_and_its_contact_sheet()
    {
        await using var run = await WithToolsAsync();

        var result = await run.RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count).ShouldBe((0, 0));
        var film = run.Metadata["StoryVideo"]!;
        ((string?)film["Path"], (string?)film["Status"], (double)film["DurationSeconds"]!).ShouldBe((RunFolder.StoryVideo, VideoRecord.Complete, Math.Round(4 / 24.0, 3)));
        ((string?)run.Metadata["ContactSheet"]!["Path"], run.Metadata["ContactSheet"]!["Pages"]!.AsArray().Count).ShouldBe((RunFolder.ContactSheet(1), 1));
        run.Summary.ShouldContain("] [Run] Story video: video/story.mp4\n");
        run.Summary.ShouldContain("] [Run] Contact sheet: video/contact-sheet.png\n");
        var events = run.Events();
        Kinds(events).ShouldBe([nameof(ContactSheetSettled), nameof(StoryVideoSettled), nameof(RunEnded)]);
        RunValidator.Validate(run.RunDir).Findings.ShouldBeEmpty("the archive holds both");
    }

    [Fact]
    public async Task Of_the_same_takes_nothing_is_made_again_and_of_others_it_is()
    {
        await using var run = await WithToolsAsync("error@scene-002:1");
        run.Set("sceneRetryBudget", "0");
        (await run.RunAsync()).ExitCode.ShouldBe(1);
        var first = Of(run);
        first.Video.DurationSeconds!.Value.ShouldBe((2 / 24.0) + 2, 0.001, "a take and a card");

        await run.ResumeAsync();
        Of(run).ShouldBe(first);
        Kinds(run.Events()).Count(k => k == nameof(StoryVideoSettled)).ShouldBe(1);

        File.Delete(Path.Combine(run.RunDir, RunFolder.StoryVideo));
        await run.ResumeAsync();
        Kinds(run.Events()).Count(k => k == nameof(StoryVideoSettled)).ShouldBe(2, "it was gone");
    }

    [Fact]
    public async Task A_scene_that_gets_its_take_later_is_in_the_film()
    {
        await using var run = await WithToolsAsync("error@scene-002:1");
        run.Set("sceneRetryBudget", "0");
        await run.RunAsync();
        var folder = new RunFolder(run.RunDir);
        var setup = ResumeSetup.Read(
            folder, new SettingSources(new Dictionary<string, IReadOnlyList<string>> { ["comfy"] = [run.Server!.Url] }, _ => null, null), new ProgramRecord("dailies", "0", null), VideoTools.Find());

        var result = await new RunLoop(setup.Request!, TimeProvider.System).ResumeAsync(folder, SmallRun.Cancel, at => new SceneReopened(at, "scene-002", 7));

        (result.ExitCode, result.Verdict.Findings.Count).ShouldBe((0, 0));
        result.State.StoryVideo!.Video.DurationSeconds!.Value.ShouldBe(4 / 24.0, 0.001);
        Kinds(run.Events()).Count(k => k == nameof(ContactSheetSettled)).ShouldBe(2);
    }

    [Fact]
    public async Task A_stopped_run_gets_its_contact_sheet_and_no_film()
    {
        await using var run = await WithToolsAsync();

        var result = await run.RunAsync((e, _, stop) => StopAt(e is VideoSettled, stop));

        (result.ExitCode, result.Verdict.Findings.Count).ShouldBe((ExitCode.Interrupted, 0));
        result.State.ContactSheet!.Sheet.Status.ShouldBe(VideoRecord.Complete);
        result.State.StoryVideo.ShouldBeNull();
        run.Summary.ShouldNotContain("Story video");
    }

    [Fact]
    public async Task A_stop_while_the_film_is_made_gives_it_up_and_the_run_is_finished_all_the_same()
    {
        await using var run = await WithToolsAsync();

        var result = await run.RunAsync((e, _, stop) => StopAt(e is ContactSheetSettled, stop));

        (result.ExitCode, result.State.Ended!.State, result.Verdict.Findings.Count).ShouldBe((0, RunStates.Finished, 0));
        File.Exists(Path.Combine(run.RunDir, RunFolder.StoryVideo)).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_ffmpeg_the_run_says_so_and_ends_as_it_would_have()
    {
        await using var run = await SmallRun.WithAsync();

        var result = await run.RunAsync();

        (result.ExitCode, result.Verdict.Findings.Count).ShouldBe((0, 0));
        run.Summary.ShouldContain("[Run] story video not made: ffmpeg is not installed; ");
        run.Summary.ShouldContain("] [Run] Story video: not produced\n");
        run.Summary.ShouldContain("] [Run] Contact sheet: video/contact-sheet.png\n");
    }

    [Theory]
    [InlineData("noStoryVideo")]
    [InlineData("noVideo")]
    public async Task A_film_that_nobody_wants_is_not_made_and_not_missed(string option)
    {
        await using var run = await WithToolsAsync();
        run.Set(option, "true");

        var result = await run.RunAsync();

        (result.ExitCode, result.State.StoryVideo, run.Metadata["StoryVideo"]).ShouldBe((0, null, null));
        run.Summary.ShouldNotContain("tory video");
    }

    [Fact]
    public async Task A_folder_that_can_t_be_written_is_a_note()
    {
        await using var run = await WithToolsAsync();
        run.Set("noVideo", "false");

        var result = await run.RunAsync((e, folder, _) =>
        {
            if (e is RunStarted)
            {
                Directory.CreateDirectory(folder.At(RunFolder.StoryVideo)); // where the film would go
            }
        });

        (result.ExitCode, result.Trouble).ShouldBe((0, null));
        result.State.StoryVideo!.Video.Status.ShouldBe(VideoRecord.Missing);
        run.Summary.ShouldContain("[Run] story video not made: ");
    }

    [Theory]
    [InlineData("""{"prompt":"a","expectedFrames":2}""", null, 24, "default")]
    [InlineData("""{"prompt":"a","expectedFrames":2,"fps":12}""", null, 12, "scene")]
    [InlineData("""{"prompt":"a","expectedFrames":2,"fps":12}""", "30", 30, "cli")]
    public async Task The_rate_of_a_scene_s_video_is_what_was_said(string scene, string? typed, double fps, string origin)
    {
        await using var run = await WithToolsAsync();
        run.Write("story/story.json", $$"""{"storyId":"small","title":"Small","scenes":[{{scene}}]}""");
        if (typed is not null)
        {
            run.Set("fps", typed);
        }

        await run.RunAsync();

        ((double)run.Scene(1)["Video"]!["Fps"]!, (string?)run.Scene(1)["Video"]!["FpsOrigin"]).ShouldBe((fps, origin));
        ((double)run.Metadata["StoryVideo"]!["Fps"]!).ShouldBe(fps);
    }

    [Fact]
    public async Task A_still_take_is_held_or_moves()
    {
        await using var held = await StillAsync(move: false);
        await using var moved = await StillAsync(move: true);

        ((string?)held.Scene(1)["FrameSource"], (string?)held.Scene(1)["Video"]!["Error"]).ShouldBe((FrameSource.Still, "the take is one still image"));
        ((double)held.Metadata["StoryVideo"]!["DurationSeconds"]!).ShouldBe(0.5);
        ((string?)moved.Scene(1)["Video"]!["Path"], (double)moved.Scene(1)["Video"]!["DurationSeconds"]!).ShouldBe(("video/scene-001.mp4", 0.5));
        ((double)moved.Metadata["StoryVideo"]!["DurationSeconds"]!).ShouldBe(0.5);
    }

    private static async Task<SmallRun> StillAsync(bool move)
    {
        var run = await WithToolsAsync(frames: 1);
        run.Write("story/story.json", """{"storyId":"small","title":"Small","scenes":[{"prompt":"a","expectedFrames":12}]}""");
        run.Set("stillMove", move ? "true" : "false").Set("belowFloor", "warn");
        (await run.RunAsync()).ExitCode.ShouldBe(0);
        return run;
    }

    private static async Task<SmallRun> WithToolsAsync(string faults = "", int frames = 2)
    {
        var run = await SmallRun.WithAsync(faults, frames: frames);
        run.Tools = VideoTools.Find();
        return run;
    }

    private static void StopAt(bool now, CancellationTokenSource stop)
    {
        if (now)
        {
            stop.Cancel();
        }
    }

    private static StoryVideoSettled Of(SmallRun run) => run.Result.State.StoryVideo!;

    private static List<string> Kinds(IReadOnlyList<RunEvent> events) =>
        [.. events.Select(e => e.GetType().Name).Where(k => k is nameof(ContactSheetSettled) or nameof(StoryVideoSettled) or nameof(RunEnded))];
}
