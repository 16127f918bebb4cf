using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dailies.Workflows;

/// <summary>A value in the JSON kind of the input that it replaces, or why it can't be. Pure.</summary>
/// <param name="Value">The value, fresh; null when there is a fault.</param>
/// <param name="Fault">The fault, its name still to be filled in; null when there is a value.</param>
internal readonly record struct SetValue(JsonNode? Value, SetFault? Fault)
{
    // ComfyUI's whole numbers by name. Others can't be told by their literal: a FLOAT of 8.0 is exported as 8.
    private static readonly string[] Whole =
        ["steps", "seed", "noise_seed", "width", "height", "length", "batch_size", "video_frames", "num_frames", "start_at_step", "end_at_step"];

    /// <summary>The value for an input, converted from a text of the command line or taken from a story.</summary>
    public static SetValue For(WorkflowTemplate template, InputTarget target, JsonNode? given)
    {
        if (given is not JsonValue)
        {
            return Wrong(target, given?.ToJsonString() ?? "null", "a plain value");
        }

        var text = given.GetValueKind() == JsonValueKind.String ? given.GetValue<string>() : given.ToJsonString();
        return Kind(template, target) switch
        {
            JsonValueKind.String => new SetValue(JsonValue.Create(text), null),
            JsonValueKind.Number => Number(target, text),
            JsonValueKind.True or JsonValueKind.False => Flag(target, text),
            _ => Free(given, text),
        };
    }

    // A link has no kind of its own; that of the primitive behind it is the right one.
    private static JsonValueKind Kind(WorkflowTemplate template, InputTarget target)
    {
        var node = template.Node(target.NodeId)!;
        if (node.Link(target.Input) is null)
        {
            return node.Inputs[target.Input].ValueKind;
        }

        return ValueSource.Number(template, node, target.Input).Target is not null ? JsonValueKind.Number
            : ValueSource.Text(template, node, target.Input).Target is not null ? JsonValueKind.String
            : JsonValueKind.Undefined;
    }

    private static SetValue Number(InputTarget target, string text)
    {
        if (AsJson(text) is not { ValueKind: JsonValueKind.Number } number)
        {
            return Wrong(target, text, "a number");
        }

        var isWhole = !number.GetRawText().AsSpan().ContainsAny('.', 'e', 'E');
        return !isWhole && Whole.Contains(target.Input) ? Wrong(target, text, "a whole number") : new SetValue(JsonValue.Create(number), null);
    }

    private static SetValue Flag(InputTarget target, string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "1" or "YES" or "ON" => new SetValue(JsonValue.Create(true), null),
        "FALSE" or "0" or "NO" or "OFF" => new SetValue(JsonValue.Create(false), null),
        _ => Wrong(target, text, "true or false"),
    };

    // Nothing tells the kind: what reads as a number or as true and false is one.
    private static SetValue Free(JsonNode given, string text) =>
        given.GetValueKind() == JsonValueKind.String && AsJson(text) is { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } plain
            ? new SetValue(JsonCopy.Of(plain), null)
            : new SetValue(given.DeepClone(), null);

    private static JsonElement? AsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // ArgumentException: a lone surrogate.
            return null;
        }
    }

    private static SetValue Wrong(InputTarget target, string text, string wanted) =>
        new(null, new SetFault("", $"'{text}' does not fit {target}", $"It takes {wanted}."));
}
