using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dailies.Dashboard.Reading;
using Dailies.Dashboard.Views;

namespace Dailies.Dashboard.Tests.Views;

/// <summary>What the pages show of a run, from its metadata alone.</summary>
public sealed class RunViewTests : IDisposable
{
    private const string Id = "20261124-020000";
    private readonly RunsOnDisk runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public void Every_badge_says_what_the_metadata_says()
    {
        var reading = RunReading.Of(runs.Add(Id));
        var scenes = RunsOnDisk.Sample()["Scenes"]!.AsArray();

        var view = RunView.Of(reading)!;

        view.Scenes.Count.ShouldBe(scenes.Count);
        foreach (var (scene, json) in view.Scenes.Zip(scenes))
        {
            scene.Badges.Count.ShouldBeGreaterThan(10);
            foreach (var badge in scene.Badges)
            {
                var value = badge.Field!.Split('.').Aggregate(json!["Telemetry"], (at, name) => at?[name]);
                value.ShouldNotBeNull(badge.Field);
                badge.Value.ShouldContain(Shown(value), Case.Sensitive, $"{scene.SceneId} {badge.Field}");
            }
        }
    }

    [Fact]
    public void Policy_story_and_tally_are_the_metadatas()
    {
        var metadata = RunsOnDisk.Sample();
        var view = RunView.Of(RunReading.Of(runs.Add(Id)))!;

        (view.Logline, view.Vision).ShouldBe(((string)metadata["Story"]!["Logline"]!, (string)metadata["Story"]!["DirectorsVision"]!));
        view.Taken.ShouldBe(metadata["Scenes"]!.AsArray().Count(s => (bool)s!["Success"]!));
        foreach (var knob in view.Policy)
        {
            knob.Origin.ShouldBe((string?)metadata["QueueConfig"]!["Origins"]![knob.Field]);
        }

        view.Policy.Single(k => k.Field == "HistoryMaxAttempts").Value.ShouldBe("unbounded");
        view.Origin.ShouldNotBeNull(); // no ledger here
    }

    [Fact]
    public void A_knob_of_zero_is_never_shown_as_zero_looks()
    {
        var view = RunView.Of(RunReading.Of(runs.Add(Id, m => m["QueueConfig"]!["SceneRetryBudget"] = 0)))!;

        view.Policy.Single(k => k.Field == "SceneRetryBudget").Value.ShouldBe("none");
        view.Scenes[0].Badges.Single(b => b.Label == "Looks").Value.ShouldEndWith("of unbounded");
    }

    [Fact]
    public void A_run_of_version_1_is_shown_as_far_as_it_tells()
    {
        var reading = RunReading.Of(runs.Add(Id, RunsOnDisk.VersionOne()));

        reading.Source.ShouldBe(RunSource.VersionOne);
        var view = RunView.Of(reading)!;
        view.Scenes.ShouldNotBeEmpty();
        view.Origin.ShouldBe("A run of version 1: shown as far as its file tells.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"x\"")]
    public void What_can_not_be_read_is_damaged_and_says_why(string metadata)
    {
        var reading = RunReading.Of(runs.Add(Id, metadata));

        (reading.Source, RunView.Of(reading)).ShouldBe((RunSource.Damaged, null));
        reading.Damage.ShouldNotBeNullOrEmpty();
        RunSummary.Of(reading).State.ShouldBe("damaged");
    }

    // Any field gone, null, or of another kind: the page shows less, and never fails.
    [Fact]
    public void No_field_is_needed()
    {
        foreach (var path in Paths(RunsOnDisk.Sample(), []).Where(p => p.Length <= 4))
        {
            foreach (var other in new[] { "null", "[]", "{}", "7", "\"x\"" })
            {
                var metadata = RunsOnDisk.Sample();
                var parent = path[..^1].Aggregate((JsonNode)metadata, (at, name) => int.TryParse(name, CultureInfo.InvariantCulture, out var i) && at is JsonArray ? at[i]! : at[name]!);
                if (parent is JsonObject o)
                {
                    o[path[^1]] = JsonNode.Parse(other);
                    var reading = new RunReading(new Contract.RunFolder(Path.Combine(runs.Folder, Id)), RunSource.Files, JsonSerializer.SerializeToElement(metadata));
                    Should.NotThrow(() => (RunView.Of(reading), SceneDetail.Of(reading, "scene-001")), string.Join('/', path) + " = " + other);
                }
            }
        }
    }

    private static IEnumerable<string[]> Paths(JsonNode? node, string[] at) => node switch
    {
        JsonObject o => o.SelectMany(m => Paths(m.Value, [.. at, m.Key]).Prepend([.. at, m.Key])),
        JsonArray { Count: > 0 } a => Paths(a[0], [.. at, "0"]),
        _ => [],
    };

    private static string Shown(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Number => value.GetValue<double>().ToString("0.###", CultureInfo.InvariantCulture),
        JsonValueKind.String => value.GetValue<string>(),
        _ => "",
    };
}
