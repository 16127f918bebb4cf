using System.Text.Json.Nodes;

namespace Dailies.Tests.Comfy;

/// <summary>One line of a recorded timeline (see Recorded/README.md).</summary>
internal sealed class RecordedMoment(JsonObject line)
{
    /// <summary><c>http</c>, <c>ws</c>, <c>ws-open</c>, <c>ws-end</c>, <c>note</c>, …</summary>
    public string Kind { get; } = (string)line["kind"]!;

    /// <summary>Of a note its text, of a request its label.</summary>
    public string Label => (string?)(line["label"] ?? line["text"]) ?? "";

    /// <summary>The connection of a socket's moment.</summary>
    public string Connection => (string)line["conn"]!;

    /// <summary>Method and path of a request.</summary>
    public string Request => $"{line["request"]!["method"]} {line["request"]!["path"]}";

    /// <summary>Its body, null where it had none.</summary>
    public string? Sent => (string?)line["request"]!["body"];

    /// <summary>The status of an answer; null where none came.</summary>
    public int? Status => (int?)line["response"]!["status"];

    /// <summary>The answer's body.</summary>
    public string Answer => (string?)line["response"]!["body"] ?? "";

    /// <summary>The text of a frame.</summary>
    public string Frame => (string)line["text"]!;

    /// <summary>A submit names the client that is to hear of it; without, everybody hears a part.</summary>
    public bool HasClient => Sent is { } sent && JsonNode.Parse(sent) is JsonObject body && body.ContainsKey("client_id");

    /// <summary>A binary frame as long as the recorded one; only its beginning was kept.</summary>
    public byte[] Binary
    {
        get
        {
            var frame = new byte[(int)line["length"]!];
            var head = Convert.FromHexString((string)line["first_32_hex"]!);
            head.AsSpan(0, Math.Min(head.Length, frame.Length)).CopyTo(frame);
            return frame;
        }
    }

    /// <summary>Entries of the history that were looked at here, by a request or as a note tells; null for none.</summary>
    public string? History => Kind switch
    {
        "http" when Request.StartsWith("GET /history/", StringComparison.Ordinal) && Status == 200 && Answer.Length > 2 => Answer,
        "note" => (line["history"] as JsonObject)?.ToJsonString(),
        _ => null,
    };

    /// <summary>An entry that a note keeps in short: outputs, status, names of messages, the error's text among them.</summary>
    public JsonObject? Noted => Kind == "note" && line["outputs"] is JsonObject outputs ? new JsonObject
    {
        ["outputs"] = outputs.DeepClone(),
        ["status"] = new JsonObject
        {
            ["status_str"] = (string)line["status"]!,
            ["completed"] = (string)line["status"]! == "success",
            ["messages"] = new JsonArray([.. line["messages"]!.AsArray().Select(m => NotedMessage((string)m!))]),
        },
    } : null;

    /// <summary>The prompt's id that a submit got, or that it named where the answer was none.</summary>
    public string PromptId => (string)(Status == 200 ? JsonNode.Parse(Answer)! : JsonNode.Parse(Sent!)!)["prompt_id"]!;

    /// <summary>A frame's type and the prompt that it speaks of.</summary>
    public (string Type, string? PromptId, JsonNode Data) Message => JsonNode.Parse(Frame) is var frame
        ? ((string)frame!["type"]!, (string?)frame["data"]!["prompt_id"], frame["data"]!) : default;

    /// <summary>The whole timeline, its title left out. Those of <c>older/</c> are named with their folder.</summary>
    public static IReadOnlyList<RecordedMoment> Read(string scenario) =>
        [.. File.ReadLines(Path.Combine(Recordings.Folder, scenario.Contains('/', StringComparison.Ordinal) ? "" : "scenarios", scenario + ".jsonl")).Skip(1).Select(l => new RecordedMoment(JsonNode.Parse(l)!.AsObject()))];

    private static JsonNode NotedMessage(string told) => told.StartsWith("execution_", StringComparison.Ordinal)
        ? new JsonArray(told, new JsonObject())
        : new JsonArray("execution_error", new JsonObject { ["exception_message"] = told, ["exception_type"] = "Exception", ["node_id"] = "2", ["node_type"] = "SaveImage" });
}
