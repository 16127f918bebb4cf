using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dailies.Workflows;

/// <summary>Turns read-only JSON into nodes that may be changed. Numbers stay as they were written, so that a seed of
/// 18446744073709551615 survives; of a name given twice the last one counts, as in Python.</summary>
internal static class JsonCopy
{
    /// <summary>A fresh copy. Throws <see cref="InvalidOperationException"/> where a text is not Unicode.</summary>
    public static JsonNode? Of(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in value.EnumerateObject())
                {
                    members[member.Name] = Of(member.Value);
                }

                return members;
            case JsonValueKind.Array:
                return new JsonArray([.. value.EnumerateArray().Select(Of)]);
            case JsonValueKind.String:
                return JsonValue.Create(value.GetString());
            case JsonValueKind.True or JsonValueKind.False:
                return JsonValue.Create(value.GetBoolean());
            case JsonValueKind.Number:
                return JsonValue.Create(value.Clone());
            default:
                return null;
        }
    }

    /// <summary>The same JSON with its members sorted by name and no white space: equal graphs give equal bytes.</summary>
    public static byte[] Canonical(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(node, writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(JsonNode? node, Utf8JsonWriter writer)
    {
        switch (node)
        {
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var member in members.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Key);
                    Write(member.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
