using System.Text.Json;
using Wire = Dailies.Comfy.ComfyWire;

namespace Dailies.Comfy;

/// <summary>One reading of GET /queue. <c>queue_pending</c> is a raw heap on the wire; here it is sorted by (number, id), the order of execution.</summary>
internal sealed record QueueReading(IReadOnlyList<string> Running, IReadOnlyList<string> Pending)
{
    private static readonly Dictionary<string, string> NoTags = [];

    /// <summary>From our own id, as our note in a prompt tells it, to the id that the server uses.</summary>
    public IReadOnlyDictionary<string, string> Tagged { get; init; } = NoTags;

    /// <summary>The server's id of a prompt that we sent as <paramref name="ourId"/>; null when the queue does not have it.</summary>
    public string? Find(string ourId) => Running.Contains(ourId) || Pending.Contains(ourId) ? ourId : Tagged.GetValueOrDefault(ourId);

    /// <summary>Reads <c>{"queue_running":[[number,id,prompt,extra,outputs]…],"queue_pending":[…]}</c>; throws <see cref="JsonException"/> on anything else.</summary>
    public static QueueReading Read(ReadOnlyMemory<byte> answer)
    {
        using var document = LenientJson.Parse(answer);
        var root = document.RootElement;
        return root.Member(Wire.QueueRunning) is { ValueKind: JsonValueKind.Array } && root.Member(Wire.QueuePending) is { ValueKind: JsonValueKind.Array }
            ? new QueueReading(Ids(root.Member(Wire.QueueRunning)), Ids(root.Member(Wire.QueuePending))) { Tagged = Tags(root) }
            : throw new JsonException($"an answer of /queue without {Wire.QueueRunning} and {Wire.QueuePending}");
    }

    private static Dictionary<string, string> Tags(JsonElement root)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in root.Member(Wire.QueueRunning).Items().Concat(root.Member(Wire.QueuePending).Items()))
        {
            if (ComfyTag.Read(item) is { } ours)
            {
                tags[ours] = item[1].ToString();
            }
        }

        return tags;
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
