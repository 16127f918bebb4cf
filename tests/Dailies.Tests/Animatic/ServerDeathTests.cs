using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Dailies.Animatic;
using Microsoft.Extensions.Time.Testing;
using static Dailies.Tests.Animatic.FaultProbe;

namespace Dailies.Tests.Animatic;

/// <summary>A server that is killed and comes back: what it forgets, what it leaves, and as what it returns (contract §8, recorded in server-killed-mid-write).</summary>
public class ServerDeathTests
{
    private static readonly JsonObject Meant = Graphs.Scene("scene-002", 1), Spared = Graphs.Scene("scene-001", 1);

    [Fact]
    public async Task A_killed_server_cuts_the_sockets_refuses_for_a_while_and_comes_back_empty_on_the_same_port()
    {
        var clock = new FakeTimeProvider();
        await using var rig = await AnimaticRig.StartAsync(clock);
        await rig.RunAsync(Graphs.Shot(), Spared);
        var socket = await rig.ConnectAsync("c");

        var killed = rig.Server.KillAsync();

        await Should.ThrowAsync<WebSocketException>(() => socket.UntilAsync(_ => false)); // no close frame
        await UntilRefusedAsync(rig);
        await PassAsync(clock, AsTask(killed));
        (await rig.GetAsync("/history")).AsObject().ShouldBeEmpty();
        ((long)JsonNode.Parse((await rig.SendAsync(HttpMethod.Post, "/prompt", new JsonObject { ["prompt"] = Graphs.Flat() }.ToJsonString())).Text)!["number"]!).ShouldBe(0);
        (rig.Server.Lives, clock.GetUtcNow() - clock.Start >= AnimaticServer.UsualDown).ShouldBe((2, true));
    }

    [Theory]
    [InlineData("killed", 0)]
    [InlineData("killed-mid-write", 2)]
    [InlineData("returns-older", 0)]
    public async Task A_fault_kills_it_in_mid_prompt(string fault, int files)
    {
        var clock = new FakeTimeProvider();
        await using var rig = await AnimaticRig.StartAsync(clock, faults: At(fault));
        await PostAsync(rig, "ours", Meant);
        await PostAsync(rig, "waits", Spared);

        await UpAgainAsync(rig, clock);

        await UntilAsync(rig, q => q["queue_running"]!.AsArray().Count + q["queue_pending"]!.AsArray().Count == 0);
        (await rig.GetAsync("/history")).AsObject().ShouldBeEmpty();
        rig.Server.Executions.ShouldBe(1);
        var left = Directory.GetFiles(rig.Output, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        left.Count.ShouldBe(files);
        left.Select(f => File.ReadAllBytes(f).AsSpan().IndexOf("IEND"u8) > 0).ShouldBe(files == 0 ? [] : [true, false]);
    }

    [Fact]
    public async Task An_older_server_makes_its_own_ids_stops_whatever_runs_and_lacks_what_came_later()
    {
        var clock = new FakeTimeProvider();
        await using var rig = await AnimaticRig.StartAsync(clock, faults: [At("returns-older"), new Fault(FaultKind.Stuck, "scene-001")]);
        await PostAsync(rig, "ours", Meant);
        await UpAgainAsync(rig, clock);
        await using var socket = await rig.ConnectAsync("c");

        var answer = JsonNode.Parse((await PostAsync(rig, "mine", Spared)).Text)!;

        var id = (string)answer["prompt_id"]!;
        id.ShouldNotBe("mine");
        ((string)(await rig.GetAsync("/system_stats"))["system"]!["comfyui_version"]!).ShouldBe("0.3.40");
        (await rig.SendAsync(HttpMethod.Get, "/features")).Status.ShouldBe(404);
        (await rig.SendAsync(HttpMethod.Get, "/api/jobs")).Status.ShouldBe(404);
        await UntilAsync(rig, q => q["queue_running"]!.AsArray().Count == 1);
        await rig.SendAsync(HttpMethod.Post, "/interrupt", """{"prompt_id":"somebody-else"}""");
        var frames = await socket.UntilDoneAsync(id);
        frames.Select(RigSocket.TypeOf).ShouldContain("execution_interrupted");
        frames.Select(RigSocket.TypeOf).ShouldNotContain("progress_state");
    }

    [Fact]
    public async Task Two_kills_at_once_are_one_death()
    {
        await using var rig = await AnimaticRig.StartAsync();

        await Task.WhenAll(rig.Server.KillAsync(TimeSpan.Zero), rig.Server.KillAsync(TimeSpan.Zero));

        rig.Server.Lives.ShouldBe(2);
        (await rig.GetAsync("/queue")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_server_that_is_down_can_be_disposed()
    {
        var rig = await AnimaticRig.StartAsync(new FakeTimeProvider());
        var killed = rig.Server.KillAsync();
        await UntilRefusedAsync(rig);

        await rig.DisposeAsync();

        await killed;
    }

    private static async Task UntilRefusedAsync(AnimaticRig rig)
    {
        while (true)
        {
            try
            {
                await rig.SendAsync(HttpMethod.Get, "/queue");
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
            {
                return;
            }
            catch (Exception e) when (e is HttpRequestException or System.Net.Sockets.SocketException)
            {
                // Cut in mid-answer: not down yet.
            }
        }
    }

    private static async Task UpAgainAsync(AnimaticRig rig, FakeTimeProvider clock)
    {
        while (rig.Server.Lives < 2)
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, rig.Cancel);
        }
    }

    private static async Task<bool> AsTask(Task task)
    {
        await task;
        return true;
    }
}
