using System.Text.Json;
using Dailies.Contract;
using Dailies.Disk;
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
        // Whatever can't be written is found out before there is a run.
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(request.PublicDir, RunFolder.LatestRun))!);
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
        return new RunPlan
        {
            RunId = folder.RunId,
            Name = request.Name,
            RunDir = shownDir,
            Program = request.Program,
            Story = new StoryRecord(
                story.Id, story.Logline, story.DirectorsVision, story.Generator, RunFolder.StoryFile, story.Scenes.Count, RunFolder.Story, story.Llm, story.Warnings,
                new HealthCheckRecord(null, null, "not requested", null, null, now, false, null)),
            StoryFile = JsonDocument.Parse(StoryJson.Write(story)).RootElement,
            Policy = request.Config,
            Settings = request.Settings,
            Workflow = request.WorkflowRecord,
            Scenes =
            [
                .. request.Selected.Select(s => new PlannedScene(
                    s.Id, s.Title, s.Summary, s.Prompt, s.NegativePrompt, s.Mood, s.CameraMovement, s.ExpectedFrames ?? FrameFloor.Default, null)),
            ],
            Ladder = request.Ladder.Count > 0 ? JsonSerializer.SerializeToElement(request.Ladder) : null,
            SentinelScanSeconds = request.SentinelScanSeconds,
            SentinelStableSeconds = request.SentinelStableSeconds,
        };
    }

    /// <summary>The workflow, what was bound in it, and what not. Notes can differ from scene to scene (a video's length): each stands once.</summary>
    public static WorkflowRecord Workflow(RunRequest request)
    {
        const int mostNotes = 20;
        var fills = request.Selected.Select(scene => AttemptOrders.Fill(request, scene, "", 0)).ToList();
        return new WorkflowRecord(
            request.WorkflowFile, request.Workflow.Sha256, fills[0].Bound, [.. fills.SelectMany(f => f.Notes).Distinct().Take(mostNotes)], fills[0].FramesBound)
        {
            Graph = JsonSerializer.SerializeToElement(request.Workflow.Graph()),
            Targets = request.Binding.Targets.ToDictionary(t => t.Key, t => (IReadOnlyList<string>)[.. t.Value.Select(target => target.ToString())]),
            Take = request.Binding.Take,
        };
    }
}
