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

    /// <summary>The prompt's id that a submit got, or that it named where the answer was none.</summary>
    public string PromptId => (string)(Status == 200 ? JsonNode.Parse(Answer)! : JsonNode.Parse(Sent!)!)["prompt_id"]!;

    /// <summary>A frame's type and the prompt that it speaks of.</summary>
    public (string Type, string? PromptId, JsonNode Data) Message => JsonNode.Parse(Frame) is var frame
        ? ((string)frame!["type"]!, (string?)frame["data"]!["prompt_id"], frame["data"]!) : default;

    /// <summary>The whole timeline, its title left out.</summary>
    public static IReadOnlyList<RecordedMoment> Read(string scenario) =>
        [.. File.ReadLines(Path.Combine(Recordings.Folder, "scenarios", scenario + ".jsonl")).Skip(1).Select(l => new RecordedMoment(JsonNode.Parse(l)!.AsObject()))];
}
