using System.Text.Json.Serialization;

namespace Dailies.Contract;

/// <summary>One scene in the metadata (contract §8). An accepted scene describes one attempt throughout. Paths are relative to the run folder.</summary>
/// <source>Dailies, from the ledger</source>
public sealed record SceneRecord
{
    /// <summary><c>scene-NNN</c> in story order.</summary>
    /// <source>the scene's place in the story</source>
    public required string SceneId { get; init; }

    /// <summary>The scene's title.</summary>
    /// <source>the story</source>
    public required string Title { get; init; }

    /// <summary>What the scene asks to be drawn, as sent.</summary>
    /// <source>the story</source>
    public required string Prompt { get; init; }

    /// <summary>What the scene asks to avoid, as sent; empty when there is nothing.</summary>
    /// <source>the story</source>
    public required string NegativePrompt { get; init; }

    /// <summary>What the take's frames are: one of <see cref="Contract.FrameSource"/>; null without a take.</summary>
    public string? FrameSource { get; init; }

    /// <summary>How many frames the story asked for.</summary>
    /// <unit>frames</unit>
    /// <source>the story's <c>expectedFrames</c></source>
    public required int RequestedFrames { get; init; }

    /// <summary>How many frames ComfyUI announced; 0 when nothing was.</summary>
    /// <unit>frames</unit>
    /// <source>ComfyUI's history</source>
    public required int AnnouncedFrames { get; init; }

    /// <summary>The least that is accepted.</summary>
    /// <unit>frames</unit>
    /// <source><see cref="RequestedFrames"/>; the announced count where the graph alone decides how many there are</source>
    public required int FrameFloor { get; init; }

    /// <summary>What we have and verified.</summary>
    /// <unit>frames</unit>
    /// <source>files counted, hashed and decoded</source>
    public required int FrameCount { get; init; }

    /// <summary>That of <see cref="Telemetry"/>; 0 without an attempt.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>The output prefix that was sent; empty without an attempt.</summary>
    public required string FramePrefix { get; init; }

    /// <summary>The history entry as received, relative to the run folder; null where none came.</summary>
    /// <source>ComfyUI's <c>/history</c>, byte for byte</source>
    public string? HistoryPath { get; init; }

    /// <summary>A history entry was received.</summary>
    public required bool HistoryRetrieved { get; init; }

    /// <summary>When it was received; null where none came.</summary>
    /// <source>our clock</source>
    public DateTimeOffset? HistoryRetrievedAt { get; init; }

    /// <summary>That of <see cref="Telemetry"/>: how often <c>/history</c> was read; 0 without an attempt.</summary>
    /// <unit>looks</unit>
    /// <source>counted</source>
    public required int HistoryAttempts { get; init; }

    /// <summary>The looks of the attempt described: all, or the first 20 and the last 20.</summary>
    /// <source>our looks at <c>/queue</c> and <c>/history</c></source>
    public required IReadOnlyList<PollLogEntry> HistoryPollLog { get; init; }

    /// <summary>How many looks there were, those that are not listed included.</summary>
    /// <unit>looks</unit>
    /// <source>counted</source>
    public required int HistoryPollLogTotal { get; init; }

    /// <summary>Errors that the history reports; each stands as a HISTORY ERROR line.</summary>
    /// <source>ComfyUI's <c>/history</c></source>
    public required IReadOnlyList<string> HistoryErrors { get; init; }

    /// <summary>The first of them, or why there is no history; null when all is well.</summary>
    /// <source>ComfyUI's <c>/history</c>, or Dailies itself</source>
    public string? HistoryError { get; init; }

    /// <summary>A take was accepted. True exactly when the described attempt's <see cref="SceneTelemetry.FailureKind"/> is null.</summary>
    /// <source>decided by the retry policy</source>
    public required bool Success { get; init; }

    /// <summary><see cref="FrameCount"/> is at least <see cref="FrameFloor"/>.</summary>
    public required bool MeetsFrameFloor { get; init; }

    /// <summary>What to look at; each stands as a WARNING line.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Why the scene has no take; each stands as an ERROR line.</summary>
    public required IReadOnlyList<string> Errors { get; init; }

    /// <summary>How many attempts were made.</summary>
    /// <unit>attempts</unit>
    /// <source>counted</source>
    public required int AttemptsRun { get; init; }

    /// <summary>More than one attempt was made.</summary>
    public required bool Requeued { get; init; }

    /// <summary>Attempts allowed beyond the first, as in force.</summary>
    /// <unit>attempts</unit>
    /// <source><see cref="QueueConfig.SceneRetryBudget"/></source>
    public required int SceneRetryBudget { get; init; }

    /// <summary>How long and how often we looked, as in force.</summary>
    public required HistoryConfig HistoryConfig { get; init; }

    /// <summary>Every attempt, in order.</summary>
    public required IReadOnlyList<AttemptRecord> Attempts { get; init; }

    /// <summary>That of the accepted attempt, else of the last; null when there never was one.</summary>
    public SceneTelemetry? Telemetry { get; init; }

