using System.Text;
using System.Text.Json.Nodes;

using CsCheck;

using Dailies.Workflows;

namespace Dailies.Tests.Workflows;

public class WorkflowFuzzTests
{
    private static readonly byte[][] Files = [.. Graphs.Names.Select(Graphs.Bytes)];
    private static readonly string[] Words = ["[\"6\",0]", "[\"3\",0]", "[3,1]", "null", "true", "{}", "[]", "\"\"", "-1", "1e999", "18446744073709551616", "\"\\ud800\"", "\"class_type\":1,", ",", "}", "\"inputs\":"];

    [Fact]
    public void Any_bytes_give_a_reading() => Gen.Byte.Array[0, 200].Sample(bytes => Try(bytes), iter: 500);

    [Fact]
    public void Bytes_struck_by_chance_give_a_reading() =>
        Gen.Select(Gen.Int[0, Files.Length - 1], Gen.Int[0, 100_000], Gen.Byte, Gen.Int[0, 100_000], Gen.Byte).Sample((file, at, b, at2, b2) =>
        {
            var bytes = Files[file].ToArray();
            bytes[at % bytes.Length] = b;
            bytes[at2 % bytes.Length] = b2;
            Try(bytes);
        }, iter: 500);

    [Fact]
    public void Graphs_torn_and_patched_give_a_reading() =>
        Gen.Select(Gen.Int[0, Files.Length - 1], Gen.Int[0, 100_000], Gen.Int[0, 30], Gen.Int[0, Words.Length - 1]).Sample((file, at, cut, word) =>
        {
            var text = Encoding.UTF8.GetString(Files[file]);
            at %= text.Length;
            Try(Encoding.UTF8.GetBytes(text[..at] + Words[word] + text[Math.Min(text.Length, at + cut)..]));
        }, iter: 1_000);

    [Fact]
    public void Graphs_linked_at_random_bind_and_fill_and_stay_as_they_were()
    {
        var names = Graphs.Names.Where(n => n != "editor-format").ToArray();
        Gen.Select(Gen.Int[0, names.Length - 1], Gen.Int[0, 1_000].Array[3, 12]).Sample((file, picks) =>
        {
            var graph = Graphs.Template(names[file]).Graph();
            var ids = graph.Select(n => n.Key).ToArray();
            for (var i = 0; i + 2 < picks.Length; i += 3)
            {
                var inputs = graph[ids[picks[i] % ids.Length]]!["inputs"]!.AsObject();
                if (inputs.Count > 0)
                {
                    inputs[inputs.ElementAt(picks[i + 1] % inputs.Count).Key] = new JsonArray(ids[picks[i + 2] % ids.Length], picks[i + 2] % 4);
                }
            }

            Try(Encoding.UTF8.GetBytes(graph.ToJsonString())).ShouldNotBeNull();
        }, iter: 500);
    }

    private static WorkflowTemplate? Try(byte[] bytes)
    {
        var (template, faults) = WorkflowTemplate.Parse(bytes, "fuzz.json");
        (template is null).ShouldBe(faults.Count > 0);
        if (template is not null)
        {
            var (before, sum) = (template.Graph().ToJsonString(), template.Sha256);
            var binding = WorkflowBinding.Infer(template);
            binding.Targets.Values.SelectMany(t => t).ShouldAllBe(t => template.Holds(t));
            WorkflowBinding.ReadMap(bytes, "fuzz.json", template);
            var set = new Dictionary<string, JsonNode> { ["steps"] = 3, ["checkpoint"] = "x", ["cfg"] = "7.5", ["text"] = true };
            WorkflowFill.Fill(template, binding, Graphs.Scene with { Set = set }).Graph.ToJsonString();
            template.Graph().ToJsonString().ShouldBe(before);
            Graphs.Of(before).Sha256.ShouldBe(sum);
        }

        return template;
    }
}
