using System.CommandLine;
using System.Text.Json;
using Dailies.Artifacts;
using Dailies.Cli.Glossary;
using Dailies.Cli.Views;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Reports;
using Spectre.Console;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies compare &lt;a&gt; &lt;b&gt;</c>: what was set otherwise in two runs, and what came of it. Exit 2 where one of them can't be read.</summary>
internal static class CompareCommand
{
    public static Command Build()
    {
        var first = new Argument<string>("a") { Description = "A run folder, a run id, or latest" };
        var second = new Argument<string>("b") { Description = "Another" };
        var runsDir = RunArgument.RunsDir();
        var json = new Option<bool>("--json") { Description = "One JSON object" };
        var command = new Command("compare", "Compare two runs: settings that differ, scene by scene, totals") { first, second, runsDir, json };
        command.SetAction(parsed => Compare(parsed.GetValue(first)!, parsed.GetValue(second)!, parsed.GetValue(runsDir)!, parsed.GetValue(json), TimeProvider.System));
        return command;
    }

    private static int Compare(string first, string second, string runsDir, bool json, TimeProvider clock)
    {
        var (a, b) = (Read(first, runsDir, clock), Read(second, runsDir, clock));
        if (a is null || b is null)
        {
            return ExitCode.Usage;
        }

        var comparison = RunComparison.Of(a, b);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(ComparisonLine.Of(comparison), ContractJson.CamelLine));
        }
        else if (AnsiConsole.Profile.Out.IsTerminal)
        {
            foreach (var table in ComparisonView.Tables(comparison))
            {
                AnsiConsole.Write(table);
            }

            Console.Write(ComparisonView.Notes(comparison));
        }
        else
        {
            Console.Write(ComparisonView.Lines(comparison));
        }

        return ExitCode.Ok;
    }

    private static RunReport? Read(string name, string runsDir, TimeProvider clock)
    {
        var (folder, fault) = RunFinder.Find(name, runsDir);
        var (report, unreadable) = folder is null ? (null, fault) : ReportReader.Read(folder, FailureTexts.All, clock.GetUtcNow());
        if (report is null)
        {
            Console.Error.WriteLine($"{CommandLine.Program}: {TerminalText.Plain(unreadable!)}");
        }

        return report;
    }
}
