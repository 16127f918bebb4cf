using System.Text.Json;
using Dailies.Contract;

namespace Dailies.Reports;

/// <summary>What a report needs of artifact-metadata.json, of any version and by any hand: everything may be missing, the rest of the file is passed over.</summary>
internal sealed record ReportFile(
    string? ContractVersion, string? RunId, string? Name, string? State, DateTimeOffset? Timestamp, DateTimeOffset? EndedAt, ReportFile.StoryPart? Story,
    ReportFile.PolicyPart? QueueConfig, IReadOnlyList<ReportFile.ScenePart?>? Scenes, IReadOnlyList<ReportFile.StationPart?>? Stations, string? Archive,
    ReportFile.FilePart? StoryVideo, ReportFile.SheetPart? ContactSheet)
{
    private const long Most = 512L * 1024 * 1024;

    /// <summary>Version 1 had neither a version nor a state.</summary>
    public bool IsVersionOne => ContractVersion is null && State is null;

    /// <summary>Every scene that is one.</summary>
    public IReadOnlyList<ScenePart> EveryScene => [.. Scenes?.OfType<ScenePart>() ?? []];

    /// <summary>Reads the file. Throws <see cref="IOException"/>, <see cref="UnauthorizedAccessException"/> or <see cref="JsonException"/> where it can't be read or is something else.</summary>
    public static ReportFile Read(string path)
    {
        using var file = File.OpenRead(path);
        return file.Length > Most ? throw new IOException("the file is too large to be one of ours") : JsonSerializer.Deserialize<ReportFile>(file, ContractJson.Pascal) ?? throw new JsonException("the file is null");
    }

    /// <summary>The same of what our ledger tells, so that a report reads both alike.</summary>
    public static ReportFile Of(ArtifactMetadata metadata) => JsonSerializer.Deserialize<ReportFile>(metadata.Write(), ContractJson.Pascal)!;

    internal sealed record StoryPart(string? Id, string? Logline, string? DirectorsVision, string? Generator, string? File, IReadOnlyList<string?>? Warnings);

    internal sealed record PolicyPart(
        double? SceneRetryBudget, double? HistoryMaxWaitSeconds, double? HistoryPollIntervalSeconds, double? HistoryMaxAttempts, double? PostExecutionTimeoutSeconds, bool? FastIteration,
        double? DoneMarkerTimeoutSeconds, double? StabilitySeconds, double? StabilityRetries, double? StallTimeoutSeconds, IReadOnlyDictionary<string, string?>? Origins);

    internal sealed record ScenePart(
        string? SceneId, string? Title, string? StoryTitle, bool? Success, double? FrameCount, double? DurationSeconds, double? AttemptsRun, IReadOnlyList<string?>? Warnings,
        IReadOnlyList<string?>? Errors, string? HistoryError, string? HistoryPath, string? GeneratedFramesDir, double? SceneRetryBudget, LookPart? HistoryConfig,
        TelemetryPart? Telemetry, IReadOnlyList<AttemptPart?>? Attempts, FilePart? Video);

    internal sealed record LookPart(double? MaxWaitSeconds, double? MaxAttempts, double? PollIntervalSeconds, double? PostExecutionTimeoutSeconds);

    internal sealed record AttemptPart(double? Attempt, TelemetryPart? Telemetry, ulong? Seed, string? Rung);

    internal sealed record TelemetryPart(
        string? HistoryExitReason, string? FailureKind, string? PromptId, string? Station, DateTimeOffset? SubmittedAt, DateTimeOffset? QueueStart, DateTimeOffset? QueueEnd, double? QueueWaitSeconds,
        double? ExecutionSeconds, GpuPart? GPU, SystemPart? System);

    internal sealed record GpuPart(string? Name, double? VramPeakUsedMB);

    internal sealed record SystemPart(IReadOnlyList<string?>? FallbackNotes);

    internal sealed record StationPart(string? Name, string? Url, string? Renderer, string? ComfyVersion, string? Gpu);

    internal sealed record FilePart(string? Path, string? Status, string? Error);

    internal sealed record SheetPart(IReadOnlyList<string?>? Pages, string? Error);
}
