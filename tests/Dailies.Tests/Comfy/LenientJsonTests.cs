using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Dailies.Comfy;

namespace Dailies.Tests.Comfy;

/// <summary>Python's JSON is read; all other JSON is read as it is.</summary>
public class LenientJsonTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.OneOf("NaN", "-Infinity", "Infinity", "say \"NaN\"", "\\", "a\\\"NaN", "é ü 日", "\U0001F3AC", "\u0001", ""), Gen.String[Gen.Char[' ', '~'], 0, 12]);

    private static readonly Gen<JsonNode?> Leaves = Gen.OneOf(
        Texts.Select(t => (JsonNode?)JsonValue.Create(t)),
        Gen.Double[-1e15, 1e15].Select(d => (JsonNode?)JsonValue.Create(d)),
        Gen.ULong.Select(u => (JsonNode?)JsonValue.Create(u)),
        Gen.Bool.Select(b => (JsonNode?)JsonValue.Create(b)),
        Gen.Const((JsonNode?)null));

    private static readonly Gen<JsonNode?> Documents = Gen.Recursive<JsonNode?>((depth, inner) => depth >= 3 ? Leaves : Gen.OneOf(
        Leaves,
        inner.Array[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(i => i?.DeepClone())])),
        Gen.Dictionary(Texts, inner)[0, 4].Select(members => (JsonNode?)new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))))));

    [Fact]
    public void Valid_JSON_is_never_changed() => Documents.Sample(document =>
    {
        var text = document?.ToJsonString() ?? "null";
        using var read = LenientJson.Parse(Encoding.UTF8.GetBytes(text));
        read.RootElement.GetRawText().ShouldBe(text);
    });

    [Fact]
    public void A_bare_number_that_JSON_has_not_is_not_known_and_its_neighbours_stay() => Gen.Select(Documents, Gen.OneOf("NaN", "Infinity", "-Infinity")).Sample((document, bare) =>
    {
        var text = document?.ToJsonString() ?? "null";
        using var read = LenientJson.Parse(Encoding.UTF8.GetBytes($$"""{"before":{{text}},"x":{{bare}},"after":{{text}}}"""));
        read.RootElement.GetProperty("before").GetRawText().ShouldBe(text);
        read.RootElement.GetProperty("x").ValueKind.ShouldBe(JsonValueKind.Null);
        read.RootElement.GetProperty("after").GetRawText().ShouldBe(text);
    });

    [Fact]
    public void Any_bytes_are_JSON_or_a_JsonException() => Gen.OneOf(
        Gen.Byte.Array[0, 60],
        Gen.OneOf("\\ud83c", "\\uDFAC", "\\udc80", "\\\\", "\\\"", "\\u00e9", "a", "\u00FF", "\\").Array[0, 8].Select(parts => Encoding.Latin1.GetBytes($"{{\"a\":\"{string.Concat(parts)}\"}}")),
        Gen.OneOf((byte)'"', (byte)'\\', (byte)'{', (byte)'}', (byte)'[', (byte)'N', (byte)'a', (byte)'u', (byte)'d', (byte)'8', (byte)'0', (byte)',', (byte)':', (byte)0xC3).Array[0, 30]).Sample(bytes =>
    {
        try
        {
            using var read = LenientJson.Parse(bytes);
            Walk(read.RootElement);
        }
        catch (JsonException)
        {
            // The one exception that callers expect.
        }
    });

    [Theory]
    [InlineData("""{"x": NaN, "y": [Infinity, -Infinity]}""")]
    [InlineData("""[NaN,"NaN",NaN]""")]
    [InlineData("NaN")]
    public void Python_s_bare_numbers_are_read(string text) => Should.NotThrow(() => LenientJson.Parse(Encoding.UTF8.GetBytes(text)).Dispose());

    [Theory]
    [InlineData("")]
    [InlineData("nan")]
    [InlineData("{'a': 1}")]
    [InlineData("{\"a\": None}")]
    [InlineData("{\"a\": 1,}")]
    [InlineData("{\"a\": 1} trailing")]
    [InlineData("{\"a\": \"NaN")]
    public void All_else_stays_strict(string text) => Should.Throw<JsonException>(() => LenientJson.Parse(Encoding.UTF8.GetBytes(text)));

    // Python's surrogateescape puts a byte of a file name that is no UTF-8 into JSON as a lone surrogate; GetString then throws something else than JsonException.
    [Theory]
    [InlineData("""{"a":"frame-\udc80.png"}""", "frame-\uFFFD.png")]
    [InlineData("""{"a":"\ud83c\udfac \ud83c"}""", "\U0001F3AC \uFFFD")]
    [InlineData("""{"a":"\\udc80"}""", "\\udc80")]
    [InlineData("""{"a":"\uDC80\uD83C\uDFAC"}""", "\uFFFD\U0001F3AC")]
    public void Bug_a_lone_surrogate_of_Python_can_be_read(string text, string expected)
    {
        using var read = LenientJson.Parse(Encoding.UTF8.GetBytes(text));

        read.RootElement.Text("a").ShouldBe(expected);
    }

    private static void Walk(JsonElement value)
    {
        _ = value.ToString();
        foreach (var member in ((JsonElement?)value).Members())
        {
            _ = member.Name;
            Walk(member.Value);
        }

        foreach (var item in ((JsonElement?)value).Items())
        {
            Walk(item);
        }
    }
}
