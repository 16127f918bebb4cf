namespace Dailies.Workflows;

/// <summary>Which inputs take width and height: only where one node decides. Pure.</summary>
internal static class SizeInference
{
    public static (InputTarget? Width, InputTarget? Height, IReadOnlyList<string> Notes) Infer(WorkflowLinks links)
    {
        var sized = links.Live.Where(n => n.Has("width") && n.Has("height")).ToList();
        var sources = sized.Where(IsSource).ToList();
        var places = sources.Select(n => (Node: n, Width: ValueSource.Number(links.Template, n, "width"), Height: ValueSource.Number(links.Template, n, "height")))
            .DistinctBy(p => (p.Width.Target, p.Height.Target)).ToList();
        if (places.Count != 1)
        {
            return Unbound(places.Count == 0 ? "no node decides the size" : "several nodes decide the size, " + string.Join(" and ", places.Select(p => p.Node.Named())));
        }

        var (_, width, height) = places[0];
        if (width.Target is not { } w || height.Target is not { } h)
        {
            return Unbound(width.Note ?? height.Note ?? "the size is not a plain number");
        }

        if (w == h)
        {
            return Unbound($"{w} is both width and height");
        }

        // A later node that scales to a fixed size would undo or distort a new one.
        var scalers = sized.Where(IsScaler).ToList();
        return links.Upstream(scalers).Overlaps(sources.Select(n => n.Id))
            ? Unbound($"{string.Join(" and ", scalers.Select(n => n.Named()))} scales to a size of its own afterwards")
            : (w, h, []);
    }

    private static (InputTarget? Width, InputTarget? Height, IReadOnlyList<string> Notes) Unbound(string why) => (null, null, [why + ": width and height are not bound"]);

    // Encoders (CLIPTextEncodeSDXL), areas and ModelSamplingFlux have a size too, but decide none.
    private static bool IsSource(WorkflowNode node) => !IsScaler(node) && !node.IsAny("TextEncode", "ModelSampling", "Conditioning_", "SetArea")
        && (node.ClassType.StartsWith("Empty", StringComparison.Ordinal) || node.Is("Latent") || node.Has("length") || node.Has("video_frames") || node.Has("num_frames"));

    private static bool IsScaler(WorkflowNode node) => node.IsAny("Scale", "Resize", "Crop", "Composite");
}
