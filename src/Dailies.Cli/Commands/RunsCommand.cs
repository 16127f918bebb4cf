using System.CommandLine;
using System.Text.Json;
using Dailies.Artifacts;
using Dailies.Cli.Views;
using Dailies.Contract;
using Dailies.Control;
using Spectre.Console;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies runs list|show|pin|unpin|prune|rewrite</c>: the runs of a folder.</summary>
internal static class RunsCommand
{
    public static Command Build() => new("runs", "List, look at, keep and remove runs")
    {
        BuildList(), BuildShow(), BuildPin("pin", "Keep a run whatever its age", pinned: true), BuildPin("unpin", "Let a run be removed again", pinned: false), PruneCommand.Build(), RewriteCommand.Build(),
    };

    private static Command BuildList()
    {
        var runsDir = RunArgument.RunsDir();
        var last = new Option<string>("--last") { Description = "Only so many, the newest", HelpName = "n" };
        var json = new Option<bool>("--json") { Description = "One JSON object a line" };
        var command = new Command("list", "List runs, the newest first") { last, runsDir, json };
        command.SetAction(parsed => Count.Read(last.Name, parsed.GetValue(last), int.MaxValue) is { } most ? List(parsed.GetValue(runsDir)!, most, parsed.GetValue(json)) : ExitCode.Usage);
        return command;
    }

    private static int List(string runsDir, int most, bool json)
    {
        var runs = RunEntry.List(runsDir, most);
        if (json)
        {
            foreach (var run in runs)
            {
                Console.WriteLine(JsonSerializer.Serialize(RunLine.Of(run), ContractJson.CamelLine));
            }
        }
        else if (runs.Count == 0)
        {
            Console.WriteLine($"there is no run in {runsDir}; start one with: {CommandLine.Program} run <story>");
        }
        else
        {
            AnsiConsole.Write(RunTable.Of(runs, AnsiConsole.Profile.Width, TimeProvider.System.GetUtcNow()));
            Console.WriteLine($"{runs.Count} run{(runs.Count == 1 ? "" : "s")}, {SizeText.Of(runs.Sum(r => r.Bytes))}");
        }

        return ExitCode.Ok;
    }

    private static Command BuildShow()
    {
        var run = RunArgument.Optional();
        var runsDir = RunArgument.RunsDir();
        var command = new Command("show", "Show how a run stands, and its files") { run, runsDir };
        command.SetAction(parsed => Show(parsed.GetValue(run)!, parsed.GetValue(runsDir)!));
        return command;
    }

    private static int Show(string name, string runsDir)
    {
        var code = StatusCommand.Show(name, runsDir, json: false);
        if (code == ExitCode.Ok && RunFinder.Find(name, runsDir).Folder is { } folder)
        {
            Console.Write(FileTable.Of(folder, RunEntry.Read(folder).Pinned, LatestState.Read(folder).Archive?.Path));
        }

        return code;
    }

    private static Command BuildPin(string verb, string description, bool pinned)
    {
        var run = new Argument<string>("run") { Description = "A run folder, a run id, or latest" };
        var runsDir = RunArgument.RunsDir();
        var command = new Command(verb, description) { run, runsDir };
        command.SetAction(parsed => SetPin(parsed.GetValue(run)!, parsed.GetValue(runsDir)!, pinned));
        return command;
    }

    private static int SetPin(string name, string runsDir, bool pinned)
    {
        var (folder, fault) = RunFinder.Find(name, runsDir);
        fault ??= RunEntry.Read(folder!).OnDisk == RunOnDisk.Run ? null : $"{folder} is no run folder: it has no ledger";
        if (fault is not null)
        {
            Console.Error.WriteLine($"{CommandLine.Program}: {fault}");
            return ExitCode.Usage;
        }

        var pin = new RunFolder(folder!).At(RunFolder.Pin);
        try
        {
            if (pinned)
            {
                File.WriteAllText(pin, "");
            }
            else
            {
                File.Delete(pin);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{CommandLine.Program}: {e.Message}");
            return ExitCode.Station;
        }

        Console.WriteLine(pinned ? $"{folder} is pinned: {CommandLine.Program} runs prune never removes it" : $"{folder} is not pinned");
        return ExitCode.Ok;
    }
}
