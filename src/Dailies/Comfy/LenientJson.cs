using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Dailies.Comfy;

/// <summary>Reads JSON that Python wrote: a bare NaN or Infinity, which a client put into <c>extra_data</c>, is read as null: not known
/// (seen on v0.8.0: history.bare-nan.invalid-json.txt), half a surrogate pair, which stands for a byte of a file name that is no UTF-8, as U+FFFD.
/// Everything else stays strict.</summary>
internal static class LenientJson
{
    // A stranger's graph in /queue may nest deeper than .NET's default of 64.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };
    private static readonly byte[][] Bare = ["-Infinity"u8.ToArray(), "Infinity"u8.ToArray(), "NaN"u8.ToArray()];

    /// <summary>The document; throws <see cref="JsonException"/> when it is no JSON even so. Its message says where, and quotes nothing: an answer may echo
    /// what we sent, and the reader's own message holds as much of it as it could not read.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        var readable = WithReadableText(bytes);
        try
        {
            return JsonDocument.Parse(readable, Deep);
        }
        catch (JsonException)
        {
            return Second(WithoutBareNumbers(readable.Span));
        }
    }

    private static JsonDocument Second(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes, Deep);
        }
        catch (JsonException e)
        {
            throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"no JSON at line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}"));
        }
    }

    // JsonDocument takes such text, and throws no JsonException when it is read later.
    private static ReadOnlyMemory<byte> WithReadableText(ReadOnlyMemory<byte> bytes)
    {
        var valid = Utf8.IsValid(bytes.Span) ? bytes : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes.Span));
        return valid.Span.IndexOf("\\ud"u8) < 0 && valid.Span.IndexOf("\\uD"u8) < 0 ? valid : WithoutHalfPairs(valid.Span);
    }

    private static byte[] WithoutHalfPairs(ReadOnlySpan<byte> bytes)
    {
        var clean = bytes.ToArray();
        for (var i = 0; i < clean.Length; i++)
        {
            var unit = UnitAt(clean, i);
            if (char.IsHighSurrogate(unit) && char.IsLowSurrogate(UnitAt(clean, i + 6)))
            {
                i += 11;
            }
            else if (char.IsSurrogate(unit))
            {
                "fffd"u8.CopyTo(clean.AsSpan(i + 2));
                i += 5;
            }
            else
            {
                i += clean[i] == '\\' ? 1 : 0;
            }
        }

        return clean;
    }

    // The UTF-16 unit of a \uXXXX at a position, or 0.
    private static char UnitAt(ReadOnlySpan<byte> bytes, int at) =>
        at + 6 <= bytes.Length && bytes[at] == '\\' && bytes[at + 1] == 'u' && Utf8Parser.TryParse(bytes.Slice(at + 2, 4), out ushort unit, out var read, 'x') && read == 4
            ? (char)unit
            : '\0';

    private static byte[] WithoutBareNumbers(ReadOnlySpan<byte> bytes)
    {
        var clean = new List<byte>(bytes.Length + 64);
        var inString = false;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (!inString && BareAt(bytes[i..]) is { } word)
            {
                clean.AddRange("null"u8);
                i += word.Length - 1;
                continue;
            }

            if (inString && bytes[i] == '\\' && i + 1 < bytes.Length)
            {
                clean.Add(bytes[i++]);
            }
            else if (bytes[i] == '"')
            {
                inString = !inString;
            }

            clean.Add(bytes[i]);
        }

        return [.. clean];
    }

    private static byte[]? BareAt(ReadOnlySpan<byte> rest)
    {
        foreach (var word in Bare)
        {
            if (rest.StartsWith(word))
            {
                return word;
            }
        }

        return null;
    }
}

/// <summary>Tolerant looks into a JSON value: a missing or differently typed member is simply not there.</summary>
internal static class JsonLook
{
    public static JsonElement? Member(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    public static string? Text(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Words for people, at most so many characters of them: a message of megabytes would stand in the ledger five times. The whole is in the answer.</summary>
    public static string? Words(this JsonElement value, string name, int most = 2_000) => value.Text(name) is { } text ? Brief(text, most) : null;

    /// <summary>The beginning of a text, cut between characters.</summary>
    public static string Brief(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";

    public static long? Whole(this JsonElement value, string name) => value.Member(name) is { ValueKind: JsonValueKind.Number } number
        ? number.TryGetInt64(out var whole) ? whole : number.TryGetDouble(out var real) && Math.Abs(real) < 9e18 ? (long)real : null
        : null;

    public static bool? Flag(this JsonElement value, string name) => value.Member(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>A node of our own; of a member named twice the last holds, as in Python.</summary>
    public static JsonNode? ToNode(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().GroupBy(m => m.Name, (_, same) => same.Last()).Select(m => KeyValuePair.Create(m.Name, m.Value.ToNode()))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(ToNode)]),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(value.Clone()),
    };

    public static IEnumerable<JsonElement> Items(this JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IEnumerable<JsonProperty> Members(this JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Object } members ? members.EnumerateObject() : [];
}
