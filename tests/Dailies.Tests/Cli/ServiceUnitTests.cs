using System.CommandLine;
using System.Diagnostics;
using System.Xml.Linq;
using Dailies.Cli.Commands;
using Dailies.Cli.Units;

namespace Dailies.Tests.Cli;

public sealed class ServiceUnitTests : IDisposable
{
    private readonly TempFolder temp = new();

    private static readonly string[] Options = ["--comfy", "http://127.0.0.1:8188", "--until", "07:00", "100% \"sure\" \\ it's $HOME"];

    private static readonly string[] Actions = ["install", "uninstall", "status"];

    public void Dispose() => temp.Dispose();

    [Theory]
    [InlineData("resume")]
    [InlineData("sentinel")]
    [InlineData("serve")]
    public void On_Linux_it_is_a_unit_of_the_user_s(string kind) => Snapshot.Match(Shown(kind, ServiceSystem.Systemd), $"service.systemd.{kind}");

    [Theory]
    [InlineData("resume")]
    [InlineData("sentinel")]
    [InlineData("serve")]
    public void On_macOS_it_is_a_launch_agent(string kind) => Snapshot.Match(Shown(kind, ServiceSystem.Launchd), $"service.launchd.{kind}");

    [Theory]
    [InlineData("resume")]
    [InlineData("sentinel")]
    [InlineData("serve")]
    public void On_Windows_it_is_a_service_behind_NSSM(string kind) => Snapshot.Match(Shown(kind, ServiceSystem.Nssm), $"service.windows.{kind}");

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("", "\"\"")]
    [InlineData("100%", "\"100%%\"")]
    [InlineData("%h", "\"%%h\"")]
    [InlineData("$HOME", "\"$$HOME\"")]
    [InlineData("${HOME}", "\"$${HOME}\"")]
    [InlineData("a\"b", "\"a\\\"b\"")]
    [InlineData("a\\b", "\"a\\\\b\"")]
    [InlineData("it's", "\"it's\"")]
    [InlineData(";", "\";\"")]
    [InlineData("a\tb", "\"a\\x09b\"")]
    [InlineData("é 映", "\"é 映\"")]
    public void A_word_reaches_systemd_s_program_as_it_is(string word, string quoted) => SystemdUnit.Word(word, program: false).ShouldBe(quoted);

    [Fact]
    public void A_dollar_in_the_program_s_own_path_is_no_variable() => SystemdUnit.Word("/opt/$x %/dailies", program: true).ShouldBe("\"/opt/$x %%/dailies\"");

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("C:\\a\\", "C:\\a\\")]
    [InlineData("C:\\a b\\", "\"C:\\a b\\\\\"")]
    [InlineData("a\"b", "\"a\\\"b\"")]
    [InlineData("a\\\"b", "\"a\\\\\\\"b\"")]
    [InlineData("a\\b c", "\"a\\b c\"")]
    public void A_word_reaches_a_Windows_program_as_it_is(string word, string quoted) => WindowsWords.Quote(word).ShouldBe(quoted);

    [Fact]
    public void A_launch_agent_is_xml_whatever_it_holds() =>
        XDocument.Parse(ServiceUnit.Of("resume", ServiceSystem.Launchd, Paths(ServiceSystem.Launchd), ["<&\"'>"]).File!.Value.Text).Descendants("string").ShouldContain(s => s.Value == "<&\"'>");

    [Theory]
    [InlineData("a\nb", "/opt/dailies", "control character")]
    [InlineData("fine", "/opt/the \"best\"/dailies", "quote or a backslash")]
    [InlineData("fine", "/opt/back\\slash/dailies", "quote or a backslash")]
    public void What_a_unit_can_not_say_is_refused(string option, string program, string why)
    {
        ServiceUnit.Fault(ServiceSystem.Systemd, new ServicePaths([program], "/work", "/units"), [option])!.ShouldContain(why);
        ServiceUnit.Fault(ServiceSystem.Systemd, new ServicePaths(["/opt/a b%$/dailies"], "/wo rk%", "/units"), Options).ShouldBeNull();
    }

    // systemd itself reads it: a fault in a line would be named.
    [Theory]
    [InlineData("resume")]
    [InlineData("sentinel")]
    [InlineData("serve")]
    public async Task Systemd_has_nothing_to_say_against_it(string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/systemd-analyze"), "there is no systemd here");
        var program = temp.Write("a b %d $x/dailies", "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var paths = new ServicePaths([program], Directory.CreateDirectory(Path.Combine(temp.Path, "work %h $y ")).FullName, temp.Path, "/usr/share/dot net%");
        var unit = ServiceUnit.Of(kind, ServiceSystem.Systemd, paths, Options);
        File.WriteAllText(unit.File!.Value.Path, unit.File.Value.Text);

        var start = new ProcessStartInfo("/usr/bin/systemd-analyze", ["--user", "verify", unit.File.Value.Path]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["XDG_RUNTIME_DIR"] = temp.Path;
        using var verify = Process.Start(start)!;
        var said = await verify.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await verify.WaitForExitAsync(TestContext.Current.CancellationToken);

        (verify.ExitCode, said).ShouldBe((0, ""));
    }

    [Fact]
    public async Task A_verb_that_is_not_there_can_not_be_a_service_and_one_that_comes_can()
    {
        (await new Command("dailies") { ServiceCommand.Build() }.Parse(["service", "install", "serve", "--dry-run"]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(2);
        (await new Command("dailies") { ServiceCommand.Build(), new Command("serve") }.Parse(["service", "install", "serve", "--dry-run"]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    private static string Shown(string kind, ServiceSystem system)
    {
        var unit = ServiceUnit.Of(kind, system, Paths(system), Options);
        return string.Concat(Actions.Select(action => $"== {action}\n{unit.Shown(action)}"));
    }

    private static ServicePaths Paths(ServiceSystem system) => system == ServiceSystem.Nssm
        ? new ServicePaths([@"C:\Program Files\dotnet\dotnet.exe", @"C:\Program Files\Dailies\Dailies.Cli.dll"], @"D:\films\the long night 100%", "", @"C:\Program Files\dotnet")
        : new ServicePaths(["/usr/share/dot net/dotnet", "/opt/dailies 50%/Dailies.Cli.dll"], "/home/ada/films/the long night 100%", "/home/ada/units");
}
