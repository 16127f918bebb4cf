using System.Globalization;
using Dailies.Contract;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-6xx: what the metadata names against what lies on the disk.</summary>
internal static class FileRules
{
    private static readonly string[] Pictures = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".exr", ".avif", ".heic", ".jxl", ".jp2", ".hdr", ".dpx"];

    public static void Judge(RunEvidence run)
    {
        if (run.Metadata is not { } json)
        {
            return;
        }

        var paths = new RunPaths(run.Root);
        JudgeRunFiles(run, paths, json);
        JudgeSceneFolders(run);
        foreach (var scene in run.Scenes)
        {
            JudgeFrames(run, paths, scene);
            JudgeVideo(run, paths, scene);
            Named(run, paths, scene.Json, "HistoryPath", HistoryMissing, scene.Id);
            Named(run, paths, scene.Json, "KeyframeSource", NamedFileMissing, scene.Id);
            if (scene.Json.Object("Telemetry") is { } telemetry)
            {
                Named(run, paths, telemetry, "ForcedCopyDebugPath", NamedFileMissing, scene.Id);
            }
        }
    }

    // A scene that was struck out of both files still lies there.
    private static void JudgeSceneFolders(RunEvidence run)
    {
        var listed = run.Scenes.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        if (listed.Count == 0)
        {
            return; // the shape rules speak of that
        }

        foreach (var folder in Directory.EnumerateDirectories(run.Root, "scene-*", new EnumerationOptions()).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal))
        {
            if (folder["scene-".Length..].All(char.IsAsciiDigit) && !listed.Contains(folder))
            {
                run.InMetadata(SceneUnlisted, "/Scenes", null, $"a scene {folder}", "none of that id");
            }
        }
    }

    private static void JudgeRunFiles(RunEvidence run, RunPaths paths, JsonView json)
    {
        if (json.Object("Story") is { } story)
        {
            Named(run, paths, story, "File", StoryMissing, null);
            Named(run, paths, story, "StoryDir", StoryMissing, null, Directory.Exists);
        }

        if (json.Object("VitestLogs") is { } logs)
        {
            foreach (var name in new[] { "ComfyUI", "E2E", "Scripts", "ResultsJson" })
            {
                Named(run, paths, logs, name, NamedFileMissing, null);
            }
        }

        foreach (var preflight in new[] { "MappingPreflight", "ComfyUIStatus" })
        {
            if (json.Object("HelperSummaries")?.Object(preflight) is { } made)
            {
                Named(run, paths, made, "Summary", NamedFileMissing, null);
                Named(run, paths, made, "Log", NamedFileMissing, null);
            }
        }
    }

    private static void JudgeFrames(RunEvidence run, RunPaths paths, SceneEvidence scene)
    {
        if (scene.Json.Items("Frames") is not { } frames)
        {
            return;
        }

        // One video holds many frames; everything else is one file a frame.
        var isVideo = scene.Json.Text("FrameSource") == FrameSource.Video;
        if (scene.Json.Integer("FrameCount") is { } count && (isVideo ? count > 0 != frames.Count > 0 : count != frames.Count))
        {
            run.InMetadata(FrameTally, scene.Json.At("FrameCount"), scene.Id, frames.Count.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture));
        }

        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var frame in frames)
        {
            if (frame.Text("File") is not { } name)
            {
                continue;
            }

            if (Inside(run, paths, frame, "File", scene.Id) is not { } path)
            {
                listed.Add(Path.Combine(run.Root, name)); // told once: not as a picture too many as well
                continue;
            }

            if (!listed.Add(path))
            {
                run.InMetadata(FrameTwice, frame.At("File"), scene.Id, "each frame once", name);
            }
            else if (!RunFile.Exists(path))
            {
                run.InMetadata(FrameMissing, frame.At("File"), scene.Id, name, "no such file");
            }
            else if (run.Options.Deep)
            {
                JudgeBytes(run, scene.Id, frame, path);
            }
        }

        if (!isVideo && scene.Json.Flag("Success") == true)
        {
            JudgeExtras(run, paths, scene, listed);
        }
    }

    private static void JudgeBytes(RunEvidence run, string? sceneId, JsonView frame, string path)
    {
        var name = frame.Text("File")!;
        try
        {
            var size = RunFile.Length(path);
            if (frame.Integer("Bytes") is { } bytes && bytes != size)
            {
                run.Findings.Add(FrameSize, name, "", sceneId, $"{bytes} bytes", $"{size} bytes");
            }
            else if (frame.Text("Sha256") is { } right && RunFile.Hash(path) is var hash && hash != right)
            {
                run.Findings.Add(FrameHash, name, "", sceneId, right, hash);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            run.Findings.Add(Unreadable, name, "", sceneId, "a readable file", e.GetType().Name);
        }
    }

    private static void JudgeExtras(RunEvidence run, RunPaths paths, SceneEvidence scene, HashSet<string> listed)
    {
        if (Inside(run, paths, scene.Json, "GeneratedFramesDir", scene.Id) is not { } folder || !Directory.Exists(folder))
        {
            return;
        }

        try
        {
            foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            {
                if (Pictures.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) && !listed.Contains(file))
                {
                    run.Findings.Add(FrameExtra, Path.GetRelativePath(run.Root, file).Replace('\\', '/'), "", scene.Id, "only listed pictures", "one that isn't listed");
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            run.Findings.Add(Unreadable, scene.Json.Text("GeneratedFramesDir")!, "", scene.Id, "a readable folder", e.GetType().Name);
        }
    }

    private static void JudgeVideo(RunEvidence run, RunPaths paths, SceneEvidence scene)
    {
        if (scene.Json.Object("Video") is not { } video || video.Text("Status") is not { } status)
        {
            return;
        }

        var (hasPath, hasError) = (video.Text("Path") is not null, video.Text("Error") is not null);
        if (status == VideoRecord.Complete ? !hasPath || hasError : hasPath || !hasError)
        {
            run.InMetadata(
                VideoStatus, video.At("Status"), scene.Id, status == VideoRecord.Complete ? "a path and no error" : "an error and no path",
                $"{status}, {(hasPath ? "a path" : "no path")}, {(hasError ? "an error" : "no error")}");
            return;
        }

        if (status == VideoRecord.Complete && Named(run, paths, video, "Path", VideoMissing, scene.Id) is { } path && run.Options.Deep)
        {
            try
            {
                if (video.Text("Sha256") is { } right && RunFile.Hash(path) is var hash && hash != right)
                {
                    run.Findings.Add(VideoHash, video.Text("Path")!, "", scene.Id, right, hash);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                run.Findings.Add(Unreadable, video.Text("Path")!, "", scene.Id, "a readable file", e.GetType().Name);
            }
        }
    }

    // The path of a named file that is there; null, with a finding where one is due.
    private static string? Named(RunEvidence run, RunPaths paths, JsonView owner, string field, Rule rule, string? sceneId, Func<string, bool>? exists = null)
    {
        if (Inside(run, paths, owner, field, sceneId) is not { } path)
        {
            return null;
        }

        if ((exists ?? RunFile.Exists)(path))
        {
            return path;
        }

        run.InMetadata(rule, owner.At(field), sceneId, owner.Text(field)!, "no such file");
        return null;
    }

    private static string? Inside(RunEvidence run, RunPaths paths, JsonView owner, string field, string? sceneId)
    {
        if (owner.Text(field) is not { } name)
        {
            return null;
        }

        var path = paths.Resolve(name);
        if (path is null)
        {
            run.InMetadata(PathEscapes, owner.At(field), sceneId, "a path inside the run folder", name);
        }
        else if (name.Contains('\\', StringComparison.Ordinal))
        {
            run.InMetadata(Backslash, owner.At(field), sceneId, name.Replace('\\', '/'), name);
        }

        return path;
    }
}
