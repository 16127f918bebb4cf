using System.CommandLine;
using System.Text.Json;
using Dailies.Cli.Glossary;
using Dailies.Cli.Views;
using Dailies.Contract;
using Dailies.Control;
using Spectre.Console;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies explain &lt;name&gt;…</c>: what a published name means, where it comes from, what to do. Exit 2 for a name that stands for nothing.</summary>
internal static class ExplainCommand
{
    public const string Name = "explain";
    private const int WidestText = 100;

    public static Command Build()
    {
        var names = new Argument<string[]>("name")
        {
            Description = "A rule's code, a field, an exit reason, a failure kind, a note, an option, an exit code, a file, an event; or a whole family, such as rules. Without one: every name",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var json = new Option<bool>("--json") { Description = "One JSON object a line" };
        var command = new Command(Name, "Say what a name means, where it comes from and what to do") { names, json };
        command.SetAction(parsed => Explain(parsed.GetValue(names) ?? [], parsed.GetValue(json)));
        return command;
    }

    private static int Explain(IReadOnlyList<string> names, bool json)
    {
        var width = Math.Min(WidestText, AnsiConsole.Profile.Width);
        var known = PublishedNames.Current;
        if (names.Count == 0)
        {
            Console.Write(json ? Lines(known.Topics) : TopicText.List(Families.All, known.Topics, width));
            return ExitCode.Ok;
        }

        var unknown = 0;
        foreach (var (index, name) in names.Index())
        {
            var family = PublishedNames.FamilyOf(name);
            var topics = family is null ? known.Find(name) : [.. known.Topics.Where(t => t.Family == family)];
            if (topics.Count == 0)
            {
                var hint = known.Near(name) is { } near ? $"did you mean {near}?" : $"all names: {CommandLine.Program} {Name}";
                Console.Error.WriteLine($"{CommandLine.Program}: there is nothing called {TerminalText.Plain(name)}; {hint}");
                unknown++;
            }
            else
            {
                Console.Write(json ? Lines(topics) : (index > 0 ? "\n" : "") + (family is null ? TopicText.Of(topics, width) : TopicText.List([family], topics, width)));
            }
        }

        return unknown > 0 ? ExitCode.Usage : ExitCode.Ok;
    }

    private static string Lines(IEnumerable<Topic> topics) => string.Concat(topics.Select(t => JsonSerializer.Serialize(
        new TopicLine(t.Name, t.Family.One, t.Of, t.Meaning, t.Facts.ToDictionary(f => f.Label, f => f.Text)), ContractJson.CamelLine) + "\n"));

    private sealed record TopicLine(string Name, string Family, string? Of, string Meaning, IReadOnlyDictionary<string, string> Facts);
}
