using System.Globalization;
using System.Text.Json;
using Dailies.Contract;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-2xx and TC-3xx: a JSON value against its <see cref="Field"/>. Extra fields are anybody's own.</summary>
internal sealed class ShapeRules(FindingList findings, string? sceneId, bool telemetry, string file = RunFolder.Metadata)
{
    /// <summary>Judges one field of an object; true when it and all below it are as they should be.</summary>
    public static bool Judge(JsonView parent, Field field, FindingList findings, string? sceneId = null) =>
        new ShapeRules(findings, sceneId, field.IsTelemetry).Holds(parent, field);

    /// <summary>Judges a value that stands by itself.</summary>
    public static bool JudgeValue(JsonView value, Field field, FindingList findings, string? sceneId = null, string file = RunFolder.Metadata) =>
        new ShapeRules(findings, sceneId, field.IsTelemetry, file).IsGood(value, field);

    private bool Holds(JsonView parent, Field field) =>
        parent.Get(field.Name) is { } value ? IsGood(value, field) : Bad(telemetry ? TelemetryMissing : FieldMissing, parent.At(field.Name), Words(field), "nothing");

    private bool IsGood(JsonView value, Field field)
    {
        var element = value.Element;
        if (element.ValueKind == JsonValueKind.Null)
        {
            return field.Nullable || Bad(telemetry ? TelemetryNull : NullValue, value.Pointer, Words(field), "null");
        }

        return (field.Kind, element.ValueKind) switch
        {
            (FieldKind.Any, _) => true,
            (FieldKind.Flag, JsonValueKind.True or JsonValueKind.False) => true,
            (FieldKind.Text, JsonValueKind.String) => IsOneOf(value, field),
            (FieldKind.Time, JsonValueKind.String) => IsTime(value, field),
            (FieldKind.Integer, JsonValueKind.Number) => Whole(element) is { } whole ? IsWithin(value, field, whole) : WrongKind(value, field),
            (FieldKind.Number, JsonValueKind.Number) => element.TryGetDouble(out var number) && double.IsFinite(number) ? IsWithin(value, field, number) : WrongKind(value, field),
            (FieldKind.Object, JsonValueKind.Object) => field.Fields.Aggregate(true, (good, inner) => Holds(value, inner) & good),
            (FieldKind.List, JsonValueKind.Array) => ItemsHold(value, field.Item!),
            (FieldKind.Map, JsonValueKind.Object) => ValuesHold(value, field.Item!),
            _ => WrongKind(value, field),
        };
    }

    private bool ItemsHold(JsonView list, Field item)
    {
        var (good, i) = (true, 0);
        foreach (var element in list.Element.EnumerateArray())
        {
            good &= IsGood(new JsonView(element, $"{list.Pointer}/{i++}"), item);
        }

        return good;
    }

    private bool ValuesHold(JsonView map, Field item)
    {
        var good = true;
        foreach (var property in map.Element.EnumerateObject())
        {
            good &= IsGood(new JsonView(property.Value, map.At(property.Name)), item);
        }

        return good;
    }

    private bool IsOneOf(JsonView value, Field field) =>
        field.OneOf is not { } set || set.Contains(value.Element.GetString()!)
        || Bad(telemetry ? TelemetrySet : NotInSet, value.Pointer, string.Join(", ", set), value.Raw);

    private bool IsTime(JsonView value, Field field)
    {
        var text = value.Element.GetString()!;
        return !Stamp.TryParse(text, out var stamp) ? WrongKind(value, field)
            : Stamp.Text(stamp) == text || Bad(telemetry ? TelemetryTime : TimeForm, value.Pointer, Stamp.Text(stamp), text);
    }

    private bool IsWithin(JsonView value, Field field, double number) =>
        (number >= field.Least && number <= field.Most) || Bad(telemetry ? TelemetryRange : OutOfRange, value.Pointer, Words(field), value.Raw);

    private bool WrongKind(JsonView value, Field field) => Bad(telemetry ? TelemetryType : WrongType, value.Pointer, Words(field), value.Raw);

    private bool Bad(Rule rule, string place, string expected, string found)
    {
        findings.Add(rule, file, place, sceneId, expected, found);
        return false;
    }

    private static double? Whole(JsonElement element) =>
        element.TryGetInt64(out var whole) ? whole : element.TryGetUInt64(out var big) ? big : null;

    private static string Words(Field field)
    {
        var kind = field.Kind switch
        {
            FieldKind.Text => "text",
            FieldKind.Flag => "true or false",
            FieldKind.Integer => "a whole number",
            FieldKind.Number => "a number",
            FieldKind.Time => "a time",
            FieldKind.Object or FieldKind.Map => "an object",
            FieldKind.List => "a list",
            _ => "a value",
        };
        var least = field.Least switch
        {
            double.NegativeInfinity or int.MinValue => "",
            double.Epsilon => " above 0",
            _ => string.Create(CultureInfo.InvariantCulture, $" from {field.Least}"),
        };
        var most = field.Most >= int.MaxValue ? "" : string.Create(CultureInfo.InvariantCulture, $" to {field.Most}");
        return kind + least + most + (field.Nullable ? ", or null" : "");
    }
}
