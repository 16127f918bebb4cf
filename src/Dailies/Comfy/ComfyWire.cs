using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dailies.Comfy;

/// <summary>Every name ComfyUI puts on the wire stands in this file and nowhere else in the core.</summary>
/// <remarks>Measured on v0.8.0, v0.3.40 and v0.2.7 (tests/Dailies.Tests/Recorded). Readers tolerate what those recordings show:
/// <c>node_errors</c> as a list, errors as plain text, missing <c>meta</c>, <c>status: null</c>, a bare NaN.</remarks>
internal static class ComfyWire
{
    public const string Prompt = "prompt", Queue = "queue", History = "history", View = "view", Socket = "ws";
    public const string SystemStats = "system_stats", Interrupt = "interrupt", ObjectInfo = "object_info", Free = "free", Jobs = "api/jobs", JobId = "id", UnloadModels = "unload_models", FreeMemory = "free_memory";

    public const string PromptId = "prompt_id", ClientId = "client_id", ExtraData = "extra_data", ExtraPngInfo = "extra_pnginfo", Number = "number";
    public const string NodeErrors = "node_errors", Error = "error", Errors = "errors", ClassType = "class_type", ReceivedValue = "received_value";
    public const string ErrorType = "type", Message = "message", Details = "details", ExtraInfo = "extra_info", InputConfig = "input_config";

    public const string QueueRunning = "queue_running", QueuePending = "queue_pending", Delete = "delete";
    public const string Outputs = "outputs", Animated = "animated", FileName = "filename", Subfolder = "subfolder", FileType = "type", Text = "text";
    public const string Status = "status", StatusText = "status_str", Messages = "messages", Success = "success", Failure = "error";

    public const string ExecutionStart = "execution_start", ExecutionCached = "execution_cached", ExecutionSuccess = "execution_success";
    public const string ExecutionError = "execution_error", ExecutionInterrupted = "execution_interrupted";
    public const string Executing = "executing", Executed = "executed", Progress = "progress", ProgressState = "progress_state";
    public const string Timestamp = "timestamp", Nodes = "nodes", Node = "node", Value = "value", Max = "max", Type = "type", Data = "data";
    public const string NodeId = "node_id", NodeType = "node_type", ExceptionType = "exception_type", ExceptionMessage = "exception_message";

    public const string System = "system", Devices = "devices", Argv = "argv", Version = "comfyui_version", AnimaticVersion = "animatic";
    public const string DeviceName = "name", DeviceType = "type", DeviceIndex = "index", VramTotal = "vram_total", VramFree = "vram_free";
    public const string NodeInput = "input", Required = "required", Optional = "optional", Least = "min", Most = "max";
    public const string TypeOutput = "output", TypeTemp = "temp";
}

/// <summary>POST /prompt accepted. A reply that lacks the id is refused, not guessed at.</summary>
/// <param name="PromptId">The id that the server uses: ours since v0.3.45, its own before.</param>
/// <param name="Number">The running number, restarting from 0 with the server; it can be a float.</param>
/// <param name="NodeErrors">Outputs that were dropped; an object since v0.3.28, before that possibly a list.</param>
internal sealed record PromptReply(
    [property: JsonPropertyName(ComfyWire.PromptId)] string PromptId,
    [property: JsonPropertyName(ComfyWire.Number)] JsonElement Number = default,
    [property: JsonPropertyName(ComfyWire.NodeErrors)] JsonElement NodeErrors = default);

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PromptReply))]
internal sealed partial class ComfyWireContext : JsonSerializerContext;
