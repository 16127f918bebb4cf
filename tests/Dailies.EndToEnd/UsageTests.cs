namespace Dailies.EndToEnd;

/// <summary>Bad input: exit code 2, and a message that says what to do.</summary>
public class UsageTests
{
    [Theory]
    [InlineData("did you mean --scene-retry-budget?", "run", "--scene-retry-budgt", "2", "story.fountain")]
    [InlineData("Did you mean run?", "rum", "story.fountain")]
    [InlineData("no such file", "run", "story.fountain", "--animatic")]
    [InlineData("there is no run", "validate", "latest")]
    [InlineData("there is no run", "status", "20200101-000000")]
    [InlineData("known", "animatic", "--fault", "nonsense")]
    public async Task Bad_usage_ends_with_two_and_says_what_to_do(string says, params string[] arguments)
    {
        using var dailies = new DailiesProgram();
        var result = await dailies.RunAsync(arguments);
        result.ExitCode.ShouldBe(2, result.StandardOutput + result.StandardError);
        result.StandardError.ShouldContain(says, Case.Insensitive);
        Directory.Exists(Path.Combine(dailies.Folder, "logs")).ShouldBeFalse();
    }

    [Fact]
    public async Task All_wrong_settings_are_reported_at_once()
    {
        using var dailies = new DailiesProgram();
        dailies.Variables["SCENE_MAX_WAIT_SECONDS"] = "0";
        dailies.Write("dailies.json", """{ "stabilityRetries": -1, "sceneRetryBuget": 2 }""");
        var result = await dailies.RunAsync("run", dailies.Write("one.fountain", "EXT. SEA - DAY\n\nWaves.\n"), "--comfy", "http://127.0.0.1:1", "--fps", "fast", "--scene-retry-budget", "11", "--scenes", "9");
        result.ExitCode.ShouldBe(2);
        foreach (var words in new[]
        {
            "sceneMaxWaitSeconds is '0' (environment SCENE_MAX_WAIT_SECONDS)", "stabilityRetries is '-1'", "allowed: sceneRetryBudget, if that was meant",
            "fps is 'fast' (--fps)", "sceneRetryBudget is '11' (--scene-retry-budget); allowed: a whole number, at least 0, at most 10", "scenes is '9'", "no workflow",
        })
        {
            result.StandardError.ShouldContain(words);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("run")]
    [InlineData("resume")]
    [InlineData("retry")]
    [InlineData("stop")]
    [InlineData("status")]
    [InlineData("validate")]
    [InlineData("sentinel")]
    [InlineData("animatic")]
    public async Task Help_names_the_program_and_ends_with_zero(string verb)
    {
        using var dailies = new DailiesProgram();
        var result = await dailies.RunAsync([.. verb.Length > 0 ? new[] { verb } : [], "--help"]);
        result.ExitCode.ShouldBe(0);
        result.StandardOutput.ShouldContain($"dailies {verb}".TrimEnd());
    }
}
