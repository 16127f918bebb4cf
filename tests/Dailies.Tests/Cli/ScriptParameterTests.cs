using System.Text.RegularExpressions;
using Dailies.Control;
using Dailies.Queueing;
using Dailies.Settings;

namespace Dailies.Tests.Cli;

/// <summary>The parameters of the scripts are the options of <c>dailies run</c>, so a knob is never missing and a name never misspelt.</summary>
public partial class ScriptParameterTests
{
    // -ComfyUrl is --comfy; a story is an argument; -RunDir is refused.
    private static readonly Dictionary<string, string> Own = new() { ["ComfyUrl"] = "Comfy", ["Story"] = "", ["RunDir"] = "" };

    [Theory]
    [InlineData("run-comfyui-e2e")]
    [InlineData("queue-real-workflow")]
    public void Every_queue_knob_is_a_parameter(string script) => QueueOptions.All.Select(Name).Except(Parameters(script).Keys).ShouldBeEmpty();

    [Fact]
    public void Every_knob_of_the_llm_is_a_parameter_of_a_run() =>
        RunOptions.Own.Where(s => s.Key.StartsWith("llm", StringComparison.Ordinal) || s.Key.Contains("Llm", StringComparison.Ordinal)).Select(Name).Except(Parameters("run-comfyui-e2e").Keys).ShouldBeEmpty();

    [Theory]
    [InlineData("run-comfyui-e2e")]
    [InlineData("queue-real-workflow")]
    public void Every_parameter_is_an_option_of_its_kind(string script)
    {
        var options = RunOptions.All.ToDictionary(Name, s => s.Kind);
        foreach (var (name, type) in Parameters(script).Where(p => Own.GetValueOrDefault(p.Key) is not ""))
        {
            var option = Own.GetValueOrDefault(name, name);
            options.Keys.ShouldContain(option);
            type.ShouldBe(options[option] switch { SettingKind.Flag => "switch", SettingKind.List => "string[]", _ when name == Name(QueueOptions.WaitForMarker) => "object", _ => "string" }, name);
        }
    }

    private static string Name(Setting setting) => char.ToUpperInvariant(setting.Key[0]) + setting.Key[1..];

    private static Dictionary<string, string> Parameters(string script) => Parameter().Matches(Repository.Read($"scripts/{script}.ps1")).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["type"].Value);

    [GeneratedRegex(@"^    (?:\[Parameter\([^)]*\)\] )?\[(?<type>[a-z]+(\[\])?)\]\$(?<name>\w+),?$", RegexOptions.Multiline)]
    private static partial Regex Parameter();
}
