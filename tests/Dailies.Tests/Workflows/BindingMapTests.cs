using System.Text;

using Dailies.Workflows;

namespace Dailies.Tests.Workflows;

public class BindingMapTests
{
    private static readonly WorkflowTemplate Template = Graphs.Template("sd15-text-to-image");

    [Fact]
    public void Reads_one_target_or_a_list_under_any_name()
    {
        var map = Graphs.Map("""{"$schema":"x","prompt":"6.text","look":["6.text","7.text"],"negative":[]}""", Template);
        map.Targets.Keys.ShouldBe(["prompt", "look", "negative"]);
        map.Of("look").ShouldBe([new InputTarget("6", "text"), new InputTarget("7", "text")]);
        map.Of("negative").ShouldBeEmpty();
    }

    [Fact]
    public void Names_every_fault_at_once_with_the_nearest_word()
    {
        var json = """
            {
              "prompt": "6.txet",
              "negative": "KSampler.text",
              "frames": ["5.batch_size", "15.batch_size"],
              "seed": 3,
              "width": "512",
              "height": null,
              "prefix": "Positive.text",
              "fps": "8.completely_other"
            }
            """;
        var reading = WorkflowBinding.ReadMap(Encoding.UTF8.GetBytes(json), "map.json", Template);
        reading.Binding.ShouldBeNull();
        Snapshot.Match(string.Join("\n", reading.Faults) + "\n", "faults.map");
    }

    [Theory]
    [InlineData("\"9\"", "9")]
    [InlineData("[\"9\"]", "9")]
    [InlineData("9", "9")]
    [InlineData("[]", null)]
    public void Reads_the_node_whose_output_is_the_take(string written, string? node)
    {
        var map = Graphs.Map($$"""{"prompt":"6.text","take":{{written}}}""", Template);
        map.Take.ShouldBe(node);
        map.Targets.Keys.ShouldBe(["prompt"]);
        var filled = WorkflowFill.Fill(Template, WorkflowBinding.Resolve(Template, map), new SceneValues { Prompt = "p", Seed = 1, Prefix = "x" });
        filled.Bound.Where(b => b.StartsWith("take", StringComparison.Ordinal)).ShouldBe(node is null ? [] : ["take: node 9"]);
    }

    [Theory]
    [InlineData("\"12\"", "take is \"12\", but the workflow has no node 12. ")]
    [InlineData("\"SaveImage\"", "take is \"SaveImage\", but the workflow has no node SaveImage. Did you mean node 9?")]
    [InlineData("\"9.images\"", "take is \"9.images\", but the workflow has no node 9.images. Write the id of one saving node")]
    [InlineData("[\"9\",\"8\"]", "take is [\"9\",\"8\"], which names no node. Write the id of one saving node")]
    [InlineData("null", "take is null, which names no node. ")]
    [InlineData("{}", "take is {}, which names no node. ")]
    public void Refuses_a_take_that_is_no_node(string written, string fault)
    {
        var faults = WorkflowBinding.ReadMap(Encoding.UTF8.GetBytes($$"""{"prompt":"6.text","take":{{written}}}"""), "map.json", Template).Faults;
        faults.ShouldHaveSingleItem().ToString().ShouldStartWith($"map.json:1: {fault}");
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("[]", null)]
    [InlineData("{\n\"prompt\": ", 2)]
    [InlineData("{\"prompt\":\"\\ud800\"}", null)]
    public void Refuses_what_is_no_map(string json, int? line)
    {
        var fault = WorkflowBinding.ReadMap(Encoding.UTF8.GetBytes(json), "map.json", Template).Faults.ShouldHaveSingleItem();
        fault.File.ShouldBe("map.json");
        fault.Line.ShouldBe(line);
    }

    [Fact]
    public void Lets_the_map_win_name_by_name_and_infers_the_rest()
    {
        var binding = WorkflowBinding.Resolve(Template, Graphs.Map("""{"frames":"5.batch_size","prompt":"7.text","negative":[]}""", Template));
        binding.Of("prompt").ShouldBe([new InputTarget("7", "text")]);
        binding.Of("negative").ShouldBeEmpty();
        binding.Of("frames").ShouldBe([new InputTarget("5", "batch_size")]);
        binding.Of("seed").ShouldBe([new InputTarget("3", "seed")]);
        binding.Notes.ShouldBe(["negative is unbound by the map"]);
    }

    [Theory]
    [InlineData("""{"prompt":"1.a"}""", true)]
    [InlineData("""{"prompt":"1.a","negative":"1.b"}""", false)]
    public void Drops_a_note_that_the_map_answers(string map, bool stays)
    {
        var template = Graphs.Of("""{"1":{"class_type":"AllInOne","inputs":{"a":"x","b":"y"}}}""");
        WorkflowBinding.Resolve(template, Graphs.Map(map, template)).Notes.Contains("no sampler or guider found: prompt and negative are not bound").ShouldBe(stays);
    }

    [Fact]
    public void Infers_all_without_a_map() =>
        WorkflowBinding.Resolve(Template).Targets.Keys.ShouldBe(WorkflowBinding.Infer(Template).Targets.Keys);

    [Fact]
    public void The_lighthouse_example_binds_everything()
    {
        var template = WorkflowTemplate.Parse(File.ReadAllBytes(Path.Combine(Graphs.Example, "workflow.json")), "workflow.json").Template.ShouldNotBeNull();
        var map = WorkflowBinding.ReadMap(File.ReadAllBytes(Path.Combine(Graphs.Example, "workflow.bindings.json")), "workflow.bindings.json", template);
        map.Faults.ShouldBeEmpty();
        var filled = WorkflowFill.Fill(template, WorkflowBinding.Resolve(template, map.Binding), Graphs.Scene);
        filled.Bound.ShouldBe(["prompt: 6.text", "negative: 7.text", "seed: 3.seed", "prefix: 9.filename_prefix", "width: 5.width", "height: 5.height", "frames: 5.batch_size"]);
        filled.Unbound.ShouldBeEmpty();
        filled.Notes.ShouldBeEmpty();
        filled.Frames.ShouldBe(25);
    }
}
