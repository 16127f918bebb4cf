using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dailies.Comfy;

namespace Dailies.Tests.Comfy;

/// <summary>Every recorded socket message is read, and each one that says nothing has a reason for it.</summary>
public class RecordedFrameReadingTests
{
    public static TheoryData<string> Files => [.. Recordings.Names("frames")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_message_is_read_as_its_type_says(string file)
    {
        foreach (var line in Recordings.Frames(file))
        {
            ComfyEvent.Read(Encoding.UTF8.GetBytes(line)).ShouldBe(Expected(JsonNode.Parse(line)!, out _), line);
        }
    }

    [Fact]
    public void The_counts_per_kind_are_as_reviewed()
    {
        var text = new StringBuilder();
        foreach (var file in Recordings.Names("frames"))
        {
            var kinds = Recordings.Frames(file).Select(line => ComfyEvent.Read(Encoding.UTF8.GetBytes(line))?.Kind.ToString() ?? Reason(line));
            text.Append(file).Append(": ").AppendJoin(", ", kinds.CountBy(k => k).OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => $"{k.Key} {k.Value}")).Append('\n');
        }

        Snapshot.Match(text.ToString(), "recorded-frames");
    }

    [Fact]
    public void The_end_of_every_recorded_prompt_is_heard_once()
    {
        var ends = Recordings.Names("frames")
            .SelectMany(file => Recordings.Frames(file).Select(line => (file, Event: ComfyEvent.Read(Encoding.UTF8.GetBytes(line)))))
            .Where(e => e.Event is { Kind: ComfyEventKind.Success or ComfyEventKind.Error or ComfyEventKind.Interrupted })
            .CountBy(e => (e.file, e.Event!.PromptId));

        // prompt-id-duplicates runs one id several times: there is no idempotence (contract §3).
        ends.Where(e => e.Value != 1).Select(e => e.Key.file).Distinct().ShouldBeSubsetOf(["prompt-id-duplicates.A.txt"]);
        ends.Count().ShouldBeGreaterThan(60);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1,2]")]
    [InlineData("\"executing\"")]
    [InlineData("""{"type":"executing"}""")]
    [InlineData("""{"type":"executing","data":null}""")]
    [InlineData("""{"type":"executing","data":{"node":"1"}}""")]
    [InlineData("""{"type":"progress","data":{"prompt_id":7}}""")]
    [InlineData("""{"type":7,"data":{"prompt_id":"p"}}""")]
    [InlineData("""{"type":"crystools.monitor","data":{"prompt_id":"p"}}""")]
    public void What_is_not_ours_to_understand_is_nothing(string frame) => ComfyEvent.Read(Encoding.UTF8.GetBytes(frame)).ShouldBeNull();

    [Theory]
    [InlineData("3", "20", 3, 20)]
    [InlineData("2.9", "20.0", 2, 20)]
    [InlineData("-1", "0", 0, 0)]
    [InlineData("1e300", "99999999999", 0, int.MaxValue)]
    [InlineData("NaN", "\"20\"", 0, 0)]
    public void Progress_survives_any_number(string value, string max, int expectedValue, int expectedMax) =>
        ComfyEvent.Read(Encoding.UTF8.GetBytes($$$"""{"type":"progress","data":{"value":{{{value}}},"max":{{{max}}},"prompt_id":"p","node":"3"}}"""))
            .ShouldBe(new ComfyEvent(ComfyEventKind.Progress, "p", "3", expectedValue, expectedMax));

    private static string Reason(string line)
    {
        Expected(JsonNode.Parse(line)!, out var reason);
        return $"nothing ({reason})";
    }

    // Written by hand against contract §5, not derived from the reader.
    private static ComfyEvent? Expected(JsonNode frame, out string? reason)
    {
        var (type, data) = (frame["type"]!.GetValue<string>(), frame["data"]!);
        var prompt = (string?)data["prompt_id"];
        reason = type == "feature_flags" ? "flags of the server" : type == "executing" && prompt is null ? "after a reconnect, without a prompt id" : null;
        return type switch
        {
            "status" => new ComfyEvent(ComfyEventKind.Status),
            _ when reason is not null => null,
            "execution_start" => new ComfyEvent(ComfyEventKind.Start, prompt),
            "executing" when data["node"] is null => new ComfyEvent(ComfyEventKind.Over, prompt),
            "executing" => new ComfyEvent(ComfyEventKind.Executing, prompt, (string)data["node"]!),
            "progress" => new ComfyEvent(ComfyEventKind.Progress, prompt, (string?)data["node"], Whole(data["value"]!), Whole(data["max"]!)),
            "execution_cached" or "executed" or "progress_state" => new ComfyEvent(ComfyEventKind.Alive, prompt),
            "execution_success" => new ComfyEvent(ComfyEventKind.Success, prompt),
            "execution_error" => new ComfyEvent(ComfyEventKind.Error, prompt),
            "execution_interrupted" => new ComfyEvent(ComfyEventKind.Interrupted, prompt),
            _ => throw new InvalidOperationException($"a type that no test knows: {type}"),
        };
    }

    private static int Whole(JsonNode number) => (int)double.Parse(number.ToJsonString(), CultureInfo.InvariantCulture);
}
