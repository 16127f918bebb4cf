using System.Net.WebSockets;
using System.Text;
using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Tests.Comfy;
using Dailies.Tests.Takes;

namespace Dailies.Tests.Control;

/// <summary>What a real ComfyUI was recorded doing on its bad days, replayed to a whole run: the outcome that each must have (contract §4, §5).</summary>
public class RecordedCaseTests
{
    [Fact]
    public async Task Server_killed_mid_write_is_a_lost_station_not_charged_and_the_half_file_is_never_asked_for()
    {
        await using var server = await RecordedServer.StartAsync("server-killed-mid-write", "submit", "first prompt after the restart");
        server.File = name => name == "half_00001_.png" ? Pictures.Png()[..400] : Pictures.Png();
        await using var run = Run(server).Set("sceneRetryBudget", "0");

        await run.RunAsync();

        ShouldEnd(run, 0);
        Attempts(run).ShouldBe([(FailureKind.StationLost, false), (null, true)]);
        run.Summary.ShouldContain("it was restarted");
        server.Posts.Count.ShouldBe(2);
        Viewed(server).ShouldBe(["half_00002_.png"]);
        Frames(run).ShouldBe(["scene-001/generated-frames-attempt-2/half_00002_.png"]);
    }

    [Fact]
    public async Task Worker_thread_dies_halts_the_run_and_says_which_server_to_restart()
    {
        await using var server = await RecordedServer.StartAsync("worker-thread-dies", "poison", "POST /interrupt");
        await using var run = Run(server, scenes: 2).Set("stallTimeoutSeconds", "20");
        run.Clock = new HurriedClock(60); // two minutes of taking it back

        await run.RunAsync();

        ShouldEnd(run, 3);
        run.Result.State.State.ShouldBe(RunStates.Failed);
        run.Result.State.Ended!.Why.ShouldNotBeNull().ShouldContain("restart that ComfyUI, then resume");
        Attempts(run).Single().Kind.ShouldBe(FailureKind.StationLost); // a dead worker is the station's fault, and not charged
        run.Result.State.Scenes["scene-001"].Attempts.Single().Withdrawn.ShouldBe("stuck");
        server.Posts.Count.ShouldBe(1, "nothing is sent behind a prompt that can't be taken back");
        server.Asked.ShouldNotContain("POST /queue", "what waits there is a stranger's");
    }

    [Fact]
    public async Task Prompt_id_duplicates_a_500_that_queues_all_the_same_is_found_and_never_sent_again()
    {
        await using var server = await RecordedServer.StartAsync("prompt-id-duplicates", "dup-2 number 5 again: same sort key twice");
        await using var run = Run(server);

        await run.RunAsync();

        ShouldEnd(run, 0);
        Attempts(run).ShouldBe([(null, true)]);
        Events(run).OfType<SubmitUnclear>().ShouldHaveSingleItem().Why.ShouldBe("HTTP 500");
        Events(run).OfType<PromptAccepted>().ShouldHaveSingleItem().PromptId.ShouldBe(server.Posts.ShouldHaveSingleItem().PromptId);
        Viewed(server).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Ws_interrupt_ignored_ends_as_a_late_success_that_is_adopted_and_nothing_is_rendered_twice()
    {
        await using var server = await RecordedServer.StartAsync("ws-interrupt-ignored", "submit", "POST /interrupt", "next prompt: the stale interrupt does not touch it");
        await using var run = Run(server).Set("sceneMaxWaitSeconds", "0.5");

        await run.RunAsync();

        ShouldEnd(run, 0);
        Attempts(run).ShouldBe([(null, true)]);
        server.Asked.ShouldContain("POST /interrupt");
        server.Posts.Count.ShouldBe(1);
        var scene = run.Scene(1);
        ((string?)scene["Telemetry"]!["HistoryExitReason"], (bool)scene["Attempts"]![0]!["AdoptedLate"]!, (int)scene["FrameCount"]!).ShouldBe((ExitReason.MaxWait, true, 60));
        Viewed(server).Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(1, 60).Select(n => $"long_{n:00000}_.png"));
    }

    // Where its files are no use, the next one is sent, and only when the first is gone.
    [Fact]
    public async Task Ws_interrupt_ignored_whose_files_are_torn_is_set_aside_and_the_next_is_sent_only_then()
    {
        await using var server = await RecordedServer.StartAsync("ws-interrupt-ignored", "submit", "POST /interrupt", "next prompt: the stale interrupt does not touch it");
        server.File = name => name.StartsWith("long_", StringComparison.Ordinal) ? Pictures.Png()[..400] : Pictures.Png();
        await using var run = Run(server).Set("sceneMaxWaitSeconds", "0.5");

        await run.RunAsync();

        ShouldEnd(run, 0);
        Attempts(run).Count().ShouldBe(2);
        Attempts(run).Last().ShouldBe((null, true));
        server.Posts[1].Moment.ShouldBeGreaterThan(server.MomentOf(m => m.Kind == "ws" && m.Message.Type == "execution_success"));
        Frames(run).ShouldBe(["scene-001/generated-frames-attempt-2/lab_00002_.png"]);
    }

