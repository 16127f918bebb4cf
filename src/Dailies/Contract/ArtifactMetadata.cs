using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dailies.Contract;

/// <summary>artifact-metadata.json, and byte for byte latest-run.json (contract §8).</summary>
/// <param name="ContractVersion">Always <see cref="CurrentVersion"/> in what we write.</param>
/// <param name="RunId">UTC <c>yyyyMMdd-HHmmss</c>, <c>-2</c> … for later runs of the same second.</param>
/// <param name="Name">The operator's own name for the run (<c>--name</c>), or null.</param>
/// <param name="State">One of <see cref="RunStates"/>.</param>
/// <param name="Timestamp">When the run began, by our clock.</param>
/// <param name="EndedAt">When it ended, by our clock; null while it goes on.</param>
/// <param name="RunDir">The run folder as the operator named it, with <c>/</c>.</param>
/// <param name="Program">What wrote this.</param>
/// <param name="Story">The story and how it came to be.</param>
/// <param name="QueueConfig">The policy in force.</param>
/// <param name="Scenes">What was selected, in story order.</param>
/// <param name="HelperSummaries">Files of the preflight.</param>
/// <param name="VitestLogs">Logs of the post-run checks.</param>
/// <param name="VitestSummary">The post-run checks in one line, such as <c>comfyUI=0 e2e=0 scripts=0</c>; null where none were made.</param>
/// <param name="Archive">The zip of the run, as the operator named its folder; null where none is made.</param>
/// <param name="Stations">Where it was rendered.</param>
/// <source>Dailies, from the ledger</source>
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

/// <summary>The contact sheet: a picture of every scene.</summary>
/// <param name="Path">The first of its pages, relative to the run folder; null when it is missing.</param>
/// <param name="Pages">Every page, relative to the run folder.</param>
/// <param name="Status">complete or missing.</param>
/// <param name="UpdatedAt">When it was drawn; null when it never was.</param>
/// <param name="Error">Why it is missing, else null.</param>
/// <source>drawn from the takes when the night is over</source>
public sealed record ContactSheetRecord(string? Path, IReadOnlyList<string> Pages, string Status, DateTimeOffset? UpdatedAt, string? Error);

/// <summary>What wrote the files.</summary>
/// <param name="Name">The program.</param>
/// <param name="Version">Its version.</param>
/// <param name="Commit">The commit that it was built from; null when unknown.</param>
/// <source>the program</source>
public sealed record ProgramRecord(string Name, string Version, string? Commit);

/// <summary>The story.</summary>
/// <param name="Id">The story's id.</param>
/// <param name="Logline">The story in a sentence or two.</param>
/// <param name="DirectorsVision">How the whole should look and feel.</param>
/// <param name="Generator">What wrote the story: <c>fountain</c>, <c>json</c>, or the file's own word.</param>
/// <param name="File">The story as it was rendered, relative to the run folder.</param>
/// <param name="SceneCount">How many scenes the story has, selected or not.</param>
/// <param name="StoryDir">The story's folder, relative to the run folder.</param>
/// <param name="LLM">What the writer recorded about a language model; null where there was none.</param>
/// <param name="Warnings">What was odd about the story file; each stands as a [Story] line.</param>
/// <param name="HealthCheck">The language model's health before the story was written.</param>
/// <source>the story file</source>
public sealed record StoryRecord(
    string Id, string Logline, string DirectorsVision, string Generator, string File, int SceneCount, string StoryDir,
    JsonElement? LLM, IReadOnlyList<string> Warnings, HealthCheckRecord HealthCheck);

