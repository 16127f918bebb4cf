using System.Text;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Tests.Ledger;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Artifacts;

/// <summary>One night by hand, told in every way, in a story whose author tries to forge lines.</summary>
public sealed class SampleRunTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    public static TheoryData<string> Nights => ["finished", "stopped"];

    [Theory]
    [MemberData(nameof(Nights))]
    public void The_summary_of_a_night(string night) => Snapshot.Match(Summary(Events(night)), $"{night}.run-summary");

    [Theory]
    [MemberData(nameof(Nights))]
    public void The_metadata_of_a_night(string night) => Snapshot.Match(Encoding.UTF8.GetString(MetadataProjection.Project(Fold(night)).Write()), $"{night}.artifact-metadata");

    [Theory]
    [MemberData(nameof(Nights))]
    public void The_log_of_a_night(string night) =>
        Snapshot.Match(string.Concat(Events(night).Select(e => $"{(EventLine.IsNews(e) ? '*' : ' ')} {EventLine.Write(e)}\n")), $"{night}.run-log");

    [Theory]
    [MemberData(nameof(Nights))]
    public void Nothing_in_the_summary_is_forged(string night)
    {
        var told = Summary(Events(night)).Split('\n').Where(l => l.Length > 27).Select(l => l[27..]).Where(l => l.StartsWith("[Scene ", StringComparison.Ordinal) && l[17..].StartsWith(" Telemetry: ", StringComparison.Ordinal)).ToList();
        var scenes = MetadataProjection.Project(Fold(night)).Scenes.Where(s => s.Telemetry is not null).ToList();

        told.Select(l => l[7..16]).ShouldBe(scenes.Select(s => s.SceneId));
        foreach (var (line, scene) in told.Zip(scenes))
        {
            TelemetryLine.Read(line[29..]).Where(p => p.Key is "DurationSeconds" or "HistoryExitReason").Select(p => p.Value)
                .ShouldBe([SummaryNumber.Text(scene.Telemetry!.DurationSeconds) + "s", scene.Telemetry.HistoryExitReason]);
        }
    }

    [Fact]
    public void A_scene_that_was_never_sent_has_one_error_and_no_telemetry()
    {
        var scene = MetadataProjection.Project(Fold("stopped")).Scenes[2];

        scene.Telemetry.ShouldBeNull();
        scene.Errors.ShouldBe(["no take: the run ended first (stopped by the operator)"]);
        Summary(Events("stopped")).Split('\n').Where(l => l.Contains("[Scene scene-003]", StringComparison.Ordinal)).Select(l => l[27..])
            .ShouldBe(["[Scene scene-003] ERROR: no take: the run ended first (stopped by the operator)"]);
    }

    [Fact]
    public void A_run_that_has_not_begun_has_no_metadata() => Should.Throw<InvalidOperationException>(() => MetadataProjection.Project(RunState.Empty));

    [Fact]
    public void The_evidence_is_written_whole_and_the_latest_run_is_the_same_bytes()
    {
        var run = new RunFolder(Path.Combine(temp.Path, "logs", "20261123-221507"));
        var latest = Path.Combine(temp.Path, "public", RunFolder.LatestRun);
        var state = Fold("finished");

        new Evidence(run, latest, new FakeTimeProvider()).Write(state);

        File.ReadAllBytes(run.At(RunFolder.Metadata)).ShouldBe(MetadataProjection.Project(state).Write());
        File.ReadAllBytes(latest).ShouldBe(File.ReadAllBytes(run.At(RunFolder.Metadata)));
        File.ReadAllText(run.At(RunFolder.Summary)).ShouldBe(Summary(Events("finished")));
        Directory.EnumerateFiles(temp.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order().ShouldBe(["artifact-metadata.json", "latest-run.json", "run-summary.txt"]);
    }

    // Each writing costs a second here; it may take a twentieth of the time.
    [Fact]
    public void While_the_run_goes_on_the_evidence_is_not_written_all_the_time()
    {
        var run = new RunFolder(Path.Combine(temp.Path, "run"));
        var clock = new FakeTimeProvider();
        var evidence = new Evidence(run, Path.Combine(temp.Path, "latest-run.json"), new CostlyClock(clock, TimeSpan.FromSeconds(0.5)));
        evidence.Refresh(Fold("stopped"));

        WrittenAgainAfter(TimeSpan.Zero).ShouldBeFalse();
        WrittenAgainAfter(TimeSpan.FromSeconds(10)).ShouldBeFalse();
        WrittenAgainAfter(TimeSpan.FromSeconds(25)).ShouldBeTrue();

        bool WrittenAgainAfter(TimeSpan span)
        {
            File.Delete(run.At(RunFolder.Summary));
            clock.Advance(span);
            evidence.Refresh(Fold("stopped"));
            return File.Exists(run.At(RunFolder.Summary));
        }
    }

    [Fact]
    public void A_run_is_found_by_path_by_id_and_as_the_latest()
    {
        string[] ids = ["20261123-221507", "20261123-221507-9", "20261123-221507-10", "notes"];
        foreach (var id in ids)
        {
            Directory.CreateDirectory(Path.Combine(temp.Path, id));
        }

        string At(string id) => Path.Combine(temp.Path, id);

        RunFinder.Runs(temp.Path).ShouldBe([At(ids[0]), At(ids[1]), At(ids[2])]);
        RunFinder.Find("latest", temp.Path).ShouldBe((At(ids[2]), null));
        RunFinder.Find(ids[1], temp.Path).ShouldBe((At(ids[1]), null));
        RunFinder.Find(At(ids[0]), "elsewhere").ShouldBe((At(ids[0]), null));
        RunFinder.Find("latest", At("none")).ShouldBe((null, $"there is no run in {At("none")}; start one with: dailies run <story>"));
        RunFinder.Find("20260101-000000", temp.Path).ShouldBe((null, $"there is no run 20260101-000000 (looked for the folder 20260101-000000 and for {At("20260101-000000")})"));
    }

    private static IReadOnlyList<RunEvent> Events(string night) => night == "finished" ? SampleRun.Finished : SampleRun.Stopped;

    private static RunState Fold(string night) => RunState.Fold(Events(night));

    private static string Summary(IEnumerable<RunEvent> events)
    {
        var state = RunState.Fold(events);
        return SummaryText.Write(state, MetadataProjection.Project(state));
    }

    // Every reading of the time takes time.
    private sealed class CostlyClock(FakeTimeProvider clock, TimeSpan cost) : TimeProvider
    {
        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp()
        {
            clock.Advance(cost);
            return clock.GetTimestamp();
        }
    }
}
