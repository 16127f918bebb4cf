using System.CommandLine;
using System.Text.RegularExpressions;
using Dailies.Cli;
using Dailies.Cli.Glossary;
using Dailies.Contract;
using Dailies.Markers;

namespace Dailies.Tests;

/// <summary>README and guides speak of options and fields that exist.</summary>
public partial class DocNamesTests
{
    // Options of other programs that the pages show.
    private static readonly string[] Foreign = ["--port", "--windows-standalone-build", "--disable-auto-launch", "--user", "--now"];

    // Names of other programs: systemd, NSSM.
    private static readonly string[] Others = ["SuccessExitStatus", "AppStdout"];

    private static readonly HashSet<string> Options = [.. All(CommandLine.Build()).SelectMany(o => o.Aliases.Append(o.Name))];

    private static readonly HashSet<string> Fields =
    [
        .. PublishedNames.Current.Topics.SelectMany(t => t.Aliases.Prepend(t.Name)),
        .. typeof(SentinelEvent).GetNestedTypes().Select(t => t.Name),
    ];

    private static readonly Lazy<string> Sources = new(() => string.Join('\n', Repository.Files("src", "*.cs").Select(File.ReadAllText)));

    public static TheoryData<string> Pages => ["README.md", .. Directory.GetFiles(Path.Combine(Repository.Root, "docs/guides"), "*.md").Select(Repository.Relative).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_option_that_a_page_names_exists(string page) =>
        Code(page).SelectMany(c => OptionName().Matches(c).Select(m => m.Value)).Where(o => !Options.Contains(o) && !Foreign.Contains(o)).Distinct().ShouldBeEmpty();

    // A word with a hump: DoneMarkerPath, QueueConfig.Origins. Node classes of ComfyUI are not ours.
    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_field_that_a_page_names_exists(string page) =>
        Code(page).SelectMany(c => FieldName().Matches(c).Select(m => m.Value.Split('=')[0])).Where(w => !w.Split('.').All(Known)).Distinct().ShouldBeEmpty();

    [Fact]
    public void The_readme_names_every_part_of_the_telemetry_line_in_its_order()
    {
        var text = Repository.Read("README.md");
        var section = text[text.IndexOf("## Reading a run", StringComparison.Ordinal)..];
        var places = TelemetryLine.Names.Select(n => section.IndexOf($"`{n}`", StringComparison.Ordinal)).ToList();
        places.ShouldNotContain(-1);
        places.ShouldBeInOrder();
    }

    // PowerShell's form of an option counts as that option: -RunsDir.
    private static bool Known(string word) => Fields.Contains(word) || Others.Contains(word) || Options.Contains("-" + Hump().Replace(word, m => "-" + m.Value.ToLowerInvariant())) || Regex.IsMatch(Sources.Value, $@"(class|record|enum) {Regex.Escape(word)}\b");

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Hump();

    // Between backticks, and lines that are code.
    private static IEnumerable<string> Code(string page)
    {
        var text = Fenced().Replace(Repository.Read(page), m => string.Concat(m.Value.Split('\n').Select(l => "    " + l + "\n")));
        return text.Split('\n').SelectMany(line => line.StartsWith("    ", StringComparison.Ordinal) ? [line] : Span().Matches(line).Select(m => m.Groups[1].Value));
    }

    private static IEnumerable<Option> All(Command command) => command.Options.Concat(command.Subcommands.SelectMany(All));

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]+")]
    private static partial Regex OptionName();

    [GeneratedRegex(@"(?<![\w/\\.-])[A-Z][a-zA-Z]*[a-z][A-Z]\w*(\.[A-Z]\w+)*(?![\w/-])")]
    private static partial Regex FieldName();
}
