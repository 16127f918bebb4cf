using System.Globalization;
using Dailies.Contract;

namespace Dailies.Artifacts;

/// <summary>What is kept however old it is.</summary>
/// <param name="Keep">So many of the newest runs; 0 for none.</param>
/// <param name="KeepDays">Runs that ended within so many days; 0 for none.</param>
/// <param name="Unfinished">Runs that could be resumed may go as well.</param>
public sealed record PruneRule(int Keep, int KeepDays, bool Unfinished);

/// <summary>Whether a run goes, and why.</summary>
public sealed record Pruned(RunEntry Run, bool Goes, string Why);

/// <summary>Which runs go. Pure. In doubt a run is kept.</summary>
public static class PruneDecision
{
    /// <summary>A word for each run.</summary>
    /// <param name="newestFirst">Every run there is.</param>
    /// <param name="rule">What is kept however old it is.</param>
    /// <param name="latestId">The run that latest-run.json names, or null.</param>
    /// <param name="now">The moment.</param>
    public static IReadOnlyList<Pruned> Of(IReadOnlyList<RunEntry> newestFirst, PruneRule rule, string? latestId, DateTimeOffset now) =>
        [.. newestFirst.Select((run, index) => WhyKept(run, index, rule, latestId, now) is { } why ? new Pruned(run, Goes: false, why) : new Pruned(run, Goes: true, WhyGone(run, now)))];

    private static string? WhyKept(RunEntry run, int index, PruneRule rule, string? latestId, DateTimeOffset now) => run switch
    {
        { OnDisk: RunOnDisk.Link } => "a link",
        { OnDisk: RunOnDisk.NoLedger } => "no run of ours: it has no ledger",
        { State: RunStates.Running } => "running",
        { Pinned: true } => "pinned",
        { State: RunEntry.Unreadable } or { StartedAt: null } => "can't be read",
        _ when index == 0 => "the newest",
        _ when run.RunId == latestId => "named by latest-run.json",
        { State: not RunStates.Finished } when !rule.Unfinished => "unfinished: it can be resumed",
        _ when index < rule.Keep => string.Create(CultureInfo.InvariantCulture, $"among the {rule.Keep} newest"),
        _ when Age(run, now) < TimeSpan.FromDays(rule.KeepDays) => string.Create(CultureInfo.InvariantCulture, $"younger than {rule.KeepDays} days"),
        _ => null,
    };

    private static string WhyGone(RunEntry run, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.State} {(int)Age(run, now).TotalDays} days ago");

    // A run that died ended at a moment that nobody knows: it counts from its start.
    private static TimeSpan Age(RunEntry run, DateTimeOffset now) => now - (run.EndedAt ?? run.StartedAt!.Value);
}
