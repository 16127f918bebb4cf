using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dailies.Animatic.Graph;

/// <summary>JSON values as Python prints and converts them: ComfyUI's error texts quote them that way.</summary>
internal static class PythonText
{
    public static string Str(JsonNode? node) => node is JsonValue v && v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : Repr(node);

    public static string Repr(JsonNode? node) => node switch
    {
        null => "None",
        JsonArray list => Repr(list.Select(Repr)),
        JsonObject map => "{" + string.Join(", ", map.Select(p => $"'{p.Key}': {Repr(p.Value)}")) + "}",
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => $"'{node.GetValue<string>()}'",
            JsonValueKind.True => "True",
            JsonValueKind.False => "False",
            _ => node.ToJsonString(),
        },
    };

    public static string ReprOfTexts(IEnumerable<string> texts) => Repr(texts.Select(t => $"'{t}'"));

    /// <summary><c>int(value)</c>: whole numbers, numbers cut at the point, digits in a text, booleans.</summary>
    public static bool TryInt(JsonNode? node, out BigInteger value, out string error)
    {
        error = "";
        value = default;
        switch (node?.GetValueKind())
        {
            case JsonValueKind.Number:
                var raw = node.ToJsonString();
                if (!BigInteger.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
                {
                    value = new BigInteger(double.Parse(raw, CultureInfo.InvariantCulture));
                }

                return true;
            case JsonValueKind.True or JsonValueKind.False:
                value = node.GetValue<bool>() ? 1 : 0;
                return true;
            case JsonValueKind.String:
                var text = node.GetValue<string>();
                error = $"invalid literal for int() with base 10: '{text}'";
                return BigInteger.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
            default:
                error = $"int() argument must be a string, a bytes-like object or a real number, not '{TypeName(node)}'";
                return false;
        }
    }

    /// <summary><c>float(value)</c>.</summary>
    public static bool TryFloat(JsonNode? node, out double value, out string error)
    {
        error = "";
        value = 0;
        switch (node?.GetValueKind())
        {
            case JsonValueKind.Number:
                value = double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);
                return true;
            case JsonValueKind.True or JsonValueKind.False:
                value = node.GetValue<bool>() ? 1 : 0;
                return true;
            case JsonValueKind.String:
                var text = node.GetValue<string>();
                error = $"could not convert string to float: '{text}'";
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
            default:
                error = $"float() argument must be a string or a real number, not '{TypeName(node)}'";
                return false;
        }
    }

    /// <summary>A float as Python prints it: always with a point.</summary>
    public static string Float(double value) =>
        value == Math.Floor(value) && Math.Abs(value) < 1e16 ? value.ToString("F1", CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture);

    private static string TypeName(JsonNode? node) => node switch { null => "NoneType", JsonObject => "dict", _ => "list" };

    private static string Repr(IEnumerable<string> items) => "[" + string.Join(", ", items) + "]";
}
