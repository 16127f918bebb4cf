using System.Text.Json.Serialization;

namespace Dailies.Contract;

/// <summary>One scene in the metadata (contract §8). An accepted scene describes one attempt throughout. Paths are relative to the run folder.</summary>
public sealed record SceneRecord
{
    /// <summary><c>scene-NNN</c> in story order.</summary>
    public required string SceneId { get; init; }

    /// <summary>The scene's title.</summary>
    public required string Title { get; init; }

    /// <summary>As sent.</summary>
    public required string Prompt { get; init; }

    /// <summary>As sent; empty when there is none.</summary>
    public required string NegativePrompt { get; init; }

    /// <summary>One of <see cref="Contract.FrameSource"/>; null without a take.</summary>
    public string? FrameSource { get; init; }

    /// <summary>What the story asked for.</summary>
    public required int RequestedFrames { get; init; }

    /// <summary>What ComfyUI announced; 0 when nothing was.</summary>
    public required int AnnouncedFrames { get; init; }

    /// <summary>The least we accept.</summary>
    public required int FrameFloor { get; init; }

    /// <summary>What we have and verified.</summary>
    public required int FrameCount { get; init; }

    /// <summary>The telemetry's duration; 0 without an attempt.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>The output prefix that was sent.</summary>
    public required string FramePrefix { get; init; }

    /// <summary>The history entry as received, or null.</summary>
    public string? HistoryPath { get; init; }

    /// <summary>An entry was received.</summary>
    public required bool HistoryRetrieved { get; init; }

    /// <summary>When, or null.</summary>
    public DateTimeOffset? HistoryRetrievedAt { get; init; }

    /// <summary>GETs of /history for the attempt described.</summary>
    public required int HistoryAttempts { get; init; }

    /// <summary>First 20 and last 20 looks.</summary>
    public required IReadOnlyList<PollLogEntry> HistoryPollLog { get; init; }

    /// <summary>All looks.</summary>
    public required int HistoryPollLogTotal { get; init; }

    /// <summary>Errors that the history reports.</summary>
    public required IReadOnlyList<string> HistoryErrors { get; init; }

    /// <summary>The first of them, or why there is no history; null when all is well.</summary>
    public string? HistoryError { get; init; }

    /// <summary>A take was accepted.</summary>
    public required bool Success { get; init; }

    /// <summary>FrameCount ≥ FrameFloor.</summary>
    public required bool MeetsFrameFloor { get; init; }

    /// <summary>One WARNING line each in the summary.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>One ERROR line each in the summary.</summary>
    public required IReadOnlyList<string> Errors { get; init; }

    /// <summary>How many attempts were made.</summary>
    public required int AttemptsRun { get; init; }

    /// <summary>More than one attempt was made.</summary>
    public required bool Requeued { get; init; }

    /// <summary>Attempts allowed beyond the first.</summary>
    public required int SceneRetryBudget { get; init; }

    /// <summary>The looking's knobs for this scene.</summary>
    public required HistoryConfig HistoryConfig { get; init; }

    /// <summary>Every attempt, in order.</summary>
    public required IReadOnlyList<AttemptRecord> Attempts { get; init; }

    /// <summary>The accepted attempt's, else the last's; null when there never was one.</summary>
    public SceneTelemetry? Telemetry { get; init; }

    /// <summary>Where the frames of the attempt described lie.</summary>
    public required string GeneratedFramesDir { get; init; }

    /// <summary>The verified files of the attempt described.</summary>
    public required IReadOnlyList<FrameRecord> Frames { get; init; }

    /// <summary>The keyframe's path in the run, or null.</summary>
    public string? KeyframeSource { get; init; }

    /// <summary>The scene's title (version 1's name).</summary>
    public required string StoryTitle { get; init; }

    /// <summary>The scene's summary.</summary>
    public required string StorySummary { get; init; }

    /// <summary>The scene's mood.</summary>
    public required string StoryMood { get; init; }

    /// <summary>What the story asked for.</summary>
    public required int StoryExpectedFrames { get; init; }

    /// <summary>The scene's camera movement.</summary>
    public required string StoryCameraMovement { get; init; }

    /// <summary>The scene's video, complete or missing with its reason.</summary>
    public required VideoRecord Video { get; init; }

    /// <summary>What the frames show; left out where it is not known. Not in version 2.0 of the contract: an extra field that readers may pass over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TakeContent? Content { get; init; }
}

/// <summary>One look. <c>Status</c>: pending, running, success, error.</summary>
public sealed record PollLogEntry(int Attempt, DateTimeOffset Timestamp, string Status, string? Message);

/// <summary>The looking's knobs.</summary>
public sealed record HistoryConfig(double MaxWaitSeconds, int MaxAttempts, double PollIntervalSeconds, double PostExecutionTimeoutSeconds);

/// <summary>One attempt. <c>Charged</c>: it counts against the budget.</summary>
public sealed record AttemptRecord(
    int Attempt, SceneTelemetry Telemetry, bool Success, bool Charged, bool AdoptedLate, ulong Seed, string? Rung, int FrameCount)
{
    /// <summary>What its frames show; left out where it is not known. Not in version 2.0 of the contract, like <see cref="SceneRecord.Content"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TakeContent? Content { get; init; }

    /// <summary>Where its files lie, accepted or not; left out where it has none. Not in version 2.0 of the contract either.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GeneratedFramesDir { get; init; }
}

/// <summary>One verified file, path relative to the run folder, SHA-256 in lower-case hex; sizes in pixels, 0×0 where the machine that wrote it could not read the format.</summary>
public sealed record FrameRecord(string File, long Bytes, string Sha256, int Width, int Height);

/// <summary>The video. <c>Status</c>: complete, missing.</summary>
public sealed record VideoRecord(
    string? Path, double? DurationSeconds, string Status, DateTimeOffset? UpdatedAt, string? Error,
    string? Codec, double? Fps, int? Width, int? Height, string? Sha256)
{
    /// <summary>It is there.</summary>
    public const string Complete = "complete";

    /// <summary>It is not, and <c>Error</c> says why.</summary>
    public const string Missing = "missing";

    /// <summary>Who said how many frames per second: cli, env, file, scene, workflow, default. Left out where the renderer made the video. Not in version 2.0 of the
    /// contract: an extra field that readers may pass over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FpsOrigin { get; init; }
}
