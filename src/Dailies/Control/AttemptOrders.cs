using System.Globalization;
using System.Text.Json.Nodes;
using Dailies.Comfy;
using Dailies.Queueing;
using Dailies.Stories;
using Dailies.Workflows;

namespace Dailies.Control;

/// <summary>Scene and attempt number → the order to send. Pure.</summary>
internal static class AttemptOrders
{
    private static readonly Dictionary<string, JsonNode> NoValues = [];

    /// <summary>The order of one attempt. <paramref name="nthSeed"/> is the derived seed it takes, 1 for the scene's first.</summary>
    public static AttemptOrder Make(RunRequest request, Scene asPlanned, string runId, int attempt, int nthSeed, ulong? ownSeed = null, int outOfMemory = 0)
    {
        var rung = outOfMemory > 0 && request.Ladder.Count > 0 ? request.Ladder[Math.Min(outOfMemory, request.Ladder.Count) - 1] : null;
        var scene = ownSeed is null ? asPlanned : asPlanned with { Seed = ownSeed };
        var seed = Seed(request, scene, nthSeed);
        return new AttemptOrder(
            scene.Id, attempt, Fill(request, scene, Prefix(runId, scene.Id, attempt), seed, rung).Graph, PngInfo(request, scene, runId, attempt, seed), seed, Prefix(runId, scene.Id, attempt), rung?.Name)
        {
            Gate = Enum.TryParse<GateMode>(scene.Gate, ignoreCase: true, out var gate) ? gate : null,
        };
    }

    /// <summary>The graph with the scene's values in it.</summary>
    public static FilledWorkflow Fill(RunRequest request, Scene scene, string prefix, ulong seed, LadderRung? rung = null)
    {
        var set = new Dictionary<string, JsonNode>(request.Set);
        foreach (var (name, value) in scene.Set)
        {
            set[name] = JsonNode.Parse(value.GetRawText())!; // the scene's own word is nearer than the command line's default for all
        }

        foreach (var (name, value) in rung?.Set ?? NoValues)
        {
            set[name] = value.DeepClone(); // memory is the stronger argument
        }

        return WorkflowFill.Fill(request.Workflow, request.Binding, new SceneValues
        {
            Prompt = scene.Prompt,
            Negative = scene.NegativePrompt.Length > 0 ? scene.NegativePrompt : null,
            Seed = seed,
            Prefix = prefix,
            Frames = scene.ExpectedFrames ?? FrameFloor.Default,
            Set = set,
        });
    }

    // A folder of each attempt's own: a shared or crowded one costs time and can mix takes (comfyui/contract.md §7).
    private static string Prefix(string runId, string sceneId, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"dailies/{runId}/{sceneId}/attempt-{attempt}/{sceneId}");

    private static ulong Seed(RunRequest request, Scene scene, int nth) =>
        FixedSeed(request, scene) ?? SeedRange.Narrow(SeedDerivation.Derive(request.Story.Id, scene.Id, nth), request.SeedRange);

    /// <summary>The seed that the scene or the operator fixes, or null where it is derived.</summary>
    public static ulong? FixedSeed(RunRequest request, Scene scene) => scene.Seed ?? request.Seed;

    // What the slate of an animatic shows, and what each PNG keeps about itself.
    private static JsonObject PngInfo(RunRequest request, Scene scene, string runId, int attempt, ulong seed) => new()
    {
        [ComfyTag.Note] = new JsonObject
        {
            ["run"] = runId,
            ["story"] = request.Story.Title.Length > 0 ? request.Story.Title : request.Story.Id,
            ["scene"] = scene.Id,
            ["title"] = scene.Title,
            ["attempt"] = attempt,
            ["seed"] = seed,
            ["camera"] = scene.CameraMovement,
            ["mood"] = scene.Mood,
            ["palette"] = scene.Palette,
        },
    };

    /// <summary>The slate's note with our prompt id in it: a server before v0.3.45 makes an id of its own, and this is how ours is found again.</summary>
    public static JsonObject Tagged(JsonObject pngInfo, string promptId)
    {
        var tagged = pngInfo.DeepClone().AsObject();
        tagged[ComfyTag.Note]![ComfyTag.Prompt] = promptId;
        return tagged;
    }
}
