using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Dailies.Tests;

/// <summary>What the tree holds itself to: arrows between slices and projects, file length, and that README and tour name what exists.</summary>
public partial class RepoRulesTests
{
    private const int MostLines = 300;

    // Slice → slices that it may see (docs/decisions/2026-11-23-slices.md, 2026-11-24-disk.md, 2026-11-24-collect.md). What is not listed is an arrow back.
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Contract"] = [],
        ["Settings"] = [],
        ["Disk"] = ["Contract"],
        ["Comfy"] = ["Contract"],
        ["Stories"] = ["Settings"],
        ["Workflows"] = ["Settings"],
        ["Queueing"] = ["Contract", "Settings"],
        ["Takes"] = ["Comfy", "Contract", "Disk", "Markers"],
        ["Cuts"] = ["Contract", "Disk", "Settings", "Takes"],
        ["Telemetry"] = ["Comfy", "Contract"],
        ["Ledger"] = ["Contract", "Queueing", "Takes", "Telemetry"],
        ["Markers"] = ["Contract", "Disk"],
        ["Checks"] = ["Comfy", "Contract", "Disk", "Markers", "Takes"],
        ["Artifacts"] = ["Contract", "Disk", "Ledger", "Queueing", "Takes", "Telemetry"],
        ["Validation"] = ["Contract"],
        ["Notices"] = ["Checks", "Contract", "Ledger", "Settings"],
        ["Reports"] = ["Artifacts", "Contract", "Ledger", "Queueing", "Telemetry", "Validation"],
        ["Control"] = ["Artifacts", "Checks", "Comfy", "Contract", "Cuts", "Disk", "Ledger", "Markers", "Notices", "Queueing", "Settings", "Stories", "Takes", "Telemetry", "Validation", "Workflows"],
    };

    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Dailies"] = [],
        ["Dailies.Animatic"] = [],
        ["Dailies.Dashboard"] = ["Dailies"],
        ["Dailies.Cli"] = ["Dailies", "Dailies.Animatic", "Dailies.Dashboard"],
    };

    [Fact]
    public void Every_slice_is_known() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src/Dailies"))
            .Select(d => Path.GetFileName(d)).Where(d => d is not ("obj" or "bin"))
            .ShouldBe(Arrows.Keys, ignoreOrder: true);

    [Fact]
    public void No_slice_sees_another_against_the_arrows()
    {
        var wrong = from file in Repository.Files("src/Dailies", "*.cs")
                    let slice = Repository.Relative(file).Split('/')[2]
                    from match in SliceName().Matches(WithoutComments(File.ReadAllText(file)))
                    let seen = match.Groups[1].Value
                    where seen != slice && Arrows.ContainsKey(seen) && !Arrows[slice].Contains(seen)
                    select $"{Repository.Relative(file)} sees {seen}";
        wrong.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Animatic_sees_nothing_of_ours() =>
        Repository.Files("src/Dailies.Animatic", "*.cs")
            .Where(f => WithoutComments(File.ReadAllText(f)).Split('\n').Any(l => ForeignUsing().IsMatch(l)))
            .Select(Repository.Relative).ShouldBeEmpty();

    [Fact]
    public void Projects_refer_to_each_other_along_the_arrows()
    {
        foreach (var (project, allowed) in Projects)
        {
            XDocument.Load(Path.Combine(Repository.Root, $"src/{project}/{project}.csproj")).Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value))
                .ShouldBe(allowed, ignoreOrder: true, project);
        }
    }

    [Fact]
    public void No_file_is_longer_than_three_hundred_lines() =>
        Repository.Files("src", "*.cs").Concat(Repository.Files("tests", "*.cs"))
            .Where(f => File.ReadLines(f).Count() > MostLines)
            .Select(Repository.Relative).ShouldBeEmpty();

    [Fact]
    public void Nothing_is_left_open_in_the_code() =>
        (from file in Repository.Files("src", "*.cs").Concat(Repository.Files("tests", "*.cs"))
         where Path.GetFileName(file) != "RepoRulesTests.cs"
         from line in File.ReadLines(file)
         where OpenMark().IsMatch(line)
         select $"{Repository.Relative(file)}: {line.Trim()}").ShouldBeEmpty();

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/tour.md")]
    [InlineData("CONTRIBUTING.md")]
    public void Every_file_that_a_page_names_exists(string page)
    {
        var folder = Path.GetDirectoryName(page)!;
        var links = Link().Matches(Repository.Read(page)).Select(m => m.Groups[1].Value.Split('#')[0])
            .Where(l => l.Length > 0 && !l.StartsWith("http", StringComparison.Ordinal));
        links.Where(l => !Path.Exists(Path.Combine(Repository.Root, folder, l))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/tour.md")]
    public void Every_type_and_option_that_a_page_names_exists(string page)
    {
        var sources = string.Join('\n', Repository.Files("src", "*.cs").Concat(Repository.Files("tests", "*Tests.cs")).Select(File.ReadAllText));
        var options = global::Dailies.Control.RunOptions.All.Select(s => s.Option).ToHashSet();
        var words = Code().Matches(Repository.Read(page)).Select(m => m.Groups[1].Value).ToList();
        words.Where(w => TypeName().IsMatch(w) && !Regex.IsMatch(sources, $@"\b{w}\b")).ShouldBeEmpty("types that are not in the code");
        words.SelectMany(w => OptionName().Matches(w).Select(m => m.Value))
            .Where(o => !options.Contains(o) && !sources.Contains($"\"{o}\"", StringComparison.Ordinal)).ShouldBeEmpty("options that are not in the code");
    }

    [Fact]
    public void The_readme_is_short() => Repository.Read("README.md").Split('\n').Length.ShouldBeLessThanOrEqualTo(150);

    [Fact]
    public void The_tour_names_the_ten_files_of_the_main_path() =>
        Link().Matches(Repository.Read("docs/tour.md")).Select(m => Path.GetFileNameWithoutExtension(m.Groups[1].Value)).Take(10).ShouldBe(
        [
            "RunCommand", "RunLoop", "AttemptRunner", "Witnesses", "AttemptDecision", "RetryDecision", "ComfyClient", "TakeCollector", "RunState", "SummaryText",
        ]);

    private static string WithoutComments(string source) => Comment().Replace(source, "");

    [GeneratedRegex(@"\bDailies\.([A-Z]\w+)")]
    private static partial Regex SliceName();

    [GeneratedRegex(@"^using (static )?Dailies\.(?!Animatic)")]
    private static partial Regex ForeignUsing();

    [GeneratedRegex(@"^\s*///?.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException")]
    private static partial Regex OpenMark();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("^[A-Z][a-z]+([A-Z][a-z]+)+$")]
    private static partial Regex TypeName();

    [GeneratedRegex("(?<![\\w-])--[a-z][a-z-]+")]
    private static partial Regex OptionName();
}
