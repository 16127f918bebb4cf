using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Queueing;

namespace Dailies.Artifacts;

/// <summary>What earlier runs tell of a workflow's pace. Cheap, and never in anybody's way: a run that can't be read says nothing.</summary>
public static class PaceReader
{
    private const int MostRuns = 20, MostLooked = 200, MostTakes = 1_000;
    private const long MostBytes = 64 * 1024 * 1024;
    private const double MostSeconds = 30 * 86_400;

    /// <summary>The pace of the graph with that SHA-256, by the newest twenty runs of it among the newest two hundred; null where there is none.</summary>
    public static WorkflowPace? Read(string runsDir, string sha256)
    {
        var (runs, takes) = (new List<IReadOnlyList<double>>(), 0);
        foreach (var folder in Newest(runsDir).Where(f => RunLedger.WorkflowOf(new RunFolder(f).At(RunFolder.Ledger)) == sha256).Take(MostRuns))
        {
            runs.Add(Takes(new RunFolder(folder).At(RunFolder.Metadata)));
            takes += runs[^1].Count;
            if (takes >= MostTakes)
            {
                break;
            }
        }

        return WorkflowPace.Of(runs);
    }

    private static IEnumerable<string> Newest(string runsDir)
    {
        try
        {
            return RunFinder.Runs(runsDir).Reverse().Take(MostLooked);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // A take that was kept from an earlier run is that run's, and counted there: it was sent before this run began.
    private static List<double> Takes(string metadata) => MetadataHead.Load<RunHead>(metadata, MostBytes) is { Scenes: { } scenes } run
        ? [.. scenes.Where(s => s is { Success: true, Telemetry: { } t } && !(t.SubmittedAt < run.Timestamp)).Select(s => s!.Telemetry!.ExecutionSeconds).OfType<double>().Where(s => s is >= 0 and <= MostSeconds)]
        : [];

    private sealed record RunHead(DateTimeOffset? Timestamp, IReadOnlyList<SceneHead?>? Scenes);

    private sealed record SceneHead(bool Success, TelemetryHead? Telemetry);

    private sealed record TelemetryHead(DateTimeOffset? SubmittedAt, double? ExecutionSeconds);
}
