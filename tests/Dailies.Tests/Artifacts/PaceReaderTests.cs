using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Tests.Ledger;

namespace Dailies.Tests.Artifacts;

/// <summary>A workflow's pace as the runs on disk tell it. The sample's night has two takes of 9.25 s, by a workflow whose hash is all c.</summary>
public class PaceReaderTests
{
    private static readonly string Ours = new('c', 64), Other = new('d', 64);

    [Fact]
    public void The_takes_of_runs_of_the_same_workflow_count()
    {
        using var runs = new RunsFolder();
        runs.AddFinished("20261120-221507", daysAgo: 3);
        runs.AddFinished("20261121-221507", daysAgo: 2);
        runs.Add("20261122-221507", SampleRun.Stopped);
        runs.Add("20261123-221507", SampleRun.Finished, p => p with { Workflow = p.Workflow with { Sha256 = Other } });

        var pace = PaceReader.Read(runs.Logs, Ours)!;

        (pace.Median.TotalSeconds, pace.Takes, pace.Runs).ShouldBe((9.25, 5, 3));
        PaceReader.Read(runs.Logs, Other)!.Takes.ShouldBe(2);
        PaceReader.Read(runs.Logs, new string('e', 64)).ShouldBeNull();
        PaceReader.Read(Path.Combine(runs.Root, "nowhere"), Ours).ShouldBeNull();
        PaceReader.Read("\0", Ours).ShouldBeNull();
    }

    // It is the earlier run's, and counted there.
    [Fact]
    public void A_kept_take_counts_once()
    {
        using var runs = new RunsFolder();
        RunEvent[] taken = [.. SampleRun.Finished.Where(e => SceneState.SceneOf(e) == "scene-001")];
        RunEvent[] night = [.. SampleRun.Finished.Take(2).Select(e => e with { At = e.At.AddDays(1) }), new SceneKept(SampleRun.At(86_500), "scene-001", "20261123-221507", taken)];
        runs.Add("20261123-221507", SampleRun.Finished);
        runs.Add("20261124-221507", [.. night, new SceneAccepted(SampleRun.At(86_500), "scene-001", 1, 2)]);

        var pace = PaceReader.Read(runs.Logs, Ours)!;

        (pace.Takes, pace.Runs).ShouldBe((2, 1));
    }

    [Theory]
    [InlineData("the ledger", RunFolder.Ledger, "no database")]
    [InlineData("the ledger is empty", RunFolder.Ledger, "")]
    [InlineData("the metadata", RunFolder.Metadata, "{\"Scenes\":[{\"Success\":true,")]
    [InlineData("the metadata is of another shape", RunFolder.Metadata, "{\"Scenes\":[null,{\"Success\":\"yes\"}]}")]
    [InlineData("no figures", RunFolder.Metadata, "{\"Scenes\":[null,{\"Success\":true},{\"Success\":true,\"Telemetry\":{\"ExecutionSeconds\":null}}]}")]
    [InlineData("figures that nobody measured", RunFolder.Metadata, "{\"Scenes\":[{\"Success\":true,\"Telemetry\":{\"ExecutionSeconds\":-1}},{\"Success\":true,\"Telemetry\":{\"ExecutionSeconds\":1e300}}]}")]
    [InlineData("null", RunFolder.Metadata, "null")]
    public void A_run_that_can_t_be_read_says_nothing(string what, string file, string text)
    {
        using var runs = new RunsFolder();
        runs.AddFinished("20261120-221507", daysAgo: 3);
        var damaged = runs.AddFinished("20261121-221507", daysAgo: 2);
        File.WriteAllText(damaged.At(file), text);
        Directory.CreateDirectory(Path.Combine(runs.Logs, "20261122-221507"));

        PaceReader.Read(runs.Logs, Ours)!.Takes.ShouldBe(2, what);
    }

    [Fact]
    public void Only_the_newest_twenty_runs_of_it_are_read()
    {
        using var runs = new RunsFolder();
        for (var n = 0; n < 22; n++)
        {
            var slow = n < 2;
            runs.Add($"202611{n + 1:00}-221507", SampleRun.Finished.Select(e => e is HistoryReceived h && slow ? h with { ServerEndedAt = SampleRun.At(4600) } : e));
        }

        var pace = PaceReader.Read(runs.Logs, Ours)!;

        (pace.Runs, pace.Takes, pace.Median.TotalSeconds).ShouldBe((20, 40, 9.25));
    }
}
