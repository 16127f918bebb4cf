using System.Globalization;
using Dailies.Contract;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-6xx, frames: what a scene lists against its folder, its numbers and every other scene's list.</summary>
internal static class FrameRules
{
    private static readonly string[] Pictures = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".exr", ".avif", ".heic", ".jxl", ".jp2", ".hdr", ".dpx"];

    // Where the file system takes A.png and a.png for one file, so do we.
    private static readonly StringComparer Names = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    public static void Judge(RunEvidence run)
    {
        var owners = new Dictionary<string, SceneEvidence>(Names);
        var due = new List<ListedFrame>();
        foreach (var scene in run.Scenes)
        {
            JudgeScene(run, scene, owners, due);
        }

        if (run.Options.Deep)
        {
            FrameReading.Judge(run, due);
        }
    }

    private static void JudgeScene(RunEvidence run, SceneEvidence scene, Dictionary<string, SceneEvidence> owners, List<ListedFrame> due)
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

        JudgeFolder(run, scene, frames);
        JudgeSizes(run, scene, frames);
        var listed = new HashSet<string>(Names);
        foreach (var frame in frames)
        {
            if (frame.Text("File") is not { } name)
            {
                continue;
            }

            if (run.Inside(frame, "File", scene.Id) is not { } path)
            {
                listed.Add(Path.Combine(run.Root, name)); // told once: not as a picture too many as well
                continue;
            }

            var isThere = RunFile.Exists(path);
            if (!listed.Add(path) || (isThere && RunFile.Real(path) is var real && real != path && !listed.Add(real)))
            {
                run.InMetadata(FrameTwice, frame.At("File"), scene.Id, "each frame once", name);
            }
            else if (!owners.TryAdd(isThere ? RunFile.Real(path) : path, scene))
            {
                run.InMetadata(FrameShared, frame.At("File"), scene.Id, "a frame of no other scene", name);
            }
            else if (!isThere)
            {
                run.InMetadata(FrameMissing, frame.At("File"), scene.Id, name, "no such file");
            }
            else if (frame.Text("Sha256") is { } sha && !RunFile.IsHash(sha))
            {
                run.InMetadata(ShaForm, frame.At("Sha256"), scene.Id, "64 lower-case hex digits", sha);
            }
            else
            {
                due.Add(new ListedFrame(scene.Id, frame, path, !isVideo));
            }
        }

        if (!isVideo && scene.Json.Flag("Success") == true)
        {
            JudgeExtras(run, scene, listed);
        }
    }

    private static void JudgeFolder(RunEvidence run, SceneEvidence scene, IReadOnlyList<JsonView> frames)
    {
        if (scene.Json.Text("GeneratedFramesDir") is not { } dir)
        {
            return;
        }

        if (scene.Id is { } id && RunEvidenceReader.IsSceneId(id) && scene.Described?.Integer("Attempt") is { } attempt and > 0 and <= int.MaxValue && RunFolder.Frames(id, (int)attempt) is var right && dir.Replace('\\', '/') != right)
        {
            run.InMetadata(FramesDirOther, scene.Json.At("GeneratedFramesDir"), scene.Id, right, dir);
            return;
        }

        var start = dir.Replace('\\', '/').TrimEnd('/') + "/";
        foreach (var frame in frames)
        {
            // What leaves the run is told as that.
            if (frame.Text("File") is { } name && !name.Replace('\\', '/').StartsWith(start, StringComparison.Ordinal) && run.Paths.Resolve(name) is not null)
            {
                run.InMetadata(FrameElsewhere, frame.At("File"), scene.Id, start + "…", name);
            }
        }
    }

    private static void JudgeSizes(RunEvidence run, SceneEvidence scene, IReadOnlyList<JsonView> frames)
    {
        (long, long)? first = null;
        foreach (var frame in frames)
        {
            if (frame.Integer("Width") is not { } width || frame.Integer("Height") is not { } height)
            {
                continue;
            }

            var isDecodable = frame.Text("File") is { } name && FramePicture.IsDecodable(name) && scene.Json.Text("FrameSource") != FrameSource.Video;
            if (width == 0 != (height == 0) || (width == 0 && isDecodable))
            {
                run.InMetadata(FrameDimensions, frame.At("Width"), scene.Id, "the size of the picture", $"{width}×{height}");
            }
            else if (width > 0 && (first ??= (width, height)) != (width, height))
            {
                run.InMetadata(FramesDiffer, frame.At("Width"), scene.Id, $"{first.Value.Item1}×{first.Value.Item2} as the frames before", $"{width}×{height}");
            }
        }
    }

    private static void JudgeExtras(RunEvidence run, SceneEvidence scene, HashSet<string> listed)
    {
        if (run.Inside(scene.Json, "GeneratedFramesDir", scene.Id) is not { } folder || !Directory.Exists(folder))
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
}
