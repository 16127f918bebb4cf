using System.CommandLine;
using Dailies.Cli;

namespace Dailies.Tests.Cli;

public class HelpTests
{
    [Theory]
    [InlineData("dailies")]
    [InlineData("run")]
    [InlineData("resume")]
    [InlineData("retry")]
    [InlineData("stop")]
    [InlineData("status")]
    [InlineData("validate")]
    [InlineData("explain")]
    [InlineData("sentinel")]
    [InlineData("animatic")]
    [InlineData("runs")]
    [InlineData("runs list")]
    [InlineData("runs show")]
    [InlineData("runs pin")]
    [InlineData("runs unpin")]
    [InlineData("runs prune")]
    [InlineData("service")]
    [InlineData("service install")]
    [InlineData("service uninstall")]
    [InlineData("service status")]
    [InlineData("serve")]
    public void Help_reads_as_kept(string verb)
    {
        using var output = new StringWriter();
        string[] words = verb == "dailies" ? ["--help"] : [.. verb.Split(' '), "--help"];
        CommandLine.Build().Parse(words).Invoke(new InvocationConfiguration { Output = output }).ShouldBe(0);
        Snapshot.Match(output.ToString(), $"help.{verb.Replace(' ', '.')}");
    }
}
