namespace Dailies.Tests.Animatic;

/// <summary>The traps of the socket that our client must live with (contract §5), and the one that Animatic spares it.</summary>
public class SocketTests
{
    [Fact]
    public async Task A_client_that_comes_back_in_mid_run_hears_the_node_alone()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(); // holds the prompt at its first step
        await using var rig = await AnimaticRig.StartAsync(clock, TimeSpan.FromSeconds(1));
        await using (var before = await rig.ConnectAsync("c"))
        {
            await rig.PostAsync(Graphs.Shot(), "c");
            await before.UntilAsync(f => RigSocket.TypeOf(f) == "executing" && f["data"]!["node"]!.GetValue<string>() == "3");
        }

        await using var after = await rig.ConnectAsync("c");

        (await after.NextAsync())["data"]!["sid"]!.GetValue<string>().ShouldBe("c");
        (await after.NextAsync()).ToJsonString().ShouldBe("""{"type":"executing","data":{"node":"3"}}""");
    }

    [Fact]
    public async Task A_client_that_never_reads_starves_nobody_else()
    {
        await using var rig = await AnimaticRig.StartAsync();
        await using var deaf = await rig.ConnectAsync("deaf");
        for (var i = 0; i < 20; i++)
        {
            await rig.PostAsync(Graphs.Shot(seed: (ulong)i, frames: 1, steps: 100), "deaf");
        }

        var (_, frames, _) = await rig.RunAsync(Graphs.Flat());

        RigSocket.IsDone(frames[^1]).ShouldBeTrue();
        rig.Server.Executions.ShouldBe(21);
    }

    [Fact]
    public async Task A_second_socket_of_the_same_client_turns_deaf_when_the_first_goes()
    {
        await using var rig = await AnimaticRig.StartAsync();
        await using var second = await ConnectTwiceAsync(rig);
        await using var witness = await rig.ConnectAsync("witness");

        var id = await rig.PostAsync(Graphs.Flat(), "witness");
        await witness.UntilDoneAsync(id);
        await second.SayAsync("""{"type":"feature_flags","data":{}}""");

        // Had it heard the run, its status messages would come before the answer to its own question.
        RigSocket.TypeOf(await second.NextAsync()).ShouldBe("feature_flags");
    }

    [Fact]
    public async Task The_server_goes_while_sockets_are_open_and_prompts_run()
    {
        var rig = await AnimaticRig.StartAsync(stepDelay: TimeSpan.FromMinutes(5));
        var waiting = rig.Server.WaitForShutdownAsync(rig.Cancel);
        var socket = await rig.ConnectAsync("c");
        await rig.PostAsync(Graphs.Shot(), "c");
        await socket.UntilAsync(f => RigSocket.TypeOf(f) == "executing");

        await rig.DisposeAsync();

        await waiting;
    }

    private static async Task<RigSocket> ConnectTwiceAsync(AnimaticRig rig)
    {
        await using var first = await rig.ConnectAsync("twice");
        await first.NextAsync();
        var second = await rig.ConnectAsync("twice");
        await second.NextAsync();
        return second;
    }
}
