using Dailies.Contract;

namespace Dailies.Tests.Validation;

/// <summary>One way to break a good run: before the text is made of the metadata, or behind its back.</summary>
internal sealed record Mutation(string Code, string What, Func<ArtifactMetadata, ArtifactMetadata>? Change, Action<GoodRun>? Break);

/// <summary>Every rule provoked.</summary>
internal static class Mutations
{
    public static IReadOnlyList<Mutation> All { get; } = [.. ShapeMutations.All, .. LineMutations.All, .. FileMutations.All, .. AttemptFileMutations.All, .. ValueMutations.All, .. TakeMutations.All, .. SummaryMutations.All, .. CheckMutations.All, .. ArchiveMutations.All];

    public static Mutation Edit(string code, string what, Action<GoodRun> edit) => new(code, what, null, edit);

    public static Mutation Change(string code, string what, Func<ArtifactMetadata, ArtifactMetadata> change) => new(code, what, change, null);

    public static Mutation Scene(string code, string what, int scene, Func<SceneRecord, SceneRecord> change) => Change(code, what, m => With(m, scene, change));

    /// <summary>Changes a scene's telemetry and the copy of it in its last attempt.</summary>
    public static Mutation Measured(string code, string what, int scene, Func<SceneTelemetry, SceneTelemetry> change) => Scene(code, what, scene, s => With(s, change));

    public static ArtifactMetadata With(ArtifactMetadata metadata, int scene, Func<SceneRecord, SceneRecord> change) =>
        metadata with { Scenes = [.. metadata.Scenes.Select(s => s.SceneId == RunFolder.SceneId(scene + 1) ? change(s) : s)] };

    /// <summary>The same knob in every place that tells it.</summary>
    public static ArtifactMetadata Everywhere(ArtifactMetadata m, Func<QueueConfig, QueueConfig> config, Func<SceneTelemetry, SceneTelemetry> measured) =>
        m with { QueueConfig = config(m.QueueConfig), Scenes = [.. m.Scenes.Select(s => Under(s, config(m.QueueConfig), measured))] };

    public static SceneTelemetry InForce(SceneTelemetry t, QueueConfig config) => t with
    {
        SceneRetryBudget = config.SceneRetryBudget,
        MaxWaitSeconds = config.HistoryMaxWaitSeconds,
        PollIntervalSeconds = config.HistoryPollIntervalSeconds,
        PostExecutionTimeoutSeconds = config.PostExecutionTimeoutSeconds,
        HistoryAttemptLimit = config.HistoryMaxAttempts,
    };

    private static SceneRecord Under(SceneRecord s, QueueConfig config, Func<SceneTelemetry, SceneTelemetry> measured) => s with
    {
        SceneRetryBudget = config.SceneRetryBudget,
        HistoryConfig = new HistoryConfig(config.HistoryMaxWaitSeconds, config.HistoryMaxAttempts, config.HistoryPollIntervalSeconds, config.PostExecutionTimeoutSeconds),
        Telemetry = s.Telemetry is { } t ? measured(t) : null,
        Attempts = [.. s.Attempts.Select(a => a with { Telemetry = measured(a.Telemetry) })],
    };

    public static SceneRecord With(SceneRecord scene, Func<SceneTelemetry, SceneTelemetry> change)
    {
        var telemetry = change(scene.Telemetry!);
        return scene with { Telemetry = telemetry, Attempts = [.. scene.Attempts.SkipLast(1), scene.Attempts[^1] with { Telemetry = telemetry }] };
    }
}
