using Dailies.Contract;

namespace Dailies.Artifacts;

/// <summary>One run of <c>dailies runs list --json</c> and of <c>/api/runs</c>: the names are published.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Name">The operator's own name for it, or null.</param>
/// <param name="State">running, finished, stopped, failed, died, unreadable.</param>
/// <param name="StoryId">The story, or null.</param>
/// <param name="Scenes">How many were selected.</param>
/// <param name="Taken">How many have a take.</param>
/// <param name="Failed">How many ended without one.</param>
/// <param name="Left">How many have not ended.</param>
/// <param name="Frames">Frames of all takes.</param>
/// <param name="StartedAt">When it began, or null.</param>
/// <param name="EndedAt">When it ended, or null.</param>
/// <param name="DurationSeconds">From begin to end, pauses before a resumption included; null while it has not ended.</param>
/// <param name="Bytes">What it takes on the disk.</param>
/// <param name="Pinned">It is never pruned.</param>
/// <param name="RunDir">Its folder.</param>
public sealed record RunLine(
    string RunId, string? Name, string State, string? StoryId, int Scenes, int Taken, int Failed, int Left, int Frames,
    DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, double? DurationSeconds, long Bytes, bool Pinned, string RunDir)
{
    /// <summary>The line of a run.</summary>
    public static RunLine Of(RunEntry run) => new(
        run.RunId, run.Name, run.State, run.StoryId, run.Tally.Scenes, run.Tally.Taken, run.Tally.Failed, run.Tally.Left, run.Tally.Frames,
        run.StartedAt, run.EndedAt, (run.EndedAt - run.StartedAt)?.TotalSeconds, run.Bytes, run.Pinned, run.Folder.Replace('\\', '/'));

    /// <summary>How long it took, or has taken so far; null where nobody knows, as of one that died.</summary>
    public static TimeSpan? Duration(RunEntry run, DateTimeOffset now) => (run.State == RunStates.Running ? now : run.EndedAt) - run.StartedAt;
}
