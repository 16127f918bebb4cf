using System.CommandLine;
using System.Text.Json;
using Dailies.Artifacts;
using Dailies.Cli.Views;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;
using Microsoft.Data.Sqlite;
using Spectre.Console;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies status [&lt;run&gt;]</c>: how a run stands, from its ledger, also while another process writes it.</summary>
internal static class StatusCommand
{
    public static Command Build()
    {
        var run = RunArgument.Optional();
        var runsDir = RunArgument.RunsDir();
        var json = new Option<bool>("--json") { Description = "The metadata as it would be written now" };
        var command = new Command("status", "Show how a run stands") { run, runsDir, json };
        command.SetAction(parsed => Show(parsed.GetValue(run)!, parsed.GetValue(runsDir)!, parsed.GetValue(json)));
        return command;
    }

    internal static int Show(string name, string runsDir, bool json)
    {
        var (folder, fault) = RunFinder.Find(name, runsDir);
        if (folder is null)
        {
            Console.Error.WriteLine($"{CommandLine.Program}: {fault}");
            return ExitCode.Usage;
        }

        var path = new RunFolder(folder).At(RunFolder.Ledger);
        try
        {
            var run = LatestState.Read(folder);
            if (run.Plan is null)
            {
                Console.Error.WriteLine($"{CommandLine.Program}: {folder} has not begun");
                return ExitCode.Usage;
            }

            Print(run, run.Ended is null ? RunLedger.ReadProgress(path) : [], folder, json);
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is SqliteException or JsonException or IOException)
        {
            Console.Error.WriteLine($"{CommandLine.Program}: {path} can't be read ({TerminalText.Plain(e.Message)}); is {folder} a run folder?");
            return ExitCode.Usage;
        }
    }

    private static bool Died(RunState run, string folder)
    {
        using var gate = run.Ended is null ? RunLock.TryTake(folder) : null;
        return gate is not null;
    }

    private static void Print(RunState run, IReadOnlyList<AttemptProgress> progress, string folder, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(MetadataProjection.Project(run), ContractJson.CamelLine));
            return;
        }

        var now = TimeProvider.System.GetUtcNow();
        AnsiConsole.Write(SceneTable.Of(
        [
            .. run.Scenes.Values.Select(s => SceneRow.Of(s, run.Plan!.Policy, progress.FirstOrDefault(p => p.SceneId == s.Plan.SceneId), run.Ended is not null, now)),
        ], AnsiConsole.Profile.Width));
        Console.WriteLine($"Run      {folder}");
        Console.WriteLine($"State    {run.State}{(run.Ended?.Why is { } why ? $": {TerminalText.Plain(why)}" : Died(run, folder) ? $", but no controller works on it: it died; go on with: {CommandLine.Program} resume {folder}" : "")}");
        Console.WriteLine($"Scenes   {run.Scenes.Values.Count(s => s.Accepted is not null)} of {run.Scenes.Count} have a take");
    }
}
