using System.Text.Json;
using Wire = Dailies.Comfy.ComfyWire;

namespace Dailies.Comfy;

/// <summary>The least and most that a node allows for a whole number of zero or more, as GET /object_info/{class} tells.</summary>
internal sealed record WholeRange(ulong Min, ulong Max)
{
    /// <summary>Reads <c>{"KSampler":{"input":{"required":{"seed":["INT",{"min":0,"max":18446744073709551615}]}}}}</c>; null where it says nothing of the kind.</summary>
    public static WholeRange? Read(ReadOnlyMemory<byte> answer, string nodeClass, string input)
    {
        using var document = LenientJson.Parse(answer);
        var inputs = document.RootElement.Member(nodeClass)?.Member(Wire.NodeInput);
        var declared = (inputs?.Member(Wire.Required)?.Member(input) ?? inputs?.Member(Wire.Optional)?.Member(input)).Items().ToList();
        return declared.Count > 1 && declared[1].Member(Wire.Most) is { } most && Whole(most) is { } max
            ? new WholeRange(declared[1].Member(Wire.Least) is { } least ? Whole(least) ?? 0 : 0, max)
            : null;
    }

    private static ulong? Whole(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out var whole) ? whole : null;
}
