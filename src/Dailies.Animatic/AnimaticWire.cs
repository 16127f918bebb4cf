using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dailies.Animatic;

// Every name that Animatic reads from or puts on the wire stands in this file (the definitions of the nodes: object_info.json).
// Modelled on ComfyUI v0.8.0: server.py (routes, socket), execution.py (validation, events, history). Judged by the recordings.
internal static class AnimaticWire
{
    public const string Prompt = "prompt", PromptId = "prompt_id", ClientId = "client_id", Number = "number", Front = "front",
        ExtraData = "extra_data", PartialTargets = "partial_execution_targets", Clear = "clear", Delete = "delete",
        FreeMemory = "free_memory", ClassType = "class_type", Inputs = "inputs", PngInfo = "extra_pnginfo", Dailies = "dailies",
        Type = "type", FeatureFlags = "feature_flags", SocketId = "clientId", CreateTime = "create_time",
        Output = "output", Temp = "temp", Input = "input";

    /// <summary>What ComfyUI never shows again: keys of paid services.</summary>
    public static readonly string[] Secrets = ["auth_token_comfy_org", "api_key_comfy_org"];

    public const string Success = "execution_success", Failure = "execution_error", Interrupted = "execution_interrupted",
        Started = "execution_start", Cached = "execution_cached", Status = "status", Executing = "executing", Executed = "executed",
        Progress = "progress", ProgressState = "progress_state";

    /// <summary>aiohttp's words for any exception in a handler.</summary>
    public const string Trouble = "500 Internal Server Error\n\nServer got itself in trouble";

    /// <summary>Python accepts far deeper JSON than the default 64.</summary>
    public static readonly JsonDocumentOptions Reading = new() { MaxDepth = 500 };

