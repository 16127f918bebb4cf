using System.Text.Json;

namespace Dailies.Workflows;

/// <summary>The frame rate that a graph gives its videos. Pure.</summary>
public static class WorkflowRate
{
    private const double Least = 1, Most = 240;

    /// <summary>The <c>fps</c> or <c>frame_rate</c> of the nodes that make or save a video (CreateVideo, VHS_VideoCombine, SaveWEBM, SaveAnimatedWEBP …), also
    /// where it is linked to a node that only holds a value. Null where no such node says it, or several say different things. A sampler's or a
    /// conditioning's <c>fps</c> is advice to the model and no rate of playing.</summary>
    /// <param name="graph">As it was sent, so that what a scene or the operator set counts.</param>
    /// <value>1 to 240 frames per second.</value>
    public static double? Of(WorkflowTemplate graph)
    {
        var rates = graph.Nodes.Where(MakesVideo).Select(n => Said(graph, n, "fps") ?? Said(graph, n, "frame_rate")).OfType<double>().Distinct().ToList();
        return rates is [var rate and >= Least and <= Most] ? rate : null;
    }

    private static bool MakesVideo(WorkflowNode node) => node.IsAny("CreateVideo", "VideoCombine", "SaveVideo", "SaveWEBM", "SaveAnimated", "SaveGIF", "VideoSave");

    private static double? Said(WorkflowTemplate graph, WorkflowNode node, string input) => node.Link(input) is { } link
        ? graph.Node(link.NodeId) is { } source ? Number(source, "value") : null
        : Number(node, input);

    private static double? Number(WorkflowNode node, string input) =>
        node.Inputs.TryGetValue(input, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;
}
