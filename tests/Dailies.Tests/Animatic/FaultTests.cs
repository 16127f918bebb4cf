using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Dailies.Animatic;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Animatic;

/// <summary>What each fault looks like from outside, and how faults are written.</summary>
public class FaultTests
{
    [Theory]
    [InlineData("error", FaultKind.Error, null, null)]
    [InlineData("error@scene-002", FaultKind.Error, "scene-002", null)]
    [InlineData("drop-output@scene-002:1", FaultKind.DropOutput, "scene-002", 1)]
    [InlineData("no-socket", FaultKind.NoSocket, null, null)]
    public void A_fault_is_read_and_written_alike(string text, FaultKind kind, string? scene, int? attempt)
    {
        Fault.TryParse(text, out var fault, out var error).ShouldBeTrue(error);

        fault.ShouldBe(new Fault(kind, scene, attempt));
        fault!.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("eror", "There is no fault 'eror'. Did you mean 'error'? ")]
    [InlineData("drop", "There is no fault 'drop'. Did you mean 'drop-output'? ")]
    [InlineData("error@", "'error@' names no scene: write 'error@scene-002' or 'error'.")]
    [InlineData("error@scene-002:0", "'0' in 'error@scene-002:0' is no attempt: attempts count from 1, as in 'error@scene-002:1'.")]
    [InlineData("no-socket@scene-002", "'no-socket' concerns the whole server, so it takes no scene: write 'no-socket'.")]
    public void What_is_no_fault_is_explained(string text, string sentence)
    {
        Fault.TryParse(text, out var fault, out var error).ShouldBeFalse();

        fault.ShouldBeNull();
        error.ShouldBe(sentence.EndsWith(' ') ? $"{sentence}Known faults: {string.Join(", ", Fault.Names)}." : sentence);
    }

    [Fact]
    public void The_help_text_names_every_fault() => Snapshot.Match(Fault.DescribeFaults(), "faults");

    [Theory]
    [InlineData("error", null, null, true)]
    [InlineData("error", "scene-009", 3, true)]
    [InlineData("error@scene-002", "scene-002", 7, true)]
    [InlineData("error@scene-002", "scene-001", 1, false)]
    [InlineData("error@scene-002", null, null, false)]
    [InlineData("error@scene-002:1", "scene-002", 1, true)]
    [InlineData("error@scene-002:1", "scene-002", 2, false)]
    public void A_fault_bites_its_own_prompts_only(string text, string? scene, int? attempt, bool bites)
    {
        Fault.TryParse(text, out var fault, out _).ShouldBeTrue();

        new FaultPlan([fault!]).AtStep(new PromptTag(scene, attempt), TimeSpan.Zero).Fails.ShouldBe(bites);
    }

    [Fact]
    public async Task Refuse_answers_400_in_the_shape_of_a_missing_checkpoint()
    {
        await using var rig = await AnimaticRig.StartAsync(faults: new Fault(FaultKind.Refuse));

        var (status, text) = await rig.SendAsync(HttpMethod.Post, "/prompt", new JsonObject { ["prompt"] = Graphs.Shot() }.ToJsonString());

        status.ShouldBe(400);
        var (recorded, answered) = (JsonNode.Parse(Recordings.Body("prompt.checkpoint-missing.json"))!, JsonNode.Parse(text)!);
        JsonShape.Only.Match(recorded["error"], answered["error"], "refuse");
        new JsonShape(new HashSet<string> { "type", "message", "class_type" }, new HashSet<string> { "input_config" })
            .Match(recorded["node_errors"]!["1"], answered["node_errors"]!["4"], "refuse");
        rig.Server.Executions.ShouldBe(0);
    }

    [Fact]
    public async Task Error_ends_the_prompt_at_the_sampler_and_only_the_one_it_is_meant_for()
    {
        await using var rig = await AnimaticRig.StartAsync(faults: new Fault(FaultKind.Error, "scene-002", 1));

        var (_, _, first) = await rig.RunAsync(Graphs.Shot(seed: 1), Graphs.Scene("scene-001", 1));
        var (_, frames, failed) = await rig.RunAsync(Graphs.Shot(seed: 2), Graphs.Scene("scene-002", 1));
        var (_, _, retried) = await rig.RunAsync(Graphs.Shot(seed: 2), Graphs.Scene("scene-002", 2));

        first["status"]!["completed"]!.GetValue<bool>().ShouldBeTrue();
        frames[^3..].Select(RigSocket.TypeOf).ShouldBe(["execution_error", "status", "executing"]);
        frames[^3]["data"]!["node_type"]!.GetValue<string>().ShouldBe("KSampler");
        failed["status"]!["status_str"]!.GetValue<string>().ShouldBe("error");
        failed["outputs"]!.AsObject().ShouldBeEmpty();
        var recorded = JsonNode.Parse(Recordings.Body("history.error.out-of-memory.json"))!.AsObject().First().Value!;
        new JsonShape(new HashSet<string>(), new HashSet<string> { "current_inputs" }).Match(recorded["status"], failed["status"], "error");
        retried["status"]!["completed"]!.GetValue<bool>().ShouldBeTrue();
        rig.Server.Executions.ShouldBe(3);
    }

    [Fact]
    public async Task No_socket_refuses_the_handshake_while_HTTP_works()
    {
        await using var rig = await AnimaticRig.StartAsync(faults: new Fault(FaultKind.NoSocket));

        await Should.ThrowAsync<WebSocketException>(() => rig.ConnectAsync("c"));
        (await rig.SendAsync(HttpMethod.Get, "/ws")).Status.ShouldBe(403);

        await rig.PostAsync(Graphs.Flat());
    }

    [Fact]
    public async Task Slow_takes_two_seconds_for_each_step()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var rig = await AnimaticRig.StartAsync(clock, TimeSpan.FromMilliseconds(15), new Fault(FaultKind.Slow));
        await using var socket = await rig.ConnectAsync("c");
        var id = await rig.PostAsync(Graphs.Shot(frames: 1, steps: 3), "c");
        await socket.UntilAsync(f => RigSocket.TypeOf(f) == "executing" && f["data"]!["node"]!.GetValue<string>() == "3");

        var done = socket.UntilDoneAsync(id);
        while (!done.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }

        var frames = await done;
        frames.Count(f => RigSocket.TypeOf(f) == "progress").ShouldBe(3);
        frames.Single(f => RigSocket.TypeOf(f) == "execution_success")["data"]!["timestamp"]!.GetValue<long>().ShouldBeGreaterThanOrEqualTo(6000);
    }

    [Fact]
    public async Task Drop_output_names_every_file_but_keeps_the_last_one_back()
    {
        await using var rig = await AnimaticRig.StartAsync(faults: new Fault(FaultKind.DropOutput, "scene-002", 1));

        var (_, _, entry) = await rig.RunAsync(Graphs.Shot(frames: 3), Graphs.Scene("scene-002", 1));

        var images = entry["outputs"]!["9"]!["images"]!.AsArray();
        images.Count.ShouldBe(3);
        var found = new List<int>();
        foreach (var image in images)
        {
            found.Add((await rig.SendAsync(HttpMethod.Get, $"/view?filename={image!["filename"]}&subfolder={image["subfolder"]}")).Status);
        }

        found.ShouldBe([200, 200, 404]);
    }
}
