using System.Text.Json.Nodes;

namespace Dailies.Tests.Animatic;

/// <summary>The order of the socket's messages, and the shape of each, against the recorded frames.</summary>
public class RecordedFrameTests
{
    public static TheoryData<string, int, string> Successes => new()
    {
        { "ws-success-1-image.A.txt", 1, "lab" },
        { "ws-success-batch-4.A.txt", 4, "batch4" },
        { "ws-success-batch-25.A.txt", 25, "batch25" },
    };

    [Theory]
    [MemberData(nameof(Successes))]
    public async Task A_success_sends_the_recorded_messages(string recording, int batch, string prefix)
    {
        await using var rig = await AnimaticRig.StartAsync();

        var (_, frames, entry) = await rig.RunAsync(Graphs.Flat(batch, prefix: prefix));

        Match(Recorded(recording), frames);
        entry["outputs"]!["2"]!["images"]!.AsArray().Count.ShouldBe(batch);
    }

    [Fact]
    public async Task A_prompt_that_ran_before_sends_the_recorded_messages_of_a_cached_rerun()
    {
        await using var rig = await AnimaticRig.StartAsync();
        await rig.RunAsync(Graphs.Flat());
        await using var socket = await rig.ConnectAsync("again");

        var frames = await RunAsync(rig, socket, Graphs.Flat());
        File.Delete(Path.Combine(rig.Output, "lab_00001_.png"));
        frames.AddRange(await RunAsync(rig, socket, Graphs.Flat()));
        frames.AddRange(await RunAsync(rig, socket, Graphs.Flat(prefix: "other")));

        Match(Recorded("ws-cached-rerun.A.txt"), frames);
        File.Exists(Path.Combine(rig.Output, "lab_00001_.png")).ShouldBeFalse("all cached: no new file, though the old one is gone");
        File.Exists(Path.Combine(rig.Output, "other_00001_.png")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_sampler_tells_each_step_as_recorded()
    {
        await using var rig = await AnimaticRig.StartAsync();

        var (_, frames, _) = await rig.RunAsync(Graphs.Shot(steps: 8));

        Types(FromSampler(frames)).ShouldBe(Types(FromSampler(Recorded("ksampler-run.A.txt"))));
    }

    [Fact]
    public async Task An_interrupted_sampler_ends_as_recorded()
    {
        await using var rig = await AnimaticRig.StartAsync(stepDelay: TimeSpan.FromMilliseconds(1));
        await using var socket = await rig.ConnectAsync("c");
        var id = await rig.PostAsync(Graphs.Shot(steps: 10_000), "c");
        await socket.UntilAsync(f => RigSocket.TypeOf(f) == "progress" && f["data"]!["value"]!.GetValue<int>() == 5);

        (await rig.SendAsync(HttpMethod.Post, "/interrupt", """{"prompt_id":"another"}""")).Status.ShouldBe(200);
        await socket.UntilAsync(f => RigSocket.TypeOf(f) == "progress");
        (await rig.SendAsync(HttpMethod.Post, "/interrupt", $$"""{"prompt_id":"{{id}}"}""")).Status.ShouldBe(200);
        var frames = await socket.UntilDoneAsync(id);

        var recorded = Recorded("ksampler-interrupt.A.txt");
        var end = recorded.FindIndex(f => RigSocket.TypeOf(f) == "execution_interrupted");
        Match(recorded[end..(end + 3)], frames[^3..]);
        var entry = (await rig.GetAsync("/history/" + id))[id]!;
        var other = JsonNode.Parse(Recordings.Body("history.interrupted.json"))!.AsObject().First().Value!;
        JsonShape.Only.Match(other["status"], entry["status"], "history.interrupted.json");
        entry["status"]!["status_str"]!.GetValue<string>().ShouldBe("error");
    }

    [Fact]
    public async Task A_prefix_that_leaves_the_folder_fails_while_running_as_recorded()
    {
        await using var rig = await AnimaticRig.StartAsync();

        var (_, frames, entry) = await rig.RunAsync(Graphs.Flat(colour: 5, prefix: "../escape"));

        var recorded = Recorded("ws-error-kinds.A.txt");
        Match(recorded[..(recorded.FindIndex(RigSocket.IsDone) + 1)], frames);
        JsonShape.Only.Match(JsonNode.Parse(Recordings.Body("history.error.bad-prefix.json"))!.AsObject().First().Value, entry, "history.error.bad-prefix.json");
        Directory.GetFiles(Path.GetDirectoryName(rig.Output)!, "escape*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_prompt_without_a_client_is_heard_by_all_only_in_part()
    {
        await using var rig = await AnimaticRig.StartAsync();
        await using var socket = await rig.ConnectAsync("bystander");

        await rig.PostAsync(Graphs.Shot(steps: 1, frames: 1));
        var frames = await socket.UntilAsync(f => RigSocket.TypeOf(f) == "status" && f["data"]!["status"]!["exec_info"]!["queue_remaining"]!.GetValue<int>() == 0
            && !f["data"]!.AsObject().ContainsKey("sid"));

        Types(frames).Distinct().Order().ShouldBe(["progress", "progress_state", "status"]);
    }

    [Fact]
    public async Task The_features_are_told_to_who_asks_first()
    {
        await using var rig = await AnimaticRig.StartAsync();
        await using var socket = await rig.ConnectAsync("c");
        await socket.NextAsync();

        await socket.SayAsync("""{"type":"feature_flags","data":{"supports_preview_metadata":true}}""");

        Match([Recorded("ws-feature-flags-previews.A.txt")[1]], [await socket.NextAsync()]);
    }

    private static async Task<List<JsonObject>> RunAsync(AnimaticRig rig, RigSocket socket, JsonObject graph) =>
        await socket.UntilDoneAsync(await rig.PostAsync(graph, "again"));

    private static List<JsonObject> Recorded(string name) => [.. Recordings.Frames(name).Select(f => JsonNode.Parse(f)!.AsObject())];

    private static IEnumerable<string> Types(IEnumerable<JsonObject> frames) => frames.Select(RigSocket.TypeOf);

    private static List<JsonObject> FromSampler(List<JsonObject> frames)
    {
        var from = frames.FindIndex(f => RigSocket.TypeOf(f) == "executing" && f["data"]!["node"]?.GetValue<string>() == "3");
        return frames[from..(frames.FindIndex(from, RigSocket.IsDone) + 1)];
    }

    private static void Match(List<JsonObject> recorded, List<JsonObject> frames)
    {
        Types(frames).ShouldBe(Types(recorded));
        foreach (var (expected, actual) in recorded.Zip(frames))
        {
            JsonShape.Only.Match(expected, actual, RigSocket.TypeOf(expected));
        }
    }
}
