using System.Text.Json.Nodes;
using Dailies.Tests.Control;

namespace Dailies.Tests.Cli;

/// <summary><c>dailies report</c> and <c>dailies compare</c> of a real run.</summary>
public class ReportCommandTests
{
    private static readonly Dictionary<string, string> NoVariables = [];

    [Fact]
    public async Task A_report_is_one_file_with_the_contact_sheet_in_it()
    {
        await using var run = await SmallRun.WithAsync("error@scene-002");
        await run.RunAsync();
        var name = $"report-{Path.GetFileName(run.RunDir)}.html";

        var outcome = await CliProcess.RunAsync(run.Folder, NoVariables, "report");
        var printed = await CliProcess.RunAsync(run.Folder, NoVariables, "report", run.RunDir, "-o", "-");

        (outcome.ExitCode, outcome.Errors).ShouldBe((0, ""));
        outcome.Output.ShouldStartWith($"{name}: 1 of 2 scenes have a take, ");
        var page = File.ReadAllText(Path.Combine(run.Folder, name));
        page.ShouldContain("src=\"data:image/jpeg;base64,");
        page.ShouldContain("executionError");
        page.ShouldNotContain(run.Folder);
        printed.ExitCode.ShouldBe(0);
        printed.Output.ShouldEndWith("</html>\n");
    }

    [Fact]
    public async Task Two_runs_are_compared_in_lines_and_as_JSON()
    {
        await using var run = await SmallRun.WithAsync("error@scene-002:1");
        await run.RunAsync();
        var first = run.RunDir;
        await run.Set("sceneRetryBudget", "3").RunAsync();

        var lines = await CliProcess.RunAsync(run.Folder, NoVariables, "compare", first, run.RunDir);
        var json = await CliProcess.RunAsync(run.Folder, NoVariables, "compare", first, run.RunDir, "--json");

        (lines.ExitCode, lines.Errors).ShouldBe((0, ""));
        lines.Output.ShouldContain("setting SceneRetryBudget: 1 -> 3\n");
        JsonNode.Parse(json.Output)!["settings"]![0]!["b"]!.GetValue<string>().ShouldBe("3");
    }

    [Theory]
    [InlineData("report", "nowhere")]
    [InlineData("report", "story")]
    [InlineData("compare", "nowhere", "story")]
    public async Task What_is_no_run_is_refused(params string[] arguments)
    {
        await using var run = SmallRun.Without();

        var outcome = await CliProcess.RunAsync(run.Folder, NoVariables, arguments);

        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldStartWith("dailies: ");
        Directory.GetFiles(run.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_that_can_t_be_written_is_said()
    {
        await using var run = await SmallRun.WithAsync();
        await run.RunAsync();
        run.Write("taken", "a file");

        var outcome = await CliProcess.RunAsync(run.Folder, NoVariables, "report", "-o", "taken/report.html");

        outcome.ExitCode.ShouldBe(3);
        outcome.Errors.ShouldStartWith("dailies: ");
    }
}
