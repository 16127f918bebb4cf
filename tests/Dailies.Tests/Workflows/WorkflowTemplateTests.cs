using System.Text;
using System.Text.Json.Nodes;

using Dailies.Workflows;

namespace Dailies.Tests.Workflows;

public class WorkflowTemplateTests
{
    [Fact]
    public void Keeps_nodes_in_file_order_with_titles_and_inputs()
    {
        var template = Graphs.Template("sd15-text-to-image");
        template.Nodes.Select(n => n.Id).ShouldBe(["3", "4", "5", "6", "7", "8", "9"]);
        template.Node("6").ShouldNotBeNull().Title.ShouldBe("Positive");
        template.Node("6")!.Link("clip").ShouldBe(new WorkflowLink("4", 1));
        template.Node("6")!.Text("text").ShouldBe("a castle");
        template.Node("9")!.Title.ShouldBeNull();
    }

    [Fact]
    public void Keeps_the_largest_seed_and_the_titles()
    {
        var graph = Graphs.Template("sd15-text-to-image").Graph();
        graph["3"]!["inputs"]!["seed"]!.ToJsonString().ShouldBe("18446744073709551615");
        graph["6"]!["_meta"]!["title"]!.GetValue<string>().ShouldBe("Positive");
    }

    [Fact]
    public void Gives_every_node_an_inputs_object_because_ComfyUI_dies_without()
    {
        var template = Graphs.Of("""{"1":{"class_type":"Note"},"2":{"class_type":"Note","inputs":null}}""");
        template.Graph().ToJsonString().ShouldBe("""{"1":{"class_type":"Note","inputs":{}},"2":{"class_type":"Note","inputs":{}}}""");
    }

    [Fact]
    public void Gives_copies_that_do_not_reach_back()
    {
        var template = Graphs.Template("sd15-text-to-image");
        template.Graph()["3"]!["inputs"]!.AsObject().Clear();
        template.Graph()["3"]!["inputs"]!.AsObject().Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Reads_the_body_of_a_post_as_the_graph_in_it()
    {
        var wrapped = Graphs.Template("wrapped");
        wrapped.Sha256.ShouldBe(Graphs.Template("sd15-text-to-image").Sha256);
        wrapped.Nodes.Count.ShouldBe(7);
    }

    [Fact]
    public void Has_one_sum_for_one_work_whatever_order_spaces_and_titles()
    {
        var a = Graphs.Of("""{"1":{"class_type":"A","inputs":{"x":1,"y":[1,0]}},"2":{"class_type":"B"}}""");
        var b = Graphs.Of("""{ "2":{"inputs":{},"class_type":"B","_meta":{"title":"t"}}, "1":{"inputs":{"y":[1,0],"x":1},"class_type":"A"} }""");
        a.Sha256.ShouldBe(b.Sha256);
        a.Sha256.ShouldNotBe(Graphs.Of("""{"1":{"class_type":"A","inputs":{"x":2,"y":[1,0]}},"2":{"class_type":"B"}}""").Sha256);
    }

    [Fact]
    public void Reads_a_byte_order_mark_and_takes_the_last_of_two_equal_names()
    {
        var json = "\uFEFF" + """{"1":{"class_type":"A","inputs":{"x":1,"x":2}}}""";
        Graphs.Of(json).Graph()["1"]!["inputs"]!["x"]!.ToJsonString().ShouldBe("2");
    }

    [Theory]
    [InlineData("""["6",0]""", true)]
    [InlineData("""[6,0]""", true)]
    [InlineData("""["6",0,1]""", false)]
    [InlineData("""["6"]""", false)]
    [InlineData("""["6","0"]""", false)]
    [InlineData("""["6",-1]""", false)]
    [InlineData("""["6",0.5]""", false)]
    [InlineData("\"6\"", false)]
    public void Knows_a_link_when_it_sees_one(string value, bool isLink) =>
        (Graphs.Of($$$$"""{"1":{"class_type":"A","inputs":{"x":{{{{value}}}}}}}""").Node("1")!.Link("x") is not null).ShouldBe(isLink);

    [Theory]
    [InlineData("6.text", "6", "text")]
    [InlineData("54:62:174.text", "54:62:174", "text")]
    [InlineData("12.resize_type.multiplier", "12", "resize_type.multiplier")]
    public void Splits_a_target_at_the_first_dot(string text, string node, string input)
    {
        InputTarget.Parse(text).ShouldBe(new InputTarget(node, input));
        InputTarget.Parse(text).ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("6")]
    [InlineData(".text")]
    [InlineData("6.")]
    public void Refuses_what_is_no_target(string text)
    {
        InputTarget.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => InputTarget.Parse(text));
    }

