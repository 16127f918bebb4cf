using Dailies.Queueing;

namespace Dailies.Tests.Queueing;

/// <summary>How long a workflow has taken, and what is said to a policy that gives up earlier.</summary>
public class WorkflowPaceTests
{
    public static TheoryData<string, double[][], double?, int, int> Runs => new()
    {
        // moment, seconds of each run's takes, median, takes, runs
        { "no run", [], null, 0, 0 },
        { "runs without a take", [[], []], null, 0, 0 },
        { "one take", [[136.8]], 136.8, 1, 1 },
        { "the middle one", [[300, 10], [20]], 20, 3, 2 },
        { "between the middle two", [[10, 40], [], [20, 300]], 30, 4, 2 },
        { "one that hung does not count for more", [[10, 11, 12, 86400]], 11.5, 4, 1 },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_median_is_of_all_takes(string moment, double[][] runs, double? median, int takes, int counted)
    {
        var pace = WorkflowPace.Of(runs);

        (pace?.Median.TotalSeconds, pace?.Takes ?? 0, pace?.Runs ?? 0).ShouldBe((median, takes, counted), moment);
    }

    private const string Usual = "than this workflow's usual execution of 136.8 s (the median of 12 takes in 4 earlier runs)";

    public static TheoryData<string, double, int?, double, string[]> Policies => new()
    {
        // moment, max wait, looks, interval, warnings
        { "patient", 600, null, 2, [] },
        { "just enough", 136.84, null, 2, [] },
        { "a short max wait", 60, null, 2, [$"the max wait of 60 s is shorter {Usual}: raise --scene-max-wait-seconds"] },
        { "enough looks", 600, 69, 2, [] },
        { "few looks", 600, 5, 0.5, [$"5 looks every 0.5 s end after 2.5 s, which is shorter {Usual}: raise --scene-history-max-attempts or --scene-history-poll-interval-seconds, or leave the looks unbounded"] },
        { "both", 60, 30, 2, [$"the max wait of 60 s is shorter {Usual}: raise --scene-max-wait-seconds", $"30 looks every 2 s end after 60 s, which is shorter {Usual}: raise --scene-history-max-attempts or --scene-history-poll-interval-seconds, or leave the looks unbounded"] },
        { "more looks than a span can hold", 600, int.MaxValue, 86399, [] },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_policy_that_gives_up_earlier_is_warned_of(string moment, double maxWait, int? looks, double interval, string[] warnings) =>
        new WorkflowPace(TimeSpan.FromSeconds(136.84), 12, 4).Warnings(new QueuePolicy
        {
            HistoryMaxWait = TimeSpan.FromSeconds(maxWait),
            HistoryMaxAttempts = looks,
            HistoryPollInterval = TimeSpan.FromSeconds(interval),
        }).ShouldBe(warnings, moment);

    [Fact]
    public void One_take_is_counted_in_the_singular() =>
        new WorkflowPace(TimeSpan.FromSeconds(700), 1, 1).Warnings(new QueuePolicy()).ShouldHaveSingleItem().ShouldContain("(the median of 1 take in 1 earlier run)");
}
