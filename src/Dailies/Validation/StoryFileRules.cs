using System.Text.Json;
using static Dailies.Contract.SummaryNumber;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-626: the story file against Story and the scenes. What it doesn't say is not held against it.</summary>
internal static class StoryFileRules
{
    private const long MostBytes = 64L * 1024 * 1024;

    private static readonly (string InStory, string InScene)[] Texts =
        [("title", "Title"), ("prompt", "Prompt"), ("negativePrompt", "NegativePrompt"), ("summary", "StorySummary"), ("mood", "StoryMood"), ("cameraMovement", "StoryCameraMovement")];

    /// <summary>The scenes to which the story gives settings of their own.</summary>
    public static IReadOnlySet<string> Judge(RunEvidence run)
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        if (run.Metadata?.Object("Story") is not { } story || story.Text("File") is not { } file || run.Paths.Resolve(file) is not { } path || !RunFile.Exists(path))
        {
            return own;
        }

        var (root, fault) = MetadataReader.ReadOther(path, MostBytes);
        if (root is not { Element.ValueKind: JsonValueKind.Object } told)
        {
            run.Findings.Add(StoryOther, file, "", null, "a story", fault ?? "no JSON object");
            return own;
        }

        foreach (var (name, field) in new[] { ("storyId", "Id"), ("logline", "Logline"), ("directorsVision", "DirectorsVision"), ("generator", "Generator") })
        {
            Compare(run, file, null, told, name, story, field);
        }

        if (told.Items("scenes") is not { } scenes)
        {
            return own;
        }

        if (story.Integer("SceneCount") is { } count && count != scenes.Count)
        {
            run.Findings.Add(StoryOther, file, "/scenes", null, $"{Text(count)} scenes", Text(scenes.Count));
        }

        var byId = new Dictionary<string, JsonView>(StringComparer.Ordinal);
        foreach (var scene in scenes)
        {
            if (scene.Text("id") is { } id)
            {
                byId.TryAdd(id, scene);
                if (scene.Object("set") is { } set && set.Element.EnumerateObject().Any())
                {
                    own.Add(id);
                }
            }
        }

        foreach (var scene in run.Scenes.Where(s => s.Id is not null && byId.Count > 0))
        {
            JudgeScene(run, file, scene, byId);
        }

        return own;
    }

    private static void JudgeScene(RunEvidence run, string file, SceneEvidence scene, Dictionary<string, JsonView> byId)
    {
        if (!byId.TryGetValue(scene.Id!, out var told))
        {
            run.Findings.Add(StoryOther, file, "/scenes", scene.Id, $"a scene {scene.Id}", "none of that id");
            return;
        }

        foreach (var (name, field) in Texts)
        {
            Compare(run, file, scene.Id, told, name, scene.Json, field);
        }

        if (told.Integer("expectedFrames") is { } wanted && scene.Json.Integer("RequestedFrames") is { } requested && wanted != requested)
        {
            run.Findings.Add(StoryOther, file, told.At("expectedFrames"), scene.Id, Text(requested), Text(wanted));
        }
    }

    private static void Compare(RunEvidence run, string file, string? sceneId, JsonView told, string name, JsonView owner, string field)
    {
        if (told.Text(name) is { } found && owner.Text(field) is { } expected && found != expected)
        {
            run.Findings.Add(StoryOther, file, told.At(name), sceneId, expected, found);
        }
    }
}
