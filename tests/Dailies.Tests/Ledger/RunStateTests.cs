using CsCheck;
using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Tests.Ledger;

/// <summary>What events fold to.</summary>
public class RunStateTests
{
    [Fact]
    public void No_sequence_of_events_makes_the_fold_throw() => AnyRun.Events.Sample(events => { RunState.Fold(events); }, iter: 500);

    [Fact]
    public void Accepted_is_never_un_accepted() => AnyRun.Events.Sample(
        events =>
        {
            var state = RunState.Empty;
            foreach (var e in events)
            {
                var next = state.Apply(e);
                foreach (var (id, scene) in state.Scenes.Where(s => s.Value.Accepted is not null))
                {
                    next.Scenes[id].Accepted.ShouldBe(scene.Accepted);
                    next.Scenes[id].Failed.ShouldBeNull();
                }

                state = next;
            }
        },
        iter: 500);

    [Fact]
    public void An_attempt_is_settled_once() => AnyRun.Events.Sample(
        events =>
        {
            var first = new Dictionary<(string, int), AttemptSettled>();
            var state = RunState.Empty;
            foreach (var e in events)
            {
                state = state.Apply(e);
                foreach (var attempt in state.Scenes.Values.SelectMany(s => s.Attempts.Where(a => a.Settled is not null).Select(a => (Key: (s.Plan.SceneId, a.Number), a.Settled))))
                {
                    first.TryAdd(attempt.Key, attempt.Settled!);
                    attempt.Settled.ShouldBe(first[attempt.Key]);
                }
            }
        },
        iter: 200);

    // Bug: the comparer was made after the empty state that should use it.
    [Fact]
    public void Scene_1000_comes_after_scene_999() =>
        RunState.Fold([new RunStarted(SampleRun.At(0), SampleRun.Plan(1001))]).Scenes.Keys
            .SkipWhile(id => id != "scene-999").ShouldBe(["scene-999", "scene-1000", "scene-1001"]);

    [Fact]
    public void A_second_start_changes_nothing()
    {
        var state = RunState.Fold(SampleRun.Finished);

        state.Apply(new RunStarted(SampleRun.At(99), SampleRun.Plan(7))).ShouldBeSameAs(state);
    }

    [Fact]
    public void Events_of_a_scene_that_was_not_selected_change_nothing()
    {
        var state = RunState.Fold(SampleRun.Finished);

        state.Apply(new SceneAccepted(SampleRun.At(99), "scene-009", 1, 1)).ShouldBeSameAs(state);
    }

    [Fact]
    public void A_station_that_answers_again_stands_once_and_last()
    {
        var old = new StationRecord("studio", "http://a", "comfyui", "0.3.57", null);
        var state = RunState.Fold([Probed(old), Probed(old with { Name = "attic" }), Probed(old with { ComfyVersion = "0.3.60" })]);

        state.Stations.Select(s => $"{s.Name} {s.ComfyVersion}").ShouldBe(["attic 0.3.57", "studio 0.3.60"]);
    }

    [Fact]
    public void A_scene_that_failed_may_still_be_accepted_but_not_the_other_way_round()
    {
        var state = RunState.Fold(
        [
            new RunStarted(SampleRun.At(0), SampleRun.Plan(2)),
            new SceneFailed(SampleRun.At(1), "scene-001", "timedOut", "late"), new SceneAccepted(SampleRun.At(2), "scene-001", 1, 1),
            new SceneAccepted(SampleRun.At(3), "scene-002", 1, 1), new SceneFailed(SampleRun.At(4), "scene-002", "timedOut", "late"),
        ]);

        state.Scenes.Values.ShouldAllBe(s => s.Accepted != null && s.Failed == null);
    }

    [Fact]
    public void The_tally_counts_what_is_charged_and_what_the_station_cost_but_no_stop()
    {
        var scene = RunState.Fold(SampleRun.Stopped).Scenes["scene-002"];

        (scene.Tally.Charged, scene.Tally.Uncharged).ShouldBe((0, 0));
        (RunState.Fold(SampleRun.Finished).Scenes["scene-002"].Tally is { Charged: 2, Uncharged: 0 }).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(3, "1..3")]
    [InlineData(20, "1..20")]
    [InlineData(21, "1..21")]
    [InlineData(40, "1..40")]
    [InlineData(41, "1..20 22..41")]
    [InlineData(1000, "1..20 981..1000")]
    public void The_first_and_the_last_twenty_looks_are_kept_and_all_are_counted(int looks, string kept)
    {
        var log = Enumerable.Range(1, looks).Aggregate(PollLog.Empty, (log, n) => log.Add(new Looked(SampleRun.At(n), "scene-001", 1, "running", false, $"{n}")));

        log.Total.ShouldBe(looks);
        log.Entries.ShouldAllBe(e => e.Message == $"{e.Attempt}" && e.Timestamp == SampleRun.At(e.Attempt));
        Ranges([.. log.Entries.Select(e => e.Attempt)]).ShouldBe(kept);
    }

    private static string Ranges(int[] numbers) => string.Join(' ', numbers
        .Select((n, i) => (n, Group: n - i)).GroupBy(p => p.Group, p => p.n).Select(g => $"{g.First()}..{g.Last()}"));

    private static StationProbed Probed(StationRecord station) => new(SampleRun.At(0), station);
}
