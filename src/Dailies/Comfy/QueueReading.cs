using System.Text.Json;
using Wire = Dailies.Comfy.ComfyWire;

namespace Dailies.Comfy;

/// <summary>One reading of GET /queue. <c>queue_pending</c> is a raw heap on the wire; here it is sorted by (number, id), the order of execution.</summary>
internal sealed record QueueReading(IReadOnlyList<string> Running, IReadOnlyList<string> Pending)
{
    /// <summary>Reads <c>{"queue_running":[[number,id,prompt,extra,outputs]…],"queue_pending":[…]}</c>; throws <see cref="JsonException"/> on anything else.</summary>
    public static QueueReading Read(ReadOnlyMemory<byte> answer)
    {
        using var document = LenientJson.Parse(answer);
        var root = document.RootElement;
        return root.Member(Wire.QueueRunning) is { ValueKind: JsonValueKind.Array } && root.Member(Wire.QueuePending) is { ValueKind: JsonValueKind.Array }
            ? new QueueReading(Ids(root.Member(Wire.QueueRunning)), Ids(root.Member(Wire.QueuePending)))
            : throw new JsonException($"an answer of /queue without {Wire.QueueRunning} and {Wire.QueuePending}");
    }

    private static IReadOnlyList<string> Ids(JsonElement? items) =>
    [
        .. items.Items()
            .Where(i => i.ValueKind == JsonValueKind.Array && i.GetArrayLength() >= 2)
            .Select(i => (Number: i[0].ValueKind == JsonValueKind.Number ? i[0].GetDouble() : 0, Id: i[1].ToString()))
            .OrderBy(i => i.Number).ThenBy(i => i.Id, StringComparer.Ordinal)
            .Select(i => i.Id),
    ];
}