    // Non-ASCII leaves as \u escapes, like Python's; HTML-sensitive letters as they are.
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.BasicLatin), MaxDepth = 500 };

    public static string Text(JsonNode? node) => node is null ? "null" : node.ToJsonString(Writing);

    public static string Message(string type, JsonObject data) => Text(new JsonObject { [Type] = type, ["data"] = data });

    // ---- messages and bodies ----
    public static JsonObject QueueInfo(int remaining) => new() { ["exec_info"] = new JsonObject { ["queue_remaining"] = remaining } };

    public static JsonObject StatusData(int remaining, string? sid = null)
    {
        var data = new JsonObject { ["status"] = QueueInfo(remaining) };
        if (sid is not null)
        {
            data["sid"] = sid;
        }

        return data;
    }

    public static JsonObject Features() => new()
    {
        ["supports_preview_metadata"] = true,
        ["max_upload_size"] = AnimaticServer.MaxBody,
        ["extension"] = new JsonObject { ["manager"] = new JsonObject { ["supports_v4"] = true } },
    };

    public static JsonObject StartedData(string prompt) => new() { [PromptId] = prompt };

    public static JsonObject CachedData(string prompt, IEnumerable<string> nodes) => new() { ["nodes"] = List(nodes), [PromptId] = prompt };

    public static JsonObject ExecutingData(string? node, string prompt) => node is null
        ? new() { ["node"] = null, [PromptId] = prompt }
        : new() { ["node"] = node, ["display_node"] = node, [PromptId] = prompt };

    /// <summary>What a client that comes back hears: the node alone.</summary>
    public static JsonObject StillExecutingData(string node) => new() { ["node"] = node };

    public static JsonObject ExecutedData(string node, JsonObject output, string prompt) =>
        new() { ["node"] = node, ["display_node"] = node, ["output"] = output.DeepClone(), [PromptId] = prompt };

    public static JsonObject ProgressData(int value, int max, string prompt, string node) =>
        new() { ["value"] = value, ["max"] = max, [PromptId] = prompt, ["node"] = node };

    public static JsonObject ProgressNode(double value, double max, bool finished, string node, string prompt) => new()
    {
        ["value"] = value,
        ["max"] = max,
        ["state"] = finished ? "finished" : "running",
        ["node_id"] = node,
        [PromptId] = prompt,
        ["display_node_id"] = node,
        ["parent_node_id"] = null,
        ["real_node_id"] = node,
    };

    public static JsonObject ProgressStateData(string prompt, JsonObject nodes) => new() { [PromptId] = prompt, ["nodes"] = nodes };

    public static JsonObject InterruptedData(string prompt, string node, string nodeType, IEnumerable<string> executed) =>
        new() { [PromptId] = prompt, ["node_id"] = node, ["node_type"] = nodeType, ["executed"] = List(executed) };

    public static JsonObject FailureData(
        string prompt, string node, string nodeType, IEnumerable<string> executed, string message, string exceptionType, JsonObject inputs, IEnumerable<string> outputs) => new()
        {
            [PromptId] = prompt,
            ["node_id"] = node,
            ["node_type"] = nodeType,
            ["executed"] = List(executed),
            ["exception_message"] = message,
            ["exception_type"] = exceptionType,
            ["traceback"] = List([$"  Animatic, node {node} ({nodeType})\n"]),
            ["current_inputs"] = inputs,
            ["current_outputs"] = List(outputs),
        };

    public static JsonObject Stamped(JsonObject data, DateTimeOffset now)
    {
        data["timestamp"] = now.ToUnixTimeMilliseconds();
        return data;
    }

    public static JsonObject File(string name, string subfolder, string type) =>
        new() { ["filename"] = name, ["subfolder"] = subfolder, [Type] = type };

    public static JsonObject Images(IEnumerable<JsonObject> files) => new() { ["images"] = new JsonArray([.. files]) };

    public static JsonObject Accepted(string prompt, JsonNode number, JsonObject nodeErrors) =>
        new() { [PromptId] = prompt, [Number] = number, ["node_errors"] = nodeErrors };

    public static JsonObject Refused(JsonObject error, JsonObject nodeErrors) => new() { ["error"] = error, ["node_errors"] = nodeErrors };

    public static JsonObject Fault(string type, string message, string details, JsonObject? extra = null) =>
        new() { [Type] = type, ["message"] = message, ["details"] = details, ["extra_info"] = extra ?? [] };

    public static JsonObject NodeFault(IEnumerable<JsonObject> errors, string? classType) => new()
    {
        ["errors"] = new JsonArray([.. errors.Select(e => e.DeepClone())]),
        ["dependent_outputs"] = new JsonArray(),
        [ClassType] = classType,
    };

    public static void AddDependent(JsonNode nodeFault, string output) => nodeFault["dependent_outputs"]!.AsArray().Add(output);

    // [number, prompt_id, graph, extra_data, [outputs]]
    public static JsonArray QueueItem(JsonNode number, string id, JsonObject graph, JsonObject extra, IEnumerable<string> outputs) =>
        new(number, id, graph.DeepClone(), extra.DeepClone(), List(outputs));

    public static JsonObject Queue(IEnumerable<JsonArray> running, IEnumerable<JsonArray> pending) =>
        new() { ["queue_running"] = new JsonArray([.. running]), ["queue_pending"] = new JsonArray([.. pending]) };

    public static JsonObject HistoryStatus(bool completed, JsonArray messages) =>
        new() { ["status_str"] = completed ? "success" : "error", ["completed"] = completed, ["messages"] = messages };

    public static JsonObject HistoryEntry(JsonArray prompt, JsonObject outputs, JsonObject status, JsonObject meta) =>
        new() { [Prompt] = prompt, ["outputs"] = outputs, ["status"] = status, ["meta"] = meta };

    public static JsonObject Meta(string node) =>
        new() { ["node_id"] = node, ["display_node"] = node, ["parent_node"] = null, ["real_node_id"] = node };

    public static JsonObject Error(string text) => new() { ["error"] = text };

    public static JsonArray List(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode?)t)];

    /// <summary>JSON number as Python would hold it: whole, or with a point.</summary>
    public static JsonNode NumberNode(double value, bool whole) =>
        whole ? JsonValue.Create((long)value) : JsonNode.Parse(value.ToString(value == Math.Floor(value) && Math.Abs(value) < 1e15 ? "F1" : "R", CultureInfo.InvariantCulture))!;
}
