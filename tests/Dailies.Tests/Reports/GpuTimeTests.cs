using CsCheck;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Reports;
using Dailies.Tests.Ledger;

namespace Dailies.Tests.Reports;

/// <summary>Where GPU time went: events → seconds by cause.</summary>
public class GpuTimeTests
{
    private const int Now = 100;

    // Scene 1 and 2 of a run; used, idle, failed, retaken, aside.
    private static readonly Dictionary<string, (RunEvent[] Events, double[] Seconds)> Table = new()
    {
        ["a take that stands wastes nothing"] = ([.. Taken(1, 1, 1, 11), .. Taken(2, 1, 11, 21), End(22)], [20, 0, 0, 0, 0]),
        ["a gap between two prompts is idle"] = ([.. Taken(1, 1, 1, 11), .. Taken(2, 1, 21, 31), End(32)], [20, 10, 0, 0, 0]),
        ["before the first prompt nothing is idle"] = ([.. Taken(1, 1, 60, 70), .. Taken(2, 1, 70, 80), End(81)], [20, 0, 0, 0, 0]),
        ["after the last scene nothing is idle"] = ([.. Taken(1, 1, 1, 11), .. Taken(2, 1, 11, 21), End(90)], [20, 0, 0, 0, 0]),
        ["a failed attempt is wasted, and the pause before the next is idle"] = ([.. Failed(1, 1, 1, 11), .. Taken(1, 2, 15, 25), .. Taken(2, 1, 25, 35), End(36)], [30, 4, 10, 0, 0]),
        ["what was given up was at work until it was taken back"] = ([Sent(1, 1, 1), Seen(1, 1, 1), Settled(1, 1, 21, FailureKind.TimedOut), .. Taken(2, 1, 21, 31), Fail(1, 31), End(31)], [30, 0, 20, 0, 0]),
        ["a refused prompt never executed"] = ([Sent(1, 1, 1), Settled(1, 1, 2, FailureKind.Rejected), Fail(1, 2), .. Taken(2, 1, 3, 13), End(14)], [10, 0, 0, 0, 0]),
        ["a take that was set aside is wasted"] = ([Sent(1, 1, 1), Seen(1, 1, 1), Success(1, 1, 11), Settled(1, 1, 11, FailureKind.BadFrames, aside: true), .. Taken(1, 2, 11, 21), .. Taken(2, 1, 21, 31), End(32)], [30, 0, 0, 0, 10]),
        ["a take that was lost is wasted"] = ([.. Taken(1, 1, 1, 11), .. Taken(2, 1, 11, 21), new TakeSpoiled(At(40), Id(1), 1, "gone"), .. Taken(1, 2, 42, 52), End(53)], [30, 0, 0, 10, 0]),
        ["a reopened scene waits from then on"] = ([.. Failed(1, 1, 1, 11), Fail(1, 11), .. Taken(2, 1, 11, 21), new SceneReopened(At(60), Id(1), null), .. Taken(1, 2, 63, 73), End(74)], [30, 3, 10, 0, 0]),
        ["nobody rendered before the run was taken up again"] =
            ([.. Taken(1, 1, 1, 11), End(12), new RunResumed(At(80), new ProgramRecord("dailies", "0", null)), .. Taken(2, 1, 85, 95), End(96)], [20, 5, 0, 0, 0]),
        ["a scene that is left has waited to the end"] = ([.. Taken(1, 1, 1, 11), End(50)], [10, 39, 0, 0, 0]),
        ["a scene that executes elsewhere waits for nothing"] = ([.. Taken(1, 1, 1, 11, "a"), .. Taken(2, 1, 2, 32, "b"), End(33)], [40, 0, 0, 0, 0]),
        ["two stations idle each for itself"] = ([.. Taken(1, 1, 1, 11, "a"), .. Failed(2, 1, 1, 21, "b"), .. Taken(2, 2, 30, 40, "a"), End(41)], [40, 18, 20, 0, 0]),
        ["a server whose clock is far off executed for no longer than we knew of it"] =
            ([Sent(1, 1, 1), Seen(1, 1, 2), new HistoryReceived(At(11), Id(1), 1, "h", [], DateTimeOffset.MinValue, DateTimeOffset.MaxValue, []), Settled(1, 1, 11, FailureKind.ExecutionError), Fail(1, 11), .. Taken(2, 1, 12, 22), End(23)], [20, 0, 10, 0, 0]),
        ["what is still at work counts so far"] = ([Sent(1, 1, 1), Seen(1, 1, 1)], [99, 0, 0, 0, 0]),
        ["a kept take is another run's"] =
            ([new SceneKept(At(0), Id(1), "20261122-000000", [.. Taken(1, 1, -50, -40).Take(4)]), new SceneAccepted(At(0), Id(1), 1, 2), .. Taken(2, 1, 1, 11), End(12)], [10, 0, 0, 0, 0]),
        ["nothing was sent"] = ([End(50)], [0, 0, 0, 0, 0]),
    };

