using Dailies.Cli.Glossary;
using Dailies.Cli.Views;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Queueing;
using Dailies.Validation;

namespace Dailies.Tests.Glossary;

/// <summary>Whatever is published has its text: a field, knob, rule or kind without one fails here.</summary>
public class PublishedNamesTests
{
    private static readonly IReadOnlyList<Topic> Topics = PublishedNames.Current.Topics;

    public static TheoryData<string> Samples => ["DurationSeconds", "TC-504", "outOfMemory", "maxWait", "--scene-retry-budget", "pollLimit", "MarkerNotFound", "3", "ledger.jsonl", "AttemptSettled"];

    [Fact]
    public void Every_name_has_a_meaning() => Topics.Where(t => t.Meaning.Trim().Length < 8).Select(t => $"{t.Family.One} {t.Name}").ShouldBeEmpty();

    [Fact]
    public void Every_field_says_where_it_comes_from() => FieldPlace.All.Where(p => string.IsNullOrEmpty(p.Field.Doc.Source)).Select(p => p.Path).ShouldBeEmpty();

    [Theory]
    [InlineData("exit reason")]
    [InlineData("failure kind")]
    public void Every_reason_and_kind_says_where_from_what_next_and_what_to_do(string family) =>
        Topics.Where(t => t.Family.One == family && !t.Facts.Select(f => f.Label).SequenceEqual(["comes from", "what next", "what to do"])).Select(t => t.Name).ShouldBeEmpty();

    [Theory]
    [InlineData("note")]
    [InlineData("exit code")]
    [InlineData("rule")]
    public void Every_note_code_and_rule_says_where_from_and_what_to_do(string family)
    {
        string[] labels = ["comes from", "what to do"];
        Topics.Where(t => t.Family.One == family && labels.Any(l => !t.Facts.Any(f => f.Label == l && f.Text.Length > 0))).Select(t => t.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_published_name_is_explained()
    {
        string[] names =
        [
            .. ExitReason.All, .. FailureKind.All, .. RunStates.All, .. FrameSource.All, .. RuleCatalogue.All.Select(r => r.Code), .. RunOptions.All.Select(s => s.Option), .. QueueOptions.All.Select(s => s.Key),
            .. TelemetryLine.Names, .. FieldPlace.All.Select(p => p.Path), FallbackNotes.StatsUnavailableUsingSmi("after"), FallbackNotes.MarkerNotFound(60), FallbackNotes.ForcedCopy("scene-001/forced-copy-debug-20261124031502.txt"), FallbackNotes.NoVram,
        ];
        names.Where(n => PublishedNames.Current.Find(n).Count == 0).ShouldBeEmpty();
    }

    [Fact]
    public void Every_part_of_the_telemetry_line_shows_a_field_of_the_telemetry()
    {
        var fields = FieldPlace.All.Select(p => p.Path).ToHashSet();
        TelemetryLine.Names.Where(n => !fields.Contains("Scenes[].Telemetry." + TelemetryLine.FieldOf(n))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_family_of_rules_says_what_it_looks_at() => RuleTopics.Families.Keys.ShouldBe(RuleCatalogue.All.Select(r => r.Family).Distinct(), ignoreOrder: true);

    [Fact]
    public void A_text_names_only_options_and_variables_that_exist()
    {
        var known = Topics.SelectMany(t => t.Aliases.Prepend(t.Name)).ToHashSet();
        var words = Topics.SelectMany(t => t.Facts.Select(f => f.Text).Append(t.Meaning)).SelectMany(x => x.Split(' ', '\n')).Select(w => w.Trim('`', '.', ',', ';', ':', ')', '(')).Where(w => w.StartsWith("--", StringComparison.Ordinal) && w.Length > 2);
        words.Where(w => !known.Contains(w)).Distinct().ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_name_reads_as_kept(string name) =>
        Snapshot.Match(TopicText.Of(PublishedNames.Current.Find(name), 100), $"explain.{name.TrimStart('-')}");

    [Fact]
    public void The_list_of_all_names_is_by_family() =>
        TopicText.List(Families.All, Topics, 100).Split('\n').Where(l => l.Length > 0 && l[0] != ' ').Select(l => l.Split(':')[0]).ShouldBe(Families.All.Select(f => f.All));

    [Fact]
    public void No_line_is_wider_than_the_terminal_unless_a_word_is() =>
        TopicText.Of(Topics, 60).Split('\n').Where(l => l.Length > 60 && l.Trim().Split("  ", StringSplitOptions.RemoveEmptyEntries)[^1].Trim().Contains(' ', StringComparison.Ordinal) && l[0] == ' ').ShouldBeEmpty();
}
