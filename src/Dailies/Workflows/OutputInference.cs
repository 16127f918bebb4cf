using System.Text.Json;

namespace Dailies.Workflows;

/// <summary>Which inputs take the file name prefix, and which the keyframe. Pure.</summary>
internal static class OutputInference
{
    /// <summary>The prefix of each saving node. A linked prefix is replaced at the saver, since others may read the same source.</summary>
    public static (IReadOnlyList<InputTarget> Prefixes, IReadOnlyList<string> Notes) Prefixes(WorkflowLinks links)
    {
        List<InputTarget> prefixes = [];
        List<string> notes = [];
        foreach (var node in links.Template.Nodes.Where(n => n.Has("filename_prefix")))
        {
            if (NodeNames.SavesModel(node))
            {
                notes.Add($"{node.Named()} saves a model and no take: its prefix is left alone");
            }
            else if (node.Inputs.TryGetValue("save_output", out var saves) && saves.ValueKind == JsonValueKind.False)
            {
                // VHS_VideoCombine
                notes.Add($"{node.Named()} has save_output off, so its file is temporary: its prefix is left alone");
            }
            else if (IsSaver(node) || links.IsEnd(node))
            {
                prefixes.Add(new InputTarget(node.Id, "filename_prefix"));
            }
        }

        if (prefixes.Count == 0)
        {
            notes.Add(links.Template.Nodes.Any(n => n.Is("Preview"))
                ? "only previews, no saving node: their files are temporary and gone with ComfyUI's next start; prefix is not bound, add a SaveImage or SaveVideo"
                : "no saving node: prefix is not bound, and nothing will be left to collect; add a SaveImage or SaveVideo");
        }

        return (prefixes, notes);
    }

    /// <summary>The picture that a scene begins with: the only LoadImage there is.</summary>
    public static (InputTarget? Keyframe, string? Note) Keyframe(WorkflowLinks links)
    {
        var loaders = links.Live.Where(n => n.ClassType == "LoadImage" && n.Text("image") is not null).ToList();
        return loaders.Count == 1 ? (new InputTarget(loaders[0].Id, "image"), null)
            : (null, loaders.Count == 0 ? null : $"several nodes load a picture, {string.Join(" and ", loaders.Select(n => n.Named()))}: keyframe is not bound");
    }

    // Some savers pass on what they saved, so another node may read them.
    private static bool IsSaver(WorkflowNode node) => node.ClassType.StartsWith("Save", StringComparison.Ordinal) || node.ClassType == "VHS_VideoCombine";
}
