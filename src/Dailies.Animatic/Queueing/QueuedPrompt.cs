using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dailies.Animatic.Queueing;

/// <summary>The place in the queue: whole when the server counted, with a point when the client gave it.</summary>
internal readonly record struct PromptNumber(double Value, bool Whole)
{
    public JsonNode ToNode() => AnimaticWire.NumberNode(Value, Whole);
}

/// <summary>A prompt that was accepted.</summary>
internal sealed record QueuedPrompt(PromptNumber Number, string Id, JsonObject Graph, JsonObject Extra, IReadOnlyList<string> Outputs)
{
    /// <summary>The id of the prompt that the fault <c>stranger-ahead</c> puts ahead of ours.</summary>
    public const string StrangerId = "somebody-elses-prompt";

    /// <summary>The same of the fault <c>stranger-stuck</c>.</summary>
    public const string StuckStrangerId = "somebody-elses-stuck-prompt";

    /// <summary>Whom the events go to; <see langword="null"/> when the prompt came without a client.</summary>
    public string? ClientId { get; } = Text(Extra[AnimaticWire.ClientId]);

    /// <summary>Our client's words about the scene, in <c>extra_pnginfo.dailies</c>.</summary>
    public JsonObject? Dailies { get; } = (Extra[AnimaticWire.PngInfo] as JsonObject)?[AnimaticWire.Dailies] as JsonObject;

    public PromptTag Tag => TagOf(Dailies, Id);

    /// <summary>Somebody else's prompt, as the fault makes one up.</summary>
    public bool IsStranger => Id is StrangerId or StuckStrangerId;

    /// <summary>The scene and attempt in the words of our client.</summary>
    public static PromptTag TagOf(JsonObject? dailies, string id) => new(Text(dailies?["scene"]), Whole(dailies?["attempt"]), id);

    /// <summary>The note that it begins to run.</summary>
    public Execution.Execution Begin(int life, DateTimeOffset now) => new(Id, Tag.Scene, Tag.Attempt, life, now);

    public JsonArray ToItem() => AnimaticWire.QueueItem(Number.ToNode(), Id, Graph, Extra, Outputs);

    public static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static int? Whole(JsonNode? node) => node is JsonValue v && v.GetValueKind() == JsonValueKind.Number && v.TryGetValue<int>(out var n) ? n : null;
}
