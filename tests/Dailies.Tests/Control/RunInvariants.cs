using System.Text;
using System.Text.Json.Nodes;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Disk;
using Dailies.Ledger;
using Dailies.Validation;

namespace Dailies.Tests.Control;

/// <summary>What may differ from run to run; everything else in <see cref="RunInvariants"/> always holds.</summary>
internal sealed record RunBounds
{
    /// <summary>Attempts that the renderer began and the ledger never heard of; null where nobody can count them beforehand: then each must have a
    /// reason, that is, it was taken back as refused, or its server died.</summary>
    public int? Unseen { get; init; } = 0;

    /// <summary>With <see cref="Unseen"/> null: a fault keeps the history from us, which is reason enough.</summary>
    public bool IsBlind { get; init; }

    /// <summary>The run may end before its scenes have: the station is no use, and the run says so and can be resumed. Then a prompt of ours may still
    /// run there, because it can't be withdrawn: the worker is dead, or the server too old.</summary>
    public bool MayHalt { get; init; }

    /// <summary>The longest that the run may take, by its own clock. A station is given up after ten dark minutes; nothing takes longer than a few of those.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromHours(2);
}

/// <summary>What holds for every run, whatever went wrong: nothing lost, nothing twice, nothing left behind, and all files tell the same story.</summary>
internal static class RunInvariants
{
    private static readonly string[] Kept = ["story", "logs", "public", "artifacts", "output"];

    /// <summary>Renders with <paramref name="run"/> by its clock, or what <paramref name="render"/> does instead, and checks everything.</summary>
    public static async Task<RunResult> HoldAsync(SmallRun run, RunBounds bounds, Func<Task<RunResult>>? render = null)
    {
        var before = OpenHandles.Of(run.Server!);
        var result = await InTimeAsync(run, bounds.Longest, render ?? (() => run.RunAsync()));
        await run.Server!.UpAsync(); // it may have died after the run's last word
        var after = await OpenHandles.SettledAsync(run.Server!, before);
        after.Connections.ShouldBeLessThanOrEqualTo(before.Connections, "open connections");
        (after.Descriptors ?? 0).ShouldBeLessThanOrEqualTo(before.Descriptors ?? 0, "file descriptors");
        Ended(result, bounds);
        Ledger(run.Events(), result.State);
        Executions(run, bounds);
        await QueueAsync(run, mayRun: result.State.Ended!.State == RunStates.Failed);
        Projections(run);
        Inside(run);
        return result;
    }

    private static async Task<RunResult> InTimeAsync(SmallRun run, TimeSpan longest, Func<Task<RunResult>> render)
    {
        var begin = run.Clock.GetTimestamp();
        using var limit = run.StopAfter(longest);
        var result = await render();
        run.Clock.GetElapsedTime(begin).ShouldBeLessThan(longest, "the run's own time");
        return result;
    }

    // Every scene has a take or a named reason; or the run says why it halted.
    private static void Ended(RunResult result, RunBounds bounds)
    {
        var scenes = result.State.Scenes.Values;
        var halted = result.State.Ended!.State == RunStates.Failed;
        var why = $"{result.State.Ended.Why}; {string.Join(", ", scenes.Select(s => $"{s.Plan.SceneId} {s.Accepted?.Attempt} {s.Failed?.FailureKind}"))}";
        (halted && !bounds.MayHalt).ShouldBeFalse(why);
        if (halted)
        {
            (result.ExitCode, string.IsNullOrEmpty(result.State.Ended.Why)).ShouldBe((ExitCode.Station, false), why);
            return;
        }

        result.State.Ended.State.ShouldBe(RunStates.Finished, why);
        scenes.ShouldAllBe(s => s.Accepted != null ^ s.Failed != null, why);
        result.ExitCode.ShouldBe(scenes.All(s => s.Accepted is not null) ? ExitCode.Ok : ExitCode.Failed, why);
        scenes.ShouldAllBe(s => s.Attempts.All(a => a.Settled != null), why);
    }

    // Accepted once, and for good; charged within the budget; the ledger folds to what the run ended with.
    private static void Ledger(IReadOnlyList<RunEvent> events, RunState ended)
    {
        var state = RunState.Empty;
        foreach (var e in events)
        {
            if (SceneState.SceneOf(e) is { } id && state.Scenes[id].Accepted is { } accepted)
            {
                (e is SceneAccepted or SceneFailed or SceneRequeued or AttemptStarted).ShouldBeFalse($"{e.GetType().Name} after {id} was accepted");
                state.Apply(e).Scenes[id].Accepted.ShouldBe(accepted);
            }

            state = state.Apply(e);
        }

        foreach (var scene in state.Scenes.Values)
        {
            scene.Attempts.Count(a => a.Settled is { Charged: true }).ShouldBeLessThanOrEqualTo(state.Plan!.Policy.SceneRetryBudget + 1, scene.Plan.SceneId);
        }

        state.Scenes.Values.Select(s => (s.Accepted, s.Failed, s.Attempts.Length)).ShouldBe(ended.Scenes.Values.Select(s => (s.Accepted, s.Failed, s.Attempts.Length)));
    }

