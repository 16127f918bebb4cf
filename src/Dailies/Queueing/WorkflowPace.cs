using Dailies.Contract;

namespace Dailies.Queueing;

/// <summary>How long a workflow has taken so far.</summary>
/// <param name="Median">Of the accepted attempts' execution.</param>
/// <param name="Takes">How many those are, 1 or more.</param>
/// <param name="Runs">In how many runs.</param>
public sealed record WorkflowPace(TimeSpan Median, int Takes, int Runs)
{
    /// <summary>The pace of runs, each with its takes' execution in seconds; null where there is no take.</summary>
    public static WorkflowPace? Of(IReadOnlyList<IReadOnlyList<double>> runs)
    {
        List<double> takes = [.. runs.SelectMany(r => r).Order()];
        var middle = takes.Count / 2;
        return takes.Count == 0 ? null : new WorkflowPace(
            TimeSpan.FromSeconds(takes.Count % 2 == 1 ? takes[middle] : (takes[middle - 1] + takes[middle]) / 2), takes.Count, runs.Count(r => r.Count > 0));
    }

    /// <summary>Things to say before a run starts whose policy gives up earlier than half of the takes so far were done. Pure.</summary>
    public IEnumerable<string> Warnings(QueuePolicy policy)
    {
        var usual = $"than this workflow's usual execution of {Text(Median.TotalSeconds)} s (the median of {Counted(Takes, "take")} in {Counted(Runs, "earlier run")})";
        if (policy.HistoryMaxWait < Median)
        {
            yield return $"the max wait of {Text(policy.HistoryMaxWait.TotalSeconds)} s is shorter {usual}: raise {QueueOptions.MaxWait.Option}";
        }

        if (policy.HistoryMaxAttempts is { } looks && looks * policy.HistoryPollInterval.TotalSeconds is var end && end < Median.TotalSeconds)
        {
            yield return $"{looks} looks every {Text(policy.HistoryPollInterval.TotalSeconds)} s end after {Text(end)} s, which is shorter {usual}: "
                + $"raise {QueueOptions.MaxAttempts.Option} or {QueueOptions.PollInterval.Option}, or leave the looks unbounded";
        }
    }

    private static string Counted(int count, string what) => $"{SummaryNumber.Text(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Text(double seconds) => SummaryNumber.Text(Math.Round(seconds, 1));
}