/// <summary>The LLM's health before the story was written.</summary>
/// <param name="Url">The url that was asked; null where none was.</param>
/// <param name="Override">The url that the operator gave for it; null where it follows from the provider's.</param>
/// <param name="Status">success, failed, skipped or not requested.</param>
/// <param name="Models">How many models it offers; null where it was not asked or did not say.</param>
/// <param name="Error">What went wrong, else null.</param>
/// <param name="Timestamp">When it was asked, or would have been.</param>
/// <param name="Skipped">The check was skipped.</param>
/// <param name="SkipReason">Why; null when it was not.</param>
/// <source>the LLM server's <c>/v1/models</c></source>
public sealed record HealthCheckRecord(
    string? Url, string? Override, string Status, int? Models, string? Error, DateTimeOffset Timestamp, bool Skipped, string? SkipReason);

/// <summary>The queue policy in force.</summary>
/// <param name="SceneRetryBudget">Attempts beyond the first for one scene.</param>
/// <param name="HistoryMaxWaitSeconds">Longest wait for a result, from the start of execution.</param>
/// <param name="HistoryPollIntervalSeconds">Pause between two looks; ComfyUI's socket makes us faster.</param>
/// <param name="HistoryMaxAttempts">Most looks at the history for one attempt; 0 = unbounded.</param>
/// <param name="PostExecutionTimeoutSeconds">How long outputs may lag success.</param>
/// <param name="FastIteration">Shorter defaults for trying things out were asked for; explicit values win over them.</param>
/// <param name="DoneMarkerTimeoutSeconds">Longest wait for a done marker.</param>
/// <param name="StabilitySeconds">How long files of an output folder must stay unchanged to count as whole.</param>
/// <param name="StabilityRetries">How many such windows may pass before files are copied without proof.</param>
/// <param name="StallTimeoutSeconds">No event and no change in the queue for so long is a hang; 0 = off.</param>
/// <param name="Origins">Where each knob's value came from: cli, env, file, fast, default.</param>
/// <source>command line, environment, dailies.json, defaults: the first that says something</source>
public sealed record QueueConfig(
    int SceneRetryBudget, double HistoryMaxWaitSeconds, double HistoryPollIntervalSeconds, int HistoryMaxAttempts, double PostExecutionTimeoutSeconds,
    bool FastIteration, double DoneMarkerTimeoutSeconds, double StabilitySeconds, int StabilityRetries, double StallTimeoutSeconds,
    IReadOnlyDictionary<string, string> Origins);

/// <summary>Files of the preflight; null where none was made.</summary>
/// <param name="MappingPreflight">Whether the workflow takes what the scenes say; null where it was not looked at.</param>
/// <param name="ComfyUIStatus">How the station stood before the run; null where it was not asked.</param>
/// <source>Dailies itself</source>
public sealed record HelperSummaries(HelperSummary? MappingPreflight, HelperSummary? ComfyUIStatus);

/// <summary>One preflight.</summary>
/// <param name="Summary">Its JSON, relative to the run folder.</param>
/// <param name="Log">Its log, relative to the run folder.</param>
/// <source>Dailies itself</source>
public sealed record HelperSummary(string Summary, string Log);

/// <summary>Logs of the post-run checks, relative to the run folder; null where a check was not run.</summary>
/// <param name="ComfyUI">Of the stations' routes.</param>
/// <param name="E2E">Of the run as it lies on disk.</param>
/// <param name="Scripts">Of the tools that a run uses.</param>
/// <param name="ResultsJson">Exit codes and logs for programs: vitest-results.json.</param>
/// <source>Dailies itself</source>
public sealed record VitestLogs(string? ComfyUI, string? E2E, string? Scripts, string? ResultsJson);

/// <summary>One station.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Its address, without credentials.</param>
/// <param name="Renderer">comfyui, or animatic where storyboards were drawn.</param>
/// <param name="ComfyVersion">As it says itself; null when it does not.</param>
/// <param name="Gpu">Its first device; null when it names none.</param>
/// <source>the settings, and ComfyUI's <c>/system_stats</c></source>
public sealed record StationRecord(string Name, string Url, string Renderer, string? ComfyVersion, string? Gpu);
