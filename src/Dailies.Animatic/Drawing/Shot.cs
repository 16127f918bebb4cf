using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dailies.Animatic.Drawing;

/// <summary>What the sampler knows of a shot.</summary>
internal sealed record ShotSeed(string Prompt, ulong Seed);

/// <summary>A shot to draw.</summary>
internal sealed record Shot(string Prompt, ulong Seed, int Width, int Height, int Frames);

/// <summary>What our client wrote beside the graph, in <c>extra_pnginfo.dailies</c>; all of it optional.</summary>
internal sealed record ShotNotes(string Title, string Scene, string? Attempt, string? Camera, string? Mood, string? Palette)
{
    // { "title": "…", "scene": "scene-002", "attempt": 1, "camera": "slow pan left", "mood": "tense", "palette": "…" }
    public static ShotNotes Read(JsonObject? notes, string prefix) => new(
        Text(notes, "title") ?? Text(notes, "story") ?? "Untitled",
        Text(notes, "scene") ?? prefix.Replace('\\', '/').Split('/')[^1],
        Text(notes, "attempt"),
        Text(notes, "camera"),
        Text(notes, "mood"),
        Text(notes, "palette"));

    private static string? Text(JsonObject? notes, string key) => notes?[key] switch
    {
        JsonValue v when v.GetValueKind() == JsonValueKind.String && v.GetValue<string>().Trim() is { Length: > 0 } s => s,
        JsonValue v when v.GetValueKind() == JsonValueKind.Number => v.ToJsonString(),
        JsonArray list => string.Join(' ', list.Select(i => Convert.ToString(i, CultureInfo.InvariantCulture))),
        _ => null,
    };
}
