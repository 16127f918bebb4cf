using System.CommandLine;
using System.CommandLine.Help;
using Dailies.Cli.Commands;
using Dailies.Cli.Views;
using Dailies.Control;
using Dailies.Settings;
using Spectre.Console;

namespace Dailies.Cli;

/// <summary>The verbs. Usage errors end with exit code 2, each with what to do.</summary>
internal static class CommandLine
{
    public const string Program = "dailies";
    private const string Version = "--version";

    // Lines in a pipe or a log are not folded to the 80 columns of a terminal that isn't there.
    private const int PipeWidth = 160;

    public static async Task<int> RunAsync(string[] args)
    {
        if (!AnsiConsole.Profile.Out.IsTerminal)
        {
            AnsiConsole.Profile.Width = PipeWidth;
        }

        var root = Build();
        if (UnknownOption(root, args) is { } unknown)
        {
            await Console.Error.WriteLineAsync(unknown);
            return ExitCode.Usage;
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            var verb = parsed.UnmatchedTokens.Count > 0
                ? Nearest.Of(parsed.UnmatchedTokens[0], parsed.CommandResult.Command.Subcommands.Select(c => c.Name))
                : null;
            foreach (var error in parsed.Errors.Select(e => e.Message).Distinct())
            {
                await Console.Error.WriteLineAsync($"{Program}: {error}{(verb is null ? "" : $" Did you mean {verb}?")}");
            }

            await Console.Error.WriteLineAsync($"See: {Path(parsed.CommandResult.Command)} --help");
            return ExitCode.Usage;
        }

        // Ctrl-C and SIGTERM are ours (StopSignals): a run has evidence to write before it goes.
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e)
        {
            // The last border of all: our own fault, or a broken installation.
            using var console = new RunConsole(TextWriter.Null, StandardStream.Error(), json: false, TimeProvider.System);
            console.Error.PostLine($"{Program}: internal error: {TerminalText.Plain(e.Message)}\nThat is a fault of {Program} or of its installation. For a report:\n{e}");
            await console.WrittenAsync();
            return ExitCode.Internal;
        }
    }

    internal static Command Build()
    {
        // A plain command, since a RootCommand is named after the executable, and ours is a dll behind ./run.
        var root = new Command(Program, "Dailies renders a story overnight through ComfyUI and proves in the morning what happened.")
        {
            RunCommand.Build(),
            ResumeCommand.Build(),
            RetryCommand.Build(),
            StatusCommand.Build(),
            StopCommand.Build(),
            ValidateCommand.Build(),
            ReportCommand.Build(),
            CompareCommand.Build(),
            ExplainCommand.Build(),
            SentinelCommand.Build(),
            RunsCommand.Build(),
            ServiceCommand.Build(),
            ServeCommand.Build(),
            AnimaticCommand.Build(),
            new HelpOption { Recursive = true },
            new Option<bool>(Version) { Description = "Show the version" },
        };
        root.SetAction(parsed =>
        {
            if (parsed.GetResult(Version) is not null)
            {
                Console.WriteLine(ProgramIdentity.Current is var p ? $"{p.Name} {p.Version}{(p.Commit is { } c ? $" ({c[..Math.Min(10, c.Length)]})" : "")}" : "");
                return ExitCode.Ok;
            }

            return new HelpAction().Invoke(root.Parse("--help"));
        });
        return root;
    }

    // System.CommandLine would take a mistyped option for the story: so it is looked for first, and the nearest one is named.
    private static string? UnknownOption(Command root, string[] args)
    {
        var command = root;
        foreach (var arg in args.TakeWhile(a => a != "--"))
        {
            if (command.Subcommands.FirstOrDefault(c => c.Name == arg) is { } verb)
            {
                command = verb;
            }
            else if (arg.StartsWith("--", StringComparison.Ordinal) && command.Name != ExplainCommand.Name) // it explains options too
            {
                var name = arg.Split('=', ':')[0];
                var known = command.Options.Concat(root.Options.Where(o => o.Recursive)).SelectMany(o => o.Aliases.Append(o.Name)).ToList();
                if (!known.Contains(name))
                {
                    var hint = Nearest.Of(name, known) is { } near ? $"did you mean {near}?" : $"see: {Path(command)} --help";
                    return $"{Program}: unknown option {name}; {hint}";
                }
            }
        }

        return null;
    }

    private static string Path(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : command.Name;
}
