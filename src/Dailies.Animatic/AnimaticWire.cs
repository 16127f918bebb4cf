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
        Output = "output", Temp = "temp", Input = "input", Outputs = "outputs", ImageList = "images", Messages = "messages",
        Completed = "completed", Timestamp = "timestamp", Workflow = "workflow", Id = "id", Sentence = "message", Details = "details";

    /// <summary>Keys of the control routes.</summary>
    public const string Set = "set", Seconds = "seconds";

    /// <summary>What ComfyUI never shows again: keys of paid services.</summary>
    public static readonly string[] Secrets = ["auth_token_comfy_org", "api_key_comfy_org"];

    public const string Success = "execution_success", Failure = "execution_error", Interrupted = "execution_interrupted",
        Started = "execution_start", Cached = "execution_cached", Status = "status", Executing = "executing", Executed = "executed",
        Progress = "progress", ProgressState = "progress_state";

    public const string NoPrompt = "no_prompt", InvalidPrompt = "invalid_prompt", NoOutputs = "prompt_no_outputs", OutputsFailed = "prompt_outputs_failed_validation",
        InputMissing = "required_input_missing", TooSmall = "value_smaller_than_min", TooBig = "value_bigger_than_max", NotInList = "value_not_in_list",
        NotConverted = "invalid_input_type", WrongType = "return_type_mismatch", BadLink = "bad_linked_input",
        Tripped = "exception_during_validation", TrippedInside = "exception_during_inner_validation";

    /// <summary>Keys of <c>extra_info</c> in a validation error.</summary>
    public const string InputName = "input_name", InputConfig = "input_config", ReceivedValue = "received_value", ReceivedType = "received_type",
        LinkedNode = "linked_node", ExceptionMessage = "exception_message", ExceptionType = "exception_type", Traceback = "traceback";

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
            [ExceptionMessage] = message,
            [ExceptionType] = exceptionType,
            [Traceback] = List([$"  Animatic, node {node} ({nodeType})\n"]),
            ["current_inputs"] = inputs,
            ["current_outputs"] = List(outputs),
        };

    public static JsonObject Stamped(JsonObject data, DateTimeOffset now)
    {
        data[Timestamp] = now.ToUnixTimeMilliseconds();
        return data;
    }

    public static JsonObject File(string name, string subfolder, string type) =>
        new() { ["filename"] = name, ["subfolder"] = subfolder, [Type] = type };

    public static JsonObject Images(IEnumerable<JsonObject> files) => new() { [ImageList] = new JsonArray([.. files]) };

    public static JsonObject Accepted(string prompt, JsonNode number, JsonObject nodeErrors) =>
        new() { [PromptId] = prompt, [Number] = number, ["node_errors"] = nodeErrors };

    public static JsonObject Refused(JsonObject error, JsonObject nodeErrors) => new() { ["error"] = error, ["node_errors"] = nodeErrors };

    public static JsonObject Fault(string type, string message, string details, JsonObject? extra = null) =>
        new() { [Type] = type, [Sentence] = message, [Details] = details, ["extra_info"] = extra ?? [] };

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
        new() { ["status_str"] = completed ? "success" : "error", [Completed] = completed, [Messages] = messages };

    public static JsonObject HistoryEntry(JsonArray prompt, JsonObject outputs, JsonObject? status, JsonObject meta) =>
        new() { [Prompt] = prompt, [Outputs] = outputs, [Status] = status, ["meta"] = meta };

    public static JsonObject Meta(string node) =>
        new() { ["node_id"] = node, ["display_node"] = node, ["parent_node"] = null, ["real_node_id"] = node };

    // One key is not ComfyUI's: by `animatic` a client knows that it talks to storyboards.
    public static JsonObject SystemStats(string os, long total, long free, string version, string animatic) => new()
    {
        ["system"] = new JsonObject
        {
            ["os"] = os,
            ["ram_total"] = total,
            ["ram_free"] = free,
            ["comfyui_version"] = version,
            ["required_frontend_version"] = "none",
            ["installed_templates_version"] = null,
            ["required_templates_version"] = "none",
            ["python_version"] = "none",
            ["pytorch_version"] = "none",
            ["embedded_python"] = false,
            ["argv"] = new JsonArray(),
            ["animatic"] = animatic,
        },
        ["devices"] = new JsonArray(new JsonObject
        {
            ["name"] = "Animatic (CPU storyboards)",
            [Type] = "cpu",
            ["index"] = null,
            ["vram_total"] = total,
            ["vram_free"] = free,
            ["torch_vram_total"] = total,
            ["torch_vram_free"] = free,
        }),
    };

    public static JsonObject Job(string id, string state, JsonNode priority, long created, (JsonNode Start, JsonNode End)? times, IReadOnlyList<JsonObject> files, string? workflow)
    {
        var job = new JsonObject { ["id"] = id, ["status"] = state, ["priority"] = priority.DeepClone(), [CreateTime] = created };
        if (times is { } t)
        {
            job["execution_start_time"] = t.Start.DeepClone();
            job["execution_end_time"] = t.End.DeepClone();
        }

        job["outputs_count"] = files.Count;
        if (files.Count > 0)
        {
            job["preview_output"] = files[^1];
        }

        if (workflow is not null)
        {
            job["workflow_id"] = workflow;
        }

        return job;
    }

    public static void AddJobDetails(JsonObject job, JsonNode? outputs, JsonNode? status, JsonNode graph, JsonNode extra)
    {
        job[Outputs] = outputs?.DeepClone() ?? new JsonObject();
        job["execution_status"] = status?.DeepClone();
        job["workflow"] = new JsonObject { [Prompt] = graph.DeepClone(), [ExtraData] = extra.DeepClone() };
    }

    public static JsonObject JobFile(JsonNode file, string node)
    {
        var preview = file.DeepClone().AsObject();
        preview["nodeId"] = node;
        preview["mediaType"] = ImageList;
        return preview;
    }

    public static JsonObject Jobs(IEnumerable<JsonObject> page, int offset, int? limit, int total, bool more) => new()
    {
        ["jobs"] = new JsonArray([.. page]),
        ["pagination"] = new JsonObject { ["offset"] = offset, ["limit"] = limit, ["total"] = total, ["has_more"] = more },
    };

    /// <summary>A binary preview: event 1, format 1 (JPEG), then 1 kB in place of a picture.</summary>
    public static byte[] Preview()
    {
        var frame = new byte[1032];
        (frame[3], frame[7], frame[8], frame[9]) = (1, 1, 0xFF, 0xD8);
        return frame;
    }

    /// <summary>What somebody else renders.</summary>
    public static JsonObject StrangersGraph() => JsonNode.Parse("""
        {"1":{"class_type":"EmptyImage","inputs":{"width":64,"height":64,"batch_size":1,"color":0}},
         "2":{"class_type":"SaveImage","inputs":{"images":["1",0],"filename_prefix":"somebody-else"}}}
        """)!.AsObject();

    public static JsonObject Faults(IEnumerable<string> faults) => new() { ["faults"] = List(faults) };

    public static JsonObject Executions(IEnumerable<Execution.Execution> all) => new()
    {
        ["executions"] = new JsonArray([.. all.Select(e => new JsonObject
        {
            [PromptId] = e.PromptId,
            ["scene"] = e.Scene,
            ["attempt"] = e.Attempt,
            ["life"] = e.Life,
            [Timestamp] = e.At.ToUnixTimeMilliseconds(),
        })]),
    };

    public static JsonObject Error(string text) => new() { ["error"] = text };

    public static JsonArray List(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode?)t)];

    /// <summary>JSON number as Python would hold it: whole, or with a point.</summary>
    public static JsonNode NumberNode(double value, bool whole) =>
        whole ? JsonValue.Create((long)value) : JsonNode.Parse(value.ToString(value == Math.Floor(value) && Math.Abs(value) < 1e15 ? "F1" : "R", CultureInfo.InvariantCulture))!;
}