    /// <summary>Where the frames of the attempt described lie, relative to the run folder; empty without an attempt.</summary>
    public required string GeneratedFramesDir { get; init; }

    /// <summary>The verified files of the attempt described.</summary>
    public required IReadOnlyList<FrameRecord> Frames { get; init; }

    /// <summary>The picture that the scene starts from, relative to the run folder; null where it has none.</summary>
    /// <source>the story</source>
    public string? KeyframeSource { get; init; }

    /// <summary>The scene's title again: the name that version 1 used.</summary>
    /// <source>the story</source>
    public required string StoryTitle { get; init; }

    /// <summary>What happens in the scene.</summary>
    /// <source>the story</source>
    public required string StorySummary { get; init; }

    /// <summary>The scene's mood.</summary>
    /// <source>the story</source>
    public required string StoryMood { get; init; }

    /// <summary>How many frames the story asked for: the name that version 1 used.</summary>
    /// <unit>frames</unit>
    /// <source>the story</source>
    public required int StoryExpectedFrames { get; init; }

    /// <summary>How the camera moves.</summary>
    /// <source>the story</source>
    public required string StoryCameraMovement { get; init; }

    /// <summary>The scene's video: complete, or missing with its reason.</summary>
    public required VideoRecord Video { get; init; }

    /// <summary>What the frames show; left out where it is not known. Not in version 2.0 of the contract: an extra field that readers may pass over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TakeContent? Content { get; init; }
}

/// <summary>One look.</summary>
/// <param name="Attempt">The number of the look, from 1.</param>
/// <param name="Timestamp">When we looked.</param>
/// <param name="Status">What was seen: pending, running, success, error.</param>
/// <param name="Message">What was said with it, such as <c>HTTP 502</c>; null when nothing was.</param>
/// <source>our looks at <c>/queue</c> and <c>/history</c></source>
public sealed record PollLogEntry(int Attempt, DateTimeOffset Timestamp, string Status, string? Message);

/// <summary>The looking's knobs.</summary>
/// <param name="MaxWaitSeconds">Longest wait for a result.</param>
/// <param name="MaxAttempts">Most looks; 0 = unbounded.</param>
/// <param name="PollIntervalSeconds">Pause between two looks.</param>
/// <param name="PostExecutionTimeoutSeconds">How long outputs may lag success.</param>
/// <source><see cref="QueueConfig"/></source>
public sealed record HistoryConfig(double MaxWaitSeconds, int MaxAttempts, double PollIntervalSeconds, double PostExecutionTimeoutSeconds);

/// <summary>One attempt.</summary>
/// <param name="Attempt">Its number, from 1.</param>
/// <param name="Telemetry">Everything measured about it.</param>
/// <param name="Success">Its take is whole.</param>
/// <param name="Charged">It counts against the retry budget.</param>
/// <param name="AdoptedLate">We had given it up, it finished all the same, and its take is the scene's.</param>
/// <param name="Seed">The seed that was sent. <source>derived from story, scene and attempt, unless the scene or <c>--seed</c> fixes one</source></param>
/// <param name="Rung">The rung of the out-of-memory ladder that it was rendered on; null at full size.</param>
/// <param name="FrameCount">Frames that we have of it and verified.</param>
/// <source>Dailies, from the ledger</source>
public sealed record AttemptRecord(
    int Attempt, SceneTelemetry Telemetry, bool Success, bool Charged, bool AdoptedLate, ulong Seed, string? Rung, int FrameCount)
{
    /// <summary>What its frames show; left out where it is not known. Not in version 2.0 of the contract, like <see cref="SceneRecord.Content"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TakeContent? Content { get; init; }

    /// <summary>Where its files lie, relative to the run folder, accepted or not; left out where it has none. Not in version 2.0 of the contract either.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GeneratedFramesDir { get; init; }
}

/// <summary>One verified file.</summary>
/// <param name="File">Relative to the run folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its content, lower-case hex.</param>
/// <param name="Width">Width of the picture; 0 where the machine that wrote it could not read the format.</param>
/// <param name="Height">Height of the picture; 0 where the machine that wrote it could not read the format.</param>
/// <source>the file itself</source>
public sealed record FrameRecord(string File, long Bytes, string Sha256, int Width, int Height);

/// <summary>The video.</summary>
/// <param name="Path">Relative to the run folder; null when it is missing.</param>
/// <param name="DurationSeconds">How long it plays.</param>
/// <param name="Status">complete or missing.</param>
/// <param name="UpdatedAt">When it was made; null when it never was.</param>
/// <param name="Error">Why it is missing, else null.</param>
/// <param name="Codec">Its codec, such as <c>h264</c>.</param>
/// <param name="Fps">Frames per second.</param>
/// <param name="Width">Width of the picture.</param>
/// <param name="Height">Height of the picture.</param>
/// <param name="Sha256">SHA-256 of its content, lower-case hex.</param>
/// <source>ffmpeg and ffprobe; the renderer's own file where it made a video</source>
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
    /// <source>the settings, the scene, or the workflow</source>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FpsOrigin { get; init; }
}
