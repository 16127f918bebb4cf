using Dailies.Artifacts;
using Dailies.Contract;

namespace Dailies.Tests.Artifacts;

/// <summary>Facts of a run → whether it goes. The run in question is the third of four, 40 days old, finished, and nothing else.</summary>
public class PruneDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 22, 0, 0, TimeSpan.Zero);
    private static readonly PruneRule TwoOr30Days = new(Keep: 2, KeepDays: 30, Unfinished: false);

    private static readonly RunEntry Old = new(
        "logs/20261014-220000", "20261014-220000", RunStates.Finished, new RunTally(3, 3, 0, 75), Now.AddDays(-40).AddHours(-8), Now.AddDays(-40), 1_000_000, Pinned: false, RunOnDisk.Run);

    private static readonly Dictionary<string, (RunEntry Run, PruneRule Rule, string? Latest, bool Goes, string Why)> Table = new()
    {
        ["old"] = (Old, TwoOr30Days, null, true, "finished 40 days ago"),
        ["old, with failed scenes"] = (Old with { Tally = new RunTally(3, 1, 2, 25) }, TwoOr30Days, null, true, "finished 40 days ago"),
        ["another is the latest"] = (Old, TwoOr30Days, "20261123-220000", true, "finished 40 days ago"),
        ["within the count"] = (Old, TwoOr30Days with { Keep = 3 }, null, false, "among the 3 newest"),
        ["within the days"] = (Old, TwoOr30Days with { KeepDays = 41 }, null, false, "younger than 41 days"),
        ["to the hour"] = (Old with { EndedAt = Now.AddDays(-30).AddSeconds(1) }, TwoOr30Days, null, false, "younger than 30 days"),
        ["to the hour, over"] = (Old with { EndedAt = Now.AddDays(-30) }, TwoOr30Days, null, true, "finished 30 days ago"),
        ["from its end, not its start"] = (Old with { EndedAt = Now.AddDays(-1) }, TwoOr30Days, null, false, "younger than 30 days"),
        ["ended in the future: a clock was set"] = (Old with { EndedAt = Now.AddDays(5) }, TwoOr30Days, null, false, "younger than 30 days"),
        ["no rule keeps it"] = (Old, new PruneRule(0, 0, false), null, true, "finished 40 days ago"),
        ["running"] = (Old with { State = RunStates.Running, EndedAt = null }, TwoOr30Days with { Unfinished = true }, null, false, "running"),
        ["pinned"] = (Old with { Pinned = true }, new PruneRule(0, 0, true), null, false, "pinned"),
        ["named by latest-run.json"] = (Old, new PruneRule(0, 0, true), Old.RunId, false, "named by latest-run.json"),
        ["stopped"] = (Old with { State = RunStates.Stopped }, TwoOr30Days, null, false, "unfinished: it can be resumed"),
        ["failed"] = (Old with { State = RunStates.Failed }, TwoOr30Days, null, false, "unfinished: it can be resumed"),
        ["died"] = (Old with { State = RunEntry.Died, EndedAt = null }, TwoOr30Days, null, false, "unfinished: it can be resumed"),
        ["stopped, and that is no reason"] = (Old with { State = RunStates.Stopped }, TwoOr30Days with { Unfinished = true }, null, true, "stopped 40 days ago"),
        ["died, and that is no reason"] = (Old with { State = RunEntry.Died, EndedAt = null }, TwoOr30Days with { Unfinished = true }, null, true, "died 40 days ago"),
        ["unreadable"] = (Old with { State = RunEntry.Unreadable, StartedAt = null, EndedAt = null }, new PruneRule(0, 0, true), null, false, "can't be read"),
        ["finished, and nobody knows when"] = (Old with { StartedAt = null, EndedAt = null }, new PruneRule(0, 0, true), null, false, "can't be read"),
        ["a link"] = (Old with { OnDisk = RunOnDisk.Link }, new PruneRule(0, 0, true), null, false, "a link"),
        ["no ledger"] = (Old with { OnDisk = RunOnDisk.NoLedger }, new PruneRule(0, 0, true), null, false, "no run of ours: it has no ledger"),
    };

    public static TheoryData<string> Rows => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_run_goes_or_stays(string row)
    {
        var (run, rule, latest, goes, why) = Table[row];
        var young = Old with { StartedAt = Now, EndedAt = Now };
        var wanted = PruneDecision.Of([young, young, run, Old], rule, latest, Now)[2];
        (wanted.Run, wanted.Goes, wanted.Why).ShouldBe((run, goes, why));
    }

    [Fact]
    public void The_newest_stays_whatever_it_is() =>
        PruneDecision.Of([Old, Old], new PruneRule(0, 0, true), null, Now).Select(p => (p.Goes, p.Why)).ShouldBe([(false, "the newest"), (true, "finished 40 days ago")]);

    [Fact]
    public void Of_nothing_nothing_goes() => PruneDecision.Of([], TwoOr30Days, null, Now).ShouldBeEmpty();
}
