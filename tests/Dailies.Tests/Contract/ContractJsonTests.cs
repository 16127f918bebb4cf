using System.Text;
using System.Text.Json;
using CsCheck;
using Dailies.Contract;

namespace Dailies.Tests.Contract;

/// <summary>artifact-metadata.json: every field's name and place, and how JSON of ours is written.</summary>
public class ContractJsonTests
{
    private static readonly FrameRecord Frame = new("scene-001/generated-frames-attempt-1/a_00001_.png", 123456, new string('a', 64), 768, 512);

    private static readonly SceneRecord Scene = new()
    {
        SceneId = "scene-001",
        Title = "The lamp <lit> & \"burning\" 灯",
        Prompt = "a lighthouse at night",
        NegativePrompt = "blurry",
        FrameSource = FrameSource.Files,
        RequestedFrames = 25,
        AnnouncedFrames = 25,
        FrameFloor = 25,
        FrameCount = 25,
        DurationSeconds = 10,
        FramePrefix = "dailies/20261123-221507/scene-001-1/f",
        HistoryPath = "scene-001/history.json",
        HistoryRetrieved = true,
        HistoryRetrievedAt = Samples.Night.AddSeconds(11),
        HistoryAttempts = 3,
        HistoryPollLog = [new PollLogEntry(1, Samples.Night.AddSeconds(1), "pending", null), new PollLogEntry(2, Samples.Night.AddSeconds(3), "error", "HTTP 502")],
        HistoryPollLogTotal = 2,
        HistoryErrors = ["one"],
        HistoryError = "one",
        Success = true,
        MeetsFrameFloor = true,
        Warnings = ["look at this"],
        Errors = ["and at that"],
        AttemptsRun = 1,
        Requeued = false,
        SceneRetryBudget = 1,
        HistoryConfig = new HistoryConfig(600, 0, 2, 30),
        Attempts = [new AttemptRecord(1, Samples.Telemetry, true, true, false, 18446744073709551615, null, 25)],
        Telemetry = Samples.Telemetry,
        GeneratedFramesDir = "scene-001/generated-frames-attempt-1",
        Frames = [Frame],
        KeyframeSource = "story/keyframes/scene-001.png",
        StoryTitle = "The lamp",
        StorySummary = "It is lit.",
        StoryMood = "calm",
        StoryExpectedFrames = 25,
        StoryCameraMovement = "pan",
        Video = new VideoRecord("video/scene-001.mp4", 1.042, VideoRecord.Complete, Samples.Night.AddSeconds(13), null, "h264", 24, 768, 512, new string('b', 64)),
    };

    private static readonly ArtifactMetadata Full = new(
        ArtifactMetadata.CurrentVersion, "20261123-221507", "first try", RunStates.Finished, Samples.Night, Samples.Night.AddSeconds(20), "logs/20261123-221507",
        new ProgramRecord("dailies", "0.1.0", "abc1234"),
        new StoryRecord(
            "the-lighthouse", "A keeper and a storm", "Slow and blue", "file", "story/story.json", 1, "story", JsonSerializer.SerializeToElement(new { model = "m" }), ["no keyframe"],
            new HealthCheckRecord("http://127.0.0.1:1234/v1/models", null, "success", 3, null, Samples.Night, false, null)),
        Samples.Policy, [Scene],
        new HelperSummaries(new HelperSummary("preflight/mapping-preflight.json", "preflight/mapping-preflight.log"), null),
        new VitestLogs("checks/vitest-comfyui.log", "checks/vitest-e2e.log", "checks/vitest-scripts.log", "vitest-results.json"), "3 of 3 suites passed",
        "artifacts/comfyui-e2e-20261123-221507.zip", [new StationRecord("studio", "http://127.0.0.1:8188", "comfyui", "0.3.57", "RTX 4090")]);

    [Fact]
    public void The_metadata_has_every_field_of_the_contract_in_its_order() => Snapshot.Match(Encoding.UTF8.GetString(Full.Write()), "artifact-metadata");

    [Fact]
    public void The_metadata_has_no_byte_order_mark_and_ends_with_a_line_end()
    {
        var bytes = Full.Write();

        bytes[0].ShouldBe((byte)'{');
        bytes[^1].ShouldBe((byte)'\n');
        bytes.ShouldNotContain((byte)'\r');
    }

    [Fact]
    public void The_metadata_reads_back_as_it_was_written() =>
        JsonSerializer.Deserialize<ArtifactMetadata>(Full.Write(), ContractJson.Pascal)!.Write().ShouldBe(Full.Write());

    [Theory]
    [InlineData("</script><b>'&", "\"\\u003C/script\\u003E\\u003Cb\\u003E\\u0027\\u0026\"")]
    [InlineData("灯台 æøå", "\"灯台 æøå\"")]
    [InlineData("a\u2028b", "\"a\\u2028b\"")]
    public void Letters_stay_readable_and_markup_is_escaped(string text, string json) => JsonSerializer.Serialize(text, ContractJson.PascalLine).ShouldBe(json);

    [Fact]
    public void Names_are_pascal_or_camel_and_times_are_stamps()
    {
        var run = new { RunId = "r", StartedAt = new DateTimeOffset(2026, 11, 24, 0, 15, 7, TimeSpan.FromHours(2)), Kind = DayOfWeek.Monday };

        JsonSerializer.Serialize(run, ContractJson.PascalLine).ShouldBe("""{"RunId":"r","StartedAt":"2026-11-23T22:15:07.000Z","Kind":"Monday"}""");
        JsonSerializer.Serialize(run, ContractJson.CamelLine).ShouldBe("""{"runId":"r","startedAt":"2026-11-23T22:15:07.000Z","kind":"monday"}""");
    }

    [Fact]
    public void What_is_no_time_is_refused() => Should.Throw<JsonException>(() => JsonSerializer.Deserialize<DateTimeOffset>("\"soon\"", ContractJson.Pascal));

    [Fact]
    public void One_value_is_one_line_whatever_it_says() =>
        Hostile.Broken.Sample(text => Hostile.ShouldBeOneLine(JsonSerializer.Serialize(text, ContractJson.PascalLine)), iter: 2_000);
}
