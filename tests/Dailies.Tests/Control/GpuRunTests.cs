using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Tests.Comfy;
using Dailies.Tests.Telemetry;

namespace Dailies.Tests.Control;

/// <summary>The GPU of a whole run: notes and peak in its files, and no cost to what it renders. PATH is changed here, so these run alone.</summary>
[Collection(RunsAlone.Name)]
public class GpuRunTests
{
    private const string Rtx = """{"system":{"comfyui_version":"0.8.0"},"devices":[{"name":"cuda:0 NVIDIA GeForce RTX 4090 : native","type":"cuda","index":0}]}""";

    [Fact]
    public async Task A_station_here_that_tells_no_memory_is_told_by_nvidia_smi()
    {
        using var fake = FakeSmi.Prints(FakeSmi.Card);
        await using var station = await CannedStation.StartAsync();
        station.Stats = Rtx;

        await using var run = await OnPathAsync(fake, () => RunAsync(station));

        Notes(run).ShouldBe([FallbackNotes.StatsWithoutVramUsingSmi("before"), FallbackNotes.StatsWithoutVramUsingSmi("after")]);
        var gpu = run.Scene(1)["Telemetry"]!["GPU"]!;
        ((string)gpu["Name"]!, (string)gpu["Type"]!, (double)gpu["VramBeforeMB"]!, (double)gpu["VramDeltaMB"]!).ShouldBe(("NVIDIA GeForce RTX 4090", "nvidia", 10240, 0));
        fake.Asked.Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_station_here_that_falls_silent_is_told_by_nvidia_smi()
    {
        using var fake = FakeSmi.Prints(FakeSmi.Card);
        await using var station = await CannedStation.StartAsync();
        station.Stats = Rtx;
        var asked = 0;
        station.Answer = r => r.Path == "/system_stats" && ++asked > 1 ? (404, "") : null;

        await using var run = await OnPathAsync(fake, () => RunAsync(station));

        Notes(run).ShouldBe([FallbackNotes.StatsUnavailableUsingSmi("before"), FallbackNotes.StatsUnavailableUsingSmi("after")]);
    }

    [Theory]
    [InlineData("echo '[N/A], [N/A], [N/A], [N/A], [N/A], [N/A]'")]
    [InlineData("exit 9")]
    public async Task An_nvidia_smi_that_does_not_know_costs_a_note(string script)
    {
        using var fake = new FakeSmi(script);
        await using var station = await CannedStation.StartAsync();
        station.Stats = Rtx;

        await using var run = await OnPathAsync(fake, () => RunAsync(station));

        Notes(run).ShouldBe([FallbackNotes.NoVram]);
        fake.Asked.Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_stranger_s_prompt_beside_a_sample_is_noted()
    {
        await using var station = await CannedStation.StartAsync();
        station.Answer = r => r.Path == "/queue" ? (200, """{"queue_running":[[1,"a-stranger",{},{},[]]],"queue_pending":[]}""") : null;

        await using var run = await RunAsync(station);

        Notes(run).ShouldBe([FallbackNotes.SampledDuringAnother]);
    }

    [Theory]
    [InlineData("0.25", 0.25)]
    [InlineData("0", null)]
    [InlineData("2", null)] // each shot executes for a second
    public async Task The_peak_is_looked_for_while_a_prompt_executes(string interval, double? every)
    {
        using var clock = new VirtualClock();
        await using var run = await SmallRun.OnClockAsync(clock, "");

        await RunInvariants.HoldAsync(run.Set("gpuSampleSeconds", interval), new RunBounds());

        var gpu = run.Scene(1)["Telemetry"]!["GPU"]!;
        ((double?)gpu["PeakSampleSeconds"]).ShouldBe(every);
        ((double?)gpu["VramPeakUsedMB"] > 0).ShouldBe(every is not null);
        run.Events().OfType<GpuPeakSampled>().Count().ShouldBe(every is null ? 0 : 2, "one event for each scene");
        Notes(run).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_station_that_is_slow_to_answer_has_no_peak_and_loses_no_time()
    {
        using var clock = new VirtualClock();
        await using var run = await SmallRun.OnClockAsync(clock, "slow-answers");

        await RunInvariants.HoldAsync(run.Set("gpuSampleSeconds", "0.25"), new RunBounds());

        run.Events().OfType<GpuPeakSampled>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0.05", "0 (off), or at least 0.1")]
    [InlineData("-1", "at least 0")]
    [InlineData("3601", "at most 3600")]
    [InlineData("often", "a number")]
    public async Task A_pause_that_can_t_be_kept_is_a_fault(string interval, string allowed)
    {
        await using var run = SmallRun.Without().On("http://127.0.0.1:9").Set("gpuSampleSeconds", interval);

        run.Setup().Faults.ShouldHaveSingleItem().ShouldContain(allowed);
    }

    private static async Task<SmallRun> RunAsync(CannedStation station)
    {
        var run = SmallRun.Without(scenes: 1, frames: 1).On(station.Url);
        var result = await run.RunAsync();
        (result.ExitCode, result.Verdict.Findings.Count).ShouldBe((0, 0));
        return run;
    }

    private static async Task<SmallRun> OnPathAsync(FakeSmi fake, Func<Task<SmallRun>> run)
    {
        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", $"{fake.Folder}{Path.PathSeparator}{path}");
        try
        {
            return await run();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    // Of the metadata; the scene's line in the summary says the same.
    private static List<string> Notes(SmallRun run)
    {
        List<string> notes = [.. run.Scene(1)["Telemetry"]!["System"]!["FallbackNotes"]!.AsArray().Select(n => (string)n!)];
        var line = run.Summary.Split('\n').Single(l => l.Contains("[Scene scene-001] Telemetry: ", StringComparison.Ordinal));
        (line.Split("fallback=") is [_, var said] ? said : "").ShouldBe(string.Join("; ", notes));
        return notes;
    }
}
