using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Dailies.Workflows;

namespace Dailies.Tests.Workflows;

/// <summary>Workflows and maps with something wrong in them: a graph or clear faults, and work by the size of the file.</summary>
public class WorkflowDamageTests
{
    private static readonly byte[][] Files = [.. Graphs.Names.Select(Graphs.Bytes)];
    private static readonly byte[] Map = """{"prompt":"6.text","negative":["7.text"],"seed":"3.seed","frames":["5.batch_size"],"width":"5.width","height":"5.height","prefix":"9.filename_prefix","keyframe":[],"own":"3.steps","take":"9"}"""u8.ToArray();

    [Fact]
    public void A_damaged_graph_is_a_graph_or_clear_faults() => JsonDamage.Of(Files).Sample(
        bytes => ShouldHold(bytes), iter: Fuzz.Times(500), print: JsonDamage.Shown);

    [Fact]
    public void A_damaged_map_is_a_binding_or_clear_faults()
    {
        var template = Graphs.Of(Tests.Animatic.Graphs.Shot().ToJsonString());
        JsonDamage.Of([Map]).Sample(
            bytes =>
            {
                var reading = Fuzz.Bounded(bytes.Length, () => WorkflowBinding.ReadMap(bytes, "map.json", template));
                (reading.Binding is null).ShouldBe(reading.Faults.Count > 0);
                ShouldBeClear(reading.Faults, "map.json");
                if (reading.Binding is { } binding)
                {
                    WorkflowFill.Fill(template, WorkflowBinding.Resolve(template, binding), Graphs.Scene).Graph.ToJsonString().ShouldNotBeEmpty();
                }
            },
            iter: Fuzz.Times(500), print: JsonDamage.Shown);
    }

    public static TheoryData<string> Shapes => ["chain", "ring", "star", "all-to-one-sampler", "conditioning-chain", "conditioning-ring", "nowhere", "samplers", "savers", "wrong"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Ten_thousand_nodes_cost_what_they_weigh(string shape)
    {
        const int count = 10_000;
        var graph = new JsonObject();
        for (var i = 0; i < count; i++)
        {
            graph[$"{i}"] = Node(shape, i, count);
        }

        ShouldHold(Encoding.UTF8.GetBytes(graph.ToJsonString()));
    }

    private static JsonNode Node(string shape, int i, int count)
    {
        JsonArray To(int node) => new($"{node}", 0);
        JsonObject Of(string type, params (string Name, JsonNode Value)[] inputs) =>
            new() { ["class_type"] = type, ["inputs"] = new JsonObject(inputs.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)p.Value))) };

        return (shape, i) switch
        {
            ("wrong", _) => new JsonArray(i),
            ("savers", _) => Of("SaveImage", ("images", To(i)), ("filename_prefix", "x")),
            ("samplers", _) => Of("KSampler", ("positive", To((i + 1) % count)), ("negative", To((i + 7) % count)), ("latent_image", To((i + 3) % count)), ("seed", i)),
            (_, 0) when shape is "all-to-one-sampler" => Of("KSampler", [.. Enumerable.Range(1, count - 1).Select(n => ($"positive{n}", (JsonNode)To(n))), ("positive", To(1)), ("latent_image", To(2)), ("seed", 1)]),
            (_, 0) when shape is "conditioning-chain" or "conditioning-ring" => Of("KSampler", ("positive", To(1)), ("negative", To(2)), ("latent_image", To(3)), ("seed", 1)),
            ("conditioning-chain", _) when i == count - 1 => Of("CLIPTextEncode", ("text", "x")),
            ("conditioning-chain" or "conditioning-ring", _) => Of("ConditioningCombine", ("conditioning_1", To(i % (count - 1) + 1)), ("conditioning_2", To((i * 7 % (count - 1)) + 1))),
            ("star", _) => Of("ImageBatch", ("image1", To(0)), ("image2", To(0))),
            ("nowhere", _) => Of("VAEDecode", ("samples", To(count + i))),
            ("ring", _) => Of("ImageInvert", ("image", To((i + 1) % count))),
            _ => i == count - 1 ? Of("SaveImage", ("images", To(i - 1)), ("filename_prefix", "x")) : Of("ImageInvert", ("image", To(Math.Max(0, i - 1)))),
        };
    }

    private static void ShouldHold(byte[] bytes)
    {
        var reading = Fuzz.Bounded(bytes.Length, () => WorkflowTemplate.Parse(bytes, "graph.json"));
        (reading.Template is null).ShouldBe(reading.Faults.Count > 0);
        ShouldBeClear(reading.Faults, "graph.json");
        if (reading.Template is { } template)
        {
            var binding = Fuzz.Bounded(bytes.Length, () => WorkflowBinding.Resolve(template));
            foreach (var note in binding.Notes)
            {
                Fuzz.ShouldBeAClearFault(note);
            }

            var filled = Fuzz.Bounded(bytes.Length, () => WorkflowFill.Fill(template, binding, Graphs.Scene));
            filled.Graph.ToJsonString().ShouldNotBeEmpty();
            filled.Notes.Count.ShouldBeLessThan(1_000);
        }
    }

    private static void ShouldBeClear(IReadOnlyList<WorkflowFault> faults, string file)
    {
        faults.Count.ShouldBeLessThanOrEqualTo(100);
        foreach (var fault in faults)
        {
            Fuzz.ShouldBeAClearFault(fault.ToString());
            fault.ToString().ShouldStartWith(file);
        }
    }
}
