using System.Text.Json;
using Dailies.Contract;
using Dailies.Dashboard.Reading;
using Dailies.Ledger;

namespace Dailies.Dashboard.Views;

/// <summary>How a scene stands.</summary>
public enum SceneStanding
{
    /// <summary>Nothing was sent for it yet.</summary>
    Waiting,

    /// <summary>An attempt of it is under way.</summary>
    Working,

    /// <summary>It has a take.</summary>
    Taken,

    /// <summary>It ended without one.</summary>
    Failed,
}

/// <summary>One scene as its run's page shows it.</summary>
public sealed record SceneView
{
    /// <summary>scene-001.</summary>
    public required string SceneId { get; init; }

    /// <summary>Its title.</summary>
    public string Title { get; init; } = "";

    /// <summary>How it stands.</summary>
    public SceneStanding Standing { get; init; }

    /// <summary>What it does now, in words; null where it does nothing.</summary>
    public string? Step { get; init; }

    /// <summary>How far that is, 0 to 1; null where nobody knows.</summary>
    public double? Share { get; init; }

    /// <summary>It has a take.</summary>
    public bool Success => Standing == SceneStanding.Taken;

    /// <summary>Verified frames, and the least that is accepted.</summary>
    public (int Count, int Floor) Frames { get; init; }

    /// <summary>Telemetry.</summary>
    public IReadOnlyList<Badge> Badges { get; init; } = [];

    /// <summary>Fallback notes and warnings.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Errors.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>What kind of failure, or null.</summary>
    public string? FailureKind { get; init; }

    /// <summary>A picture of the take, relative to the run folder.</summary>
    public string? Picture { get; init; }

    /// <summary>Its video.</summary>
    public string? Video { get; init; }

    /// <summary>How many attempts were made.</summary>
    public int Attempts { get; init; }

    /// <summary>There is something to look at.</summary>
    public bool HasWarnings => Warnings.Count > 0 || Errors.Count > 0;

    internal static SceneView Of(JsonElement? s, RunReading run)
    {
        var id = s.Text("SceneId") ?? "?";
        var attempts = s.Whole("AttemptsRun") ?? s.Items("Attempts").Count;
        var progress = run.Progress.FirstOrDefault(p => p.SceneId == id);
        var scene = run.State?.Scenes.GetValueOrDefault(id);
        var standing = s.Flag("Success") is true ? SceneStanding.Taken
            : scene is { Ended: false } ? scene.Attempts.Any(a => a.Settled is null) && run.IsLive ? SceneStanding.Working : SceneStanding.Waiting
            : attempts == 0 && s.Texts("Errors").Count == 0 ? SceneStanding.Waiting : SceneStanding.Failed;
        return new SceneView
        {
            SceneId = id,
            Title = s.Text("Title") ?? s.Text("StoryTitle") ?? "",
            Standing = standing,
            Step = standing == SceneStanding.Working ? StepOf(scene, progress) : null,
            Share = standing == SceneStanding.Working && progress is { Max: > 0 } ? Math.Clamp((double)progress.Value / progress.Max, 0, 1) : null,
            Frames = (s.Whole("FrameCount") ?? 0, s.Whole("FrameFloor") ?? s.Whole("StoryExpectedFrames") ?? 0),
            Badges = TelemetryBadges.Of(s.At("Telemetry")),
            Warnings = [.. s.Texts("Telemetry", "System", "FallbackNotes").Concat(s.Texts("Warnings")).Distinct()],
            Errors = s.Texts("Errors"),
            FailureKind = s.Text("Telemetry", "FailureKind"),
            Picture = PictureOf(s),
            Video = s.Text("Video", "Path"),
            Attempts = attempts,
        };
    }

    private static string StepOf(SceneState? scene, AttemptProgress? progress)
    {
        var attempt = scene?.Attempts.LastOrDefault();
        return attempt switch
        {
            null => "being sent",
            { Measures.SuccessAt: not null } => "fetching the take",
            { Measures.ExecutionSeenAt: not null } => progress is { Max: > 0 } ? $"rendering, step {progress.Value} of {progress.Max}" : "rendering",
            { Queued: true } => "waiting in ComfyUI's queue",
            _ => "being sent",
        };
    }

    // The middle frame says most; a video has its poster from the browser.
    private static string? PictureOf(JsonElement? s) =>
        s.Text("FrameSource") != FrameSource.Video && s.Items("Frames") is { Count: > 0 } frames ? frames[frames.Count / 2].Text("File") : null;
}
