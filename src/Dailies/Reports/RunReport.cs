using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Validation;

namespace Dailies.Reports;

/// <summary>The morning report of a run as values: what a page, a file or a comparison shows. Null and empty mean: not known.</summary>
public sealed record RunReport
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The operator's own name for it.</summary>
    public string? Name { get; init; }

    /// <summary>One of <see cref="RunStates"/>, <see cref="RunEntry.Died"/>, or <see cref="RunEntry.Unreadable"/> where the files name none.</summary>
    public required string State { get; init; }

    /// <summary>Why it ended so.</summary>
    public string? Why { get; init; }

    /// <summary>It goes on: every figure is one so far.</summary>
    public bool IsSoFar => State == RunStates.Running;

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>From begin to end, pauses before it was taken up again included; so far, of a run that goes on.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The story's id.</summary>
    public string StoryId { get; init; } = "";

    /// <summary>The story in a sentence or two.</summary>
    public string Logline { get; init; } = "";

    /// <summary>What rendered drew storyboards: its pictures are no model's.</summary>
    public bool IsStoryboards { get; init; }

    /// <summary>The files are of version 1 of the contract, which knew less.</summary>
    public bool IsVersionOne { get; init; }

    /// <summary>How many scenes became what.</summary>
    public required RunTally Tally { get; init; }

    /// <summary>Our prompts executed for so long, s.</summary>
    public double? GpuSeconds { get; init; }

    /// <summary>What of it was for nothing; null without a ledger.</summary>
    public GpuTime? GpuTime { get; init; }

    /// <summary>Why scenes have no take.</summary>
    public required IReadOnlyList<FailureGroup> Failures { get; init; }

    /// <summary>Scenes in story order.</summary>
    public required IReadOnlyList<SceneReport> Scenes { get; init; }

    /// <summary>What must be known about the whole run.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The queue policy.</summary>
    public IReadOnlyList<ReportSetting> Policy { get; init; } = [];

    /// <summary>Every other setting in force; empty without a ledger.</summary>
    public IReadOnlyList<ReportSetting> Settings { get; init; } = [];

    /// <summary>The workflow's file, like <see cref="Archive"/>.</summary>
    public string? WorkflowFile { get; init; }

    /// <summary>The SHA-256 of its graph.</summary>
    public string? WorkflowSha256 { get; init; }

    /// <summary>Where it was rendered.</summary>
    public IReadOnlyList<StationRecord> Stations { get; init; } = [];

    /// <summary>What the validator says now.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Files worth a look that are there, relative to the run folder.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The zip of the run: as the operator named its folder, or its name alone where that was a whole path; null where none was made.</summary>
    public string? Archive { get; init; }

    /// <summary>How many pages the contact sheet has.</summary>
    public int SheetPages { get; init; }

    /// <summary>The report of a run. Pure.</summary>
    internal static RunReport Of(ReportFacts facts)
    {
        var (file, run) = (facts.File, facts.Run);
        var scenes = file.EveryScene.Select(s => SceneReport.Of(s, file.IsVersionOne)).ToList();
        var state = run is { Ended: null } && !facts.IsWorkedOn ? RunEntry.Died
            : RunStates.All.Contains(file.State) ? file.State!
            : file.IsVersionOne ? RunStates.Finished : RunEntry.Unreadable;
        var ended = file.EndedAt ?? (file.IsVersionOne ? file.EveryScene.Max(s => s.Telemetry?.QueueEnd) : null);
        var started = file.IsVersionOne ? file.EveryScene.Min(s => s.Telemetry?.QueueStart) ?? file.Timestamp : file.Timestamp;
        var time = run is null ? null : Reports.GpuTime.Of(run, facts.Now);
        return new RunReport
        {
            RunId = file.RunId ?? facts.FolderName,
            Name = file.Name,
            State = state,
            Why = run?.Ended?.Why,
            StartedAt = started,
            EndedAt = ended,
            Duration = (state == RunStates.Running ? facts.Now : ended) - started,
            StoryId = file.Story?.Id ?? "",
            Logline = file.Story?.Logline ?? "",
            IsStoryboards = file.Stations?.Any(s => s?.Renderer == "animatic") == true,
            IsVersionOne = file.IsVersionOne,
            Tally = new RunTally(scenes.Count, scenes.Count(s => s.Outcome == SceneOutcome.Taken), scenes.Count(s => s.Outcome == SceneOutcome.Failed), Sum(scenes.Where(s => s.Outcome == SceneOutcome.Taken).Select(s => s.Frames))),
            GpuSeconds = time?.UsedSeconds ?? Executed(file),
            GpuTime = time,
            Failures = FailureGroup.Of(scenes, facts.Texts),
            Scenes = scenes,
            Warnings = [.. SceneReport.Texts(file.Story?.Warnings), .. run?.Notes.Select(n => n.Text) ?? [], .. run?.Incidents.Select(EventLine.Incident) ?? [], .. run?.Plan?.Workflow.Notes ?? []],
            Policy = ReportSetting.Policy(file),
            Settings = ReportSetting.Others(run),
            WorkflowFile = run?.Plan?.Workflow.File is { } workflow ? SceneReport.Relative(workflow) : null,
            WorkflowSha256 = run?.Plan?.Workflow.Sha256,
            Stations = [.. file.Stations?.OfType<ReportFile.StationPart>().Select(s => new StationRecord(s.Name ?? "?", s.Url ?? "", s.Renderer ?? "", s.ComfyVersion, s.Gpu)) ?? []],
            Verdict = facts.Verdict,
            Files = facts.Files,
            Archive = file.Archive is { } archive ? SceneReport.Relative(archive.Replace('\\', '/')) : null,
            SheetPages = file.ContactSheet?.Pages?.Count ?? 0,
        };
    }

    // A file by another hand can hold any figure.
    internal static int Sum(IEnumerable<int> counts) => (int)Math.Min(counts.Sum(c => (long)c), int.MaxValue);

    // What was kept from an earlier run was sent before this one began, and is that run's.
    private static double? Executed(ReportFile file) => file.EveryScene.Any(s => s.Attempts is not null)
        ? Math.Round(file.EveryScene.SelectMany(s => s.Attempts ?? []).Select(a => a?.Telemetry).OfType<ReportFile.TelemetryPart>().Where(t => !(t.SubmittedAt < file.Timestamp))
            .Sum(t => Reports.GpuTime.Seconds(t.ExecutionSeconds, t.QueueWaitSeconds, t.SubmittedAt, t.QueueStart, t.QueueEnd)), 3)
        : null;
}

/// <summary>What a report is made of.</summary>
internal sealed record ReportFacts
{
    /// <summary>What artifact-metadata.json says, or the ledger in its place.</summary>
    internal required ReportFile File { get; init; }

    /// <summary>The run as its ledger tells it, or null without one.</summary>
    public RunState? Run { get; init; }

    /// <summary>A controller works on it.</summary>
    public bool IsWorkedOn { get; init; }

    /// <summary>What the validator says.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The run folder's name.</summary>
    public required string FolderName { get; init; }

    /// <summary>Files worth a look that are there, relative to the run folder.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>What the glossary says, by failure kind.</summary>
    public required IReadOnlyDictionary<string, FailureText> Texts { get; init; }

    /// <summary>When the report is made.</summary>
    public required DateTimeOffset Now { get; init; }
}
