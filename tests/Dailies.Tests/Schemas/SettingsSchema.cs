using System.Text.Json.Nodes;
using Dailies.Control;
using Dailies.Settings;
using Dailies.Workflows;

namespace Dailies.Tests.Schemas;

/// <summary>What people write: dailies.json and bindings. The program refuses a key of dailies.json that it does not know, so the schema does too.</summary>
internal static class SettingsSchema
{
    private static readonly JsonObject Text = new() { ["type"] = "string" };

    public static JsonObject Write()
    {
        var properties = new JsonObject { ["$schema"] = new JsonObject { ["type"] = "string" } };
        foreach (var setting in RunOptions.All.Where(s => !s.CommandLineOnly))
        {
            properties[setting.Key] = Of(setting);
        }

        foreach (var key in RunOptions.OtherFileKeys)
        {
            properties[key] = List(key);
        }

        return SchemaFiles.Head("dailies", "dailies.json", new JsonObject
        {
            ["description"] = "Settings beside a story or in the working folder. Keys are the option names in camelCase; the command line and the environment win over them. Numbers and flags in quotes are read too, but are no good style.",
            ["type"] = "object",
            ["properties"] = properties,
            ["patternProperties"] = new JsonObject { ["^\\$"] = new JsonObject() },
            ["additionalProperties"] = false,
        });
    }

    public static JsonObject Bindings()
    {
        var input = new JsonObject { ["type"] = "string", ["pattern"] = "^[^.]+\\..+$", ["description"] = "An input of the graph: <nodeId>.<input>, split at the first dot." };
        var inputs = new JsonObject { ["oneOf"] = new JsonArray(input, new JsonObject { ["type"] = "array", ["items"] = input.DeepClone() }) };
        var properties = new JsonObject { ["$schema"] = new JsonObject { ["type"] = "string" } };
        foreach (var name in WorkflowBinding.SceneNames)
        {
            properties[name] = new JsonObject { ["description"] = $"The input or inputs that take the scene's {name}; [] unbinds it, and without this entry it is found by itself.", ["oneOf"] = inputs["oneOf"]!.DeepClone() };
        }

        properties[WorkflowBinding.TakeName] = new JsonObject
        {
            ["description"] = "The id of the saving node whose output is the take; without it the last saved video, else the last saved images. [] leaves the choice to Dailies.",
            ["type"] = new JsonArray("string", "integer", "array"),
            ["maxItems"] = 1,
            ["items"] = new JsonObject { ["type"] = new JsonArray("string", "integer") },
        };
        return SchemaFiles.Head("bindings", "<workflow>.bindings.json", new JsonObject
        {
            ["description"] = "Which inputs of the workflow take what a scene says. Further names are free: --set, set of a scene and the ladder can use them.",
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = inputs,
        });
    }

    private static JsonObject Of(Setting setting)
    {
        var schema = new JsonObject { ["description"] = $"{setting.Summary}. {setting.Option}{(setting.Variable is { } v ? $", {v}" : "")}." };
        if (setting.Placeholder is "s" or "ms")
        {
            schema["x-unit"] = setting.Placeholder;
        }

        schema["type"] = setting.Kind switch
        {
            SettingKind.Flag => new JsonArray("boolean", "null"),
            SettingKind.Number => new JsonArray("number", "null"),
            SettingKind.Whole => new JsonArray("integer", "null"),
            SettingKind.List => new JsonArray("string", "array", "null"),
            SettingKind.Choice when setting.Choices.Contains("true") => new JsonArray("string", "boolean", "null"),
            _ => new JsonArray("string", "number", "null"),
        };
        if (setting.Kind == SettingKind.List)
        {
            schema["items"] = Text.DeepClone();
        }

        if (setting.Kind == SettingKind.Choice)
        {
            schema["enum"] = new JsonArray([.. setting.Choices.Select(c => (JsonNode?)JsonValue.Create(c)), .. setting.Choices.Contains("true") ? new JsonNode?[] { true, false } : [], null]);
        }

        if (!double.IsInfinity(setting.Min))
        {
            schema[setting.AboveMin ? "exclusiveMinimum" : "minimum"] = setting.Min;
        }

        if (!double.IsInfinity(setting.Max))
        {
            schema["maximum"] = setting.Max;
        }

        if (setting.Default is { } text)
        {
            schema["default"] = setting.Kind switch
            {
                SettingKind.Flag => text == "true",
                SettingKind.Number or SettingKind.Whole => JsonNode.Parse(text),
                _ => text,
            };
        }

        return schema;
    }

    // One entry may stand without its list.
    private static JsonObject List(string key)
    {
        var entry = key switch
        {
            StationsFile.Key => Entry("A station. ${NAME} in a header is taken from the environment.", ["url"], ("name", Text), ("url", Text), ("headers", new JsonObject { ["type"] = "object" }), (StationOptions.StartKey, new JsonObject { ["type"] = new JsonArray("string", "null") })),
            LadderRung.Key => Entry("A rung of the out-of-memory ladder: values that make a scene smaller.", ["set"], ("name", Text), ("set", new JsonObject { ["type"] = "object" })),
            CheckOptions.Key => Entry("A post-run check of your own: a command line, exit code 0 for all well.", ["name", "command"], ("name", new JsonObject { ["type"] = "string", ["pattern"] = "^[A-Za-z0-9_-]{1,40}$" }), ("command", Text), ("timeoutSeconds", new JsonObject { ["type"] = "number", ["exclusiveMinimum"] = 0, ["maximum"] = 86400, ["default"] = 600, ["x-unit"] = "s" })),
            _ => throw new InvalidOperationException($"{key} of dailies.json has no schema: say here what an entry holds"),
        };
        return new JsonObject { ["description"] = "A list; one entry may stand without it. " + entry["description"], ["oneOf"] = new JsonArray(entry, new JsonObject { ["type"] = "array", ["items"] = entry.DeepClone() }) };
    }

    private static JsonObject Entry(string description, string[] required, params (string Name, JsonObject Schema)[] fields) => new()
    {
        ["description"] = description,
        ["type"] = "object",
        ["properties"] = new JsonObject(fields.Select(f => KeyValuePair.Create<string, JsonNode?>(f.Name, f.Schema.DeepClone()))),
        ["required"] = new JsonArray([.. required.Select(r => (JsonNode?)JsonValue.Create(r))]),
    };
}
