using Dailies.Contract;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>Judges the shape of the metadata, field by field, and hands on what the other rules may rely on.</summary>
internal static class RunEvidenceReader
{
    public static RunEvidence Read(string root, SummaryText? summary, JsonView? metadata, ValidationOptions options, FindingList findings)
    {
        var scenes = new List<SceneEvidence>();
        QueueConfig? config = null;
        if (metadata is { } json)
        {
            ShapeRules.JudgeValue(json, ContractShape.Metadata, findings);
            config = Judged<QueueConfig>(json, ContractShape.QueueConfig, findings);
            Judged<VitestLogs>(json, ContractShape.VitestLogs, findings);
            if (json.Object("Story") is { } story)
            {
                Judged<HealthCheckRecord>(story, ContractShape.HealthCheck, findings);
            }

            JudgeIds(json, findings);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var scene in json.Items("Scenes") ?? [])
            {
                scenes.Add(Scene(scene, summary, seen, findings));
            }
        }

        var running = metadata?.Text("State") == RunStates.Running;
        return new RunEvidence(root, summary, metadata, config, scenes, running, options, findings);
    }

    /// <summary>A version 1 run: nothing is asked of its shape.</summary>
    public static RunEvidence ReadVersionOne(string root, SummaryText? summary, JsonView metadata, FindingList findings) =>
        new(root, summary, metadata, null, [.. (metadata.Items("Scenes") ?? []).Select(s => OldScene(s, summary))], false, new ValidationOptions(), findings);

    private static SceneEvidence OldScene(JsonView scene, SummaryText? summary) =>
        new(scene.Text("SceneId"), scene, null, [], scene.Text("SceneId") is { } id ? summary?.Of(id) ?? [] : []);

    private static SceneEvidence Scene(JsonView scene, SummaryText? summary, HashSet<string> seen, FindingList findings)
    {
        var id = scene.Text("SceneId");
        ShapeRules.JudgeValue(scene, ContractShape.Scene, findings, id);
        if (id is not null && !IsSceneId(id))
        {
            findings.Add(SceneIdForm, RunFolder.Metadata, scene.At("SceneId"), id, "scene-NNN", id);
        }

        var first = id is null || seen.Add(id);
        if (!first)
        {
            findings.Add(SceneTwice, RunFolder.Metadata, scene.At("SceneId"), id, "one scene of this id", "another");
        }

        var attempts = scene.Items("Attempts") ?? [];
        foreach (var attempt in attempts)
        {
            if (attempt.Get("Telemetry") is not null && !attempt.IsNull("Telemetry"))
            {
                JudgeTelemetry(attempt, id, findings);
            }
        }

        var telemetry = scene.Get("Telemetry") is not null && !scene.IsNull("Telemetry") && JudgeTelemetry(scene, id, findings)
            ? scene.Object("Telemetry")?.As<SceneTelemetry>()
            : null;

        // The lines belong to the first scene of that id; the second is judged without them.
        return first
            ? new SceneEvidence(id, scene, telemetry, attempts, id is null ? [] : summary?.Of(id) ?? [])
            : new SceneEvidence(null, scene, telemetry, attempts, []);
    }

    private static bool JudgeTelemetry(JsonView owner, string? sceneId, FindingList findings)
    {
        var good = ShapeRules.Judge(owner, ContractShape.Telemetry, findings, sceneId);
        if (owner.Object("Telemetry") is { } telemetry && telemetry.Text("PromptId") is { } prompt && !Guid.TryParseExact(prompt, "D", out _))
        {
            findings.Add(PromptIdForm, RunFolder.Metadata, telemetry.At("PromptId"), sceneId, "a UUID", prompt);
        }

        return good;
    }

    private static void JudgeIds(JsonView json, FindingList findings)
    {
        if (json.Text("ContractVersion") is { } version && !version.StartsWith("2.", StringComparison.Ordinal))
        {
            findings.Add(WrongVersion, RunFolder.Metadata, json.At("ContractVersion"), null, ArtifactMetadata.CurrentVersion, version);
        }

        if (json.Text("RunId") is { } run && !RunIds.IsRunId(run))
        {
            findings.Add(RunIdForm, RunFolder.Metadata, json.At("RunId"), null, "yyyyMMdd-HHmmss", run);
        }

        foreach (var station in json.Items("Stations") ?? [])
        {
            if (station.Text("Url") is { } url && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0)
            {
                findings.Add(Credentials, RunFolder.Metadata, station.At("Url"), null, "no user and password", "credentials");
            }
        }
    }

    private static T? Judged<T>(JsonView parent, Field field, FindingList findings)
        where T : class =>
        parent.Get(field.Name) is not null && !parent.IsNull(field.Name) && ShapeRules.Judge(parent, field, findings) ? parent.Object(field.Name)?.As<T>() : null;

    public static bool IsSceneId(string id) => id.Length >= 9 && id.StartsWith("scene-", StringComparison.Ordinal) && id[6..].All(char.IsAsciiDigit);
}
