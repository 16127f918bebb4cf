using System.CommandLine;
using System.Text;
using Dailies.Artifacts;
using Dailies.Cli.Glossary;
using Dailies.Cli.Views;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Disk;
using Dailies.Reports;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies report [&lt;run&gt;] [-o file]</c>: the morning report as one HTML file. Exit 2 where there is no run, 3 where the file can't be written.</summary>
internal static class ReportCommand
{
    private const string StandardOutput = "-";

    public static Command Build()
    {
        var run = RunArgument.Optional();
        var runsDir = RunArgument.RunsDir();
        var output = new Option<string>("--output", "-o") { Description = "Where the page goes; - is standard output [default: report-<RunId>.html in the working folder]", HelpName = "file" };
        var command = new Command("report", "Write the morning report of a run: one HTML file that needs nothing else") { run, output, runsDir };
        command.SetAction(parsed => Write(parsed.GetValue(run)!, parsed.GetValue(runsDir)!, parsed.GetValue(output), TimeProvider.System));
        return command;
    }

    private static int Write(string name, string runsDir, string? output, TimeProvider clock)
    {
        var (folder, fault) = RunFinder.Find(name, runsDir);
        var (report, unreadable) = folder is null ? (null, fault) : ReportReader.Read(folder, FailureTexts.All, clock.GetUtcNow());
        if (report is null)
        {
            Console.Error.WriteLine($"{CommandLine.Program}: {TerminalText.Plain(unreadable!)}");
            return ExitCode.Usage;
        }

        var page = Encoding.UTF8.GetBytes(RunReportPage.Write(report, folder!, clock, $"{ProgramIdentity.Current.Name} {ProgramIdentity.Current.Version}"));
        if (output == StandardOutput)
        {
            using var stream = Console.OpenStandardOutput();
            stream.Write(page);
            return ExitCode.Ok;
        }

        // Named after the folder, whose name is ours; the id in the files may be anybody's.
        var path = string.IsNullOrEmpty(output) ? $"report-{new RunFolder(folder!).RunId}.html" : output;
        try
        {
            AtomicFile.Write(path, page);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{CommandLine.Program}: {TerminalText.Plain(e.Message)}");
            return ExitCode.Station;
        }

        Console.WriteLine($"{path}: {report.Tally.Taken} of {report.Tally.Scenes} scenes have a take, {SizeText.Of(page.Length)}");
        return ExitCode.Ok;
    }
}
