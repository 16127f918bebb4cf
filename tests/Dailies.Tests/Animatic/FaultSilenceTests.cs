using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Dailies.Animatic;
using Microsoft.Extensions.Time.Testing;
using static Dailies.Tests.Animatic.FaultProbe;

namespace Dailies.Tests.Animatic;

/// <summary>Faults that say nothing: three kinds of dead sockets, requests without an answer, somebody else's prompt that never ends.</summary>
public class FaultSilenceTests
{
    private static readonly JsonObject Meant = Graphs.Scene("scene-002", 1), Spared = Graphs.Scene("scene-001", 1);

    [Fact]
    public async Task A_silent_socket_says_its_first_status_and_nothing_more()
    {
        await using var rig = await AnimaticRig.StartAsync(faults: new Fault(FaultKind.SocketSilent));
        await using var socket = await rig.ConnectAsync("c");
        RigSocket.TypeOf(await socket.NextAsync()).ShouldBe("status");
        await PostAsync(rig, "ours", Meant);
        await UntilAsync(rig, q => q["queue_running"]!.AsArray().Count + q["queue_pending"]!.AsArray().Count == 0);

        await socket.SayAsync("""{"type":"feature_flags","data":{}}""");

        RigSocket.TypeOf(await socket.NextAsync()).ShouldBe("feature_flags"); // had it heard the run, that would come first
    }

    [Fact]
    public async Task A_dropped_socket_ends_without_a_close_frame_while_the_prompt_runs_on()
    {
        await using var rig = await AnimaticRig.StartAsync(faults: At("socket-dropped"));
        using var raw = new ClientWebSocket();
        await raw.ConnectAsync(new Uri(rig.Server.Url.Replace("http", "ws", StringComparison.Ordinal) + "/ws?clientId=c"), rig.Cancel);
        var socket = new RigSocket(raw, rig.Cancel);
        await PostAsync(rig, "ours", Meant);

        await Should.ThrowAsync<WebSocketException>(() => socket.UntilDoneAsync("ours"));

        await UntilAsync(rig, q => q["queue_running"]!.AsArray().Count + q["queue_pending"]!.AsArray().Count == 0);
        ((string)(await rig.GetAsync("/history/ours"))["ours"]!["status"]!["status_str"]!).ShouldBe("success");
    }

    [Fact]
    public async Task A_deaf_socket_stays_open_and_hears_nothing_more_while_others_hear()
    {
        await using var rig = await AnimaticRig.StartAsync(faults: At("socket-deaf"));
        await using var deaf = await rig.ConnectAsync("c");
        await using var other = await rig.ConnectAsync("other");
        await PostAsync(rig, "ours", Meant);
        await UntilAsync(rig, q => q["queue_running"]!.AsArray().Count + q["queue_pending"]!.AsArray().Count == 0);

        await deaf.SayAsync("""{"type":"feature_flags","data":{}}""");

        var heard = await deaf.UntilAsync(f => RigSocket.TypeOf(f) == "feature_flags"); // its own answer comes behind all that it heard
        heard.ShouldContain(f => RigSocket.TypeOf(f) == "execution_start");
        heard.ShouldNotContain(f => RigSocket.TypeOf(f) == "execution_success");
        await other.UntilAsync(f => RigSocket.TypeOf(f) == "status" && (int)f["data"]!["status"]!["exec_info"]!["queue_remaining"]! == 1);
        await other.UntilAsync(f => RigSocket.TypeOf(f) == "status" && (int)f["data"]!["status"]!["exec_info"]!["queue_remaining"]! == 0);
    }

    [Theory]
    [InlineData("half-open")]
    [InlineData("half-open-history")]
    public async Task A_half_open_connection_never_answers_while_others_do(string fault)
    {
        await using var rig = await AnimaticRig.StartAsync(faults: At(fault));
        await using var socket = await rig.ConnectAsync("c");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(rig.Cancel);
        var posted = PostAsync(rig, "ours", Meant, patience);
        await socket.UntilDoneAsync("ours");

        var asked = fault == "half-open" ? posted : AskAsync(rig, "/history/ours", patience);
        await UntilAsync(rig, _ => rig.Server.Held == 1);

        asked.IsCompleted.ShouldBeFalse();
        (await PostAsync(rig, "other", Spared)).Status.ShouldBe(200);
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asked);
        await UntilAsync(rig, _ => rig.Server.Held == 0); // who gives up frees the connection
    }

    [Fact]
    public async Task A_stuck_stranger_stays_until_it_is_interrupted()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var rig = await AnimaticRig.StartAsync(clock, faults: At("stranger-stuck"));
        await using var socket = await rig.ConnectAsync("c");
        await PostAsync(rig, "ours", Meant);
        await UntilAsync(rig, q => q["queue_running"]!.AsArray().Count == 1);
        clock.Advance(TimeSpan.FromHours(1));

        ((string)(await rig.GetAsync("/queue"))["queue_running"]![0]![1]!).ShouldBe("somebody-elses-stuck-prompt");
        await rig.SendAsync(HttpMethod.Post, "/interrupt", """{"prompt_id":"somebody-elses-stuck-prompt"}""");

        await PassAsync(clock, socket.UntilDoneAsync("ours"));
    }
}
