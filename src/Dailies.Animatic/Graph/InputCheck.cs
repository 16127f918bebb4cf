using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace Dailies.Animatic.Graph;

/// <summary>Checks one literal input against its definition, and converts it the way Python would. Pure.</summary>
internal static class InputCheck
{
    // ComfyUI does not send long lists (a folder full of models) back in an error.
    private const int LongList = 20;

    /// <summary>The fault, if any, and the value as the node will see it.</summary>
    public static (JsonObject? Fault, JsonNode? Value) Check(InputDefinition input, JsonNode? value) => input.Type switch
    {
        null => Choice(input, value),
        "INT" => Int(input, value),
        "FLOAT" => Float(input, value),
        "STRING" => (null, JsonValue.Create(PythonText.Str(value))),
        _ => (null, value?.DeepClone()),
    };

    public static JsonObject Extra(InputDefinition input, JsonNode? received) => new()
    {
        [AnimaticWire.InputName] = input.Name,
        [AnimaticWire.InputConfig] = input.Config.DeepClone(),
        [AnimaticWire.ReceivedValue] = received?.DeepClone(),
    };

    public static JsonObject NotInList(InputDefinition input, JsonNode? value)
    {
        var extra = Extra(input, value);
        var choices = PythonText.ReprOfTexts(input.Choices);
        if (input.Choices.Count > LongList)
        {
            choices = $"(list of length {input.Choices.Count})";
            extra[AnimaticWire.InputConfig] = null;
        }

        return AnimaticWire.Fault(AnimaticWire.NotInList, "Value not in list", $"{input.Name}: '{PythonText.Str(value)}' not in {choices}", extra);
    }

    private static (JsonObject?, JsonNode?) Choice(InputDefinition input, JsonNode? value) =>
        value is JsonValue && input.Choices.Contains(PythonText.Str(value)) ? (null, value.DeepClone()) : (NotInList(input, value), null);

    private static (JsonObject?, JsonNode?) Int(InputDefinition input, JsonNode? value)
    {
        if (!PythonText.TryInt(value, out var number, out var error))
        {
            return (NotConverted(input, value, error), null);
        }

        var node = JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture))!;
        return (Outside(input, node, limit => number.CompareTo(BigInteger.Parse(limit.ToJsonString(), CultureInfo.InvariantCulture)), node.ToJsonString()), node);
    }

    private static (JsonObject?, JsonNode?) Float(InputDefinition input, JsonNode? value)
    {
        if (!PythonText.TryFloat(value, out var number, out var error))
        {
            return (NotConverted(input, value, error), null);
        }

        var node = JsonNode.Parse(PythonText.Float(number))!;
        return (Outside(input, node, limit => number.CompareTo(limit.GetValue<double>()), PythonText.Float(number)), node);
    }

    private static JsonObject? Outside(InputDefinition input, JsonNode value, Func<JsonNode, int> compare, string text)
    {
        if (input.Limit("min") is { } min && compare(min) < 0)
        {
            return AnimaticWire.Fault(AnimaticWire.TooSmall, $"Value {text} smaller than min of {min.ToJsonString()}", input.Name, Extra(input, value));
        }

        return input.Limit("max") is { } max && compare(max) > 0
            ? AnimaticWire.Fault(AnimaticWire.TooBig, $"Value {text} bigger than max of {max.ToJsonString()}", input.Name, Extra(input, value))
            : null;
    }

    private static JsonObject NotConverted(InputDefinition input, JsonNode? value, string error)
    {
        var extra = Extra(input, value);
        extra[AnimaticWire.ExceptionMessage] = error;
        return AnimaticWire.Fault(
            AnimaticWire.NotConverted, $"Failed to convert an input value to a {input.Type} value", $"{input.Name}, {PythonText.Str(value)}, {error}", extra);
    }
}
