using System.Text.Json.Nodes;

namespace Dailies.Tests.Animatic;

/// <summary>/animatic/…: on request only; other faults, the executions, a kill.</summary>
public class ControlRouteTests
{
    [Fact]
    public async Task Without_being_asked_for_there_is_no_control()
    {
        await using var rig = await AnimaticRig.StartAsync();

        foreach (var path in new[] { "/animatic/faults", "/animatic/executions", "/animatic/kill" })
        {
            (await rig.SendAsync(HttpMethod.Get, path)).Status.ShouldBe(404);
            (await rig.SendAsync(HttpMethod.Post, path, "{}")).Status.ShouldBe(404);
        }
    }

    [Fact]
    public async Task Faults_are_put_in_and_out_while_it_runs()
    {
        await using var rig = await AnimaticRig.WithControlAsync();

        (await rig.SendAsync(HttpMethod.Post, "/animatic/faults", """{"set":["error@scene-001:1","500*3"]}""")).ShouldBe((200, """{"faults":["error@scene-001:1","500*3"]}"""));
        (await FaultProbe.PostAsync(rig, "ours", Graphs.Scene("scene-001", 1))).Status.ShouldBe(500);
        (await rig.SendAsync(HttpMethod.Post, "/animatic/faults", """{"set":[]}""")).Status.ShouldBe(200);

        (await FaultProbe.PostAsync(rig, "ours", Graphs.Scene("scene-001", 1))).Status.ShouldBe(200);
        (await rig.SendAsync(HttpMethod.Get, "/animatic/faults")).Text.ShouldBe("""{"faults":[]}""");
    }

    [Theory]
    [InlineData("/animatic/faults", "{}")]
    [InlineData("/animatic/faults", """{"set":["eror"]}""")]
    [InlineData("/animatic/kill", """{"seconds":-1}""")]
    public async Task What_is_no_order_is_explained(string path, string body)
    {
        await using var rig = await AnimaticRig.WithControlAsync();

        var (status, text) = await rig.SendAsync(HttpMethod.Post, path, body);

        status.ShouldBe(400);
        ((string)JsonNode.Parse(text)!["error"]!).Length.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Executions_are_told_through_a_kill()
    {
        await using var rig = await AnimaticRig.WithControlAsync();
        await rig.RunAsync(Graphs.Shot(seed: 1), Graphs.Scene("scene-001", 1));

        (await rig.SendAsync(HttpMethod.Post, "/animatic/kill", """{"seconds":0}""")).Status.ShouldBe(202);
        while (rig.Server.Lives < 2)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, rig.Cancel);
        }

        await rig.RunAsync(Graphs.Shot(seed: 2), Graphs.Scene("scene-002", 3));
        var all = (await rig.GetAsync("/animatic/executions"))["executions"]!.AsArray();
        all.Select(e => ((string)e!["scene"]!, (int)e["attempt"]!, (int)e["life"]!)).ShouldBe([("scene-001", 1, 1), ("scene-002", 3, 2)]);
    }
}
