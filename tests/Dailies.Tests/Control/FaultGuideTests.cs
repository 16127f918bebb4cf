using System.Globalization;
using System.Text.RegularExpressions;
using Dailies.Animatic;
using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Tests.Control;

/// <summary>docs/guides/faults.md is <see cref="FaultTable"/>, with times as measured when it was last written: they are reported, not asserted.</summary>
[Collection(RunsAlone.Name)]
public partial class FaultGuideTests
{
    private const string Never = "–";
    private static readonly string Page = Path.Combine(Repository.Root, "docs/guides/faults.md");

    [Fact]
    public async Task The_guide_says_what_the_table_says()
    {
        var update = Environment.GetEnvironmentVariable("DAILIES_UPDATE_SNAPSHOTS") == "1";
        if (update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Page)!);
            await File.WriteAllTextAsync(Page, Write(await MeasureAsync()), TestContext.Current.CancellationToken);
        }

        File.Exists(Page).ShouldBeTrue($"{Page} is missing: run with DAILIES_UPDATE_SNAPSHOTS=1 and review it");
        WithoutTimes((await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"))
            .ShouldBe(WithoutTimes(Write(FaultTable.Rows.ToDictionary(r => r.Fault, _ => (Never, Never)))), $"{Page} is not what the table says: run with DAILIES_UPDATE_SNAPSHOTS=1");
    }

    private static string Write(IReadOnlyDictionary<string, (string Noticed, string Settled)> times)
    {
        var sentences = Fault.DescribeFaults().Split('\n').Select(l => l.Split("  ", 2)).ToDictionary(p => p[0], p => p[1].Trim());
        var lines = FaultTable.Rows.Select(r =>
            $"| `{r.Fault.Replace("#", "scene", StringComparison.Ordinal)}` | {Cell(sentences[r.Name])} | {r.Reason} | {r.Kind ?? "none"} | {(r.Says.Length > 0 ? $"`{Cell(r.Says)}`" : Never)} "
            + $"| {Cell(r.Does)} | {times[r.Fault].Noticed} | {times[r.Fault].Settled} |");
        return $"""
            # What goes wrong, and what then

            Each line is a fault of the embedded renderer (`dailies animatic --fault …`) that a test puts at both scenes of a small story. In all of them: every scene ends with a
            take or a named reason, nothing is rendered twice for one attempt, nobody else's prompt is touched, nothing of ours is left in a queue where it can be taken back, and
            summary, metadata and ledger agree. This page is printed by that test.

            A fault is written `name[@scene[:attempt]][*count][%percent]`: `error@scene-002:1` fails the first attempt at scene 2, `500*3` strikes the first three times,
            `reset-on-post%20` one time in five (drawn from `--fault-seed`). Here `@scene` stands for either scene. The knobs are the defaults, unless the line names one.

            Exit reason and failure kind are those of the scene in artifact-metadata.json; the words stand in run-summary.txt. *Noticed*: seconds from sending the scene to the first
            sign in the ledger. *Settled*: seconds from there to a take, or to giving up. Both are of the test's clock, as measured once; a dash means that nothing was noticed.

            | fault | what goes wrong | exit reason | kind | the summary says | what Dailies does | noticed, s | settled, s |
            |---|---|---|---|---|---|---|---|
            {string.Join('\n', lines)}

            """;
    }

    private static async Task<Dictionary<string, (string Noticed, string Settled)>> MeasureAsync()
    {
        var times = new Dictionary<string, (string, string)>();
        foreach (var row in FaultTable.Rows)
        {
            using var clock = new VirtualClock();
            await using var run = await FaultMatrixTests.RunAsync(row, 1, clock);
            var events = run.Events().Where(e => SceneState.SceneOf(e) == RunFolder.SceneId(1)).ToList();
            var sent = events.OfType<AttemptStarted>().First().At;
            var end = events.First(e => e is SceneAccepted or SceneFailed).At;
            times[row.Fault] = events.FirstOrDefault(IsSign)?.At is { } noticed ? (Seconds(noticed - sent), Seconds(end - noticed)) : (Never, Never);
        }

        return times;
    }

    private static bool IsSign(RunEvent e) =>
        e is SubmitUnclear or PromptRefused or PromptWithdrawn or SceneWarned or Looked { Status: "error" } or AttemptSettled { FailureKind: not null } or SceneFailed;

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string WithoutTimes(string page) => Times().Replace(page, "| – | – |");

    [GeneratedRegex(@"\| [\d.–]+ \| [\d.–]+ \|$", RegexOptions.Multiline)]
    private static partial Regex Times();
}
