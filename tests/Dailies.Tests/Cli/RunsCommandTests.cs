using System.Text.Json.Nodes;
using Dailies.Contract;
using Dailies.Tests.Artifacts;

namespace Dailies.Tests.Cli;

/// <summary>dailies runs as a program: what it removes, and when it doesn't.</summary>
public sealed class RunsCommandTests : IDisposable
{
    private readonly RunsFolder runs = new();

    // Far in the past by any clock: ten, nine and eight years before the sample's night.
    public RunsCommandTests()
    {
        runs.AddFinished("20161123-221507", 3650);
        runs.AddFinished("20171123-221507", 3285);
        runs.AddFinished("20181123-221507", 2920);
        Directory.CreateDirectory(Path.Combine(runs.Root, "artifacts"));
        File.WriteAllText(Archive("20161123-221507"), "zip");
        File.WriteAllText(Archive("20171123-221507"), "zip");
    }

    public void Dispose() => runs.Dispose();

    [Fact]
    public async Task Prune_asks_nobody_where_nobody_is_and_removes_nothing()
    {
        var said = await RunAsync("runs", "prune", "--keep", "0");

        (said.ExitCode, Left()).ShouldBe((2, "16 17 18"));
        said.Output.ShouldStartWith("2 of 3 runs go, ");
        said.Errors.ShouldBe("dailies: nobody can be asked here: add --yes to remove them, or --dry-run only to look\n");
    }

    [Fact]
    public async Task A_dry_run_removes_nothing()
    {
        var said = await RunAsync("runs", "prune", "--keep", "0", "--dry-run", "--archives", "--yes");

        (said.ExitCode, Left(), said.Errors).ShouldBe((0, "16 17 18", ""));
        said.Output.ShouldContain("logs/20171123-221507");
        said.Output.ShouldEndWith("kept: 1 the newest\n");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prune_removes_what_it_says(bool archives)
    {
        (await RunAsync("runs", "pin", "20171123-221507")).ExitCode.ShouldBe(0);
        string[] more = archives ? ["--archives"] : [];

        var said = await RunAsync(["runs", "prune", "--keep", "0", "--yes", .. more]);

        (said.ExitCode, Left(), said.Errors).ShouldBe((0, "17 18", ""));
        said.Output.ShouldContain("1 of 1 runs removed, ");
        (File.Exists(Archive("20161123-221507")), File.Exists(Archive("20171123-221507"))).ShouldBe((!archives, true));

        (await RunAsync("runs", "unpin", "20171123-221507")).ExitCode.ShouldBe(0);
        (await RunAsync("runs", "prune", "--keep", "0", "--yes")).ExitCode.ShouldBe(0);
        Left().ShouldBe("18");
    }

    [Fact]
    public async Task The_newest_twenty_stay_by_default()
    {
        (await RunAsync("runs", "prune", "--yes")).Output.ShouldBe("0 of 3 runs go, 0 B\nkept: 1 the newest\nkept: 2 among the 20 newest\n");
        Left().ShouldBe("16 17 18");
    }

    [Fact]
    public async Task List_and_show_tell_what_is_there()
    {
        var list = await RunAsync("runs", "list", "--last", "2", "--json");
        list.Output.Trim().Split('\n').Select(l => (string)JsonNode.Parse(l)!["runId"]!).ShouldBe(["20181123-221507", "20171123-221507"]);

        var show = await RunAsync("runs", "show", "20161123-221507");
        show.ExitCode.ShouldBe(0);
        show.Output.ShouldContain("State    finished");
        show.Output.ShouldContain("scene-001.bin");
        show.Output.ShouldContain("Archive  artifacts/comfyui-e2e-20261123-221507.zip, not there");
    }

    [Theory]
    [InlineData("runs", "list", "--last", "few")]
    [InlineData("runs", "prune", "--keep", "-1")]
    [InlineData("runs", "prune", "--keep-days", "a week")]
    [InlineData("runs", "pin", "20190101-000000")]
    [InlineData("runs", "pin", "artifacts")]
    [InlineData("runs", "lst")]
    public async Task Wrong_usage_is_2_with_a_word_on_what_to_do(params string[] arguments)
    {
        var said = await RunAsync(arguments);
        (said.ExitCode, said.Output).ShouldBe((2, ""));
        said.Errors.ShouldStartWith("dailies: ");
    }

    private string Archive(string id) => Path.Combine(runs.Root, "artifacts", RunFolder.Archive(id));

    private string Left() => string.Join(' ', Directory.EnumerateDirectories(runs.Logs).Select(d => Path.GetFileName(d)[2..4]).Order());

    private Task<CliOutcome> RunAsync(params string[] arguments) => CliProcess.RunAsync(runs.Root, new Dictionary<string, string>(), arguments);
}
