using Dailies.Contract;
using Dailies.Tests.Comfy;
using Dailies.Tests.Takes;
using SkiaSharp;

namespace Dailies.Tests.Control;

/// <summary>Every recorded scenario is replayed to a whole run: our client, our socket, our rules, the recorded server. Each prompt ends as <see cref="ReplayTable"/> says.</summary>
[Collection(RunsAlone.Name)]
public class ReplayTests
{
    private static readonly byte[] Png = Pictures.Png();
    private static readonly byte[] Webp = Pictures.Make(SKEncodedImageFormat.Webp);

    private static readonly string[] Older = ["older/v0.2.7", "older/v0.3.40"];

    // The stamps are the recording's, the clock of the run is one that jumps: a warning says that they don't fit, and they don't.
    private const string OtherClock = "TC-741";

    public static TheoryData<string> Names => [.. ReplayTable.Rows.Select(r => r.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_recording_ends_for_us_as_its_reader_expects(string name)
    {
        var row = ReplayTable.Rows.Single(r => r.ToString() == name);
        using var clock = new VirtualClock();
        await using var server = await RecordedServer.StartAsync(row.Scenario, row.Ours);
        server.File = file => row.Gone.Contains(file) ? null : file.EndsWith(".webp", StringComparison.Ordinal) ? Webp : Png;
        var scenes = Math.Max(1, row.Ends.Length - row.Ends.Count(e => e == ReplayTable.Lost)); // what was lost and not charged is sent again
        await using var run = SmallRun.Without(scenes, frames: 1).On(server.Url).Set("noChecks", "true");
        run.Clock = clock;
        run.Set("noVideo", "true").Set("sceneRetryBudget", "0").Set("sceneHistoryPollIntervalSeconds", "2");
        foreach (var knob in row.Knobs.Select(k => k.Split('=')))
        {
            run.Set(knob[0], knob[1]);
        }

        await run.RunAsync();

        Ends(run).ShouldBe(row.Ends, run.Summary);
        run.Result.Verdict.Findings.Where(f => f.Rule.Code != OtherClock).ShouldBeEmpty();
        run.Result.ExitCode.ShouldBe(row.Halts ? 3 : row.Ends.Count(IsTake) == scenes ? 0 : 1);
        run.Summary.ShouldContain(row.Says);
        server.Posts.Count.ShouldBe(row.Ends.Length, "nothing is sent twice");
    }

    [Fact]
    public void Every_recorded_scenario_has_a_row_or_a_reason() =>
        ReplayTable.Rows.Select(r => r.Scenario).Concat(ReplayTable.Unplayed.Keys).Distinct().ShouldBe(Recorded(), ignoreOrder: true);

    [Fact]
    public void Every_recorded_prompt_is_ours_in_some_replay_or_has_a_reason()
    {
        var prompts = Recorded().Except(ReplayTable.Unplayed.Keys).SelectMany(s => RecordedMoment.Read(s).Where(m => m is { Kind: "http", Request: "POST /prompt", Status: not null }).Select(m => $"{s}: {m.Label}"));
        var ours = ReplayTable.Rows.SelectMany(r => r.Ours.Where(o => !o.StartsWith("POST ", StringComparison.Ordinal)).Select(o => $"{r.Scenario}: {o}"));

        ours.Concat(ReplayTable.Bystanders.Keys).Distinct().ShouldBe(prompts.Distinct(), ignoreOrder: true);
    }

    private static bool IsTake(string end) => end.Split(' ') is [ExitReason.Success, _, _];

    private static IEnumerable<string> Recorded() =>
        Recordings.Names("scenarios").Concat(Older.SelectMany(f => Recordings.Names(f).Select(n => $"{f}/{n}"))).Select(n => n[..^".jsonl".Length]);

    private static IEnumerable<string> Ends(SmallRun run) => run.Result.State.Scenes.OrderBy(s => s.Key, StringComparer.Ordinal).SelectMany(s => s.Value.Attempts)
        .Select(a => $"{a.Settled!.ExitReason} {a.Settled.FailureKind ?? $"{a.Take!.FrameSource} {a.Take.FrameCount}"}");
}
