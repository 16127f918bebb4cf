using System.CommandLine;
using System.Text.Json;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;
using Dailies.Validation;
using Microsoft.Data.Sqlite;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies runs rewrite &lt;run&gt;</c>: the evidence of a run, written anew from its ledger.</summary>
internal static class RewriteCommand
{
    public static Command Build()
    {
        var run = new Argument<string>("run") { Description = "A run folder, a run id, or latest" };
        var runsDir = RunArgument.RunsDir();
        var publicDir = new Option<string>("--public-dir") { Description = "Where artifacts/latest-run.json lies: written anew if it names this run", HelpName = "folder", DefaultValueFactory = _ => RunOptions.PublicDir.Default! };
        var command = new Command("rewrite", "Write a run's summary, metadata and check results anew from its ledger; takes are not touched") { run, runsDir, publicDir };
        command.SetAction(parsed => Rewrite(parsed.GetValue(run)!, parsed.GetValue(runsDir)!, parsed.GetValue(publicDir)!));
        return command;
    }

    private static int Rewrite(string name, string runsDir, string publicDir)
    {
        var (found, fault) = RunFinder.Find(name, runsDir);
        if (found is not { } folder)
        {
            return Refuse(fault!);
        }

        using var gate = RunLock.TryTake(folder);
        if (gate is null)
        {
            return Refuse($"{folder}: a controller works on it; its files are written by that");
        }

        try
        {
            EvidenceRewrite.Write(new RunFolder(folder), publicDir);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or SqliteException)
        {
            return Refuse($"{folder} can't be written anew: {e.Message}");
        }

        var verdict = RunValidator.Validate(folder);
        Console.WriteLine($"{folder}: summary, metadata and check results are written anew from the ledger");
        Console.WriteLine(VerdictText.Write(verdict).TrimEnd());
        return verdict.ExitCode;
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine($"{CommandLine.Program}: {why}");
        return ExitCode.Usage;
    }
}
