using System.CommandLine;
using System.Text;
using Dailies.Control;
using Dailies.Validation;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies validate &lt;run&gt;…</c>: judges run folders by their files. Exit 0 = contract kept, 1 = broken, 2 = no run folder or wrong usage; of several the highest.</summary>
internal static class ValidateCommand
{
    private static readonly Dictionary<string, Func<VerdictReport, byte[]>> Formats = new()
    {
        ["text"] = report => Encoding.UTF8.GetBytes(VerdictText.Write(report)),
        ["json"] = VerdictJson.Write,
        ["junit"] = VerdictJunit.Write,
        ["sarif"] = report => VerdictSarif.Write(report, ProgramIdentity.Current.Version),
    };

    public static Command Build()
    {
        var runs = new Argument<string[]>("run") { Description = "Run folders, run ids, latest, or patterns like logs/*", Arity = ArgumentArity.OneOrMore };
        var runsDir = RunArgument.RunsDir();
        var names = string.Join('|', Formats.Keys);
        var format = new Option<string>("--format") { Description = "How the verdict is printed", HelpName = names, DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong([.. Formats.Keys]);
        var strict = new Option<bool>("--strict") { Description = "Warnings break the contract too" };
        var noDeep = new Option<bool>("--no-deep") { Description = "Leave the bytes of frames and videos alone: no sizes, checksums, decoding" };
        var command = new Command("validate", "Judge run folders by their files") { runs, runsDir, format, strict, noDeep };
        command.SetAction(parsed => Judge(
            parsed.GetValue(runs)!, parsed.GetValue(runsDir)!, parsed.GetValue(strict), new ValidationOptions { Deep = !parsed.GetValue(noDeep) }, Formats[parsed.GetValue(format)!]));
        return command;
    }

    private static int Judge(IReadOnlyList<string> names, string runsDir, bool strict, ValidationOptions options, Func<VerdictReport, byte[]> write)
    {
        var folders = new List<string>();
        var isFound = true;
        foreach (var name in names)
        {
            var (found, fault) = RunPatterns.Find(name, runsDir);
            folders.AddRange(found);
            if (fault is not null)
            {
                isFound = false;
                Console.Error.WriteLine($"{CommandLine.Program}: {fault}");
            }
        }

        if (folders.Count > 0)
        {
            var report = new VerdictReport([.. folders.Distinct().Select(f => RunValidator.Validate(f, options))], strict);
            using var output = Console.OpenStandardOutput();
            output.Write(write(report));
            return isFound ? report.ExitCode : ExitCode.Usage;
        }

        return ExitCode.Usage;
    }
}
