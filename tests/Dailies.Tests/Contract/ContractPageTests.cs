using Dailies.Ledger;
using Dailies.Tests.Ledger;

namespace Dailies.Tests.Contract;

/// <summary>The published page is what the code says; `DAILIES_UPDATE_SNAPSHOTS=1` prints it anew.</summary>
public class ContractPageTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs/TELEMETRY_CONTRACT.md");

    [Fact]
    public void The_page_says_what_the_code_says()
    {
        var text = ContractPage.Write();
        if (Environment.GetEnvironmentVariable("DAILIES_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(Page, text);
        }

        File.Exists(Page).ShouldBeTrue($"{Page} is missing: run with DAILIES_UPDATE_SNAPSHOTS=1 and review it");
        File.ReadAllText(Page).ReplaceLineEndings("\n").ShouldBe(text, $"{Page} is not what the code says: run with DAILIES_UPDATE_SNAPSHOTS=1");
    }

    [Fact]
    public void Every_line_of_a_summary_is_of_a_kind_that_the_page_names() =>
        (from events in new[] { SampleRun.Finished, SampleRun.Stopped }
         let state = RunState.Fold(events)
         from line in global::Dailies.Artifacts.SummaryText.Write(state, global::Dailies.Artifacts.MetadataProjection.Project(state)).Split('\n')
         let body = line.StartsWith("[2", StringComparison.Ordinal) ? line[(line.IndexOf("] ", StringComparison.Ordinal) + 2)..] : line
         where body.Length > 0 && !LineKinds.Knows(body)
         select body).ShouldBeEmpty();

    [Fact]
    public void Every_kind_of_line_says_what_it_says() => LineKinds.All.Where(k => k.Meaning.Length == 0).Select(k => k.Line).ShouldBeEmpty();
}
