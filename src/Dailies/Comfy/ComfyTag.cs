using System.Text.Json;
using Wire = Dailies.Comfy.ComfyWire;

namespace Dailies.Comfy;

/// <summary>What we write into <c>extra_pnginfo</c> of each prompt, and find there again.</summary>
internal static class ComfyTag
{
    /// <summary>Our key in <c>extra_pnginfo</c>.</summary>
    public const string Note = "dailies";

    /// <summary>Our prompt id, inside the note.</summary>
    public const string Prompt = "prompt";

    /// <summary>Our id in a queue item or the <c>prompt</c> of a history entry: <c>[number, id, graph, {"extra_pnginfo":{"dailies":{"prompt":"…"}}}, outputs]</c>.</summary>
    public static string? Read(JsonElement item) =>
        item.ValueKind == JsonValueKind.Array && item.GetArrayLength() > 3
            ? item[3].Member(Wire.ExtraPngInfo)?.Member(Note)?.Text(Prompt)
            : null;
}
