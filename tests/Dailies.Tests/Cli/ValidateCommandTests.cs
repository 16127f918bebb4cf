using System.Text.Json.Nodes;
using System.Xml.Linq;
using Dailies.Tests.Validation;

namespace Dailies.Tests.Cli;

/// <summary>dailies validate as people and CI call it.</summary>
public class ValidateCommandTests
{
    private static readonly Dictionary<string, string> None = [];

    [Fact]
    public async Task Several_folders_and_patterns_are_judged_at_once_and_the_highest_code_is_the_exit_code()
    {
        using var run = GoodRun.Write();
        using var broken = GoodRun.Write();
        broken.RemoveLine("Queue policy");
        Directory.Move(broken.Folder, Path.Combine(Path.GetDirectoryName(run.Folder)!, GoodMetadata.RunId + "-2"));
        Directory.CreateDirectory(run.Outside("logs/notes"));

        var both = await CliProcess.RunAsync(run.Outside("."), None, "validate", "logs/*", "logs/" + GoodMetadata.RunId);
        both.ExitCode.ShouldBe(1, both.All);
        both.Output.ShouldContain($"== logs/{GoodMetadata.RunId}\ncontract kept: 4 scenes, 5 frames, 0 findings\n");
        both.Output.ShouldEndWith("2 runs: 1 kept, 1 broken; 8 scenes, 10 frames, 1 error, 1 warning\n"); // the folder's name is another
        (await CliProcess.RunAsync(run.Outside("."), None, "validate", GoodMetadata.RunId + "*", "--format", "json")).Output.ShouldContain("\"runs\": 2,");

        var missing = await CliProcess.RunAsync(run.Outside("."), None, "validate", "logs/*", "nowhere");
        missing.ExitCode.ShouldBe(2);
        missing.Errors.ShouldContain("there is no run nowhere");
        missing.Output.ShouldContain("2 runs:");
    }

    [Theory]
    [InlineData("--format sarif", "\"version\": \"2.1.0\"")]
    [InlineData("--format junit", "<testsuites name=\"dailies validate\"")]
    [InlineData("--format json", "\"exitCode\": 0")]
    [InlineData("--no-deep", "contract kept: 4 scenes, 5 frames, 0 findings")]
    [InlineData("--strict", "contract kept: 4 scenes, 5 frames, 0 findings")]
    public async Task Each_format_says_that_a_good_run_is_good(string options, string says)
    {
        using var run = GoodRun.Write();
        var outcome = await CliProcess.RunAsync(run.Outside("."), None, ["validate", "latest", .. options.Split(' ')]);

        outcome.ExitCode.ShouldBe(0, outcome.All);
        outcome.Output.ShouldContain(says);
        outcome.Output[0].ShouldNotBe('\uFEFF');
        if (options.Contains("junit", StringComparison.Ordinal))
        {
            XDocument.Parse(outcome.Output).Root!.Attribute("failures")!.Value.ShouldBe("0");
        }
        else if (options.Contains("format", StringComparison.Ordinal))
        {
            JsonNode.Parse(outcome.Output).ShouldNotBeNull();
        }
    }

    [Theory]
    [InlineData("did you mean --strict?", "latest", "--stric")]
    [InlineData("no run folder matches logs/2025*", "logs/2025*")]
    [InlineData("not a run folder: logs", "logs")]
    [InlineData("'yaml'", "latest", "--format", "yaml")]
    public async Task A_typing_error_is_2_and_says_what_to_do(string says, params string[] arguments)
    {
        using var run = GoodRun.Write();
        var outcome = await CliProcess.RunAsync(run.Outside("."), None, ["validate", .. arguments]);

        outcome.ExitCode.ShouldBe(2, outcome.All);
        outcome.All.ShouldContain(says);
    }

    [Fact]
    public async Task A_warning_breaks_a_strict_run_and_changed_bytes_don_t_one_that_is_not_looked_into()
    {
        using var run = GoodRun.Write();
        run.File(run.Metadata.Scenes[0].Frames[0].File, "torn"u8);
        (await CliProcess.RunAsync(run.Outside("."), None, "validate", "latest")).ExitCode.ShouldBe(1);
        (await CliProcess.RunAsync(run.Outside("."), None, "validate", "latest", "--no-deep")).ExitCode.ShouldBe(0);

        run.Rename("copy");
        (await CliProcess.RunAsync(run.Outside("."), None, "validate", "copy", "--no-deep")).ExitCode.ShouldBe(0);
        (await CliProcess.RunAsync(run.Outside("."), None, "validate", "copy", "--no-deep", "--strict")).ExitCode.ShouldBe(1);
    }
}
