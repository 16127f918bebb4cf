using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dailies.Cli.Glossary;
using Dailies.Validation;

namespace Dailies.Tests.Schemas;

/// <summary>Types as JSON Schema (draft-07): names and nulls as they are serialized, meanings from the docs, ranges and closed sets from the validator's own shape. Unknown fields are always allowed.</summary>
/// <param name="options">How the file is written.</param>
/// <param name="whole">Every field that is not left out must be there; else only those without which it can't be read.</param>
internal sealed class TypeSchema(JsonSerializerOptions options, bool whole)
{
    // Shorter ones ("Bytes.") say no more than the name.
    private const int Shortest = 7;
    private readonly SortedDictionary<string, JsonObject> definitions = new(StringComparer.Ordinal);

    /// <summary>What was defined on the way, by name.</summary>
    public JsonObject Definitions => new(definitions.Select(d => KeyValuePair.Create<string, JsonNode?>(d.Key, d.Value)));

    /// <summary>An object of a type, its fields in the order in which they are written.</summary>
    public JsonObject Object(Type type)
    {
        var shape = ShapeOf.Type(type);
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var field in ContractField.Of(type, options))
        {
            properties[field.Name] = Field(field, shape?.Fields.FirstOrDefault(f => f.Name == field.Name));
            if (whole ? !field.LeftOut : IsRequired(field.Property))
            {
                required.Add(field.Name);
            }
        }

        return new JsonObject { ["type"] = "object", ["description"] = CodeDocs.Core.Of(type).Meaning, ["properties"] = properties, ["required"] = required };
    }

    /// <summary>A type that has a definition of its own.</summary>
    public JsonObject Reference(Type type)
    {
        if (definitions.TryAdd(type.Name, []))
        {
            definitions[type.Name] = Object(type);
        }

        return new JsonObject { ["$ref"] = $"#/definitions/{type.Name}" };
    }

    private JsonObject Field(ContractField field, Field? shape)
    {
        var meaning = field.Doc.Meaning.Length > Shortest ? field.Doc.Meaning : LedgerFields.Meanings.GetValueOrDefault(field.Property.Name) ?? field.Doc.Meaning;
        var schema = new JsonObject { ["description"] = meaning };
        if (field.Unit is { } unit)
        {
            schema["x-unit"] = unit;
        }

        if (field.Doc.Source is { } source)
        {
            schema["x-source"] = source;
        }

        foreach (var (key, value) in Value(field.Property.PropertyType, shape, field.Nullable && !field.LeftOut))
        {
            schema[key] = value?.DeepClone();
        }

        return schema;
    }

    private JsonObject Value(Type declared, Field? shape, bool nullable)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(JsonElement))
        {
            return [];
        }

        if (ContractField.Item(type) is { } item)
        {
            return Typed("array", nullable, ("items", Value(item, shape?.Item, nullable: false)));
        }

        if (ContractField.Inner(type) is { } inner)
        {
            return nullable ? new JsonObject { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "null" }, Reference(inner)) } : new JsonObject { ["allOf"] = new JsonArray(Reference(inner)) };
        }

        return type switch
        {
            _ when type.IsEnum => Typed("string", nullable, ("enum", new JsonArray([.. Enum.GetValues(type).Cast<object>().Select(v => JsonSerializer.SerializeToNode(v, type, options))]))),
            _ when type == typeof(string) => Typed("string", nullable, ("enum", OneOf(shape, nullable))),
            _ when type == typeof(DateTimeOffset) => Typed("string", nullable, ("format", "date-time")),
            _ when type == typeof(bool) => Typed("boolean", nullable),
            _ when type == typeof(double) => Typed("number", nullable, [.. Range(shape)]),
            _ when type.IsPrimitive => Typed("integer", nullable, [.. Range(shape)]),
            _ when Values(type) is { } values => Typed("object", nullable, ("additionalProperties", values == typeof(string) ? Value(values, shape?.Item, nullable: false) : values == typeof(JsonNode) ? null : Value(values, null, nullable: false))),
            _ => Typed("object", nullable),
        };
    }

    private static Type? Values(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) ? type.GetGenericArguments()[1] : null;

    private static JsonArray? OneOf(Field? shape, bool nullable) => shape?.OneOf is { } words ? new JsonArray([.. words.Select(w => (JsonNode?)JsonValue.Create(w)), .. nullable ? new JsonNode?[] { null } : []]) : null;

    private static IEnumerable<(string, JsonNode?)> Range(Field? shape)
    {
        if (shape is { Least: > double.NegativeInfinity and > int.MinValue })
        {
            yield return shape.Least == double.Epsilon ? ("exclusiveMinimum", 0) : ("minimum", Number(shape.Least));
        }

        if (shape is { Most: < int.MaxValue })
        {
            yield return ("maximum", Number(shape.Most));
        }
    }

    private static JsonNode Number(double value) => value == Math.Floor(value) ? JsonValue.Create((long)value) : JsonValue.Create(value);

    private static JsonObject Typed(string type, bool nullable, params (string Key, JsonNode? Value)[] more)
    {
        var schema = new JsonObject { ["type"] = nullable ? new JsonArray(type, "null") : type };
        foreach (var (key, value) in more.Where(m => m.Value is not null))
        {
            schema[key] = value;
        }

        return schema;
    }

    // As the serializer has it: a parameter without a default, or the keyword.
    private static bool IsRequired(PropertyInfo property) => property.GetCustomAttribute<RequiredMemberAttribute>() is not null
        || property.DeclaringType!.GetConstructors().SelectMany(c => c.GetParameters()).Any(p => p.Name == property.Name && !p.HasDefaultValue);
}

/// <summary>The validator's shape of each type of the metadata, found by walking both together.</summary>
internal static class ShapeOf
{
    private static readonly Dictionary<Type, Field> Known = Find();

    public static Field? Type(Type type) => Known.GetValueOrDefault(type);

    private static Dictionary<Type, Field> Find()
    {
        var known = new Dictionary<Type, Field>();
        Add(typeof(Dailies.Contract.ArtifactMetadata), ContractShape.Metadata);
        Add(typeof(Dailies.Contract.SceneRecord), ContractShape.Scene);
        Add(typeof(Dailies.Contract.SceneTelemetry), ContractShape.Telemetry);
        Add(typeof(Dailies.Contract.QueueConfig), ContractShape.QueueConfig);
        Add(typeof(Dailies.Contract.HealthCheckRecord), ContractShape.HealthCheck);
        Add(typeof(Dailies.Contract.VitestLogs), ContractShape.VitestLogs);
        return known;

        void Add(Type type, Field shape)
        {
            known[type] = shape;
            foreach (var field in shape.Fields)
            {
                var inner = field.Kind == FieldKind.List ? field.Item! : field;
                if (inner.Kind == FieldKind.Object && type.GetProperty(field.Name) is { } property && ContractField.Inner(property.PropertyType) is { } own)
                {
                    Add(own, inner);
                }
            }
        }
    }
}
