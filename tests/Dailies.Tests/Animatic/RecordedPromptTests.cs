using System.Text.Json.Nodes;

namespace Dailies.Tests.Animatic;

/// <summary>Every POST /prompt of the recording http/prompt-errors.jsonl, sent again in its order; the answers compared.</summary>
public class RecordedPromptTests
{
    // The same `type`, `message` and `details`, word for word; `number` too, since refused prompts are counted.
    private static readonly JsonShape Words = new(
        new HashSet<string> { "type", "message", "details", "number", "exception_type", "received_value", "dependent_outputs", "class_type" },
        new HashSet<string> { "input_config" }); // the recording has tooltips there, and models of its own

    private static readonly JsonShape Shape = new(new HashSet<string>(), new HashSet<string> { "input_config" });

    // Animatic does not know these node classes, so it refuses the graph for another reason.
    private static readonly string[] ForeignNodes =
    [
        "combo value not in list (short list)",
        "LoadImage of a file that is not in input/",
        "link of the wrong type",
        "cycle of links",
    ];

    // The list of checkpoints is ours.
    private const string Checkpoint = "model file not on the server (checkpoint missing)";

    [Fact]
    public async Task Answers_every_recorded_prompt_as_the_real_server_did()
    {
        await using var rig = await AnimaticRig.StartAsync();
        var compared = 0;
        foreach (var line in File.ReadLines(Path.Combine(Recordings.Folder, "http", "prompt-errors.jsonl")).Select(l => JsonNode.Parse(l)!))
        {
            if (line["request"] is not { } request || !request["path"]!.GetValue<string>().EndsWith("/prompt", StringComparison.Ordinal)
                || request["method"]!.GetValue<string>() != "POST" || line["response"]!["status"]!.GetValue<int>() == 413)
            {
                continue;
            }

            var label = line["label"]!.GetValue<string>();
            var (status, text) = await rig.SendAsync(HttpMethod.Post, request["path"]!.GetValue<string>(), request["body"]?.GetValue<string>());
            status.ShouldBe(line["response"]!["status"]!.GetValue<int>(), $"{label}: {text}");
            var recorded = line["response"]!["body"]!.GetValue<string>();
            if (status == 500)
            {
                text.ShouldBe(recorded, label);
            }
            else if (!ForeignNodes.Contains(label))
            {
                (label == Checkpoint ? Shape : Words).Match(JsonNode.Parse(recorded), JsonNode.Parse(text), label);
            }

            compared++;
        }

        compared.ShouldBe(42);
    }

    [Theory]
    [InlineData("prompt.cycle.json")]
    [InlineData("prompt.link-wrong-type.json")]
    [InlineData("prompt.not-in-list.json")]
    public async Task Answers_in_the_recorded_shape_where_the_recording_used_other_nodes(string recording)
    {
        var graph = Graphs.Shot();
        switch (recording)
        {
            case "prompt.cycle.json":
                graph["3"]!["inputs"]!["latent_image"] = new JsonArray("3", 0);
                break;
            case "prompt.link-wrong-type.json":
                graph["9"]!["inputs"]!["images"] = new JsonArray("3", 0);
                break;
            default:
                graph["3"]!["inputs"]!["scheduler"] = "magic";
                break;
        }

        await using var rig = await AnimaticRig.StartAsync();
        var (status, text) = await rig.SendAsync(HttpMethod.Post, "/prompt", new JsonObject { ["prompt"] = graph }.ToJsonString());

        status.ShouldBe(400);
        // The keys of node_errors are node ids: compare what is under the only one.
        var (expected, actual) = (JsonNode.Parse(Recordings.Body(recording))!, JsonNode.Parse(text)!);
        actual["error"]!["type"]!.GetValue<string>().ShouldBe(expected["error"]!["type"]!.GetValue<string>());
        var (expectedNode, actualNode) = (expected["node_errors"]!.AsObject().FirstOrDefault().Value, actual["node_errors"]!.AsObject().FirstOrDefault().Value);
        var types = new JsonShape(new HashSet<string> { "type", "message" }, new HashSet<string> { "input_config" });
        types.Match(expectedNode, actualNode, recording);
    }

    [Fact]
    public async Task Long_lists_are_not_sent_back()
    {
        await using var rig = await AnimaticRig.StartAsync();
        var graph = Graphs.Shot();
        graph["3"]!["inputs"]!["sampler_name"] = "magic";

        var (_, text) = await rig.SendAsync(HttpMethod.Post, "/prompt", new JsonObject { ["prompt"] = graph }.ToJsonString());

        var error = JsonNode.Parse(text)!["node_errors"]!["3"]!["errors"]![0]!;
        error["details"]!.GetValue<string>().ShouldBe("sampler_name: 'magic' not in (list of length 44)");
        error["extra_info"]!["input_config"].ShouldBeNull();
    }

    [Theory]
    [InlineData("18446744073709551615", true, "18446744073709551615")]
    [InlineData("1.9", true, "1")]
    [InlineData("\"123\"", true, "123")]
    [InlineData("true", true, "1")]
    [InlineData("-1", false, "Value -1 smaller than min of 0")]
    [InlineData("18446744073709551616", false, "Value 18446744073709551616 bigger than max of 18446744073709551615")]
    public async Task Seeds_are_taken_converted_or_refused_as_recorded(string seed, bool accepted, string result)
    {
        await using var rig = await AnimaticRig.StartAsync();
        var graph = Graphs.Shot(frames: 1, steps: 1);
        graph["3"]!["inputs"]!["seed"] = JsonNode.Parse(seed);
        if (!accepted)
        {
            var (status, text) = await rig.SendAsync(HttpMethod.Post, "/prompt", new JsonObject { ["prompt"] = graph }.ToJsonString());
            status.ShouldBe(400);
            text.ShouldContain(result);
            return;
        }

        var (_, _, entry) = await rig.RunAsync(graph);
        entry["prompt"]![2]!["3"]!["inputs"]!["seed"]!.ToJsonString().ShouldBe(result);
    }
}
