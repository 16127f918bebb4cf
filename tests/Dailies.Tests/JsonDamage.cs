using System.Text;
using System.Text.Json;
using CsCheck;

namespace Dailies.Tests;

/// <summary>JSON bodies with something wrong in them: a value of another kind, a member gone or doubled, a cut, bytes that are no text. On the bytes, so that what no writer would write is met too.</summary>
internal static class JsonDamage
{
    private static readonly byte[][] Values =
    [
        .. new[]
        {
            "null", "true", "false", "0", "-1", "1.5", "1e999", "-1e-999", "9223372036854775808", "18446744073709551616", "-9223372036854775809", "1" + new string('0', 500), "\"\"", "\"0\"", "\" \"",
            "\"\\ud800\"", "\"\\udc80x\"", "\"a\\u0000b\"", "\"a\\nb\\u2028c\\u202ed\\u001b[2J\"", "NaN", "-Infinity", "Infinity", "[]", "{}", "[[]]", "[null,[],{},7,\"x\",true]", "{\"a\":1,\"a\":2}",
            "{\"\":{\"\\ud83d\":null}}", "{\"filename\":7}", "{\"prompt_id\":[]}", Deep(70), Deep(600), Deep(20_000), "{\"a\":" + Deep(70) + "}", $"\"{new string('x', 70_000)}\"", "[" + string.Join(',', Enumerable.Repeat("0", 5_000)) + "]",
            "../../../etc/passwd", "'x'", "undefined", "", ",", "}", "]", "\"", "\\", "//", "/*",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE], [0xC3], [0xED, 0xA0, 0x80], [0],
    ];

    /// <summary>One to five things that go wrong with a body.</summary>
    public static Gen<Func<byte[], byte[]>> Changes { get; } = Gen.Select(Gen.Int[0, 6], Gen.Double.Unit, Gen.Int[0, Values.Length - 1]).Array[1, 5].Select(changes =>
        new Func<byte[], byte[]>(body => changes.Aggregate(body, (bytes, change) => Change(bytes, change.Item1, change.Item2, Values[change.Item3]))));

    /// <summary>One of the bodies with one to five things wrong.</summary>
    public static Gen<byte[]> Of(IReadOnlyList<byte[]> bodies) => Gen.Select(Gen.Int[0, bodies.Count - 1], Changes, (body, change) => change(bodies[body]));

    /// <summary>So deep.</summary>
    public static string Deep(int levels) => new string('[', levels) + new string(']', levels);

    /// <summary>What failed, to be read by a person.</summary>
    public static string Shown(byte[] bytes) => bytes.Length > 3_000 ? $"{bytes.Length} bytes: {Encoding.Latin1.GetString(bytes.AsSpan(0, 3_000))}…" : Encoding.Latin1.GetString(bytes);

    private static byte[] Change(byte[] bytes, int kind, double where, byte[] value)
    {
        var spans = Spans(bytes);
        var (start, end) = spans.Count == 0 ? (0, bytes.Length) : spans[Math.Min(spans.Count - 1, (int)(where * spans.Count))];
        var at = Math.Min(bytes.Length, (int)(where * bytes.Length));
        return kind switch
        {
            0 or 1 or 2 => [.. bytes[..start], .. value, .. bytes[end..]],
            3 => [.. bytes[..start], .. bytes[end..]],
            4 => bytes[..at],
            5 => [.. bytes[..at], .. value, .. bytes[at..]],
            _ => [.. bytes[..end], .. ","u8, .. bytes[start..]],
        };
    }

    // Where each value begins and ends; of broken JSON as far as it can be read.
    private static List<(int Start, int End)> Spans(byte[] bytes)
    {
        var spans = new List<(int, int)>();
        var open = new Stack<int>();
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 1_000, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push((int)reader.TokenStartIndex);
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        spans.Add((open.Pop(), (int)reader.BytesConsumed));
                        break;
                    default:
                        spans.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed));
                        break;
                }
            }
        }
        catch (JsonException)
        {
            // The rest has no values any more.
        }

        return spans;
    }
}
