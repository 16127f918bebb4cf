using System.Text;
using Dailies.Comfy;

namespace Dailies.Tests.Comfy;

/// <summary>What a refused graph tells: node, class, words, and what would be allowed.</summary>
public class RejectionTests
{
    public static TheoryData<string, string, string, string, string?, int> Refusals => new()
    {
        { "prompt.above-max.json", "1", "EmptyImage", "bigger than max", "999999", 0 },
        { "prompt.below-min.json", "1", "EmptyImage", "smaller than min", "0", 0 },
        { "prompt.not-in-list.json", "3", "ImageScale", "not in list", "magic", 5 },
        { "prompt.missing-required.json", "1", "SaveImage", "missing", null, 0 },
        { "prompt.unknown-class.json", "", "", "NoSuchNode", null, 0 },
        { "prompt.no-class-type.json", "", "", "Node ID '#1'", null, 0 },
        { "prompt.cycle.json", "", "", "Prompt outputs failed validation", null, 0 },
        { "older.v0.2.7.prompt.no-prompt-key.json", "", "", "no prompt", null, 0 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refusal_names_node_class_words_and_choices(string file, string node, string nodeClass, string words, string? received, int choices)
    {
        var fault = Rejection.Read(Recordings.Body(file))[0];

        (fault.Node, fault.NodeClass, fault.Received, fault.Choices.Count).ShouldBe((node, nodeClass, received, choices));
        fault.Text.ShouldContain(words, Case.Insensitive);
    }

    [Fact]
    public void A_choice_that_is_missing_on_the_server_lists_what_is_there()
    {
        var fault = Rejection.Read(Recordings.Body("prompt.checkpoint-missing.json")).Single(f => f.Received is not null);

        fault.NodeClass.ShouldBe("CheckpointLoaderSimple");
        fault.Text.ShouldContain(fault.Received!);
        fault.Choices.ShouldNotContain(fault.Received!);
    }

    [Fact]
    public void The_newer_form_of_choices_is_read_too()
    {
        var answer = """
            {"error":{"type":"x"},"node_errors":{"4":{"class_type":"KSampler","errors":[{"type":"value_not_in_list","message":"Value not in list","details":"d",
             "extra_info":{"input_name":"sampler_name","input_config":["COMBO",{"options":["euler","ddim",7]}],"received_value":"eular"}}]}}}
            """;

        Rejection.Read(Encoding.UTF8.GetBytes(answer)).Single().Choices.ShouldBe(["euler", "ddim"]);
    }

    [Theory]
    [InlineData("", "refused without a word")]
    [InlineData("<html>proxy says no</html>", "proxy says no")]
    [InlineData("{}", "refused without a reason")]
    [InlineData("[]", "refused without a reason")]
    [InlineData("null", "refused without a reason")]
    [InlineData("""{"error":17}""", "refused without a reason")]
    [InlineData("""{"error":{"message":null,"type":"odd"}}""", "odd")]
    [InlineData("""{"error":{}}""", "unknown error")]
    [InlineData("""{"error":"no prompt","node_errors":[]}""", "no prompt")]
    [InlineData("""{"node_errors":{"1":{"errors":["text"]}}}""", "unknown error")]
    [InlineData("""{"node_errors":{"1":null,"2":{"errors":null},"3":7},"error":"all"}""", "all")]
    [InlineData("""{"node_errors":{"1":{"errors":[{"message":"m","extra_info":{"input_config":[]}}]}}}""", "m")]
    public void Any_answer_gives_at_least_one_fault_with_words(string answer, string words) =>
        Rejection.Read(Encoding.UTF8.GetBytes(answer)).ShouldHaveSingleItem().Text.ShouldContain(words);

    [Fact]
    public void A_page_of_a_proxy_is_cut_short() =>
        Rejection.Read(Encoding.UTF8.GetBytes(new string('x', 100_000))).Single().Text.Length.ShouldBeLessThanOrEqualTo(300);

    [Fact]
    public void Errors_of_many_nodes_all_come_out() =>
        Rejection.Read("""{"node_errors":{"1":{"errors":[{"message":"a"},{"message":"b"}]},"2":{"errors":[{"message":"c","details":"d"}]}}}"""u8.ToArray())
            .Select(f => $"{f.Node} {f.Text}").ShouldBe(["1 a", "1 b", "2 c: d"]);
}