    [Fact]
    public void Finds_the_input_of_an_id_with_dots_where_the_first_dot_names_nothing()
    {
        var template = Graphs.Of("""{"3.0.1":{"class_type":"A","inputs":{"x":1}},"3":{"class_type":"A","inputs":{"0.1.x":1}}}""");
        InputTarget.Find("3.0.1.x", template).ShouldBe(new InputTarget("3", "0.1.x"));
        InputTarget.Find("3.0.1.x", Graphs.Of("""{"3.0.1":{"class_type":"A","inputs":{"x":1}}}""")).ShouldBe(new InputTarget("3.0.1", "x"));
    }

    [Fact]
    public void Names_what_a_file_is_instead_of_a_graph()
    {
        (string Name, byte[] Bytes)[] files =
        [
            ("editor-format.json", Graphs.Bytes("editor-format")),
            ("wrapped-editor.json", Text("""{"prompt":{"nodes":[],"links":[],"version":1}}""")),
            ("list.json", Text("[1,2]")),
            ("number.json", Text("3")),
            ("empty.json", Text("{}")),
            ("empty-prompt.json", Text("""{"prompt":{}}""")),
            ("nothing.json", []),
            ("torn.json", Text("{\n \"3\": {\n  \"class_type\": \"KSam")),
            ("story.json", Text("""{"storyId":"s","scenes":[{"id":"scene-001"}]}""")),
            ("history.json", Recordings.Body("history.success.json")),
            ("entry.json", Text("""{"prompt":[0,"id",{},{},[]],"outputs":{},"status":{}}""")),
            ("settings.json", Text("""{"comfy":"http://127.0.0.1:8188"}""")),
            ("nodes.json", Text("{\n\"1\": {\"class_type\": \"A\", \"inputs\": {}},\n\"2\": {\"inputs\": {}},\n\"3\": 5,\n\"4\": {\"class_type\": \"A\", \"inputs\": []},\n\"5\": {\"class_type\": 7}\n}")),
            ("nan.json", Text("{\n\"1\": {\"class_type\": \"A\", \"is_changed\": [NaN]}}")),
            ("surrogate.json", Text("""{"1":{"class_type":"A","inputs":{"x":"\ud800"}}}""")),
            ("latin1.json", [.. Text("""{"1":{"class_type":"A","inputs":{"x":"caf"""), 0xE9, .. Text("\"}}}")]),
        ];
        var lines = files.SelectMany(f =>
        {
            var reading = WorkflowTemplate.Parse(f.Bytes, f.Name);
            reading.Template.ShouldBeNull();
            return reading.Faults.Select(x => x.ToString());
        });
        Snapshot.Match(string.Join("\n", lines) + "\n", "faults.workflow");
    }

    [Fact]
    public void Reads_the_graph_of_every_recorded_history()
    {
        var graphs = Recordings.Names("bodies").Where(n => n.StartsWith("history.", StringComparison.Ordinal) && n.EndsWith(".json", StringComparison.Ordinal))
            .SelectMany(n => JsonNode.Parse(Recordings.Body(n)) is JsonObject entries ? entries.Select(e => e.Value?["prompt"]?[2]).OfType<JsonObject>() : [])
            .Select(g => g.ToJsonString()).ToList();
        graphs.Count.ShouldBeGreaterThan(10);
        var prefixed = graphs.Count(g => WorkflowBinding.Infer(Graphs.Of(g)).Of("prefix").Count > 0);
        prefixed.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Stops_at_the_fiftieth_fault_of_a_hostile_file()
    {
        var json = "{\"0\":{\"class_type\":\"A\"}" + string.Concat(Enumerable.Range(1, 50_000).Select(i => $",\"{i}\":{i}")) + "}";
        WorkflowTemplate.Parse(Text(json), "hostile.json").Faults.Count.ShouldBe(50);
    }

    [Fact]
    public void Refuses_a_file_of_more_than_20_MB_unread() =>
        WorkflowTemplate.Parse(new byte[WorkflowTemplate.MaxBytes + 1], "big.json").Faults.ShouldHaveSingleItem().Message.ShouldContain("more than");

    private static byte[] Text(string json) => Encoding.UTF8.GetBytes(json);
}
