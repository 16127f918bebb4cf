using System.Text.Json;
using Dailies.Contract;
using Dailies.Dashboard.Reading;

namespace Dailies.Dashboard.Views;

/// <summary>One knob of the policy with where its value came from.</summary>
public sealed record PolicyKnob(string Label, string Value, string? Origin, string Field);

/// <summary>A file of the run that can be opened. <paramref name="Path"/> is relative to the run folder.</summary>
public sealed record FileLink(string Label, string Path);

/// <summary>A suite of post-run checks.</summary>
public sealed record CheckView(string Suite, string Verdict, Tone Tone, string? LogPath);

/// <summary>What the LLM did, or why nothing.</summary>
public sealed record LlmView(string Status, Tone Tone, string? Url, string? Override, string? Models, string? SkipReason, string? Error);

/// <summary>A run as its page shows it. Pure: made of its metadata alone, and of what else was read with it.</summary>
public sealed record RunView
{
    /// <summary>The folder's name.</summary>
    public required string RunId { get; init; }

    /// <summary>The operator's name for it, else the story's title or id.</summary>
    public required string Title { get; init; }

    /// <summary>One of the contract's states, or what stands in the file.</summary>
    public required string State { get; init; }

    /// <summary>It goes on.</summary>
    public bool IsLive { get; init; }

    /// <summary>Where the page's words come from; null where that needs no word.</summary>
    public string? Origin { get; init; }

    /// <summary>Storyboards were drawn, no diffusion model.</summary>
    public bool IsAnimatic { get; init; }

    /// <summary>The story in a sentence.</summary>
    public string Logline { get; init; } = "";

    /// <summary>How it should look and feel.</summary>
    public string Vision { get; init; } = "";

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The policy.</summary>
    public IReadOnlyList<PolicyKnob> Policy { get; init; } = [];

    /// <summary>FastIteration was on.</summary>
    public bool IsFast { get; init; }

    /// <summary>The LLM.</summary>
    public required LlmView Llm { get; init; }

    /// <summary>Its scenes, in story order.</summary>
    public IReadOnlyList<SceneView> Scenes { get; init; } = [];

    /// <summary>Files that the metadata names.</summary>
    public IReadOnlyList<FileLink> Files { get; init; } = [];

    /// <summary>Post-run checks.</summary>
    public IReadOnlyList<CheckView> Checks { get; init; } = [];

    /// <summary>Stations, a line each.</summary>
    public IReadOnlyList<string> Stations { get; init; } = [];

    /// <summary>The contact sheet, relative to the run folder.</summary>
    public string? ContactSheet { get; init; }

    /// <summary>The story's film.</summary>
    public string? Film { get; init; }

    /// <summary>Scenes with a take.</summary>
    public int Taken => Scenes.Count(s => s.Success);

    /// <summary>Scenes that ended without one.</summary>
    public int Failed => Scenes.Count(s => s.Standing == SceneStanding.Failed);

    /// <summary>The view of what was read; null where it is damaged.</summary>
    public static RunView? Of(RunReading run)
    {
        if (run.Metadata is not { } metadata)
        {
            return null;
        }

        JsonElement? m = metadata;
        return new RunView
        {
            RunId = m.Text("RunId") ?? run.Folder.RunId,
            Title = m.Text("Name") ?? StoryTitle(run) ?? m.Text("Story", "Id") ?? run.Folder.RunId,
            State = run.State is { Ended: null } && !run.IsLive ? "died" : m.Text("State") ?? "unknown",
            IsLive = run.IsLive,
            Origin = run.Source switch
            {
                RunSource.Files => "No ledger here: shown from its files, as they were written.",
                RunSource.VersionOne => "A run of version 1: shown as far as its file tells.",
                _ => null,
            },
            IsAnimatic = m.Items("Stations").Any(s => s.Text("Renderer") == "animatic"),
            Logline = m.Text("Story", "Logline") ?? "",
            Vision = m.Text("Story", "DirectorsVision") ?? "",
            StartedAt = m.Time("Timestamp"),
            EndedAt = m.Time("EndedAt"),
            Policy = PolicyOf(m),
            IsFast = m.Flag("QueueConfig", "FastIteration") is true,
            Llm = LlmOf(m.At("Story", "HealthCheck")),
            Scenes = [.. m.Items("Scenes").Select(s => SceneView.Of(s, run))],
            Files = [.. FilesOf(run, m)],
            Checks = [.. ChecksOf(m)],
            Stations = [.. m.Items("Stations").Select(s => $"{s.Text("Name")}: {s.Text("Url")} ({s.Text("Renderer")} {s.Text("ComfyVersion") ?? "of unknown version"}, {s.Text("Gpu") ?? "unknown GPU"})")],
            ContactSheet = m.Text("ContactSheet", "Path"),
            Film = m.Text("StoryVideo", "Path"),
        };
    }

