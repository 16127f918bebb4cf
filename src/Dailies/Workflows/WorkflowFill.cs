using System.Text.Json.Nodes;

namespace Dailies.Workflows;

/// <summary>Puts a scene's values into a fresh copy of a graph. Pure: the template never changes.</summary>
public static class WorkflowFill
{
    /// <summary>The filled graph. Never throws: what can't be written is a fault, what has no place is unbound.</summary>
    public static FilledWorkflow Fill(WorkflowTemplate t, WorkflowBinding b, SceneValues v)
    {
        var sheet = new FillSheet(t, b);
        sheet.Write("prompt", b.Of("prompt"), _ => JsonValue.Create(v.Prompt));
        sheet.Write("negative", b.Of("negative"), v.Negative is { } negative ? _ => JsonValue.Create(negative) : null);
        sheet.Write("seed", b.Of("seed"), _ => JsonValue.Create(v.Seed));
        sheet.Write("prefix", b.Of("prefix"), _ => JsonValue.Create(v.Prefix));
        sheet.Write("width", b.Of("width"), v.Width is { } width ? _ => JsonValue.Create(width) : null);
        sheet.Write("height", b.Of("height"), v.Height is { } height ? _ => JsonValue.Create(height) : null);
        sheet.Write("keyframe", Keyframe(b), v.Keyframe is { } keyframe ? _ => JsonValue.Create(keyframe) : null);
        sheet.Write("frames", b.Of("frames"), v.Frames is { } frames ? FrameWriter(t, frames, sheet.Note) : null);
        foreach (var (name, value) in v.Set)
        {
            sheet.Set(name, value);
        }

        return sheet.Filled();
    }

    private static IReadOnlyList<InputTarget> Keyframe(WorkflowBinding b) => b.Of("keyframe") is { Count: > 0 } targets ? targets : b.Of("start_image");

    // Models make only certain lengths, and ComfyUI rounds others down without a word: we round up, and say so.
    private static Func<InputTarget, JsonNode> FrameWriter(WorkflowTemplate t, int wanted, Action<string> note)
    {
        var sources = FrameInference.Sources(new WorkflowLinks(t)).Where(s => s.Input != "batch_size").ToLookup(s => s.Value.Target, s => s.Node);
        return target =>
        {
            // A target may be a primitive: what counts is the video node that reads it.
            var deciding = sources[target].Append(t.Node(target.NodeId)).OfType<WorkflowNode>().ToList();
            var best = deciding.Max(n => FrameLength.Snap(n.ClassType, wanted));
            if (best != wanted)
            {
                note($"{target} is {best} frames, the next length that {deciding.First(n => FrameLength.Snap(n.ClassType, wanted) == best).ClassType} makes; {wanted} were wanted");
            }

            return JsonValue.Create(best);
        };
    }
}
