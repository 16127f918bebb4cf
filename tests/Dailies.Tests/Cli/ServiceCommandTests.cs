using Dailies.Cli;
using Dailies.Cli.Units;

namespace Dailies.Tests.Cli;

/// <summary>dailies service as a program. Nothing here reaches this machine's own services: what would, is only shown.</summary>
public sealed class ServiceCommandTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task A_dry_run_shows_everything_and_writes_nothing()
    {
        var said = await RunAsync("service", "install", "resume", "--dry-run", "--", "--until", "07:00");

        (said.ExitCode, said.Errors).ShouldBe((0, ""));
        said.Output.ShouldContain("Dailies.Cli.dll");
        said.Output.ShouldContain(OperatingSystem.IsLinux() ? "\"resume\" \"latest\" \"--until\" \"07:00\"" : "latest");
        Directory.EnumerateFileSystemEntries(temp.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Every_service_is_a_verb() => ServiceKinds.All.ShouldBeSubsetOf(CommandLine.Build().Subcommands.Select(c => c.Name));

    [Theory]
    [InlineData("service", "install", "run")]
    [InlineData("service", "install")]
    [InlineData("service")]
    [InlineData("service", "install", "resume", "--folder", "nowhere")]
    [InlineData("service", "install", "resume", "--until", "07:00")]
    [InlineData("service", "install", "sentinel")]
    [InlineData("service", "install", "sentinel", "--", "--fast-iteration")]
    public async Task Wrong_usage_is_2(params string[] arguments) => (await RunAsync(arguments)).ExitCode.ShouldBe(2);

    [Fact]
    public async Task What_is_not_installed_is_said()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there it is a question to the control manager");

        (await RunAsync("service", "status", "resume")).ShouldSatisfyAllConditions(s => s.ExitCode.ShouldBe(1), s => s.Output.ShouldStartWith("not installed: there is no "));
        (await RunAsync("service", "uninstall", "resume")).ShouldSatisfyAllConditions(s => s.ExitCode.ShouldBe(0), s => s.Output.ShouldContain("is not installed: there is no "));
    }

    // Without the system's own tool nothing is half installed.
    [Fact]
    public async Task Where_the_tool_is_missing_nothing_is_written()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere the tool is another one");

        var said = await RunAsync(new Dictionary<string, string> { ["PATH"] = temp.Path }, "service", "install", "resume");

        (said.ExitCode, said.Errors).ShouldBe((2, "dailies: there is no systemctl here, so nothing was installed; what it would do: --dry-run\n"));
        Directory.EnumerateFileSystemEntries(temp.Path).ShouldBeEmpty();
    }

    private Task<CliOutcome> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    private Task<CliOutcome> RunAsync(Dictionary<string, string> variables, params string[] arguments) =>
        CliProcess.RunAsync(temp.Path, new Dictionary<string, string>(variables) { ["XDG_CONFIG_HOME"] = temp.Path, ["HOME"] = temp.Path }, arguments);
}
