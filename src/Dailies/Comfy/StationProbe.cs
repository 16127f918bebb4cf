using System.Text.Json;
using Wire = Dailies.Comfy.ComfyWire;

namespace Dailies.Comfy;

/// <summary>One route as the recordings of three ComfyUI versions show it.</summary>
/// <param name="Path">Asked with GET.</param>
/// <param name="Fault">Status and body → what is not as recorded, or null. The body is null where it is no JSON.</param>
internal sealed record ProbedRoute(string Path, Func<int, JsonElement?, string?> Fault);

/// <summary>The routes that a run needs, and what they answer on a ComfyUI that is well (comfyui/contract.md §2). Pure.</summary>
internal static class StationProbe
{
    private const string NobodysPrompt = "00000000-0000-4000-8000-000000000000";

    /// <summary>In the order in which they are asked. None of them changes anything.</summary>
    public static IReadOnlyList<ProbedRoute> Routes { get; } =
    [
        Json(Wire.SystemStats, body => Has(body, Wire.System, JsonValueKind.Object) ?? Has(body, Wire.Devices, JsonValueKind.Array)),
        Json(Wire.Queue, body => Has(body, Wire.QueueRunning, JsonValueKind.Array) ?? Has(body, Wire.QueuePending, JsonValueKind.Array)),
        Json(Wire.Prompt, body => body.TryGetProperty("exec_info", out var info) ? Has(info, "queue_remaining", JsonValueKind.Number) : "no exec_info"),
        Json($"{Wire.History}?max_items=1", body => body.ValueKind == JsonValueKind.Object ? null : "no JSON object"),
        Json($"{Wire.History}/{NobodysPrompt}", body => body.ValueKind == JsonValueKind.Object && !body.EnumerateObject().Any() ? null : "no empty object for a prompt that nobody sent"),
        Json($"{Wire.ObjectInfo}/SaveImage", body => Has(body, "SaveImage", JsonValueKind.Object)),
        new($"{Wire.View}?filename=dailies-no-such-file.png&type=output", (status, _) => status == 404 ? null : $"HTTP {status} for a file that is not there, 404 was recorded"),
        // Since v0.3.45; older ones answer 404.
        new("features", (status, body) => status == 404 ? null : status == 200 && body is { ValueKind: JsonValueKind.Object } ? null : $"HTTP {status}, neither flags nor 404"),
    ];

    private static ProbedRoute Json(string path, Func<JsonElement, string?> fault) =>
        new(path, (status, body) => status != 200 ? $"HTTP {status}" : body is { } json ? fault(json) : "no JSON");

    private static string? Has(JsonElement body, string name, JsonValueKind kind) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == kind ? null : $"no {name} that is {Article(kind)}";

    private static string Article(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => "a number",
    };
}
