using System.Text.Json.Nodes;
using CsCheck;
using Dailies.Contract;
using Dailies.Validation;

namespace Dailies.Tests.Validation;

/// <summary>Any valid run has no finding; a value that stands in two places can't be changed in one of them unseen.</summary>
public class AnyRunTests
{
    // Lines that say nothing but what the metadata says.
    private static readonly string[] Doubled =
        ["] Telemetry: ", "] WARNING: ", "] ERROR: ", "] HISTORY ERROR: ", "] History saved: ", "] Queue policy: ", "] Scene summary: ", "] Story ready: ", "] Story logline: ", "] Director's vision: ", "] [Station] ",
         "Scenes captured: ", "Total frames copied: ", "Story folder: ", "Archive: "];

    private static readonly string[] OfRun =
        ["RunId", "Story.Id", "Story.Logline", "Story.DirectorsVision", "Story.Generator", "Story.SceneCount", "Story.StoryDir", "Stations.Name", "Stations.Url", "Stations.Renderer", "Stations.ComfyVersion", "Stations.Gpu",
         "QueueConfig.SceneRetryBudget", "QueueConfig.HistoryMaxWaitSeconds", "QueueConfig.HistoryPollIntervalSeconds", "QueueConfig.HistoryMaxAttempts", "QueueConfig.PostExecutionTimeoutSeconds"];

    private static readonly string[] OfScene =
        ["SceneId", "Title", "Prompt", "StoryTitle", "StorySummary", "StoryMood", "StoryCameraMovement", "StoryExpectedFrames", "RequestedFrames", "FrameCount", "DurationSeconds", "HistoryPath", "HistoryRetrieved", "HistoryAttempts",
         "HistoryPollLogTotal", "Success", "MeetsFrameFloor", "AttemptsRun", "Requeued", "SceneRetryBudget", "GeneratedFramesDir", "HistoryConfig.MaxWaitSeconds", "HistoryConfig.MaxAttempts", "HistoryConfig.PollIntervalSeconds",
         "HistoryConfig.PostExecutionTimeoutSeconds", "Frames.File", "Frames.Bytes", "Frames.Sha256", "Video.Sha256", "Video.Status", "Attempts.Attempt", "Attempts.Success", "Attempts.Telemetry.DurationSeconds",
         "Attempts.Telemetry.HistoryExitReason", "Attempts.Telemetry.FailureKind", "Attempts.Telemetry.SceneRetryBudget", "Attempts.Telemetry.MaxWaitSeconds", "Warnings", "Errors", "HistoryErrors"];

    [Fact]
    public void Any_valid_run_has_no_finding() => AnyGoodRun.Metadata.Sample(
        metadata =>
        {
            using var run = GoodRun.Write(metadata);
            var verdict = RunValidator.Validate(run.Folder);
            verdict.Findings.ShouldBeEmpty(VerdictText.Write(verdict));
        },
        iter: Fuzz.Times(60), print: m => System.Text.Encoding.UTF8.GetString(m.Write()));

    [Fact]
    public void A_value_of_the_metadata_that_stands_twice_can_not_be_changed_once() => Gen.Select(AnyGoodRun.Metadata, Gen.Int[0, 100_000].Array[6]).Sample(
        (metadata, picks) =>
        {
            using var run = GoodRun.Write(metadata);
            var whole = File.ReadAllText(run.At(RunFolder.Metadata));
            foreach (var pick in picks)
            {
                var json = JsonNode.Parse(whole)!;
                var values = Values(json, "").Where(v => IsDoubled(v.Path) && !(v.Path.EndsWith("GeneratedFramesDir", StringComparison.Ordinal) && v.Owner["Attempts"]!.AsArray().Count == 0)).ToList();
                var (path, owner, key) = values[pick % values.Count];
                Change(owner, key);
                File.WriteAllText(run.At(RunFolder.Metadata), json.ToJsonString());
                RunValidator.Validate(run.Folder).ExitCode.ShouldBe(1, $"{path} {key}");
            }
        },
        iter: Fuzz.Times(60), print: s => System.Text.Encoding.UTF8.GetString(s.Item1.Write()));

    [Fact]
    public void A_letter_of_a_line_that_says_what_the_metadata_says_can_not_be_changed() => Gen.Select(AnyGoodRun.Metadata, Gen.Select(Gen.Int[0, 100_000], Gen.Double.Unit).Array[6]).Sample(
        (metadata, picks) =>
        {
            using var run = GoodRun.Write(metadata);
            var whole = File.ReadAllLines(run.At(RunFolder.Summary));
            foreach (var (pick, at) in picks)
            {
                var lines = whole.ToArray();
                var places = Enumerable.Range(0, lines.Length).Where(i => Doubled.Any(d => lines[i].Contains(d, StringComparison.Ordinal))).ToList();
                var place = places[pick % places.Count];
                var start = lines[place].StartsWith('[') ? 27 : 0; // behind the stamp
                start += lines[place][start..].StartsWith(SummaryLine.StationStart, StringComparison.Ordinal) ? SummaryLine.StationStart.Length : 0; // a line that nobody must write
                var letter = start + (int)(at * (lines[place].Length - start));
                lines[place] = lines[place][..letter] + (lines[place][letter] == '7' ? '8' : '7') + lines[place][(letter + 1)..];
                File.WriteAllBytes(run.At(RunFolder.Summary), System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines))); // half a pair becomes U+FFFD
                RunValidator.Validate(run.Folder).ExitCode.ShouldBe(1, $"{whole[place]}\n{lines[place]}");
            }
        },
        iter: Fuzz.Times(60), print: s => System.Text.Encoding.UTF8.GetString(s.Item1.Write()));

    private static bool IsDoubled(string path) => path.StartsWith("Scenes.", StringComparison.Ordinal)
        ? path["Scenes.".Length..] is var inner && (OfScene.Contains(inner) || (inner.StartsWith("Telemetry.", StringComparison.Ordinal) && !inner.StartsWith("Telemetry.System.Before", StringComparison.Ordinal)))
        : OfRun.Contains(path);

    // Every value that isn't null, with its owner; of a list's items the names are left out of the path.
    private static IEnumerable<(string Path, JsonNode Owner, object Key)> Values(JsonNode node, string path)
    {
        var inner = node switch
        {
            JsonObject o => o.Select(p => (p.Value, Path: path.Length == 0 ? p.Key : $"{path}.{p.Key}", Key: (object)p.Key)),
            JsonArray a => a.Select((v, i) => (Value: v, Path: path, Key: (object)i)),
            _ => [],
        };
        return inner.Where(i => i.Value is not null).SelectMany(i => i.Value is JsonValue ? [(i.Path, node, i.Key)] : Values(i.Value!, i.Path));
    }

    private static void Change(JsonNode owner, object key)
    {
        var value = (JsonValue)(key is int i ? owner[i]! : owner[(string)key]!);
        JsonNode other = value.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.True => false,
            System.Text.Json.JsonValueKind.False => true,
            System.Text.Json.JsonValueKind.Number => value.GetValue<double>() + 1,
            _ => value.GetValue<string>() + "x",
        };
        if (key is int at)
        {
            owner[at] = other;
        }
        else
        {
            owner[(string)key] = other;
        }
    }
}