    private static string? StoryTitle(RunReading run) => (run.State?.Plan?.StoryFile).Text("title") is { Length: > 0 } title ? title : null;

    private static List<PolicyKnob> PolicyOf(JsonElement? m)
    {
        (string Label, string Field, Func<string, string> Shown)[] knobs =
        [
            ("Retry budget", "SceneRetryBudget", v => v == "0" ? "none" : v),
            ("Max wait", "HistoryMaxWaitSeconds", v => $"{v} s"),
            ("Max attempts", "HistoryMaxAttempts", v => v == "0" ? "unbounded" : v),
            ("Poll interval", "HistoryPollIntervalSeconds", v => $"{v} s"),
            ("Post-execution timeout", "PostExecutionTimeoutSeconds", v => $"{v} s"),
            ("Done marker timeout", "DoneMarkerTimeoutSeconds", v => $"{v} s"),
            ("Stability", "StabilitySeconds", v => $"{v} s"),
            ("Stall timeout", "StallTimeoutSeconds", v => v == "0" ? "off" : $"{v} s"),
        ];
        return [.. from knob in knobs
                   let value = m.Shown("QueueConfig", knob.Field)
                   where value is not null
                   select new PolicyKnob(knob.Label, knob.Shown(value), m.Text("QueueConfig", "Origins", knob.Field), knob.Field)];
    }

    private static LlmView LlmOf(JsonElement? check)
    {
        var status = check.Text("Status") ?? "not requested";
        return new LlmView(
            status, status switch { "success" => Tone.Good, "failed" => Tone.Bad, _ => Tone.Plain },
            check.Text("Url"), check.Text("Override"), check.Shown("Models"), check.Text("SkipReason"), check.Text("Error"));
    }

    private static IEnumerable<FileLink> FilesOf(RunReading run, JsonElement? m)
    {
        (string Label, string? Path)[] named =
        [
            ("Summary", RunFolder.Summary), ("Metadata", RunFolder.Metadata), ("Ledger", RunFolder.LedgerExport), ("Log", RunFolder.Log), ("Story", m.Text("Story", "File")),
            ("Film", m.Text("StoryVideo", "Path")), ("Contact sheet", m.Text("ContactSheet", "Path")), ("Check results", m.Text("VitestLogs", "ResultsJson")), ("Station log", RunFolder.StationLog),
        ];
        return from file in named
               where file.Path is { Length: > 0 } path && !Path.IsPathRooted(path) && File.Exists(run.Folder.At(path))
               select new FileLink(file.Label, file.Path!);
    }

    private static IEnumerable<CheckView> ChecksOf(JsonElement? m)
    {
        var codes = (m.Text("VitestSummary") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')).Where(p => p.Length == 2);
        foreach (var code in codes)
        {
            var log = m.Text("VitestLogs", code[0] switch { CheckRecord.ComfyUI => "ComfyUI", CheckRecord.E2E => "E2E", _ => "Scripts" });
            yield return new CheckView(code[0], code[1] == "0" ? "passed" : $"failed (exit code {code[1]})", code[1] == "0" ? Tone.Good : Tone.Warn, CheckRecord.Own.Contains(code[0]) ? log : RunFolder.CheckLog(code[0]));
        }
    }
}
