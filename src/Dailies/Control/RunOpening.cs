using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Queueing;
using Dailies.Stories;

namespace Dailies.Control;

/// <summary>Makes a run's folder, its story files and the plan that its first event records.</summary>
internal static class RunOpening
{
    /// <summary>A new folder of this run's own; the name as the operator sees it comes back with it.</summary>
    public static (RunFolder Folder, string ShownDir) MakeFolder(RunRequest request, TimeProvider clock)
    {
        Directory.CreateDirectory(request.RunsDir);
        var id = RunIds.Next(clock.GetUtcNow(), taken => Directory.Exists(Path.Combine(request.RunsDir, taken)));
        var folder = new RunFolder(Path.Combine(request.RunsDir, id));
        Directory.CreateDirectory(folder.Root);
        return (folder, Path.Combine(request.RunsDir, id).Replace('\\', '/'));
    }

    /// <summary>story/story.json, story/scenes/…, scene-NNN/scene.json.</summary>
    public static void WriteStory(RunRequest request, RunFolder folder)
    {
        AtomicFile.Write(folder.At(RunFolder.StoryFile), StoryJson.Write(request.Story));
        foreach (var scene in request.Story.Scenes)
        {
            AtomicFile.Write(folder.At(RunFolder.StoryScene(scene.Id)), StoryJson.WriteScene(scene));
        }

        foreach (var scene in request.Selected)
        {
            AtomicFile.Write(folder.At(RunFolder.Scene(scene.Id)), StoryJson.WriteScene(scene));
        }
    }

    /// <summary>The plan.</summary>
    public static RunPlan Plan(RunRequest request, RunFolder folder, string shownDir, DateTimeOffset now)
    {
        var story = request.Story;
        var sample = AttemptOrders.Fill(request, request.Selected[0], folder.RunId, 1);
        return new RunPlan
        {
            RunId = folder.RunId,
            Name = request.Name,
            RunDir = shownDir,
            Program = request.Program,
            Story = new StoryRecord(
                story.Id, story.Logline, story.DirectorsVision, story.Generator, RunFolder.StoryFile, story.Scenes.Count, RunFolder.Story, story.Llm, story.Warnings,
                new HealthCheckRecord(null, null, "not requested", null, null, now, false, null)),
            Policy = request.Config,
            Settings = request.Settings,
            Workflow = new WorkflowRecord(request.WorkflowFile, request.Workflow.Sha256, sample.Bound, sample.Notes, sample.FramesBound),
            Scenes =
            [
                .. request.Selected.Select(s => new PlannedScene(
                    s.Id, s.Title, s.Summary, s.Prompt, s.NegativePrompt, s.Mood, s.CameraMovement, s.ExpectedFrames ?? FrameFloor.Default, null)),
            ],
            SentinelScanSeconds = request.SentinelScanSeconds,
            SentinelStableSeconds = request.SentinelStableSeconds,
        };
    }
}
