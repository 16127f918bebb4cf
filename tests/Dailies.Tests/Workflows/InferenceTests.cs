using System.Text;

using Dailies.Workflows;

namespace Dailies.Tests.Workflows;

public class InferenceTests
{
    public static TheoryData<string> Kinds() => [.. Graphs.Names.Where(n => n != "editor-format")];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Binds_the_common_graphs(string name)
    {
        var template = Graphs.Template(name);
        Snapshot.Match(Text(WorkflowBinding.Infer(template), template), "binding." + name);
    }

    [Theory]
    // A sampler that adds no noise keeps its seed; a switch that is linked may be on.
    [InlineData("""{"1":{"class_type":"KSamplerAdvanced","inputs":{"noise_seed":1,"add_noise":"disable"}}}""", "")]
    [InlineData("""{"1":{"class_type":"KSamplerAdvanced","inputs":{"noise_seed":1,"add_noise":["2",0]}}}""", "1.noise_seed")]
    [InlineData("""{"1":{"class_type":"SamplerCustom","inputs":{"noise_seed":1,"add_noise":false}}}""", "")]
    [InlineData("""{"1":{"class_type":"SamplerCustom","inputs":{"noise_seed":1,"add_noise":true}}}""", "1.noise_seed")]
    [InlineData("""{"1":{"class_type":"WildcardPrompt","inputs":{"seed":1,"text":"x"}}}""", "")]
    [InlineData("""{"1":{"class_type":"UltimateUpscale","inputs":{"seed":1,"positive":["2",0]}}}""", "1.seed")]
    [InlineData("""{"1":{"class_type":"KSampler","inputs":{"seed":["2",0]}},"2":{"class_type":"easy seed","inputs":{"seed":7}}}""", "2.seed")]
    public void Binds_seeds_only_where_noise_is_added(string json, string expected) =>
        string.Join(",", WorkflowBinding.Infer(Graphs.Of(json)).Of("seed")).ShouldBe(expected);

    [Theory]
    // Output 0 of a control net is its positive, output 1 its negative, whichever way the sampler takes them.
    [InlineData("0", "1", "6.text", "7.text")]
    [InlineData("1", "0", "7.text", "6.text")]
    public void Follows_the_slot_of_a_node_with_both_sides(string positive, string negative, string prompt, string other)
    {
        var binding = WorkflowBinding.Infer(Graphs.Of($$$$"""
            {"3":{"class_type":"KSampler","inputs":{"seed":1,"positive":["5",{{{{positive}}}}],"negative":["5",{{{{negative}}}}]}},
             "5":{"class_type":"ControlNetApplyAdvanced","inputs":{"positive":["6",0],"negative":["7",0],"image":["8",0]}},
             "6":{"class_type":"CLIPTextEncode","inputs":{"text":"a"}},"7":{"class_type":"CLIPTextEncode","inputs":{"text":"b"}},
             "8":{"class_type":"TextToImageNode","inputs":{"text":"never"}}}
            """));
        string.Join(",", binding.Of("prompt")).ShouldBe(prompt);
        string.Join(",", binding.Of("negative")).ShouldBe(other);
    }

    [Fact]
    public void Leaves_the_second_conditioning_of_a_dual_guider_to_the_map()
    {
        var binding = WorkflowBinding.Infer(Graphs.Of("""
            {"1":{"class_type":"DualCFGGuider","inputs":{"cond1":["2",0],"cond2":["3",0],"negative":["4",0]}},
             "2":{"class_type":"CLIPTextEncode","inputs":{"text":"a"}},"3":{"class_type":"CLIPTextEncode","inputs":{"text":"b"}},
             "4":{"class_type":"CLIPTextEncode","inputs":{"text":"c"}},"5":{"class_type":"SamplerCustomAdvanced","inputs":{"guider":["1",0],"noise":["6",0]}},
             "6":{"class_type":"RandomNoise","inputs":{"noise_seed":1}},"7":{"class_type":"SaveLatent","inputs":{"samples":["5",0],"filename_prefix":"l"}}}
            """));
        string.Join(",", binding.Of("prompt")).ShouldBe("2.text");
        string.Join(",", binding.Of("negative")).ShouldBe("4.text");
        binding.Notes.ShouldContain(n => n.StartsWith("3.text feeds only the second conditioning", StringComparison.Ordinal));
    }

    [Fact]
    public void Follows_every_branch_of_a_switch_it_does_not_know() =>
        string.Join(",", WorkflowBinding.Infer(Graphs.Of("""
            {"1":{"class_type":"KSampler","inputs":{"seed":1,"positive":["2",0]}},
             "2":{"class_type":"ImpactSwitch","inputs":{"select":1,"input1":["3",0],"input2":["4",0],"model":["5",0]}},
             "3":{"class_type":"CLIPTextEncode","inputs":{"text":"a"}},"4":{"class_type":"MyEncoder","inputs":{"prompt":"b"}},
             "5":{"class_type":"CLIPTextEncode","inputs":{"text":"not a prompt"}}}
            """)).Of("prompt")).ShouldBe("3.text,4.prompt");

