using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dailies.Contract;

/// <summary>artifact-metadata.json, and byte for byte latest-run.json (contract §8).</summary>
/// <param name="ContractVersion">Always <see cref="CurrentVersion"/> in what we write.</param>
/// <param name="RunId">UTC <c>yyyyMMdd-HHmmss</c>, <c>-2</c> … for later runs of the same second.</param>
/// <param name="Name">The operator's own name for the run, or null.</param>
/// <param name="State">One of <see cref="RunStates"/>.</param>
/// <param name="Timestamp">When the run began.</param>
/// <param name="EndedAt">When it ended, or null.</param>
/// <param name="RunDir">The run folder as the operator named it, with <c>/</c>.</param>
/// <param name="Program">What wrote this.</param>
/// <param name="Story">The story and how it came to be.</param>
/// <param name="QueueConfig">The policy in force.</param>
/// <param name="Scenes">What was selected, in story order.</param>
/// <param name="HelperSummaries">Preflight files.</param>
/// <param name="VitestLogs">Logs of the post-run checks.</param>
/// <param name="VitestSummary">The checks in words, or null.</param>
/// <param name="Archive">The zip, or null.</param>
/// <param name="Stations">Where it was rendered.</param>
public sealed record ArtifactMetadata(
    string ContractVersion, string RunId, string? Name, string State, DateTimeOffset Timestamp, DateTimeOffset? EndedAt, string RunDir,
    ProgramRecord Program, StoryRecord Story, QueueConfig QueueConfig, IReadOnlyList<SceneRecord> Scenes,
    HelperSummaries HelperSummaries, VitestLogs VitestLogs, string? VitestSummary, string? Archive, IReadOnlyList<StationRecord> Stations)
{
    /// <summary>The version of the contract that this program writes.</summary>
    public const string CurrentVersion = "2.0";

    /// <summary>The whole story as one film; left out where none was asked for. Not in version 2.0 of the contract: an extra field that readers may pass over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VideoRecord? StoryVideo { get; init; }

    /// <summary>The run at one look; left out until it was tried. An extra field too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ContactSheetRecord? ContactSheet { get; init; }

    /// <summary>UTF-8 without BOM, PascalCase.</summary>
    public byte[] Write() => [.. JsonSerializer.SerializeToUtf8Bytes(this, ContractJson.Pascal), (byte)'\n'];
}

/// <summary>The contact sheet: a picture of every scene. <c>Status</c> as in <see cref="VideoRecord"/>; <c>Path</c> is the first of the <c>Pages</c>.</summary>
public sealed record ContactSheetRecord(string? Path, IReadOnlyList<string> Pages, string Status, DateTimeOffset? UpdatedAt, string? Error);

/// <summary>What wrote the files.</summary>
public sealed record ProgramRecord(string Name, string Version, string? Commit);

/// <summary>The story. <c>File</c> and <c>StoryDir</c> are relative to the run folder.</summary>
public sealed record StoryRecord(
    string Id, string Logline, string DirectorsVision, string Generator, string File, int SceneCount, string StoryDir,
    JsonElement? LLM, IReadOnlyList<string> Warnings, HealthCheckRecord HealthCheck);

/// <summary>The LLM's health before the story was written. <c>Status</c>: success, failed, skipped, not requested.</summary>
public sealed record HealthCheckRecord(
    string? Url, string? Override, string Status, int? Models, string? Error, DateTimeOffset Timestamp, bool Skipped, string? SkipReason);

/// <summary>The queue policy in force; <c>Origins</c> says per knob where it came from: cli, env, file, fast, default.</summary>
public sealed record QueueConfig(
    int SceneRetryBudget, double HistoryMaxWaitSeconds, double HistoryPollIntervalSeconds, int HistoryMaxAttempts, double PostExecutionTimeoutSeconds,
    bool FastIteration, double DoneMarkerTimeoutSeconds, double StabilitySeconds, int StabilityRetries, double StallTimeoutSeconds,
    IReadOnlyDictionary<string, string> Origins);

/// <summary>Files of the preflight; null where none was made.</summary>
public sealed record HelperSummaries(HelperSummary? MappingPreflight, HelperSummary? ComfyUIStatus);

/// <summary>One preflight: its JSON and its log, relative to the run folder.</summary>
public sealed record HelperSummary(string Summary, string Log);

/// <summary>Logs of the post-run checks, relative to the run folder; null where a check was not run.</summary>
public sealed record VitestLogs(string? ComfyUI, string? E2E, string? Scripts, string? ResultsJson);

/// <summary>One station. <c>Url</c> without credentials; <c>Renderer</c> is comfyui or animatic.</summary>
public sealed record StationRecord(string Name, string Url, string Renderer, string? ComfyVersion, string? Gpu);
