using System.Text.Json;
using Dailies.Contract;

namespace Dailies.Validation;

/// <summary>One JSON value and where it stands. A field that is missing or of another type reads as null: the shape rules report it,
/// every other rule passes over it.</summary>
internal readonly record struct JsonView(JsonElement Element, string Pointer)
{
    /// <summary>The pointer of a field, whether it is there or not.</summary>
    public string At(string name) => $"{Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public JsonView? Get(string name) =>
        Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out var value) ? new JsonView(value, At(name)) : null;

    /// <summary>The object of that name.</summary>
    public JsonView? Object(string name) => Get(name) is { Element.ValueKind: JsonValueKind.Object } found ? found : null;

    public bool IsNull(string name) => Get(name) is { Element.ValueKind: JsonValueKind.Null };

    public string? Text(string name) => Get(name) is { Element.ValueKind: JsonValueKind.String } found ? found.Element.GetString() : null;

    public bool? Flag(string name) => Get(name) switch
    {
        { Element.ValueKind: JsonValueKind.True } => true,
        { Element.ValueKind: JsonValueKind.False } => false,
        _ => null,
    };

    public long? Integer(string name) =>
        Get(name) is { Element.ValueKind: JsonValueKind.Number } found && found.Element.TryGetInt64(out var value) ? value : null;

    public double? Number(string name) =>
        Get(name) is { Element.ValueKind: JsonValueKind.Number } found && found.Element.TryGetDouble(out var value) && double.IsFinite(value) ? value : null;

    public DateTimeOffset? Time(string name) => Text(name) is { } text && Stamp.TryParse(text, out var stamp) ? stamp : null;

    /// <summary>The items of a list; null when there is no such list.</summary>
    public IReadOnlyList<JsonView>? Items(string name)
    {
        if (Get(name) is not { Element.ValueKind: JsonValueKind.Array } list)
        {
            return null;
        }

        var items = new List<JsonView>(list.Element.GetArrayLength());
        foreach (var item in list.Element.EnumerateArray())
        {
            items.Add(new JsonView(item, $"{list.Pointer}/{items.Count}"));
        }

        return items;
    }

    /// <summary>A list of texts; null when it is none, or holds anything else.</summary>
    public IReadOnlyList<string>? Texts(string name) =>
        Items(name) is { } items && items.All(i => i.Element.ValueKind == JsonValueKind.String) ? [.. items.Select(i => i.Element.GetString()!)] : null;

    /// <summary>As a record of the contract; only for objects whose shape was found good.</summary>
    public T? As<T>()
        where T : class
    {
        try
        {
            return Element.Deserialize<T>(ContractJson.Pascal);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>How it stands in the file.</summary>
    public string Raw => Element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => Element.GetRawText(),
    };
}