    public static TheoryData<string> Cases => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Time_goes_to_its_cause(string name)
    {
        var (events, seconds) = Table[name];

        var time = GpuTime.Of(RunState.Fold([new RunStarted(At(0), SampleRun.Plan(2, "")), .. events]), At(Now));

        new[] { time.UsedSeconds, time.IdleSeconds, time.FailedSeconds, time.RetakenSeconds, time.AsideSeconds }.ShouldBe(seconds);
        time.Causes.Sum(c => c.Seconds).ShouldBe(time.WastedSeconds);
    }

    [Fact]
    public void A_run_that_has_not_begun_used_nothing() => GpuTime.Of(RunState.Empty, At(Now)).ShouldBe(new GpuTime(0, 0, 0, 0, 0));

    // Whatever a ledger holds: no negative time, and no more idling than the stations had time for.
    [Fact]
    public void Any_ledger_keeps_time_within_bounds() => AnyRun.Events.Sample(events =>
    {
        var run = RunState.Fold(events);
        var last = events.Select(e => e.At).DefaultIfEmpty(At(0)).Max();
        var time = GpuTime.Of(run, last);
        var stations = run.Scenes.Values.SelectMany(s => s.Attempts).Select(a => a.Measures.Station).Distinct().Count();

        new[] { time.UsedSeconds, time.IdleSeconds, time.FailedSeconds, time.RetakenSeconds, time.AsideSeconds }.ShouldAllBe(s => s >= 0);
        (time.FailedSeconds + time.RetakenSeconds + time.AsideSeconds).ShouldBeLessThanOrEqualTo(time.UsedSeconds + 0.01);
        time.IdleSeconds.ShouldBeLessThanOrEqualTo(stations * Math.Max(0, ((run.Ended?.At ?? last) - run.StartedAt).TotalSeconds) + 0.01);
    });

    private static DateTimeOffset At(double seconds) => SampleRun.At(seconds);

    private static string Id(int scene) => RunFolder.SceneId(scene);

    private static AttemptStarted Sent(int scene, int attempt, double at, string station = "a") => new(At(at), Id(scene), attempt, "shot", station, $"p{scene}-{attempt}", "c", 1, "x");

    private static ExecutionSeen Seen(int scene, int attempt, double at) => new(At(at), Id(scene), attempt, "socket");

    private static SuccessSeen Success(int scene, int attempt, double at) => new(At(at), Id(scene), attempt, "socket");

    private static AttemptSettled Settled(int scene, int attempt, double at, string? kind, bool aside = false) =>
        new(At(at), Id(scene), attempt, kind is null ? ExitReason.Success : ExitReason.Unknown, kind, kind, Charged: true) { Aside = aside };

    private static SceneFailed Fail(int scene, double at) => new(At(at), Id(scene), FailureKind.ExecutionError, "why");

    private static RunEnded End(double at) => new(At(at), RunStates.Finished, null);

    private static RunEvent[] Taken(int scene, int attempt, double from, double to, string station = "a") =>
        [Sent(scene, attempt, from, station), Seen(scene, attempt, from), Success(scene, attempt, to), Settled(scene, attempt, to, null), new SceneAccepted(At(to), Id(scene), attempt, 2)];

    private static RunEvent[] Failed(int scene, int attempt, double from, double to, string station = "a") =>
        [Sent(scene, attempt, from, station), Seen(scene, attempt, from), Settled(scene, attempt, to, FailureKind.ExecutionError)];
}
