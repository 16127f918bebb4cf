using System.CommandLine;
using Dailies.Artifacts;
using Dailies.Control;
using Dailies.Validation;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies validate &lt;run&gt;…</c>: judges run folders by their files. Exit 0 = contract kept, 1 = broken, 2 = no run folder or wrong usage.</summary>
internal static class ValidateCommand
{
    public static Command Build()
    {
        var runs = new Argument<string[]>("run") { Description = "Run folders, run ids, or latest", Arity = ArgumentArity.OneOrMore };
        var runsDir = RunArgument.RunsDir();
        var format = new Option<string>("--format") { Description = "text or json", HelpName = "text|json", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("validate", "Judge a run folder by its files") { runs, runsDir, format };
        command.SetAction(parsed => parsed.GetValue(runs)!.Max(run => Judge(run, parsed.GetValue(runsDir)!, parsed.GetValue(format) == "json")));
        return command;
    }

    private static int Judge(string name, string runsDir, bool json)
    {
        var (folder, fault) = RunFinder.Find(name, runsDir);
        if (folder is null)
        {
            Console.Error.WriteLine($"{CommandLine.Program}: {fault}");
            return ExitCode.Usage;
        }

        var verdict = RunValidator.Validate(folder);
        Console.WriteLine(json ? System.Text.Encoding.UTF8.GetString(VerdictJson.Write(verdict)).TrimEnd() : VerdictText.Write(verdict).TrimEnd());
        return verdict.ExitCode;
    }
}
