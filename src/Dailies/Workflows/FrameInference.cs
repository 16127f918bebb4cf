namespace Dailies.Workflows;

/// <summary>A node that decides how many frames a video has.</summary>
/// <param name="Node">The node.</param>
/// <param name="Input">Its input.</param>
/// <param name="Value">Where the number really stands.</param>
internal sealed record FrameSource(WorkflowNode Node, string Input, ValueSource Value);

/// <summary>Which inputs take the number of frames: only lengths of videos, never the batch of still pictures. Pure.</summary>
internal static class FrameInference
{
    private static readonly string[] Lengths = ["length", "video_frames", "num_frames"];

    public static (IReadOnlyList<InputTarget> Frames, IReadOnlyList<string> Notes) Infer(WorkflowLinks links)
    {
        var sources = Sources(links);
        var targets = sources.Select(s => s.Value.Target).OfType<InputTarget>().Distinct().ToList();
        List<string> notes = [.. sources.Select(s => s.Value.Note).OfType<string>().Distinct()];
        if (targets.Count == 0)
        {
            notes.Add("no video length found: frames is not bound, and the count that ComfyUI announces is the floor");
        }

        return (targets, notes);
    }

    /// <summary>Every live node that decides a video's length, in file order.</summary>
    public static IReadOnlyList<FrameSource> Sources(WorkflowLinks links) =>
    [
        .. links.Live.Where(IsVideo)
            .SelectMany(n => Lengths.Where(n.Has), (n, input) => new FrameSource(n, input, ValueSource.Number(links.Template, n, input))),
        .. AnimateDiffLatents(links).Select(n => new FrameSource(n, "batch_size", ValueSource.Number(links.Template, n, "batch_size"))),
    ];

    // `length` is also a count of letters and of seconds, `num_frames` a cut from a batch: a maker of video has a size, a seed, or a VAE.
    private static bool IsVideo(WorkflowNode node) =>
        (node.Has("width") && node.Has("height")) || node.Has("seed") || node.Has("noise_seed") || (node.Has("positive") && node.Has("vae"));

    // AnimateDiff has no length: each latent of the batch is one frame.
    private static IEnumerable<WorkflowNode> AnimateDiffLatents(WorkflowLinks links) => links.Live
        .Where(n => n.Link("model") is not null && n.Link("latent_image") is not null && Chain(links, n, "model").Any(NodeNames.IsAnimateDiff))
        .Select(n => Chain(links, n, "latent_image", "latent", "samples").FirstOrDefault(l => l.Has("batch_size") && l.Has("width")))
        .OfType<WorkflowNode>().DistinctBy(n => n.Id);

    // The nodes before this one along the inputs named, nearest first; ends where none of them is, or at a cycle.
    private static IEnumerable<WorkflowNode> Chain(WorkflowLinks links, WorkflowNode from, params string[] inputs)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var node = from; node is not null && seen.Count < WorkflowLinks.LongestChain && seen.Add(node.Id);)
        {
            var link = inputs.Select(node.Link).FirstOrDefault(l => l is not null);
            node = link is { } next ? links.Template.Node(next.NodeId) : null;
            if (node is not null)
            {
                yield return node;
            }
        }
    }
}
