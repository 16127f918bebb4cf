using System.CommandLine;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Dailies.Control;
using Dailies.Dashboard;
using Dailies.Dashboard.Access;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies serve</c>: the dashboard.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var urls = new Option<string[]>("--urls") { Description = "Where to listen; beyond this machine only with a token, which is made up where none is given", HelpName = "url", DefaultValueFactory = _ => ["http://localhost:3000"] };
        var token = new Option<string>("--token") { Description = $"What visitors must know, 16 letters at least; whoever lists processes sees it here, and not in the variable {ServePlan.TokenVariable}", HelpName = "secret" };
        var hosts = new Option<string[]>("--host") { Description = "Another name that the dashboard is reached by, such as a proxy's; may be repeated", HelpName = "name", AllowMultipleArgumentsPerToken = false };
        var runsDir = RunArgument.RunsDir();
        var publicDir = Folder(RunOptions.PublicDir.Option, "Where artifacts/latest-run.json is", RunOptions.PublicDir.Default!);
        var archiveDir = Folder(RunOptions.ArchiveDir.Option, "Where archives are", RunOptions.ArchiveDir.Default!);
        var command = new Command("serve", "Show every run as a web page") { urls, token, hosts, runsDir, publicDir, archiveDir };
        command.SetAction(async (parsed, _) =>
        {
            var secret = parsed.GetValue(token) ?? Environment.GetEnvironmentVariable(ServePlan.TokenVariable);
            var (plan, fault) = ServePlan.Of(parsed.GetValue(urls) ?? [], secret, parsed.GetValue(hosts) ?? [], terminal: !Console.IsOutputRedirected);
            if (plan is null)
            {
                await Console.Error.WriteLineAsync($"{CommandLine.Program}: {fault}");
                return ExitCode.Usage;
            }

            return await ServeAsync(new DashboardOptions
            {
                Serve = plan,
                Program = ProgramIdentity.Current,
                RunsDir = parsed.GetValue(runsDir)!,
                PublicDir = parsed.GetValue(publicDir)!,
                ArchiveDir = parsed.GetValue(archiveDir)!,
            });
        });
        return command;
    }

    private static async Task<int> ServeAsync(DashboardOptions options)
    {
        using var signals = new StopSignals(_ => { }, hurries: false);
        await using var app = DashboardServer.Build(options);
        try
        {
            await app.StartAsync(signals.Token);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await Console.Error.WriteLineAsync($"{CommandLine.Program}: can't listen at {string.Join(", ", options.Serve.Listen)}: {e.Message.TrimEnd('.')}. Is another dashboard running? Take another port with --urls http://localhost:3001");
            return ExitCode.Station;
        }
        catch (OperationCanceledException)
        {
            return signals.Code ?? ExitCode.Ok;
        }

        Console.WriteLine($"Dailies is at {string.Join(" and ", Addresses(app, options.Serve))}");
        await app.WaitForShutdownAsync(signals.Token);
        return signals.Code ?? ExitCode.Ok;
    }

    // What can be typed into a browser: a number of this machine for "every address", and the token where only this line tells it.
    private static IEnumerable<string> Addresses(WebApplication app, ServePlan plan)
    {
        var port = app.Urls.Select(u => new Uri(u.Replace("*", "any", StringComparison.Ordinal)).Port).FirstOrDefault();
        return plan.Listen.Select(a => a with { Host = a is { IsEvery: true, Name: null } ? OwnAddress() : a.Host, Port = a.Port == 0 ? port : a.Port })
            .Select(a => plan.Generated ? plan.WithToken(a.ToString()) : a.ToString());
    }

    private static string OwnAddress() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(n => n.OperationalStatus == OperationalStatus.Up && n.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(n => n.GetIPProperties().UnicastAddresses)
            .Where(a => a.Address.AddressFamily == AddressFamily.InterNetwork)
            .Select(a => a.Address.ToString())
            .FirstOrDefault() ?? Environment.MachineName;

    private static Option<string> Folder(string option, string description, string usual) => new(option) { Description = description, HelpName = "folder", DefaultValueFactory = _ => usual };
}
