using System.Globalization;
using System.Text.Json;
using Dailies.Contract;

namespace Dailies.Dashboard.Reading;

/// <summary>Reads members of foreign JSON that may lack any of them: what is missing, null or of another kind is null.</summary>
internal static class JsonWords
{
    /// <summary>A member by its path.</summary>
    public static JsonElement? At(this JsonElement? json, params ReadOnlySpan<string> path)
    {
        var at = json;
        foreach (var name in path)
        {
            at = at is { ValueKind: JsonValueKind.Object } o && o.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
        }

        return at;
    }

    /// <summary>Its text.</summary>
    public static string? Text(this JsonElement? json, params ReadOnlySpan<string> path) => json.At(path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Its number.</summary>
    public static double? Number(this JsonElement? json, params ReadOnlySpan<string> path) =>
        json.At(path) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) && double.IsFinite(value) ? value : null;

    /// <summary>Its whole number.</summary>
    public static int? Whole(this JsonElement? json, params ReadOnlySpan<string> path) => json.At(path) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    /// <summary>Whether it is on.</summary>
    public static bool? Flag(this JsonElement? json, params ReadOnlySpan<string> path) => json.At(path)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>Its time; one without an offset is taken for UTC.</summary>
    public static DateTimeOffset? Time(this JsonElement? json, params ReadOnlySpan<string> path) => json.Text(path) is { } text && Stamp.TryParse(text, out var at) ? at : null;

    /// <summary>Its elements.</summary>
    public static IReadOnlyList<JsonElement?> Items(this JsonElement? json, params ReadOnlySpan<string> path) =>
        json.At(path) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(e => (JsonElement?)e)] : [];

    /// <summary>Its elements that are texts.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement? json, params ReadOnlySpan<string> path) =>
        [.. json.Items(path).Select(e => e is { ValueKind: JsonValueKind.String } text ? text.GetString() : null).OfType<string>()];

    /// <summary>A value as a page shows it: text as it is, numbers without a trailing zero, flags as words.</summary>
    public static string? Shown(this JsonElement? json, params ReadOnlySpan<string> path) => json.At(path) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.TryGetDouble(out var value) ? value.ToString("0.###", CultureInfo.InvariantCulture) : number.GetRawText(),
        { ValueKind: JsonValueKind.True } => "true",
        { ValueKind: JsonValueKind.False } => "false",
        _ => null,
    };
}
