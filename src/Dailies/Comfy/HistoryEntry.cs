using System.Text.Json;
using Wire = Dailies.Comfy.ComfyWire;

namespace Dailies.Comfy;

/// <summary>How a prompt ended, as its messages say; they are trusted before <c>status_str</c>, which lies for a cycle that arises while running.</summary>
internal enum HistoryVerdict
{
    Succeeded,
    Failed,
    Interrupted,
}

/// <summary>One file that a node announced.</summary>
internal sealed record OutputFile(string Node, string List, string FileName, string Subfolder, string Type, bool Animated);

/// <summary>The error that ended a prompt.</summary>
internal sealed record ExecutionFault(string? NodeId, string? NodeType, string ExceptionType, string Message);

/// <summary>One history entry, typed. Stamps are the server's clock.</summary>
internal sealed record HistoryEntry(
    HistoryVerdict Verdict, IReadOnlyList<OutputFile> Files, IReadOnlyList<ExecutionFault> Faults,
    DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, IReadOnlyList<string> CachedNodes)
{
    // No disk takes such a name, so that it is refused; only its beginning is shown.
    private const int LongestName = 1_000;

    /// <summary>The entry of <paramref name="promptId"/> in an answer of GET /history/{id}; null when the answer does not hold it (<c>{}</c>).</summary>
    public static HistoryEntry? Read(ReadOnlyMemory<byte> answer, string promptId)
    {
        using var document = LenientJson.Parse(answer);
        return document.RootElement.Member(promptId) is { ValueKind: JsonValueKind.Object } entry ? Read(entry) : null;
    }

    /// <summary>Without what the station echoes of our headers.</summary>
    public HistoryEntry Masked(StationSecrets secrets) => this with
    {
        Files =
        [
            .. Files.Select(f => new OutputFile(
                secrets.MaskName(f.Node), secrets.MaskName(f.List), secrets.MaskName(f.FileName), secrets.MaskName(f.Subfolder), secrets.MaskName(f.Type), f.Animated)),
        ],
        Faults = [.. Faults.Select(f => new ExecutionFault(
            f.NodeId is { } id ? secrets.MaskName(id) : null, f.NodeType is { } type ? secrets.MaskName(type) : null, secrets.MaskName(f.ExceptionType), secrets.Mask(f.Message)))],
    };

    // {"prompt":[…],"outputs":{"9":{"images":[{"filename":"a.png","subfolder":"","type":"output"}],"animated":[true]}},
    //  "status":{"status_str":"success","completed":true,"messages":[["execution_start",{"prompt_id":"…","timestamp":1795472856619}],…]}}
    private static HistoryEntry Read(JsonElement entry)
    {
        var status = entry.Member(Wire.Status);
        var messages = (status?.Member(Wire.Messages)).Items()
            .Where(m => m.ValueKind == JsonValueKind.Array && m.GetArrayLength() == 2 && m[0].ValueKind == JsonValueKind.String)
            .Select(m => (Name: m[0].GetString()!, Data: m[1]))
            .ToList();
        var files = entry.Member(Wire.Outputs).Members().SelectMany(FilesOf).ToList();
        var faults = messages.Where(m => m.Name == Wire.ExecutionError).Select(m => Fault(m.Data)).ToList();
        return new HistoryEntry(
            VerdictOf(status, [.. messages.Select(m => m.Name)], files.Count),
            files,
            faults,
            At(messages.FirstOrDefault(m => m.Name == Wire.ExecutionStart).Data),
            At(messages.LastOrDefault(m => m.Name is Wire.ExecutionSuccess or Wire.ExecutionError or Wire.ExecutionInterrupted).Data),
            [.. messages.Where(m => m.Name == Wire.ExecutionCached).SelectMany(m => m.Data.Member(Wire.Nodes).Items()).Select(n => n.ToString())]);
    }

    private static HistoryVerdict VerdictOf(JsonElement? status, IReadOnlyList<string> messages, int files)
    {
        if (messages.Contains(Wire.ExecutionError))
        {
            return HistoryVerdict.Failed;
        }

        if (messages.Contains(Wire.ExecutionInterrupted))
        {
            return HistoryVerdict.Interrupted;
        }

        // No word in the messages (before v0.0.3, or status: null): the status, else whether anything came out.
        return messages.Contains(Wire.ExecutionSuccess) || (status?.Text(Wire.StatusText) switch
        {
            Wire.Success => true,
            Wire.Failure => false,
            _ => files > 0,
        })
            ? HistoryVerdict.Succeeded
            : HistoryVerdict.Failed;
    }

    // A node may report any kind of list; only items that carry a file name are files (`text` holds plain strings).
    private static IEnumerable<OutputFile> FilesOf(JsonProperty node)
    {
        var animated = ((JsonElement?)node.Value).Members().Any(m => m.Name == Wire.Animated && ((JsonElement?)m.Value).Items().Any(a => a.ValueKind == JsonValueKind.True));
        return from list in ((JsonElement?)node.Value).Members()
               from item in ((JsonElement?)list.Value).Items()
               let name = item.Words(Wire.FileName, LongestName)
               where name is not null
               select new OutputFile(node.Name, list.Name, WithExtension(name, item.Text(Wire.FileName)!), item.Text(Wire.Subfolder) ?? "", item.Text(Wire.FileType) ?? Wire.TypeOutput, animated);
    }

    // What a file is, is told by its end: a name that was cut is still that of a picture, and is refused as one.
    private static string WithExtension(string shown, string whole) =>
        Path.GetExtension(whole) is { Length: > 0 and <= 10 } extension && !shown.EndsWith(extension, StringComparison.Ordinal) ? shown + extension : shown;

    private static ExecutionFault Fault(JsonElement data) => new(
        data.Words(Wire.NodeId, 200),
        data.Words(Wire.NodeType, 200),
        data.Words(Wire.ExceptionType, 200) ?? "unknown",
        (data.Words(Wire.ExceptionMessage) ?? "no message").TrimEnd());

    private static DateTimeOffset? At(JsonElement data) =>
        data.Whole(Wire.Timestamp) is >= 0 and < 253402300799999 and var ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}
