using System.Text.Json.Nodes;

namespace Dailies.Tests.Cli;

/// <summary>dailies explain, as a process.</summary>
public sealed class ExplainCommandTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("TC-504", "TC-504  rule")]
    [InlineData("tc-504", "TC-504  rule")]
    [InlineData("OUTOFMEMORY", "outOfMemory  failure kind, a value of FailureKind")]
    [InlineData("--scene-max-wait-seconds", "--scene-max-wait-seconds  knob")]
    [InlineData("SCENE_MAX_WAIT_SECONDS", "--scene-max-wait-seconds  knob")]
    [InlineData("GPU.Name", "Name  field, Scenes[].Telemetry.GPU")]
    [InlineData("Done marker not found after 12.5 seconds", "Done marker not found after <seconds> seconds  note")]
    public async Task A_name_is_explained_however_it_is_spelled(string name, string first)
    {
        var outcome = await ExplainAsync(name);
        (outcome.ExitCode, outcome.Errors).ShouldBe((0, ""));
        outcome.Output.Split('\n')[0].ShouldBe(first);
    }

    [Theory]
    [InlineData("outOfMemmory", "dailies: there is nothing called outOfMemmory; did you mean outOfMemory?")]
    [InlineData("--scene-max-wait-second", "dailies: there is nothing called --scene-max-wait-second; did you mean --scene-max-wait-seconds?")]
    [InlineData("xyzzy", "dailies: there is nothing called xyzzy; all names: dailies explain")]
    public async Task A_near_miss_names_the_nearest_and_ends_with_2(string name, string words)
    {
        var outcome = await ExplainAsync(name);
        (outcome.ExitCode, outcome.Output, outcome.Errors.TrimEnd()).ShouldBe((2, "", words));
    }

    [Fact]
    public async Task Json_is_one_object_a_line()
    {
        var outcome = await ExplainAsync("rules", "--json");
        var lines = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject()).ToList();
        lines.Count.ShouldBe(global::Dailies.Validation.RuleCatalogue.All.Count);
        lines[0].Select(m => m.Key).ShouldBe(["name", "family", "of", "meaning", "facts"]);
    }

    private Task<CliOutcome> ExplainAsync(params string[] words) => CliProcess.RunAsync(folder.Path, new Dictionary<string, string>(), ["explain", .. words]);
}
