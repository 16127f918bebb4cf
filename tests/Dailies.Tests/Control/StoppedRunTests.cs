using System.Text.Json.Nodes;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Tests.Comfy;

namespace Dailies.Tests.Control;

/// <summary>Runs that something stops: the operator, the station, our own disk. They end with evidence.</summary>
public class StoppedRunTests
{
    [Fact]
    public async Task A_stop_in_mid_scene_leaves_evidence_and_an_empty_queue()
    {
        await using var run = await SmallRun.WithAsync(scenes: 3, steps: 10_000, stepDelay: TimeSpan.FromMilliseconds(1));
        run.Write("story/workflow.json", Tests.Animatic.Graphs.Shot(frames: 2, steps: 1).ToJsonString());
        run.Write("story/story.json", """
            {"storyId":"small","title":"Small","logline":"l","directorsVision":"v","scenes":[
              {"title":"1","prompt":"a","expectedFrames":2},{"title":"2","prompt":"b","expectedFrames":2,"set":{"steps":10000}},{"title":"3","prompt":"c","expectedFrames":2}]}
            """);

        var result = await run.RunAsync((e, _, stop) => StopAt(e is ExecutionSeen { SceneId: "scene-002" }, stop));

        (result.ExitCode, result.State.Ended!.State, (string)run.Metadata["State"]!).ShouldBe((130, RunStates.Stopped, RunStates.Stopped));
        result.Verdict.Findings.ShouldBeEmpty();
        ((bool)run.Scene(1)["Success"]!, (string?)run.Scene(1)["Telemetry"]!["HistoryExitReason"]).ShouldBe((true, ExitReason.Success));
        ((string?)run.Scene(2)["Telemetry"]!["FailureKind"], (bool)run.Scene(2)["Attempts"]![0]!["Charged"]!).ShouldBe((FailureKind.Canceled, false));
        run.Scene(3)["Telemetry"].ShouldBeNull();
        result.State.Scenes["scene-002"].Attempts[0].Withdrawn.ShouldBe("interrupted");
        var queue = await run.AskAsync("/queue");
        (queue["queue_running"]!.AsArray().Count, queue["queue_pending"]!.AsArray().Count).ShouldBe((0, 0));
        run.Server!.Executions.ShouldBe(2);
    }

    [Fact]
    public async Task A_stop_before_the_first_scene_leaves_evidence()
    {
        await using var run = await SmallRun.WithAsync();

        var result = await run.RunAsync((e, _, stop) => StopAt(e is RunStarted, stop));

        (result.ExitCode, result.State.Ended!.State, result.Verdict.Findings.Count, run.Server!.Executions).ShouldBe((130, RunStates.Stopped, 0, 0));
    }

    [Fact]
    public async Task A_stop_while_another_s_prompt_runs_takes_only_ours_back()
    {
        await using var run = await SmallRun.WithAsync(scenes: 1, steps: 1, stepDelay: TimeSpan.FromMilliseconds(1));
        using var http = new HttpClient { BaseAddress = new Uri(run.Server!.Url) };
        var other = new JsonObject { ["prompt"] = Tests.Animatic.Graphs.Shot(steps: 10_000), ["prompt_id"] = "somebody-else" };
        using var posted = await http.PostAsync("/prompt", new StringContent(other.ToJsonString()), SmallRun.Cancel);

        var result = await run.RunAsync((e, _, stop) => StopAt(e is PromptAccepted, stop));

        result.State.Scenes["scene-001"].Attempts[0].Withdrawn.ShouldBe("deleted");
        var queue = await run.AskAsync("/queue");
        queue["queue_running"]!.AsArray().Select(i => (string)i![1]!).ShouldBe(["somebody-else"]);
        queue["queue_pending"]!.AsArray().ShouldBeEmpty();
        (result.ExitCode, result.Verdict.Findings.Count).ShouldBe((130, 0));
    }

    [Fact]
    public async Task A_station_that_is_not_there_ends_with_evidence()
    {
        var gone = new WireServer(_ => null);
        await gone.DisposeAsync();
        await using var run = SmallRun.Without().On(gone.Url);

        var result = await run.RunAsync();

        (result.ExitCode, result.State.Ended!.State).ShouldBe((3, RunStates.Failed));
        result.Verdict.Findings.ShouldBeEmpty();
        File.Exists(Path.Combine(run.RunDir, RunFolder.LedgerExport)).ShouldBeTrue();
        File.ReadAllBytes(Path.Combine(run.Folder, "public", RunFolder.LatestRun)).ShouldBe(File.ReadAllBytes(Path.Combine(run.RunDir, RunFolder.Metadata)));
    }

    [Theory]
    [InlineData(200, "<html>login</html>")]
    [InlineData(200, "{}")]
    [InlineData(401, "")]
    [InlineData(404, "not found")]
    public async Task What_is_no_ComfyUI_ends_with_evidence(int status, string body)
    {
        await using var server = new WireServer(_ => WireServer.Reply(status, body));
        await using var run = SmallRun.Without().On(server.Url);

        var result = await run.RunAsync();

        (result.ExitCode, result.State.Ended!.State, result.Verdict.Findings.Count).ShouldBe((3, RunStates.Failed, 0));
        result.State.Ended.Why.ShouldNotBeNull().ShouldContain(server.Url);
        server.Asked.ShouldNotContain(r => r.Line.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_disk_that_takes_no_more_frames_ends_with_evidence_and_keeps_what_is_there()
    {
        await using var run = await SmallRun.WithAsync(scenes: 3);

        // A file where the folder of frames has to be made: our own storage fails, not the station.
        var result = await run.RunAsync((e, folder, _) =>
        {
            if (e is RunStarted)
            {
                File.WriteAllText(folder.At(RunFolder.Frames("scene-002", 1)), "in the way");
            }
        });

        (result.ExitCode, result.State.Ended!.State).ShouldBe((3, RunStates.Failed));
        result.State.Ended.Why.ShouldNotBeNull().ShouldStartWith("localStorage: ");
        result.State.Scenes["scene-001"].Accepted.ShouldNotBeNull();
        result.Verdict.Findings.ShouldBeEmpty();
    }

    private static void StopAt(bool now, CancellationTokenSource stop)
    {
        if (now)
        {
            stop.CancelAsync(); // not awaited: we stand inside the ledger's lock
        }
    }
}
