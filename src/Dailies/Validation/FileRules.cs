using Dailies.Contract;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-6xx: what the metadata names against what lies on the disk.</summary>
internal static class FileRules
{
    public static void Judge(RunEvidence run)
    {
        if (run.Metadata is not { } json)
        {
            return;
        }

        JudgeRunFiles(run, json);
        JudgeSceneFolders(run);
        JudgeVideo(run, json, "StoryVideo", null, StoryPictureMissing);
        JudgeSheet(run, json);
        FrameRules.Judge(run);
        foreach (var scene in run.Scenes)
        {
            JudgeVideo(run, scene.Json, "Video", scene.Id, VideoMissing);
            Named(run, scene.Json, "HistoryPath", HistoryMissing, scene.Id);
            Named(run, scene.Json, "KeyframeSource", NamedFileMissing, scene.Id);
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

    private static void JudgeRunFiles(RunEvidence run, JsonView json)
    {
        if (json.Object("Story") is { } story)
        {
            Named(run, story, "File", StoryMissing, null);
            Named(run, story, "StoryDir", StoryMissing, null, Directory.Exists);
        }

        if (json.Object("VitestLogs") is { } logs)
        {
            foreach (var name in new[] { "ComfyUI", "E2E", "Scripts", "ResultsJson" })
            {
                Named(run, logs, name, NamedFileMissing, null);
            }
        }

        foreach (var preflight in new[] { "MappingPreflight", "ComfyUIStatus" })
        {
            if (json.Object("HelperSummaries")?.Object(preflight) is { } made)
            {
                Named(run, made, "Summary", NamedFileMissing, null);
                Named(run, made, "Log", NamedFileMissing, null);
            }
        }
    }

    private static void JudgeVideo(RunEvidence run, JsonView owner, string field, string? sceneId, Rule missing)
    {
        if (owner.Object(field) is not { } video || video.Text("Status") is not { } status)
        {
            return;
        }

        var (hasPath, hasError) = (video.Text("Path") is not null, video.Text("Error") is not null);
        if (status == VideoRecord.Complete ? !hasPath || hasError : hasPath || !hasError)
        {
            run.InMetadata(
                VideoStatus, video.At("Status"), sceneId, status == VideoRecord.Complete ? "a path and no error" : "an error and no path",
                $"{status}, {(hasPath ? "a path" : "no path")}, {(hasError ? "an error" : "no error")}");
            return;
        }

        if (video.Text("Sha256") is { } sha && !RunFile.IsHash(sha))
        {
            run.InMetadata(ShaForm, video.At("Sha256"), sceneId, "64 lower-case hex digits", sha);
        }
        else if (status == VideoRecord.Complete && Named(run, video, "Path", missing, sceneId) is { } path && run.Options.Deep)
        {
            try
            {
                if (video.Text("Sha256") is { } right && RunFile.Hash(path) is var hash && hash != right)
                {
                    run.Findings.Add(VideoHash, video.Text("Path")!, "", sceneId, right, hash);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                run.Findings.Add(Unreadable, video.Text("Path")!, "", sceneId, "a readable file", e.GetType().Name);
            }
        }
    }

    // Its path is the first of its pages; each is judged where it stands.
    private static void JudgeSheet(RunEvidence run, JsonView json)
    {
        if (json.Object("ContactSheet") is not { } sheet)
        {
            return;
        }

        foreach (var page in sheet.Items("Pages") ?? [])
        {
            if (page.Element.ValueKind == System.Text.Json.JsonValueKind.String && page.Element.GetString() is { } name)
            {
                var path = run.Paths.Resolve(name);
                if (path is null || !RunFile.Exists(path))
                {
                    run.InMetadata(path is null ? PathEscapes : StoryPictureMissing, page.Pointer, null, path is null ? "a path inside the run folder" : name, path is null ? name : "no such file");
                }
            }
        }

        Named(run, sheet, "Path", StoryPictureMissing, null);
    }

    // The path of a named file that is there; null, with a finding where one is due.
    public static string? Named(RunEvidence run, JsonView owner, string field, Rule rule, string? sceneId, Func<string, bool>? exists = null)
    {
        if (run.Inside(owner, field, sceneId) is not { } path)
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
}
