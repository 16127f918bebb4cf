using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dailies.Contract;

/// <summary>The producer's word that an image sequence is whole (contract §8): the file <c>&lt;prefix&gt;.done</c> beside its frames. Only producers write it.</summary>
/// <param name="Timestamp">When it was written, by the producer's clock; null where a foreign producer says nothing.</param>
/// <param name="FrameCount">How many frames of the prefix the folder held; null where a foreign producer says nothing.</param>
/// <param name="Latest">Name of the frame that was written last.</param>
/// <source>the producer: the sentinel, or the marker node</source>
public sealed record DoneMarker(DateTimeOffset? Timestamp, int? FrameCount, string? Latest)
{
    /// <summary>What follows the prefix in a marker's name.</summary>
    public const string Suffix = ".done";

    /// <summary>What follows the prefix while the marker is being written; nobody reads such a file.</summary>
    public const string TempSuffix = ".done.tmp";

    /// <summary>The sentinel's sign of life in each folder that it watches.</summary>
    public const string HeartbeatFile = ".dailies-sentinel.json";

    /// <summary>The node of ours that writes markers (integrations/comfyui), by its class.</summary>
    public const string NodeClass = "DailiesDoneMarker";

    /// <summary>Larger files are no markers, bytes.</summary>
    public const int MostBytes = 64 * 1024;

    private static readonly JsonSerializerOptions Json = new(ContractJson.Pascal) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The run that the frames were made for, where the producer knows it.</summary>
    public string? RunId { get; init; }

    /// <summary>The attempt that the frames were made for, from 1, where the producer knows it.</summary>
    public int? Attempt { get; init; }

    /// <summary>The marker's name for a prefix.</summary>
    public static string FileName(string prefix) => prefix + Suffix;

    /// <summary>The content of the file: JSON with a line end. What is null is left out.</summary>
    public byte[] Write() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n'];

    /// <summary>Reads what any producer wrote: a JSON object, of which a field that is missing, null, unknown or of another type says nothing.
    /// False for anything else, with the reason.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out DoneMarker? marker, out string fault)
    {
        (marker, fault) = (null, "");
        if (bytes.Length > MostBytes)
        {
            fault = $"more than {MostBytes} bytes";
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes.Span.StartsWith(Bom) ? bytes[Bom.Length..] : bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                fault = "no JSON object";
                return false;
            }

            var root = document.RootElement;
            marker = new DoneMarker(
                Text(root, nameof(Timestamp)) is { } text && Stamp.TryParse(text, out var at) ? at : null,
                Count(root, nameof(FrameCount)), Text(root, nameof(Latest)))
            {
                RunId = Text(root, nameof(RunId)),
                Attempt = Count(root, nameof(Attempt)),
            };
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: text that is no UTF-8, or half a surrogate pair.
            fault = bytes.IsEmpty ? "empty" : "no JSON";
            return false;
        }
    }

    // PowerShell 5 writes it.
    private static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static int? Count(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0 ? count : null;
}