    [Fact]
    public async Task Jobs_api_poisoned_does_not_matter_to_us()
    {
        await using var server = await RecordedServer.StartAsync("jobs-api-poisoned", "extra_pnginfo null");
        await using var run = Run(server);

        await run.RunAsync();

        ShouldEnd(run, 0);
        Attempts(run).ShouldBe([(null, true)]);
        server.Asked.ShouldNotContain(a => a.Contains("/jobs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Disk_full_is_an_execution_error_and_what_it_left_behind_is_no_take()
    {
        await using var server = await RecordedServer.StartAsync("disk-full", "6 x about 195 kB", "small prompt on the full disk");
        await using var run = Run(server);

        await run.RunAsync();

        ShouldEnd(run, 0);
        Attempts(run).ShouldBe([(FailureKind.ExecutionError, true), (null, true)]);
        run.Summary.ShouldContain("reason: executionError: SaveImage (node 3): [Errno 28] No space left on device");
        Viewed(server).ShouldBe(["lab_00001_.png"]);
        Directory.Exists(Path.Combine(run.RunDir, RunFolder.Frames("scene-001", 1))).ShouldBeFalse();
    }

    [Fact]
    public async Task Ws_same_client_id_twice_can_t_deafen_us_since_each_connection_has_an_id_of_its_own()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var server = await RecordedServer.StartAsync("ws-same-client-id-twice", "both open", "after A1 closed");
        await using var events = ComfyEvents.Open(StationAddress.Parse(server.Url, new Dictionary<string, string>(), out _)!, TimeProvider.System);
        await events.FirstTry.WaitAsync(cancel);
        var first = events.ClientId.ShouldNotBeNull();

        // The connection is cut, and a new one stands before the server's handler for the old one is through.
        server.Sockets.Cut();
        await UntilAsync(events, ComfyEventKind.Connected, skip: 1);
        var second = events.ClientId.ShouldNotBeNull();
        second.ShouldNotBe(first);

        await server.SayAgainAsync("e1fb7924-a063-40fc-b2ec-b6ea047aa298", "ours", second);
        (await UntilAsync(events, ComfyEventKind.Over)).Where(e => e.PromptId == "ours").Select(e => e.Kind).ShouldContain(ComfyEventKind.Success);
        server.Sockets.Opened.ShouldBe([first, second]);
    }

    // The rule that the test above is about holds in the replay, as it did in the recording: no frame reached A2 any more.
    [Fact]
    public async Task A_client_that_uses_one_id_twice_goes_deaf_in_the_replay_too()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var server = await RecordedServer.StartAsync("ws-same-client-id-twice", "both open", "after A1 closed");
        using var first = await ConnectAsync(server, "one-id");
        using var second = await ConnectAsync(server, "one-id");
        await server.Sockets.SayAsync("to the newest", "one-id");
        (await HearAsync(second)).ShouldBe("to the newest");

        await first.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancel);
        while (server.Sockets.Count > 1)
        {
            await Task.Yield(); // until the server's handler for the first is through
        }

        await server.Sockets.SayAsync("unheard", "one-id");
        await server.Sockets.SayAsync("to all", clientId: null);
        (await HearAsync(second)).ShouldBe("to all");
    }

    [Fact]
    public async Task A_run_whose_socket_was_cut_hears_no_more_and_misses_nothing()
    {
        await using var server = await RecordedServer.StartAsync("ws-same-client-id-twice", "both open", "after A1 closed");
        await using var run = Run(server, scenes: 2);

        await run.RunAsync();

        ShouldEnd(run, 0);
        Attempts(run).ShouldBe([(null, true), (null, true)]);
        server.Posts.Count.ShouldBe(2);
        server.Sockets.Opened.Distinct().Count().ShouldBe(server.Sockets.Opened.Count);
    }

    private static async Task<ClientWebSocket> ConnectAsync(RecordedServer server, string id)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"{server.Url.Replace("http", "ws", StringComparison.Ordinal)}/ws?clientId={id}"), TestContext.Current.CancellationToken);
        (await HearAsync(socket)).ShouldContain(id);
        return socket;
    }

    private static async Task<string> HearAsync(ClientWebSocket socket)
    {
        var buffer = new byte[1024];
        return Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken)).Count);
    }

    private static SmallRun Run(RecordedServer server, int scenes = 1) => SmallRun.Without(scenes, frames: 1).On(server.Url).Set("noVideo", "true").Set("noChecks", "true");

    private static void ShouldEnd(SmallRun run, int exitCode)
    {
        run.Result.ExitCode.ShouldBe(exitCode, run.Summary);
        run.Result.Verdict.Findings.ShouldBeEmpty();
    }

    private static IEnumerable<(string? Kind, bool Charged)> Attempts(SmallRun run) =>
        run.Result.State.Scenes.Values.SelectMany(s => s.Attempts).Select(a => (a.Settled!.FailureKind, a.Settled.Charged));

    private static IReadOnlyList<RunEvent> Events(SmallRun run) => RunLedger.Read(Path.Combine(run.RunDir, RunFolder.Ledger));

    private static List<string> Viewed(RecordedServer server) =>
        [.. server.Asked.Where(a => a.StartsWith("GET /view?filename=", StringComparison.Ordinal)).Select(a => a["GET /view?filename=".Length..a.IndexOf('&', StringComparison.Ordinal)])];

    private static IEnumerable<string> Frames(SmallRun run) => run.Scene(1)["Frames"]!.AsArray().Select(f => (string)f!["File"]!);

    private static async Task<List<ComfyEvent>> UntilAsync(ComfyEvents events, ComfyEventKind end, int skip = 0)
    {
        var seen = new List<ComfyEvent>();
        do
        {
            seen.Add(await events.Events.ReadAsync(TestContext.Current.CancellationToken));
        }
        while (seen.Count(e => e.Kind == end) <= skip);
        return seen;
    }
}
