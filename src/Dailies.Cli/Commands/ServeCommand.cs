using System.CommandLine;
using Dailies.Control;
using Dailies.Dashboard;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies serve</c>: the dashboard.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen", HelpName = "url", DefaultValueFactory = _ => "http://localhost:3000" };
        var runsDir = RunArgument.RunsDir();
        var command = new Command("serve", "Show every run as a web page") { urls, runsDir };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var app = DashboardServer.Build(new DashboardOptions { Url = parsed.GetValue(urls)!, RunsDir = parsed.GetValue(runsDir)! });
            await app.RunAsync(cancel);
            return ExitCode.Ok;
        });
        return command;
    }
}
