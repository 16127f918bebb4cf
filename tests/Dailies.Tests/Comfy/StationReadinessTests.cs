using Dailies.Comfy;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Comfy;

/// <summary>Waiting for a station that was started: the rule, and the runner under a clock that the test moves.</summary>
public class StationReadinessTests
{
    private static readonly TimeSpan Limit = S(300);
    private static readonly TaskCompletionSource Never = new();

    private readonly FakeTimeProvider clock = new();
    private readonly List<string> said = [];

    public static TheoryData<string, bool, bool, double, string> Rules => new()
    {
        // answers, ended, waited → step
        { "not yet", false, false, 0, "wait 1" },
        { "not yet, later", false, false, 298.5, "wait 1" },
        { "the last wait is cut", false, false, 299.75, "wait 0.25" },
        { "its time is over", false, false, 300, "too late" },
        { "it answers", true, false, 0, "ready" },
        { "it answers at the last moment", true, false, 300, "ready" },
        { "it has ended", false, true, 3, "exited" },
        { "it has ended, and somebody answers: not ours", true, true, 3, "exited" },
        { "it has ended when its time was over: the end is the reason", false, true, 400, "exited" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_first_rule_that_holds_wins(string rule, bool answers, bool ended, double waited, string step) =>
        Word(StationReadinessDecision.Next(Limit, new StationReadinessFacts(answers, ended, S(waited)))).ShouldBe(step, rule);

    [Fact]
    public async Task It_is_asked_every_second_until_it_answers()
    {
        var asked = 0;
        var waiting = WaitAsync(_ => ++asked < 6 ? Refused() : Task.CompletedTask, Never.Task, Limit);

        for (var second = 0; second < 5; second++)
        {
            (asked, waiting.IsCompleted).ShouldBe((second + 1, false));
            clock.Advance(S(1));
        }

        (Word(await waiting), asked).ShouldBe(("ready", 6));
    }

    [Fact]
    public async Task Every_ten_seconds_people_hear_of_it()
    {
        var waiting = WaitAsync(_ => Refused(), Never.Task, S(25));
        for (var second = 0; second < 25; second++)
        {
            said.Count.ShouldBe(second / 10);
            clock.Advance(S(1));
        }

        Word(await waiting).ShouldBe("too late");
        said.ShouldBe(["the station does not answer yet: 10 s of at most 25 s", "the station does not answer yet: 20 s of at most 25 s"]);
    }

    [Fact]
    public async Task Its_end_is_heard_in_the_middle_of_a_pause()
    {
        var ended = new TaskCompletionSource();
        var waiting = WaitAsync(_ => Refused(), ended.Task, Limit);

        ended.SetResult();

        Word(await waiting).ShouldBe("exited");
    }

    [Fact]
    public async Task A_question_that_is_never_answered_outlasts_neither_the_limit_nor_the_end()
    {
        var ended = new TaskCompletionSource();
        var first = WaitAsync(cancel => Task.Delay(Timeout.InfiniteTimeSpan, clock, cancel), Never.Task, Limit);
        var second = WaitAsync(_ => Never.Task, ended.Task, Limit);

        ended.SetResult();
        Word(await second).ShouldBe("exited");
        clock.Advance(S(299));
        first.IsCompleted.ShouldBeFalse();
        clock.Advance(S(1));
        Word(await first).ShouldBe("too late");
    }

    [Fact]
    public async Task Giving_up_waiting_is_no_step()
    {
        using var stop = new CancellationTokenSource();
        var pausing = WaitAsync(_ => Refused(), Never.Task, Limit, stop.Token);
        var asking = WaitAsync(_ => Never.Task, Never.Task, Limit, stop.Token);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(pausing);
        await Should.ThrowAsync<OperationCanceledException>(asking);
    }

    [Fact]
    public async Task A_fault_of_ours_is_not_taken_for_silence() =>
        await Should.ThrowAsync<InvalidOperationException>(WaitAsync(_ => throw new InvalidOperationException("ours"), Never.Task, Limit));

    private Task<StationReadinessStep> WaitAsync(Func<CancellationToken, Task> ask, Task ended, TimeSpan limit, CancellationToken? cancel = null) =>
        new StationReadiness(clock).WaitAsync(ask, ended, limit, said.Add, cancel ?? TestContext.Current.CancellationToken);

    private static Task Refused() => Task.FromException(new StationException(StationFault.Unreachable, "GET /system_stats: Connection refused"));

    private static string Word(StationReadinessStep step) => step switch
    {
        StationReadinessStep.Wait wait => FormattableString.Invariant($"wait {wait.Delay.TotalSeconds}"),
        StationReadinessStep.Ready => "ready",
        StationReadinessStep.Exited => "exited",
        _ => "too late",
    };

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
