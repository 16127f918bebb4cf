using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Dailies.Cli.Glossary;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Stories;
using Dailies.Validation;

namespace Dailies.Tests.Schemas;

/// <summary>Every published schema, generated.</summary>
internal static class SchemaFiles
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is described, and its schema.</summary>
    public static IReadOnlyDictionary<string, JsonObject> All { get; } = new Dictionary<string, JsonObject>
    {
        ["artifact-metadata"] = Whole("artifact-metadata.json, and byte for byte latest-run.json", typeof(ArtifactMetadata), ContractJson.Pascal),
        ["vitest-results"] = Checks(),
        ["ledger-event"] = Event(),
        ["validator-output"] = Whole("What `dailies validate --format json` prints", typeof(ReportPage), ContractJson.Camel),
        ["story"] = StorySchema(),
        ["dailies"] = SettingsSchema.Write(),
        ["bindings"] = SettingsSchema.Bindings(),
    };

    /// <summary>The version that this program writes.</summary>
    public static string FileName(string what) => $"{what}.{ArtifactMetadata.CurrentVersion}.schema.json";

    public static string Text(JsonObject schema) => schema.ToJsonString(Json) + "\n";

    /// <summary>The head of every schema; the rest follows.</summary>
    public static JsonObject Head(string what, string title, JsonObject body)
    {
        var schema = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["$id"] = $"urn:dailies:{what}:{ArtifactMetadata.CurrentVersion}", ["title"] = title };
        foreach (var (key, value) in body)
        {
            schema[key] = value?.DeepClone();
        }

        return schema;
    }

    private static JsonObject Whole(string title, Type type, JsonSerializerOptions options)
    {
        var writer = new TypeSchema(options, whole: true);
        var body = writer.Object(type);
        return Head(type == typeof(ArtifactMetadata) ? "artifact-metadata" : "validator-output", title, With(body, writer.Definitions));
    }

    private static JsonObject Checks()
    {
        var (own, suites) = (new TypeSchema(ContractJson.Camel, whole: true), new TypeSchema(ContractJson.Pascal, whole: true));
        var body = own.Object(typeof(VitestResults));
        body["properties"]!["suites"] = new JsonObject
        {
            ["description"] = CodeDocs.Core.Of(typeof(VitestResults).GetProperty(nameof(VitestResults.Checks))!).Meaning,
            ["type"] = "array",
            ["items"] = suites.Reference(typeof(CheckRecord)),
        };
        body["required"]!.AsArray().Add("suites");
        return Head("vitest-results", "vitest-results.json", With(body, suites.Definitions));
    }

    private static JsonObject Event()
    {
        var writer = new TypeSchema(ContractJson.PascalLine, whole: false);
        var kinds = typeof(RunEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind =>
        {
            var body = writer.Object(kind.DerivedType);
            body["properties"]!.AsObject().Insert(0, "Kind", new JsonObject { ["enum"] = new JsonArray((string)kind.TypeDiscriminator!) });
            body["required"]!.AsArray().Insert(0, "Kind");
            return body;
        }).ToList();
        var any = new JsonObject { ["description"] = CodeDocs.Core.Of(typeof(RunEvent)).Meaning, ["oneOf"] = new JsonArray([.. kinds]) };
        return Head("ledger-event", "One line of ledger.jsonl", With(any, writer.Definitions));
    }

    // story.json is written and read by hand: its names are camelCase, a story's id is storyId, and only the scenes must be there.
    private static JsonObject StorySchema()
    {
        var scene = Fields(typeof(Scene), "id");
        scene["properties"]!["id"]!["type"] = new JsonArray("string", "integer");
        scene["properties"]!["label"]!["type"] = new JsonArray("string", "integer", "null");
        scene["properties"]!["gate"]!["enum"] = new JsonArray([.. Scene.Gates.Select(g => (JsonNode?)JsonValue.Create(g)), null]);
        scene["properties"]!["expectedFrames"]!["minimum"] = 1;
        scene["properties"]!["seed"]!["minimum"] = 0;
        var story = Fields(typeof(Story), "storyId");
        story["properties"]!["scenes"] = new JsonObject
        {
            ["description"] = CodeDocs.Core.Of(typeof(Story).GetProperty(nameof(Story.Scenes))!).Meaning,
            ["type"] = "array",
            ["minItems"] = 1,
            ["maxItems"] = StoryFile.MaxScenes,
            ["items"] = new JsonObject { ["$ref"] = "#/definitions/Scene" },
        };
        story["required"] = new JsonArray("scenes");
        return Head("story", "story.json", With(story, new JsonObject { ["Scene"] = scene }));
    }

    private static JsonObject Fields(Type type, string id)
    {
        var options = new JsonSerializerOptions(ContractJson.Camel);
        var body = new TypeSchema(options, whole: false).Object(type);
        var properties = body["properties"]!.AsObject();
        properties.Remove("unknown");
        body["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create(p.Key == "id" ? id : p.Key, p.Value?.DeepClone())));
        body.Remove("required");
        return body;
    }

    private static JsonObject With(JsonObject body, JsonObject definitions)
    {
        if (definitions.Count > 0)
        {
            body["definitions"] = definitions;
        }

        return body;
    }
}
