using System.Text.Json.Nodes;
using Dailies.Animatic;
using Dailies.Contract;
using Dailies.Control;

namespace Dailies.Tests.Control;

/// <summary>Every fault of the renderer at both places of a story of two scenes: whatever goes wrong, the same invariants hold, and each scene ends as
/// <see cref="FaultTable"/> says. The clock jumps, so that ten dark minutes cost seconds.</summary>
[Collection(RunsAlone.Name)]
public class FaultMatrixTests
{
    private static readonly int[] Scenes = [1, 2];
    private static readonly FaultRow Unhurt = new("", ExitReason.Success, null, 1, 1, 1, "", "");

    public static TheoryData<string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var (row, scene) in FaultTable.Rows.SelectMany(r => Scenes.Select(s => (r, s))))
            {
                data.Add(row.Fault, scene);
            }

            return data;
        }
    }

    [Fact]
    public void Every_fault_is_in_the_table() => FaultTable.Rows.Select(r => r.Name).Distinct().ShouldBe(Fault.Names, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_fault_keeps_the_invariants(string fault, int scene)
    {
        using var clock = new VirtualClock();
        await using var run = await RunAsync(FaultTable.Rows.Single(r => r.Fault == fault), scene, clock);
    }

    // Bug: a scene that had failed was taken for one that somebody deleted, and was not tried again.
    [Theory]
    [InlineData("error@scene-002,history-evicted@scene-002", FailureKind.ExecutionError, 2)]
    [InlineData("no-socket,history-evicted@scene-002", FailureKind.Interrupted, 1)]
    public async Task An_entry_that_is_gone_is_an_interruption_only_where_no_end_was_heard(string faults, string kind, int attempts)
    {
        using var clock = new VirtualClock();
        await using var run = await SmallRun.OnClockAsync(clock, faults);

        await run.RunAsync();

        run.Result.Verdict.Findings.ShouldBeEmpty();
        run.Result.State.Scenes["scene-002"].Attempts.Select(a => (a.Settled!.ExitReason, a.Settled.FailureKind)).ShouldBe(Enumerable.Repeat((ExitReason.Unknown, (string?)kind), attempts), run.Summary);
    }

    /// <summary>Renders with the fault at one scene and checks everything; the run is the caller's to look into and to dispose.</summary>
    internal static async Task<SmallRun> RunAsync(FaultRow row, int scene, VirtualClock clock)
    {
        var run = await SmallRun.OnClockAsync(clock, row.At(scene));
        foreach (var knob in row.Knobs.Select(k => k.Split('=')))
        {
            run.Set(knob[0], knob[1]);
        }

        var hits = Scenes.Count(n => row.Hits(n, scene));
        var bounds = new RunBounds { Unseen = row.Unseen * hits, MayHalt = row.Halts };
        var result = await RunInvariants.HoldAsync(run, bounds);

        (result.State.Ended!.State == RunStates.Failed).ShouldBe(row.Halts, result.State.Ended.Why);
        foreach (var number in Scenes)
        {
            if (row.Halts && number > scene)
            {
                run.Scene(number)["Telemetry"].ShouldBeNull();
                continue;
            }

            if (row.Shakes && !row.Hits(number, scene))
            {
                (Describe(run.Scene(number)) is (ExitReason.Success, null, 1 or 2, 1, true)).ShouldBeTrue($"{row.At(scene)}: scene {number}: {Describe(run.Scene(number))}");
                continue;
            }

            var expected = !row.Hits(number, scene) ? Unhurt : number == Scenes[^1] ? row.AtLast(row) : row;
            Describe(run.Scene(number)).ShouldBe((expected.Reason, expected.Kind, expected.Attempts, expected.Charged, expected.Kind is null), $"{row.At(scene)}: scene {number}");
            Executions(run, number).ShouldBe(expected.Executed);
            run.Summary.Split('\n').ShouldContain(l => l.Contains($"[Scene {RunFolder.SceneId(number)}]", StringComparison.Ordinal) && l.Contains(expected.Says, StringComparison.Ordinal));
        }

        StrangersAre(row, await run.AskAsync("/queue"), await run.AskAsync("/history"));
        if (row.Halts)
        {
            await ResumeAsync(run);
        }

        return run;
    }

    /// <summary>Restarts the station without its faults, takes the run up again, and checks everything once more.</summary>
    internal static async Task<RunResult> ResumeAsync(SmallRun run, bool isBlind = false)
    {
        run.Server!.SetFaults([]);
        await run.Server.KillAsync();
        return await RunInvariants.HoldAsync(run, new RunBounds { Unseen = null, IsBlind = isBlind }, run.ResumeAsync);
    }

    private static int Executions(SmallRun run, int number) => run.Server!.Log.All.Count(e => e.Scene == RunFolder.SceneId(number));

    private static (string Reason, string? Kind, int Attempts, int Charged, bool Success) Describe(JsonNode scene) => (
        (string)scene["Telemetry"]!["HistoryExitReason"]!, (string?)scene["Telemetry"]!["FailureKind"], (int)scene["AttemptsRun"]!,
        scene["Attempts"]!.AsArray().Count(a => (bool)a!["Charged"]!), (bool)scene["Success"]!);

    // Somebody else's prompt has ended in its own time, or is still there.
    private static void StrangersAre(FaultRow row, JsonNode queue, JsonNode history)
    {
        var running = queue["queue_running"]!.AsArray().Select(i => (string)i![1]!);
        var ended = history.AsObject().Select(e => e.Key);
        switch (row.Name)
        {
            case "stranger-ahead":
                ended.ShouldContain("somebody-elses-prompt");
                break;
            case "stranger-stuck":
                running.ShouldBe(["somebody-elses-stuck-prompt"]);
                break;
        }
    }
}
