using System.Text.Json.Nodes;
using Dailies.Contract;

namespace Dailies.Tests.Validation;

/// <summary>The files that belong to a metadata: frames, videos, story, workflows, histories, markers, dumps.</summary>
internal static class GoodFiles
{
    public static void Write(GoodRun run, ArtifactMetadata metadata)
    {
        run.File(RunFolder.StoryFile, Bytes(Story(metadata)));
        foreach (var scene in metadata.Scenes)
        {
            foreach (var frame in scene.Frames)
            {
                run.File(frame.File, scene.FrameSource == FrameSource.Video ? "a film"u8 : GoodRun.Frame(frame.File[^(Path.GetExtension(frame.File).Length + 1)] - '0'));
            }

            if (scene.Video.Path is { } video)
            {
                run.File(video, "a film"u8);
            }

            foreach (var attempt in scene.Attempts)
            {
                WriteAttempt(run, metadata, scene, attempt);
            }
        }
    }

    public static JsonObject Graph(SceneRecord scene, AttemptRecord attempt) => new()
    {
        ["3"] = new JsonObject { ["class_type"] = "KSampler", ["inputs"] = new JsonObject { ["seed"] = attempt.Seed, ["cfg"] = 6.5, ["model"] = new JsonArray("4", 0) } },
        ["6"] = new JsonObject { ["class_type"] = "CLIPTextEncode", ["inputs"] = new JsonObject { ["text"] = scene.Prompt } },
        ["7"] = new JsonObject { ["class_type"] = "CLIPTextEncode", ["inputs"] = new JsonObject { ["text"] = scene.NegativePrompt } },
        ["9"] = new JsonObject { ["class_type"] = "SaveImage", ["inputs"] = new JsonObject { ["filename_prefix"] = attempt == scene.Attempts[^1] ? scene.FramePrefix : "another" } },
    };

    public static JsonObject History(AttemptRecord attempt, string? message = null) => new()
    {
        [attempt.Telemetry.PromptId] = new JsonObject
        {
            ["prompt"] = new JsonArray(0, attempt.Telemetry.PromptId, new JsonObject(), new JsonObject { ["extra_pnginfo"] = new JsonObject { ["dailies"] = new JsonObject { ["prompt"] = attempt.Telemetry.PromptId } } }, new JsonArray()),
            ["status"] = new JsonObject { ["status_str"] = "success", ["messages"] = new JsonArray(new JsonArray("execution_start", new JsonObject()), new JsonArray(message ?? "execution_success", new JsonObject())) },
        },
    };

    public static byte[] Bytes(JsonNode node) => System.Text.Encoding.UTF8.GetBytes(node.ToJsonString());

    private static void WriteAttempt(GoodRun run, ArtifactMetadata metadata, SceneRecord scene, AttemptRecord attempt)
    {
        var (id, number, isTake) = (scene.SceneId, attempt.Attempt, scene.Success && attempt == scene.Attempts[^1]);
        foreach (var name in isTake ? new[] { RunFolder.Workflow(id, number), RunFolder.Workflow(id) } : [RunFolder.Workflow(id, number)])
        {
            run.File(name, Bytes(Graph(scene, attempt)));
        }

        if (scene.HistoryPath is { } history && attempt == scene.Attempts[^1])
        {
            foreach (var name in new[] { RunFolder.History(id, number), history }.Where(n => !n.StartsWith("..", StringComparison.Ordinal)))
            {
                run.File(name, Bytes(History(attempt)));
            }
        }

        var t = attempt.Telemetry;
        if (t.DoneMarkerPath is { } marker && !Path.IsPathRooted(marker) && !marker.Contains(':', StringComparison.Ordinal))
        {
            run.File(marker, new DoneMarker(t.QueueEnd, scene.Frames.Count, "frame") { RunId = metadata.RunId, Attempt = number }.Write());
        }

        if (t.ForcedCopyDebugPath is { } dump)
        {
            run.File(dump, System.Text.Encoding.UTF8.GetBytes(Dump(scene, t).Write()));
        }
    }

    private static ForcedCopyDebug Dump(SceneRecord scene, SceneTelemetry t) => new()
    {
        Timestamp = t.QueueEnd,
        ScenePrefix = scene.FramePrefix,
        BestOutputDir = "/comfy/output",
        FrameCount = scene.Frames.Count,
        LatestFile = "frame_00002.png",
        StabilityRetries = 3,
        StabilityWindowSeconds = 5,
        Candidates = [("/comfy/output", scene.Frames.Count, t.QueueEnd)],
    };

    private static JsonObject Story(ArtifactMetadata metadata) => new()
    {
        ["storyId"] = metadata.Story.Id,
        ["logline"] = metadata.Story.Logline,
        ["directorsVision"] = metadata.Story.DirectorsVision,
        ["generator"] = metadata.Story.Generator,
        ["scenes"] = new JsonArray([.. metadata.Scenes.Select(s => new JsonObject
        {
            ["id"] = s.SceneId,
            ["title"] = s.Title,
            ["summary"] = s.StorySummary,
            ["prompt"] = s.Prompt,
            ["negativePrompt"] = s.NegativePrompt,
            ["mood"] = s.StoryMood,
            ["expectedFrames"] = s.RequestedFrames,
            ["cameraMovement"] = s.StoryCameraMovement,
        })]),
    };
}