    [Theory]
    [InlineData("""{"class_type":"PrimitiveString","inputs":{"value":"a"}}""", "2.value")]
    [InlineData("""{"class_type":"PrimitiveStringMultiline","inputs":{"value":"a"}}""", "2.value")]
    [InlineData("""{"class_type":"String Literal","inputs":{"string":"a"}}""", "2.string")]
    [InlineData("""{"class_type":"easy positive","inputs":{"positive":"a"}}""", "2.positive")]
    [InlineData("""{"class_type":"ShowText|pysssss","inputs":{"text":["3",0]}}""", "3.value")]
    [InlineData("""{"class_type":"Reroute","inputs":{"":["3",0]}}""", "3.value")]
    [InlineData("""{"class_type":"StringConcatenate","inputs":{"string_a":"a","string_b":["3",0],"delimiter":""}}""", "2.string_a")]
    [InlineData("""{"class_type":"Florence2Run","inputs":{"image":["4",0],"task":"caption"}}""", "")]
    [InlineData("""{"class_type":"PrimitiveInt","inputs":{"value":3}}""", "")]
    public void Follows_a_linked_text_to_where_it_stands(string source, string expected)
    {
        var binding = WorkflowBinding.Infer(Graphs.Of($$$$"""
            {"9":{"class_type":"KSampler","inputs":{"seed":1,"positive":["1",0]}},"1":{"class_type":"CLIPTextEncode","inputs":{"text":["2",0]}},
             "2":{{{{source}}}},"3":{"class_type":"PrimitiveString","inputs":{"value":"b"}}}
            """));
        string.Join(",", binding.Of("prompt")).ShouldBe(expected);
        binding.Notes.Any(n => n.Contains("which holds no plain text", StringComparison.Ordinal)).ShouldBe(expected.Length == 0);
    }

    [Theory]
    [InlineData("CLIPTextEncode", "text", "1.text")]
    [InlineData("CLIPTextEncodeSD3", "t5xxl", "1.t5xxl")]
    [InlineData("CLIPTextEncodeHunyuanDiT", "mt5xl", "1.mt5xl")]
    [InlineData("CLIPTextEncodePixArtAlpha", "text", "1.text")]
    [InlineData("TextEncodeQwenImageEdit", "prompt", "1.prompt")]
    [InlineData("BatchPromptSchedule", "text", "")]
    [InlineData("SomethingElse", "task", "")]
    public void Knows_the_texts_of_an_encoder(string classType, string input, string expected) =>
        string.Join(",", WorkflowBinding.Infer(Graphs.Of($$$$$"""
            {"9":{"class_type":"KSampler","inputs":{"seed":1,"positive":["1",0]}},"1":{"class_type":"{{{{{classType}}}}}","inputs":{"{{{{{input}}}}}":"a"}}}
            """)).Of("prompt")).ShouldBe(expected);

    [Theory]
    // A length is a video's only where something is made: not of a text, not of a cut from a batch.
    [InlineData("""{"class_type":"StringLength","inputs":{"length":3}}""", "")]
    [InlineData("""{"class_type":"GetImageRangeFromBatch","inputs":{"num_frames":3,"start_index":0}}""", "")]
    [InlineData("""{"class_type":"EmptyLatentImage","inputs":{"width":8,"height":8,"batch_size":25}}""", "")]
    [InlineData("""{"class_type":"WanSoundImageToVideoExtend","inputs":{"length":77,"positive":["1",0],"vae":["2",0]}}""", "5.length")]
    [InlineData("""{"class_type":"CogVideoSampler","inputs":{"num_frames":49,"seed":1}}""", "5.num_frames")]
    public void Binds_frames_only_to_lengths_of_videos(string node, string expected) =>
        string.Join(",", WorkflowBinding.Infer(Graphs.Of($$$$"""{"5":{{{{node}}}},"6":{"class_type":"SaveX","inputs":{"x":["5",0]}}}""")).Of("frames")).ShouldBe(expected);

    [Fact]
    public void Ends_on_a_cycle() =>
        WorkflowBinding.Infer(Graphs.Of("""
            {"1":{"class_type":"KSampler","inputs":{"seed":["1",0],"positive":["2",0],"negative":["2",0],"model":["1",0],"latent_image":["1",0]}},
             "2":{"class_type":"Reroute","inputs":{"":["3",0]}},"3":{"class_type":"ConditioningCombine","inputs":{"conditioning_1":["2",0],"conditioning_2":["3",0]}}}
            """)).Of("prompt").ShouldBeEmpty();

    [Fact]
    public void Takes_a_long_chain_in_linear_time()
    {
        var json = new StringBuilder("""{"s":{"class_type":"KSampler","inputs":{"seed":1,"positive":["0",0],"model":["0",0]}}""");
        const int Count = 10_000;
        for (var i = 0; i < Count; i++)
        {
            json.Append(System.Globalization.CultureInfo.InvariantCulture, $$$$""","{{{{i}}}}":{"class_type":"Reroute","inputs":{"":["{{{{i + 1}}}}",0]}}""");
        }

        json.Append(System.Globalization.CultureInfo.InvariantCulture, $$$$""","{{{{Count}}}}":{"class_type":"CLIPTextEncode","inputs":{"text":"far"}}}""");
        WorkflowBinding.Infer(Graphs.Of(json.ToString())).Of("prompt").ShouldBe([new InputTarget("10000", "text")]);
    }

    private static string Text(WorkflowBinding binding, WorkflowTemplate template)
    {
        var lines = binding.Targets.Select(t => $"{t.Key}: {string.Join(", ", t.Value.Select(x => $"{x} ({template.Node(x.NodeId)!.ClassType})"))}");
        return string.Join("\n", [.. lines, .. binding.Notes.Select(n => "note: " + n)]) + "\n";
    }
}
