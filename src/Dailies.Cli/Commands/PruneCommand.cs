using System.CommandLine;
using Dailies.Artifacts;
using Dailies.Cli.Views;
using Dailies.Contract;
using Dailies.Control;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies runs prune</c>: says which runs go and how much room that makes, asks, removes them.</summary>
internal static class PruneCommand
{
    private const int Keep = 20, KeepDays = 30;

    public static Command Build()
    {
        var keep = new Option<string>("--keep") { Description = $"Keep so many of the newest runs [default {Keep}]", HelpName = "n" };
        var days = new Option<string>("--keep-days") { Description = $"Keep runs that ended within so many days [default {KeepDays}]", HelpName = "days" };
        var unfinished = new Option<bool>("--unfinished") { Description = "Also remove runs that could be resumed" };
        var archives = new Option<bool>("--archives") { Description = "Also remove the archives of the runs that go" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would go" };
        var yes = new Option<bool>("--yes") { Description = "Don't ask" };
        var runsDir = RunArgument.RunsDir();
        var archiveDir = Folder(RunOptions.ArchiveDir, "Where archives are");
        var publicDir = Folder(RunOptions.PublicDir, "Where artifacts/latest-run.json is");
        var command = new Command("prune", "Remove old runs that neither --keep nor --keep-days keeps; never a running or pinned one, nor the newest")
        {
            keep, days, unfinished, archives, dryRun, yes, runsDir, archiveDir, publicDir,
        };
        command.SetAction(parsed =>
        {
            if (Count.Read(keep.Name, parsed.GetValue(keep), Keep) is not { } most || Count.Read(days.Name, parsed.GetValue(days), KeepDays) is not { } age)
            {
                return ExitCode.Usage;
            }

            var rule = new PruneRule(most, age, parsed.GetValue(unfinished));
            var wanted = PruneDecision.Of(RunEntry.List(parsed.GetValue(runsDir)!), rule, LatestRun.IdIn(parsed.GetValue(publicDir)!), TimeProvider.System.GetUtcNow());
            return Prune(wanted, parsed.GetValue(archives) ? parsed.GetValue(archiveDir) : null, parsed.GetValue(dryRun), parsed.GetValue(yes));
        });
        return command;
    }

    private static int Prune(IReadOnlyList<Pruned> wanted, string? archiveDir, bool dryRun, bool yes)
    {
        Console.Write(PruneText.Of(wanted, run => ArchiveBytes(run, archiveDir)));
        var going = wanted.Where(p => p.Goes).Select(p => p.Run).ToList();
        if (dryRun || going.Count == 0)
        {
            return ExitCode.Ok;
        }

        if (!yes && Console.IsInputRedirected)
        {
            Console.Error.WriteLine($"{CommandLine.Program}: nobody can be asked here: add --yes to remove them, or --dry-run only to look");
            return ExitCode.Usage;
        }

        if (!yes && !Agrees())
        {
            Console.WriteLine("nothing was removed");
            return ExitCode.Ok;
        }

        return Remove(going, archiveDir);
    }

    private static int Remove(List<RunEntry> going, string? archiveDir)
    {
        var (gone, freed) = (0, 0L);
        foreach (var run in going)
        {
            var archive = ArchiveBytes(run, archiveDir);
            var fault = RunRemoval.Remove(run) ?? (archiveDir is null ? null : RunRemoval.RemoveArchive(Path.Combine(archiveDir, RunFolder.Archive(run.RunId))));
            if (fault is null)
            {
                (gone, freed) = (gone + 1, freed + run.Bytes + archive);
            }
            else
            {
                Console.Error.WriteLine($"{CommandLine.Program}: {run.Folder} was not removed: {TerminalText.Plain(fault)}");
            }
        }

        Console.WriteLine($"{gone} of {going.Count} runs removed, {SizeText.Of(freed)} freed");
        return gone == going.Count ? ExitCode.Ok : ExitCode.Failed;
    }

    private static bool Agrees()
    {
        Console.Write("Remove them? [y/N] ");
        return Console.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    private static long ArchiveBytes(RunEntry run, string? archiveDir) =>
        archiveDir is not null && new FileInfo(Path.Combine(archiveDir, RunFolder.Archive(run.RunId))) is { Exists: true, Length: var bytes } ? bytes : 0;

    private static Option<string> Folder(Settings.Setting setting, string description) =>
        new(setting.Option) { Description = description, HelpName = setting.Placeholder, DefaultValueFactory = _ => setting.Default! };
}
