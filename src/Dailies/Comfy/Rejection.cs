using System.Text.Json;
using Wire = Dailies.Comfy.ComfyWire;

namespace Dailies.Comfy;

/// <summary>One thing that ComfyUI found wrong with a graph.</summary>
/// <param name="Node">Node id, or empty when the fault is the whole graph's.</param>
/// <param name="NodeClass">The node's class, or empty.</param>
/// <param name="Text">What is wrong, as the server says it.</param>
/// <param name="Choices">The values that would be allowed, where the server lists them.</param>
/// <param name="Received">The value that was refused, or null.</param>
internal sealed record NodeFault(string Node, string NodeClass, string Text, IReadOnlyList<string> Choices, string? Received)
{
    /// <summary>Without what the station echoes of our headers.</summary>
    public NodeFault Masked(StationSecrets secrets) => new(
        secrets.MaskName(Node), secrets.MaskName(NodeClass), secrets.Mask(Text), [.. Choices.Select(secrets.MaskName)], Received is { } received ? secrets.Mask(received) : null);
}

/// <summary>Why a POST /prompt was refused, whole or in part.</summary>
internal static class Rejection
{
    // A value is compared with each choice letter by letter: what is longer is no slip of the pen.
    private const int LongestValue = 200;

    /// <summary>The faults in an answer, in every form seen: <c>error</c> as object or text, <c>node_errors</c> as object or empty list, or no JSON at all.</summary>
    public static IReadOnlyList<NodeFault> Read(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var document = LenientJson.Parse(answer);
            var root = document.RootElement;
            var nodes = ReadNodes(root.Member(Wire.NodeErrors));
            return nodes.Count > 0 ? nodes : [Whole(root)];
        }
        catch (JsonException)
        {
            var text = System.Text.Encoding.UTF8.GetString(answer.Span[..Math.Min(answer.Length, 300)]).Trim();
            return [new NodeFault("", "", text.Length == 0 ? "refused without a word" : text, [], null)];
        }
    }

    /// <summary>The faults per node: <c>{"9":{"errors":[{type,message,details,extra_info}],"dependent_outputs":[…],"class_type":"…"}}</c>.</summary>
    public static IReadOnlyList<NodeFault> ReadNodes(JsonElement? nodeErrors) =>
    [
        .. from node in nodeErrors.Members()
           from error in node.Value.Member(Wire.Errors).Items()
           select new NodeFault(
               JsonLook.Brief(node.Name, LongestValue), node.Value.Words(Wire.ClassType, LongestValue) ?? "", Words(error), Choices(error),
               (error.Member(Wire.ExtraInfo)?.Member(Wire.ReceivedValue)) is { } received ? JsonLook.Brief(received.ToString(), LongestValue) : null),
    ];

    private static NodeFault Whole(JsonElement root) => new(
        "", "", root.Words(Wire.Error) ?? (root.Member(Wire.Error) is { ValueKind: JsonValueKind.Object } error ? Words(error) : "refused without a reason"), [], null);

    private static string Words(JsonElement error)
    {
        var message = error.Words(Wire.Message) ?? error.Words(Wire.ErrorType) ?? "unknown error";
        return error.Words(Wire.Details) is { Length: > 0 } details ? $"{message}: {details}" : message;
    }

    // extra_info.input_config is [[choices…],{…}] or ["COMBO",{"options":[…]}].
    private static IReadOnlyList<string> Choices(JsonElement error)
    {
        var config = (error.Member(Wire.ExtraInfo)?.Member(Wire.InputConfig)).Items().ToList();
        var listed = config.Count > 0 && config[0].ValueKind == JsonValueKind.Array ? (JsonElement?)config[0]
            : config.Count > 1 ? config[1].Member("options") : null;
        return [.. listed.Items().Where(c => c.ValueKind == JsonValueKind.String).Select(c => JsonLook.Brief(c.GetString()!, LongestValue))];
    }
}
