using System.Text.Json.Nodes;

using Dailies.Workflows;

namespace Dailies.Tests.Workflows;

public class WorkflowFillTests
{
    public static TheoryData<string> Kinds() => InferenceTests.Kinds();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Changes_what_is_bound_and_nothing_else(string name)
    {
        var template = Graphs.Template(name);
        var filled = Fill(template, Graphs.Scene);
        filled.Faults.ShouldBeEmpty();
        var lines = Changes(template.Graph(), filled.Graph);
        Snapshot.Match(string.Join("\n", [.. lines, $"unbound: {string.Join(", ", filled.Unbound)}", $"frames: {filled.Frames?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"} bound={filled.FramesBound}", .. filled.Notes.Select(n => "note: " + n)]) + "\n", "filled." + name);
    }

    [Fact]
    public void Leaves_what_the_scene_does_not_say()
    {
        var template = Graphs.Template("sd15-text-to-image");
        var filled = Fill(template, new SceneValues { Prompt = "p", Seed = ulong.MaxValue, Prefix = "x" });
        Changes(template.Graph(), filled.Graph).ShouldBe(["6.text: \"a castle\" → \"p\"", "9.filename_prefix: \"ComfyUI\" → \"x\""]);
        filled.Unbound.ShouldBeEmpty();
    }

    [Fact]
    public void Names_what_has_no_place()
    {
        var filled = Fill(Graphs.Template("svd"), Graphs.Scene);
        filled.Unbound.ShouldBe(["prompt", "negative"]);
        filled.FramesBound.ShouldBeTrue();
    }

    [Theory]
    [InlineData("keyframe")]
    [InlineData("start_image")]
    public void Writes_the_keyframe_under_either_name(string name)
    {
        var template = Graphs.Template("controlnet-chain");
        var binding = WorkflowBinding.Resolve(template, Graphs.Map($$"""{"{{name}}":"21.image"}""", template));
        var filled = WorkflowFill.Fill(template, binding, Graphs.Scene with { Keyframe = "scene-001.png" });
        filled.Graph["21"]!["inputs"]!["image"]!.GetValue<string>().ShouldBe("scene-001.png");
    }

    [Theory]
    // 81 is 4·20 + 1 and 97 is 8·12 + 1; a primitive takes the step of the node that reads it.
    [InlineData("wan22-image-to-video", 79, 81, "63.length is 81 frames, the next length that WanImageToVideo makes; 79 were wanted")]
    [InlineData("hunyuan-custom-advanced", 78, 81, "80.value is 81 frames, the next length that EmptyHunyuanLatentVideo makes; 78 were wanted")]
    [InlineData("ltxv-text-to-video", 90, 97, "70.length is 97 frames, the next length that EmptyLTXVLatentVideo makes; 90 were wanted")]
    [InlineData("svd", 26, 26, null)]
    [InlineData("animatediff", 26, 26, null)]
    public void Rounds_a_length_up_and_says_so(string name, int wanted, int frames, string? note)
    {
        var template = Graphs.Template(name);
        var filled = Fill(template, Graphs.Scene with { Frames = wanted });
        filled.Frames.ShouldBe(frames);
        filled.Notes.Where(n => n.Contains("wanted", StringComparison.Ordinal)).ShouldBe(note is null ? [] : [note]);
    }

    [Fact]
    public void Never_throws_for_a_binding_of_another_graph()
    {
        var filled = WorkflowFill.Fill(Graphs.Of("""{"1":{"class_type":"A"}}"""), WorkflowBinding.Infer(Graphs.Template("sd15-text-to-image")), Graphs.Scene);
        filled.Bound.ShouldBeEmpty();
        filled.Unbound.ShouldBe(["prompt", "negative", "seed", "prefix", "width", "height", "frames"]);
    }

    public static TheoryData<string, string, string, string> Sets() => new()
    {
        // graph, name, value, what happens
        { "sd15-text-to-image", "steps", "12", "3.steps: 20 → 12" },
        { "sd15-text-to-image", "steps", "12.5", "FAULT steps: '12.5' does not fit 3.steps. It takes a whole number." },
        { "sd15-text-to-image", "cfg", "6.5", "3.cfg: 7 → 6.5" },
        { "sd15-text-to-image", "cfg", "high", "FAULT cfg: 'high' does not fit 3.cfg. It takes a number." },
        { "sd15-text-to-image", "sampler", "dpmpp_2m", "3.sampler_name: \"euler\" → \"dpmpp_2m\"" },
        { "sd15-text-to-image", "checkpoint", "1.5", "4.ckpt_name: \"v1-5.safetensors\" → \"1.5\"" },
        { "sd15-text-to-image", "seed", "18446744073709551614", "3.seed: 18446744073709551615 → 18446744073709551614" },
        { "sd15-text-to-image", "3.denoise", "0.4", "3.denoise: 1 → 0.4" },
        { "sd15-text-to-image", "batch_size", "4", "5.batch_size: 1 → 4" },
        { "sd15-text-to-image", "3.positive", "a text", "3.positive: [\"6\",0] → \"a text\"" },
        { "sd15-text-to-image", "text", "x", "FAULT text: is an input of 2 nodes. Name one: 6.text, 7.text." },
        { "sd15-text-to-image", "shceduler", "x", "FAULT shceduler: nothing in the workflow has this name. Did you mean scheduler?" },
        { "sd15-text-to-image", "3.step", "9", "FAULT 3.step: node 3 (KSampler) has no input step. Did you mean 3.steps?" },
        { "sd15-text-to-image", "fps", "9", "FAULT fps: nothing in the workflow has this name. There are: prompt, negative, seed, prefix, width, height, checkpoint, steps, cfg, sampler, scheduler, denoise; or write <nodeId>.<input>." },
        { "sdxl-base-refiner", "checkpoint", "x", "FAULT checkpoint: means different files in this workflow. Name one: 4.ckpt_name, 12.ckpt_name." },
        { "sdxl-base-refiner", "steps", "30", "10.steps: 25 → 30; 11.steps: 25 → 30" },
        { "ltxv-text-to-video", "add_noise", "false", "72.add_noise: true → false" },
        { "ltxv-text-to-video", "add_noise", "maybe", "FAULT add_noise: 'maybe' does not fit 72.add_noise. It takes true or false." },
        { "ltxv-text-to-video", "fps", "30", "41.fps: 24 → 30; 69.frame_rate: 25 → 30" },
        { "primitives", "width", "640", "52.value: 512 → 640" },
        { "primitives", "5.width", "640", "5.width: [\"52\",0] → 640" },
        { "primitives", "6.text", "12", "6.text: [\"50\",0] → \"12\"" },
        { "qwen-edit-subgraph", "12.resize_type.multiplier", "2", "12.resize_type.multiplier: 1.5 → 2" },
        { "qwen-edit-subgraph", "multiplier", "2", "FAULT multiplier: nothing in the workflow has this name. There are: prompt, negative, seed, prefix, keyframe, checkpoint, steps, cfg, sampler, scheduler, denoise, vae; or write <nodeId>.<input>." },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public void Sets_a_value_by_name_in_the_kind_of_what_it_replaces(string graph, string name, string value, string expected)
    {
        var template = Graphs.Template(graph);
        var scene = new SceneValues { Prompt = "", Seed = 1, Prefix = "" };
        var without = Fill(template, scene).Graph;
        if (name == "seed")
        {
            without = template.Graph();
        }

        var filled = Fill(template, scene with { Set = new Dictionary<string, JsonNode> { [name] = JsonValue.Create(value) } });
        var changes = Changes(without, filled.Graph).Where(c => name != "seed" || c.Contains(".seed", StringComparison.Ordinal));
        string.Join("; ", [.. changes.Order(StringComparer.Ordinal), .. filled.Faults.Select(f => "FAULT " + f)]).ShouldBe(expected);
    }

    [Fact]
    public void Refuses_a_link_as_a_value()
    {
        var filled = Fill(Graphs.Template("sd15-text-to-image"), Graphs.Scene with { Set = new Dictionary<string, JsonNode> { ["steps"] = new JsonArray("6", 0) } });
        filled.Faults.ShouldHaveSingleItem().Message.ShouldContain("does not fit");
    }

    [Fact]
    public void Says_when_a_value_replaces_a_link() =>
        Fill(Graphs.Template("primitives"), Graphs.Scene).Notes.ShouldContain("9.filename_prefix was linked to node 55; the link is replaced by the value");

    private static FilledWorkflow Fill(WorkflowTemplate template, SceneValues scene) => WorkflowFill.Fill(template, WorkflowBinding.Infer(template), scene);

    private static List<string> Changes(JsonObject before, JsonObject after)
    {
        after.Select(n => n.Key).ShouldBe(before.Select(n => n.Key));
        return [.. before.SelectMany(n => n.Value!["inputs"]!.AsObject().Select(i => (Target: $"{n.Key}.{i.Key}", Old: i.Value, New: after[n.Key]!["inputs"]![i.Key])))
            .Where(c => c.Old?.ToJsonString() != c.New?.ToJsonString())
            .Select(c => $"{c.Target}: {c.Old?.ToJsonString()} → {c.New?.ToJsonString()}")];
    }
}
