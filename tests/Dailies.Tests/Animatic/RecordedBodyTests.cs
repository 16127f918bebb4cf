using System.Text.Json.Nodes;

namespace Dailies.Tests.Animatic;

/// <summary>Shapes of the other routes' answers against the recorded bodies.</summary>
public class RecordedBodyTests
{
    [Theory]
    [InlineData("/queue", "queue.idle.json")]
    [InlineData("/api/queue", "queue.idle.json")]
    [InlineData("/prompt", "prompt-info.idle.json")]
    [InlineData("/history", "history.empty.json")]
    [InlineData("/history/nosuch", "history.empty.json")]
    [InlineData("/features", "features.json")]
    [InlineData("/embeddings", "embeddings.json")]
    [InlineData("/models", "models.json")]
    [InlineData("/object_info/NoSuchNode", "history.empty.json")]
    [InlineData("/api/jobs", "jobs.empty.json")]
    public async Task An_idle_server_answers_in_the_recorded_shape(string path, string recording)
    {
        await using var rig = await AnimaticRig.StartAsync();

        JsonShape.Only.Match(JsonNode.Parse(Recordings.Body(recording)), await rig.GetAsync(path), path);
    }

    [Fact]
    public async Task System_stats_has_one_key_more_than_ComfyUI()
    {
        await using var rig = await AnimaticRig.StartAsync();
        var stats = await rig.GetAsync("/system_stats");

        stats["system"]!["animatic"]!.GetValue<string>().ShouldStartWith("0.");
        stats["system"]!["comfyui_version"]!.GetValue<string>().ShouldBe("0.8.0");
        stats["system"]!.AsObject().Remove("animatic");
        JsonShape.Only.Match(JsonNode.Parse(Recordings.Body("system_stats.json")), stats, "system_stats.json");
    }

    [Fact]
    public async Task The_history_of_a_success_has_the_recorded_shape()
    {
        await using var rig = await AnimaticRig.StartAsync();

        var (id, _, entry) = await rig.RunAsync(Graphs.Flat());

        JsonShape.Only.Match(JsonNode.Parse(Recordings.Body("history.success.json"))!.AsObject().First().Value, entry, "history.success.json");
        JsonShape.Only.Match(JsonNode.Parse(Recordings.Body("jobs.list.json"))!["jobs"]![0], (await rig.GetAsync("/api/jobs"))["jobs"]![0], "jobs.list.json");
        (await rig.GetAsync("/api/jobs/" + id))["execution_status"]!["completed"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task A_queue_with_one_running_and_one_pending_has_the_recorded_shape()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(); // time stands still: the first prompt stays at its first step
        await using var rig = await AnimaticRig.StartAsync(clock, TimeSpan.FromSeconds(1));
        await using var socket = await rig.ConnectAsync("c");
        await rig.PostAsync(Graphs.Shot(seed: 1), "c");
        await socket.UntilAsync(f => RigSocket.TypeOf(f) == "executing" && f["data"]!["node"]!.GetValue<string>() == "3");
        var pending = await rig.PostAsync(Graphs.Flat(), "c");

        var queue = await rig.GetAsync("/queue");

        var (recorded, waiting) = (JsonNode.Parse(Recordings.Body("queue.running-and-pending.json"))!["queue_pending"]![0]!, queue["queue_pending"]![0]!);
        (recorded[2], waiting[2]) = (null, null); // the graphs differ
        JsonShape.Only.Match(recorded, waiting, "pending");
        queue["queue_running"]!.AsArray().Count.ShouldBe(1);
        queue["queue_running"]![0]!.AsArray().Count.ShouldBe(5);
        (await rig.GetAsync("/prompt"))["exec_info"]!["queue_remaining"]!.GetValue<int>().ShouldBe(2);

        await rig.SendAsync(HttpMethod.Post, "/queue", $$"""{"delete":["{{pending}}"]}""");
        (await rig.GetAsync("/queue"))["queue_pending"]!.AsArray().ShouldBeEmpty();
        (await rig.GetAsync("/history/" + pending)).AsObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_small_POST_answers_as_recorded()
    {
        await using var rig = await AnimaticRig.StartAsync();
        foreach (var line in File.ReadLines(Path.Combine(Recordings.Folder, "http", "queue-history-interrupt-free.jsonl")).Select(l => JsonNode.Parse(l)!))
        {
            if (line["request"] is not { } request || request["method"]!.GetValue<string>() != "POST")
            {
                continue;
            }

            var (status, text) = await rig.SendAsync(HttpMethod.Post, request["path"]!.GetValue<string>(), request["body"]?.GetValue<string>());
            status.ShouldBe(line["response"]!["status"]!.GetValue<int>(), line["label"]!.GetValue<string>());
            text.ShouldBe(line["response"]!["body"]!.GetValue<string>(), line["label"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Our_nodes_are_defined_as_ComfyUI_defines_them()
    {
        await using var rig = await AnimaticRig.StartAsync();
        var recorded = JsonNode.Parse(Recordings.Body("object_info.subset.json"))!.AsObject();

        var nodes = (await rig.GetAsync("/object_info")).AsObject();

        nodes.Select(n => n.Key).Order().ShouldBe(
            ["CLIPTextEncode", "CheckpointLoaderSimple", "DailiesDoneMarker", "EmptyImage", "EmptyLatentImage", "KSampler", "PreviewImage", "SaveImage", "VAEDecode"], ignoreOrder: true);
        foreach (var (name, node) in nodes.Where(n => n.Key is not ("CheckpointLoaderSimple" or "DailiesDoneMarker")))
        {
            JsonNode.DeepEquals(node, recorded[name]).ShouldBeTrue(name);
        }
    }

    [Theory]
    [InlineData("/view?type=output", 404)]
    [InlineData("/view?filename=nosuch.png", 404)]
    [InlineData("/view?filename=../../etc/passwd", 400)]
    [InlineData("/view?filename=/etc/passwd", 400)]
    [InlineData("/view?filename=x.png&type=bogus", 400)]
    [InlineData("/view?filename=lab_00001_.png&subfolder=../..", 403)]
    [InlineData("/view?filename=lab_00001_.png&subfolder=/etc", 403)]
    [InlineData("/nosuchroute", 404)]
    [InlineData("/history?max_items=abc", 500)]
    [InlineData("/models/nosuch", 404)]
    [InlineData("/api/jobs?status=bogus", 400)]
    [InlineData("/ws", 400)]
    public async Task What_is_wrong_is_refused_as_recorded(string path, int status)
    {
        await using var rig = await AnimaticRig.StartAsync();

        (await rig.SendAsync(HttpMethod.Get, path)).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("http://evil.example", 403)]
    [InlineData("http://127.0.0.1:1", 403)]
    [InlineData(null, 200)]
    public async Task A_foreign_origin_is_refused(string? origin, int status)
    {
        await using var rig = await AnimaticRig.StartAsync();
        rig.Http.DefaultRequestHeaders.Add("Origin", origin ?? rig.Server.Url);

        (await rig.SendAsync(HttpMethod.Get, "/queue")).Status.ShouldBe(status);
    }
}
