using System.Text.Json.Nodes;
using Dailies.Animatic;
using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Tests.Control;

/// <summary>Every fault of the renderer at two places of a story of two scenes: whatever goes wrong, the same invariants hold.</summary>
public class FaultMatrixTests
{
    private const string Stranger = "somebody-elses-prompt";

    // What a fault does to its scene; with ":1" only the first attempt suffers. Executed: how often the renderer began it, Unseen: of these, what the ledger never
    // hears of. Slow: takes seconds of real time, so it runs in a class of its own, beside the others.
    private sealed record Row(string Fault, string Reason, string? Kind, int Attempts, int Charged, int Executed, int Unseen = 0, bool Slow = false);

    private static readonly Row[] Rows =
    [
        new("refuse", ExitReason.Unknown, FailureKind.Rejected, 1, 1, 0),
        new("error", ExitReason.Unknown, FailureKind.ExecutionError, 2, 2, 2),
        new("no-socket", ExitReason.Success, null, 1, 1, 1),
        new("slow", ExitReason.MaxWait, FailureKind.TimedOut, 2, 2, 2, Slow: true),
        new("drop-output", ExitReason.PostExecution, FailureKind.OutputsMissing, 2, 2, 2, Slow: true),
        new("reset-on-post:1", ExitReason.Success, null, 2, 1, 1, Slow: true),
        new("reset-after-accept", ExitReason.Success, null, 1, 1, 1),
        new("500-but-queued", ExitReason.Success, null, 1, 1, 1),
        new("500:1", ExitReason.Success, null, 2, 1, 1, Slow: true),
        new("429:1", ExitReason.Success, null, 2, 1, 1, Slow: true),
        new("401", ExitReason.Unknown, FailureKind.Rejected, 1, 1, 0),
        new("html-502:1", ExitReason.Success, null, 2, 1, 1, Slow: true),
        new("redirect", ExitReason.Unknown, FailureKind.Rejected, 1, 1, 0),
        new("node-errors", ExitReason.Unknown, FailureKind.Rejected, 1, 1, 1, Unseen: 1), // it has begun before it can be withdrawn, and the ledger does not say so
        new("queue-cleared", ExitReason.Unknown, FailureKind.Interrupted, 1, 1, 0),
        new("stranger-ahead", ExitReason.Unknown, FailureKind.Stalled, 2, 2, 0, Slow: true),
        new("truncated-json", ExitReason.PostExecution, FailureKind.OutputsMissing, 2, 2, 2, Slow: true),
        new("bare-nan", ExitReason.Success, null, 1, 1, 1),
        new("huge-history", ExitReason.Success, null, 1, 1, 1),
        new("history-late", ExitReason.Success, null, 1, 1, 1),
        new("history-evicted", ExitReason.PostExecution, FailureKind.OutputsMissing, 2, 2, 2, Slow: true), // contract §5 calls an evicted one interrupted
        new("status-null", ExitReason.Success, null, 1, 1, 1),
        new("cached-without-outputs", ExitReason.PostExecution, FailureKind.OutputsMissing, 2, 2, 2, Slow: true),
        new("error-with-status-success", ExitReason.Unknown, FailureKind.ExecutionError, 2, 2, 2),
        new("oom", ExitReason.Unknown, FailureKind.OutOfMemory, 2, 2, 2), // no ladder in this run
        new("oom-full-size", ExitReason.Success, null, 1, 1, 1), // 64 pixels wide: not at full size
        new("device-lost", ExitReason.Unknown, FailureKind.DeviceLost, 4, 0, 4, Slow: true), // one scene alone: its own doing, perhaps
        new("interrupted", ExitReason.Unknown, FailureKind.Interrupted, 1, 1, 1),
        new("stuck", ExitReason.MaxWait, FailureKind.TimedOut, 2, 2, 2, Slow: true),
        new("socket-silent", ExitReason.Success, null, 1, 1, 1),
        new("socket-dropped", ExitReason.Success, null, 1, 1, 1),
        new("preview-flood", ExitReason.Success, null, 1, 1, 1),
        new("torn-file", ExitReason.Success, FailureKind.BadFrames, 2, 2, 2),
        new("black-frames", ExitReason.Success, null, 1, 1, 1), // contract §5 would have badFrames for NaN-black
        new("escaping-name", ExitReason.Success, FailureKind.BadFrames, 2, 2, 2),
        new("wrong-content-type", ExitReason.Success, null, 1, 1, 1),
    ];

    // Not here, each with its reason.
    private static readonly Dictionary<string, string> NeedsVirtualTime = new()
    {
        ["slow-answers"] = "every request takes 3 s of the clock: about a minute for two scenes",
        ["dead-worker"] = "a prompt that no interrupt stops is waited for 120 s before the station counts as stuck",
    };

    public static TheoryData<string, int> Quick => Of(slow: false, 1, 2);

