namespace Dailies.Tests.Control;

/// <summary>What comes of each thing that socket, queue, history and files may say, as <see cref="WitnessTable"/> has it; docs/guides/outcomes.md is printed from the same rows.</summary>
public class WitnessTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs/guides/outcomes.md");

    public static TheoryData<string> Names => [.. WitnessTable.Rows.Select(r => r.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_verdict_is_the_one_that_a_person_would_give(string name)
    {
        using var stand = new WitnessStand();
        var row = WitnessTable.Rows.Single(r => r.ToString() == name);

        stand.Judge(row).ShouldBe(row.Outcome);
    }

    [Theory]
    [InlineData("Another prompt is over")]
    [InlineData("Broadcasts that are not ours")]
    public void What_is_said_of_other_prompts_changes_nothing(string name)
    {
        using var heard = new WitnessStand();
        using var unheard = new WitnessStand();
        var row = WitnessTable.Rows.Single(r => r.Case == name);

        heard.Judge(row);
        unheard.Judge(row with { Words = [.. row.Words.Select(w => w is Word.Heard ? new Word.Heard(w.At) : w)] });

        row.Words.OfType<Word.Heard>().ShouldContain(h => h.Frames.Length > 0);
        heard.Seen.ShouldBe(unheard.Seen);
    }

    [Fact]
    public async Task The_guide_says_what_the_table_says()
    {
        var cancel = TestContext.Current.CancellationToken;
        if (Environment.GetEnvironmentVariable("DAILIES_UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(Page, Write(), cancel);
        }

        File.Exists(Page).ShouldBeTrue($"{Page} is missing: run with DAILIES_UPDATE_SNAPSHOTS=1 and review it");
        (await File.ReadAllTextAsync(Page, cancel)).ReplaceLineEndings("\n").ShouldBe(Write(), $"{Page} is not what the table says: run with DAILIES_UPDATE_SNAPSHOTS=1");
    }

    private static string Write() => $"""
        # When is a scene done?

        Four witnesses speak about a prompt: ComfyUI's socket, its queue, its history, and the files themselves. They don't always agree. The socket only makes Dailies faster: what it says
        leads to a look at queue and history, in this order, and the history decides. A take is a take when the history says success and every announced file has arrived whole.

        Each line is a case that a test replays, where there is one with the recorded words of a real ComfyUI; the page is printed by that test. The knobs are the defaults: the
        post-execution timeout is 30 seconds, the retry budget 1. In *outcome*, the first word is the exit reason, the second the failure kind, as in artifact-metadata.json.
        What else can go wrong, and what the summary says then, stands in [faults](faults.md).

        | case | what the witnesses say | outcome | what happens next |
        |---|---|---|---|
        {string.Join('\n', WitnessTable.Rows.Select(r => $"| {r.Case} | {r.Say} | {Outcome(r.Outcome)} | {r.Next} |"))}

        """.ReplaceLineEndings("\n");

    private static string Outcome(string outcome) => outcome.Split(' ', ',') switch
    {
        ["keep", ..] => "none yet",
        ["collect", "files", var count] => $"a take: {count} frames",
        ["collect", var source, _] => $"a take: a {source}",
        [var reason, var kind, ..] => $"`{reason}`, `{kind}`",
        _ => outcome,
    };
}
