using Dailies.Contract;
using Dailies.Dashboard.Views;

namespace Dailies.Dashboard.Reading;

/// <summary>One run in the list.</summary>
public sealed record RunSummary
{
    /// <summary>The folder's name.</summary>
    public required string RunId { get; init; }

    /// <summary>Its name, title or story id.</summary>
    public required string Title { get; init; }

    /// <summary>Its state.</summary>
    public required string State { get; init; }

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How long it took, s; null while it goes on.</summary>
    public double? Seconds { get; init; }

    /// <summary>Scenes selected.</summary>
    public int Scenes { get; init; }

    /// <summary>Scenes with a take.</summary>
    public int Taken { get; init; }

    /// <summary>Scenes that ended without one.</summary>
    public int Failed { get; init; }

    /// <summary>Frames of all takes.</summary>
    public int Frames { get; init; }

    /// <summary>The first station's GPU.</summary>
    public string Gpu { get; init; } = "";

    /// <summary>What the validator said at its end: kept, broken; empty where it was not asked.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>Storyboards were drawn.</summary>
    public bool IsAnimatic { get; init; }

    /// <summary>It is never pruned.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Scenes without take or reason.</summary>
    public int Left => Scenes - Taken - Failed;

    // A run id is the second in which it began.
    private static DateTimeOffset? Began(string runId) => DateTimeOffset.TryParseExact(runId[..15], "yyyyMMdd-HHmmss", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>The line of what was read.</summary>
    public static RunSummary Of(RunReading run)
    {
        var pinned = File.Exists(run.Folder.At(RunFolder.Pin));
        if (RunView.Of(run) is not { } view)
        {
            return new RunSummary { RunId = run.Folder.RunId, Title = "(its files can't be read)", StartedAt = RunIds.IsRunId(run.Folder.RunId) ? Began(run.Folder.RunId) : null, State = "damaged", IsPinned = pinned };
        }

        var m = run.Metadata;
        return new RunSummary
        {
            RunId = run.Folder.RunId,
            Title = view.Title,
            State = view.State,
            StartedAt = view.StartedAt,
            Seconds = view is { StartedAt: { } from, EndedAt: { } to } ? Math.Max(0, (to - from).TotalSeconds) : null,
            Scenes = view.Scenes.Count,
            Taken = view.Taken,
            Failed = view.Failed,
            Frames = view.Scenes.Where(s => s.Success).Sum(s => s.Frames.Count),
            Gpu = m.Items("Stations").Select(s => s.Text("Gpu")).OfType<string>().FirstOrDefault() ?? m.Items("Scenes").Select(s => s.Text("Telemetry", "GPU", "Name")).OfType<string>().FirstOrDefault() ?? "",
            Verdict = run.State?.Validated is { } verdict ? verdict.Code == 0 ? "kept" : "broken" : "",
            IsAnimatic = view.IsAnimatic,
            IsPinned = pinned,
        };
    }
}

/// <summary>What is asked of the list, as it stands in the address.</summary>
/// <param name="Search">Words of id, title or GPU; empty for all.</param>
/// <param name="State">One state, or empty for all.</param>
/// <param name="Sort"><c>started</c>, <c>title</c>, <c>state</c>, <c>frames</c>, <c>duration</c>; with <c>-</c> in front: largest first.</param>
/// <param name="Page">From 1.</param>
public sealed record RunQuery(string Search = "", string State = "", string Sort = "-started", int Page = 1)
{
    /// <summary>Runs on one page.</summary>
    public const int PageSize = 50;
}

/// <summary>One page of the list.</summary>
public sealed record RunListing(IReadOnlyList<RunSummary> Runs, int Total, RunQuery Query)
{
    /// <summary>How many pages there are.</summary>
    public int Pages => Math.Max(1, (Total + RunQuery.PageSize - 1) / RunQuery.PageSize);
}