    [Fact]
    public void Every_fault_is_in_the_table_or_says_why_not() =>
        Rows.Select(r => r.Fault.Split(':')[0]).Concat(NeedsVirtualTime.Keys).Order(StringComparer.Ordinal).ShouldBe(Fault.Names.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Quick))]
    public Task A_fault_keeps_the_invariants(string fault, int scene) => CheckAsync(fault, scene);

    internal static TheoryData<string, int> Of(bool slow, params int[] scenes)
    {
        var data = new TheoryData<string, int>();
        foreach (var (row, scene) in Rows.Where(r => r.Slow == slow).SelectMany(r => scenes.Select(s => (r, s))))
        {
            data.Add(row.Fault, scene);
        }

        return data;
    }

    internal static async Task CheckAsync(string fault, int scene)
    {
        var row = Rows.Single(r => r.Fault == fault);
        await using var run = await SmallRun.WithAsync(fault is "no-socket" or "socket-silent" ? fault : $"{row.Fault.Split(':')[0]}@{RunFolder.SceneId(scene)}{(fault.EndsWith(":1", StringComparison.Ordinal) ? ":1" : "")}");
        run.Set("scenePostExecutionTimeoutSeconds", "1").Set("sceneMaxWaitSeconds", MaxWait(fault)).Set("sceneQueueWaitSeconds", "1").Set("stallTimeoutSeconds", "8");
        // A stranger does not go away within the queue wait: whatever comes after our scene meets it, too.
        var suffer = fault == "stranger-ahead" ? Enumerable.Range(scene, 3 - scene).ToArray() : [scene];

        var result = await run.RunAsync();

        result.ExitCode.ShouldBe(row.Kind is null ? 0 : 1, result.State.Ended?.Why);
        result.State.Ended!.State.ShouldBe(RunStates.Finished);
        result.Verdict.Findings.ShouldBeEmpty();
        foreach (var number in new[] { 1, 2 })
        {
            var expected = suffer.Contains(number) || fault is "no-socket" or "socket-silent" ? row : new Row("", ExitReason.Success, null, 1, 1, 1);
            Describe(run.Scene(number)).ShouldBe((expected.Reason, expected.Kind, expected.Attempts, expected.Charged, expected.Kind is null));
            Describe(run.Scene(number)).Charged.ShouldBeLessThanOrEqualTo(2); // the budget of 1, and the first
        }

        var events = RunLedger.Read(Path.Combine(run.RunDir, RunFolder.Ledger)).ToList();
        foreach (var settled in result.State.Scenes.Values)
        {
            var id = settled.Plan.SceneId;
            (events.OfType<SceneAccepted>().Count(e => e.SceneId == id) + events.OfType<SceneFailed>().Count(e => e.SceneId == id)).ShouldBe(1, id);
        }

        run.Server!.Executions.ShouldBe(run.ExecutedByLedger() + row.Unseen);
        run.Server.Executions.ShouldBe((row.Executed * suffer.Length) + 2 - suffer.Length);
        await OnlyStrangersAreLeftAsync(run, stranger: fault == "stranger-ahead");
        Directory.EnumerateFileSystemEntries(run.Folder).Select(Path.GetFileName).Except(["story", "logs", "public", "output"]).ShouldBeEmpty();
        Directory.EnumerateFiles(run.Folder, "*evil*", SearchOption.AllDirectories).ShouldBeEmpty();
        File.Exists(Path.Combine(Path.GetDirectoryName(run.Folder)!, "evil.png")).ShouldBeFalse();
    }

    // Far from what the fault takes, on either side: a busy machine must not decide.
    private static string MaxWait(string fault) => fault switch
    {
        "slow" => "0.5",
        "stuck" => "2",
        _ => "20",
    };

    private static (string Reason, string? Kind, int Attempts, int Charged, bool Success) Describe(JsonNode scene) => (
        (string)scene["Telemetry"]!["HistoryExitReason"]!, (string?)scene["Telemetry"]!["FailureKind"], (int)scene["AttemptsRun"]!,
        scene["Attempts"]!.AsArray().Count(a => (bool)a!["Charged"]!), (bool)scene["Success"]!);

    private static async Task OnlyStrangersAreLeftAsync(SmallRun run, bool stranger)
    {
        var queue = await run.AskAsync("/queue");
        var left = queue["queue_running"]!.AsArray().Concat(queue["queue_pending"]!.AsArray()).Select(i => (string)i![1]!);
        left.ShouldBe(stranger ? [Stranger] : []);
    }
}

/// <summary>The faults that take seconds, at the first scene.</summary>
public class FaultMatrixSlowTests
{
    public static TheoryData<string, int> Rows => FaultMatrixTests.Of(slow: true, 1);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_slow_fault_keeps_the_invariants(string fault, int scene) => FaultMatrixTests.CheckAsync(fault, scene);
}

/// <summary>The faults that take seconds, at the last scene.</summary>
public class FaultMatrixSlowLastTests
{
    public static TheoryData<string, int> Rows => FaultMatrixTests.Of(slow: true, 2);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_slow_fault_keeps_the_invariants(string fault, int scene) => FaultMatrixTests.CheckAsync(fault, scene);
}