    // By the renderer's own count: no attempt is rendered twice, and each is one that the ledger knows.
    private static void Executions(SmallRun run, RunBounds bounds)
    {
        var events = run.Events();
        var begun = run.Server!.Log.All.Select(e => (e.Scene!, e.Attempt!.Value)).ToList();
        var sent = events.OfType<AttemptStarted>().Select(e => (e.SceneId, e.Attempt)).ToHashSet();
        var seen = events.OfType<ExecutionSeen>().Select(e => (e.SceneId, e.Attempt)).ToHashSet();
        begun.Count.ShouldBe(begun.Distinct().Count(), $"rendered twice: {string.Join(' ', begun)}");
        begun.Where(b => !sent.Contains(b)).ShouldBeEmpty("rendered, but never sent");
        seen.Where(s => !begun.Contains(s)).ShouldBeEmpty("seen, but never rendered");
        var unseen = begun.Where(b => !seen.Contains(b)).ToList();
        if (bounds.Unseen is { } expected)
        {
            unseen.Count.ShouldBe(expected, $"rendered unseen: {string.Join(' ', unseen)}");
        }
        else if (!bounds.IsBlind)
        {
            var refused = events.OfType<PromptRefused>().Select(e => (e.SceneId, e.Attempt)).ToHashSet();
            var died = run.Server.Log.All.Where(e => e.Life < run.Server.Lives).Select(e => (e.Scene!, e.Attempt!.Value)).ToHashSet();
            unseen.Where(u => !refused.Contains(u) && !died.Contains(u)).ShouldBeEmpty("rendered unseen, for no reason");
        }

        var accepted = events.OfType<SceneAccepted>().Select(e => (e.SceneId, e.Attempt));
        accepted.Where(a => !seen.Contains(a)).ShouldBeEmpty("accepted, but not seen rendering");
    }

    // Nothing of ours is left where it can be withdrawn; what others sent runs on, or has ended well.
    private static async Task QueueAsync(SmallRun run, bool mayRun)
    {
        var queue = await run.AskAsync("/queue");
        queue["queue_pending"]!.AsArray().Where(IsOurs).ShouldBeEmpty("still waiting");
        if (!mayRun)
        {
            queue["queue_running"]!.AsArray().Where(IsOurs).ShouldBeEmpty("still running");
        }

        var others = (await run.AskAsync("/history")).AsObject().Where(e => !IsOurs(e.Value!["prompt"])).ToList();
        others.ShouldAllBe(e => (string)e.Value!["status"]!["status_str"]! == "success", "somebody else's prompt was disturbed");
    }

    private static bool IsOurs(JsonNode? item) => item![3]!["extra_pnginfo"]?["dailies"] is not null;

    // Summary and metadata are what the ledger says, byte for byte, and the validator has nothing to say.
    private static void Projections(SmallRun run)
    {
        var state = RunState.Fold(run.Events());
        var metadata = MetadataProjection.Project(state);
        metadata.Write().ShouldBe(File.ReadAllBytes(Path.Combine(run.RunDir, RunFolder.Metadata)));
        metadata.Write().ShouldBe(File.ReadAllBytes(Path.Combine(run.Folder, "public", RunFolder.LatestRun)));
        Encoding.UTF8.GetBytes(Dailies.Artifacts.SummaryText.Write(state, metadata)).ShouldBe(File.ReadAllBytes(Path.Combine(run.RunDir, RunFolder.Summary)));
        LedgerExport.Write(run.Events()).ShouldBe(File.ReadAllBytes(Path.Combine(run.RunDir, RunFolder.LedgerExport)));
        var verdict = RunValidator.Validate(run.RunDir);
        verdict.Findings.ShouldBeEmpty(VerdictText.Write(verdict));
    }

    private static void Inside(SmallRun run)
    {
        Directory.EnumerateFileSystemEntries(run.Folder).Select(Path.GetFileName).Except(Kept).ShouldBeEmpty();
        Directory.EnumerateFiles(run.Folder, "*evil*", SearchOption.AllDirectories).ShouldBeEmpty();
        File.Exists(Path.Combine(Path.GetDirectoryName(run.Folder)!, "evil.png")).ShouldBeFalse();
        Directory.EnumerateFiles(run.RunDir, "*" + AtomicFile.TempSuffix, SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.GetDirectories(Path.Combine(run.Folder, "logs")).Length.ShouldBe(1);
    }
}
