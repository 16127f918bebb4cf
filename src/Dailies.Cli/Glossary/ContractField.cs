using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dailies.Contract;

namespace Dailies.Cli.Glossary;

/// <summary>One field of one JSON object of ours, as its type and its docs have it.</summary>
/// <param name="Property">The property that it is written from.</param>
/// <param name="Name">As it stands in the file.</param>
/// <param name="Type">In JSON's words: text, time, whole number, number, true or false, object, list of …</param>
/// <param name="Unit">s, MiB, bytes …, or null.</param>
/// <param name="Nullable">Null is a value.</param>
/// <param name="LeftOut">It is left out instead of null.</param>
/// <param name="Doc">What it means.</param>
internal sealed record ContractField(PropertyInfo Property, string Name, string Type, string? Unit, bool Nullable, bool LeftOut, DocText Doc)
{
    private static readonly string[] Pixels = ["Width", "Height"];

    /// <summary>The fields of an object, in the order in which they are written.</summary>
    public static IReadOnlyList<ContractField> Of(Type type, JsonSerializerOptions options) =>
        [.. options.GetTypeInfo(type).Properties.Where(p => p.Get is not null && p.AttributeProvider is PropertyInfo).Select(Of)];

    /// <summary>The object behind a field, or behind the items of a list, when it is one of ours.</summary>
    public static Type? Inner(Type type)
    {
        var item = Item(type) ?? System.Nullable.GetUnderlyingType(type) ?? type;
        return item.IsClass && item.Namespace?.StartsWith("Dailies.", StringComparison.Ordinal) == true ? item : null;
    }

    /// <summary>The items' type of a list, or null.</summary>
    public static Type? Item(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is var g && (g == typeof(IReadOnlyList<>) || g == typeof(List<>)) ? type.GetGenericArguments()[0] : null;

    private static ContractField Of(JsonPropertyInfo json)
    {
        var property = (PropertyInfo)json.AttributeProvider!;
        var doc = CodeDocs.Core.Of(property);
        var ignored = property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.WhenWritingNull;
        return new ContractField(property, json.Name, Words(property.PropertyType), doc.Unit ?? UnitOf(property.Name), json.IsGetNullable, ignored, doc);
    }

    // The contract's own rule: durations are seconds unless the name says otherwise, …MB is MiB.
    private static string? UnitOf(string name) => name switch
    {
        _ when name.EndsWith("Seconds", StringComparison.Ordinal) => "s",
        _ when name.EndsWith("MB", StringComparison.Ordinal) => "MiB",
        _ when name.EndsWith("Ms", StringComparison.Ordinal) => "ms",
        "Bytes" => "bytes",
        "Fps" => "frames/s",
        _ when Pixels.Contains(name) => "pixels",
        _ when name.EndsWith("FrameCount", StringComparison.Ordinal) => "frames",
        _ => null,
    };

    private static string Words(Type type)
    {
        var plain = System.Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            _ when plain == typeof(string) || plain.IsEnum => "text",
            _ when plain == typeof(DateTimeOffset) => "time",
            _ when plain == typeof(bool) => "true or false",
            _ when plain == typeof(int) || plain == typeof(long) || plain == typeof(ulong) => "whole number",
            _ when plain == typeof(double) => "number",
            _ when plain == typeof(JsonElement) => "any",
            _ when plain == typeof(JsonObject) => "object",
            _ when Item(plain) is { } item => $"list of {(Inner(item) is null ? Words(item) : "objects")}",
            _ => "object",
        };
    }
}

/// <summary>One field at one place of one file.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Path"><c>Scenes[].Telemetry.GPU.Name</c>.</param>
/// <param name="Field">The field.</param>
internal sealed record FieldPlace(string File, string Path, ContractField Field)
{
    /// <summary>Every place of every file of ours that a reader meets, ledger events aside.</summary>
    public static IReadOnlyList<FieldPlace> All { get; } =
    [
        .. Walk(RunFolder.Metadata, "", typeof(ArtifactMetadata), ContractJson.Pascal),
        .. Walk(RunFolder.VitestResults, "", typeof(VitestResults), ContractJson.Camel),
        .. Walk(RunFolder.VitestResults, "suites[].", typeof(CheckRecord), ContractJson.Pascal),
        .. Walk("<prefix>" + DoneMarker.Suffix, "", typeof(DoneMarker), ContractJson.Pascal),
    ];

    private static IEnumerable<FieldPlace> Walk(string file, string before, Type type, JsonSerializerOptions options)
    {
        foreach (var field in ContractField.Of(type, options))
        {
            yield return new FieldPlace(file, before + field.Name, field);
            if (ContractField.Inner(field.Property.PropertyType) is { } inner)
            {
                var list = ContractField.Item(field.Property.PropertyType) is null ? "." : "[].";
                foreach (var place in Walk(file, before + field.Name + list, inner, options))
                {
                    yield return place;
                }
            }
        }
    }
}
