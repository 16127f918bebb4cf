using Dailies.Contract;
using Dailies.Takes;
using Dailies.Workflows;

namespace Dailies.Control;

/// <summary>Gathers what is said of a scene's frame rate: by the operator, by the story, and by the graph as it was sent.</summary>
internal static class SceneRate
{
    /// <summary>The rate of a video made from the scene's frames.</summary>
    public static FrameRate Of(RunRequest request, RunFolder run, string sceneId) => FrameRate.Choose(
        request.Fps, request.FpsOrigin, request.Story.Scenes.FirstOrDefault(s => s.Id == sceneId)?.Fps, Graphs(run.At(RunFolder.Workflow(sceneId))));

    private static double? Graphs(string path) =>
        File.Exists(path) && WorkflowTemplate.Parse(File.ReadAllBytes(path), RunFolder.Shown(path)).Template is { } graph ? WorkflowRate.Of(graph) : null;
}
