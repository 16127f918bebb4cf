using Dailies.Contract;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-823: the stamps of the summary among themselves and against the run's begin and end.</summary>
internal static class StampRules
{
    // Clocks are set by a little every night.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    public static void Judge(RunEvidence run)
    {
        if (run.Summary is not { } summary)
        {
            return;
        }

        var (begin, end) = (run.Metadata?.Time("Timestamp"), run.Metadata?.Time("EndedAt"));
        DateTimeOffset? last = null;
        foreach (var entry in summary.Entries.Take(summary.VerdictAt + 1))
        {
            if (!entry.IsStamped || !Stamp.TryParse(entry.Stamp!, out var at))
            {
                continue;
            }

            if (at < last - Slack)
            {
                run.InSummary(StampsBack, entry.Place, entry.SceneId, $"about {Stamp.Text(last!.Value)} or later", Stamp.Text(at));
            }
            else if (entry.SceneId is not null && (at < begin - Slack || at > end + Slack))
            {
                run.InSummary(StampsBack, entry.Place, entry.SceneId, $"between {run.Metadata?.Text("Timestamp")} and {run.Metadata?.Text("EndedAt")}", Stamp.Text(at));
            }

            last = at;
        }
    }
}
