using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Dailies.Workflows;

/// <summary>A ComfyUI graph in API format, as its author exported it. Immutable: <see cref="Graph"/> gives copies to fill.</summary>
public sealed class WorkflowTemplate
{
    /// <summary>Largest file that is read.</summary>
    /// <value>20 MiB, in bytes.</value>
    public const int MaxBytes = 20 * 1024 * 1024;

    private readonly JsonObject graph;
    private readonly Dictionary<string, WorkflowNode> byId;

    internal WorkflowTemplate(IReadOnlyList<WorkflowNode> nodes, JsonObject graph)
    {
        Nodes = nodes;
        this.graph = graph;
        byId = nodes.ToDictionary(n => n.Id, StringComparer.Ordinal);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(JsonCopy.Canonical(WithoutTitles(graph))));
    }

    /// <summary>The nodes in file order.</summary>
    public IReadOnlyList<WorkflowNode> Nodes { get; }

    /// <summary>SHA-256 of the canonical text: members sorted, no white space, without <c>_meta</c>. Two exports of the same work
    /// have the same sum, whatever their titles and their order.</summary>
    /// <value>64 lower-case hex digits.</value>
    public string Sha256 { get; }

    /// <summary>Reads a graph: as exported, or wrapped as the body of a POST (<c>{"prompt": {…}, "extra_data": …}</c>).</summary>
    /// <param name="bytes">The file, UTF-8; any bytes give a reading, none an exception.</param>
    /// <param name="fileName">How faults name the file.</param>
    public static WorkflowReading Parse(ReadOnlyMemory<byte> bytes, string fileName) => WorkflowReader.Read(bytes, fileName);

    /// <summary>The node of an id; null when there is none.</summary>
    public WorkflowNode? Node(string id) => byId.GetValueOrDefault(id);

    /// <summary>Whether the graph has this node, and the node this input.</summary>
    public bool Holds(InputTarget target) => Node(target.NodeId)?.Has(target.Input) == true;

    /// <summary>A fresh copy of the whole graph, titles included.</summary>
    /// <remarks>Every node has an <c>inputs</c> object, even where the file has none: a node without one kills ComfyUI's worker
    /// thread for good (seen on v0.8.0, comfyui/contract.md section 8).</remarks>
    public JsonObject Graph() => graph.DeepClone().AsObject();

    private static JsonObject WithoutTitles(JsonObject graph)
    {
        var bare = graph.DeepClone().AsObject();
        foreach (var (_, node) in bare)
        {
            node!.AsObject().Remove("_meta");
        }

        return bare;
    }
}
