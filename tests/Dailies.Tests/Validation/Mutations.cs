using Dailies.Contract;

namespace Dailies.Tests.Validation;

/// <summary>One way to break a good run: before the text is made of the metadata, or behind its back.</summary>
internal sealed record Mutation(string Code, string What, Func<ArtifactMetadata, ArtifactMetadata>? Change, Action<GoodRun>? Break);

/// <summary>Every rule provoked.</summary>
internal static class Mutations
{
    public static IReadOnlyList<Mutation> All { get; } = [.. ShapeMutations.All, .. LineMutations.All, .. FileMutations.All, .. ValueMutations.All, .. SummaryMutations.All, .. ArchiveMutations.All];

    public static Mutation Edit(string code, string what, Action<GoodRun> edit) => new(code, what, null, edit);

    public static Mutation Change(string code, string what, Func<ArtifactMetadata, ArtifactMetadata> change) => new(code, what, change, null);

    public static Mutation Scene(string code, string what, int scene, Func<SceneRecord, SceneRecord> change) => Change(code, what, m => With(m, scene, change));

    /// <summary>Changes a scene's telemetry and the copy of it in its last attempt.</summary>
    public static Mutation Measured(string code, string what, int scene, Func<SceneTelemetry, SceneTelemetry> change) => Scene(code, what, scene, s => With(s, change));

    public static ArtifactMetadata With(ArtifactMetadata metadata, int scene, Func<SceneRecord, SceneRecord> change) =>
        metadata with { Scenes = [.. metadata.Scenes.Select((s, i) => i == scene ? change(s) : s)] };

    public static SceneRecord With(SceneRecord scene, Func<SceneTelemetry, SceneTelemetry> change)
    {
        var telemetry = change(scene.Telemetry!);
        return scene with { Telemetry = telemetry, Attempts = [.. scene.Attempts.SkipLast(1), scene.Attempts[^1] with { Telemetry = telemetry }] };
    }
}
