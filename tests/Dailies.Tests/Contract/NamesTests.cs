using Dailies.Contract;

namespace Dailies.Tests.Contract;

/// <summary>Closed sets and literal texts that other people's readers know.</summary>
public class NamesTests
{
    [Fact]
    public void Exit_reasons_are_these() => ExitReason.All.ShouldBe(["success", "maxWait", "attemptLimit", "postExecution", "unknown"]);

    [Fact]
    public void Failure_kinds_are_these() => FailureKind.All.ShouldBe(
    [
        "rejected", "executionError", "outOfMemory", "deviceLost", "interrupted", "stationLost",
        "stalled", "timedOut", "outputsMissing", "badFrames", "localStorage", "canceled",
    ]);

    [Fact]
    public void Run_states_are_these() => RunStates.All.ShouldBe(["running", "finished", "stopped", "failed"]);

    [Fact]
    public void Frame_sources_are_these() => FrameSource.All.ShouldBe(["files", "video", "still"]);

    [Fact]
    public void Videos_are_complete_or_missing() => (VideoRecord.Complete, VideoRecord.Missing).ShouldBe(("complete", "missing"));

    [Fact]
    public void The_contract_is_version_2_0() => ArtifactMetadata.CurrentVersion.ShouldBe("2.0");

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public void Notes_about_the_stats_are_literal(string moment)
    {
        FallbackNotes.StatsUnavailable(moment).ShouldBe($"/system_stats unavailable {moment} execution");
        FallbackNotes.StatsUnavailableUsingSmi(moment).ShouldBe($"/system_stats unavailable {moment} execution; using nvidia-smi fallback");
        FallbackNotes.StatsWithoutVramUsingSmi(moment).ShouldBe($"/system_stats present but missing VRAM {moment} execution; using nvidia-smi fallback");
    }

    [Fact]
    public void The_other_notes_are_literal() => new[]
    {
        FallbackNotes.ForcedCopy("scene-001/forced-copy-debug-20261123221507.txt"), FallbackNotes.MarkerNotFound(60), FallbackNotes.MarkerNotFound(0.5),
        FallbackNotes.NoVram, FallbackNotes.SampledDuringAnother, FallbackNotes.SharedGpu,
    }.ShouldBe(
    [
        "Forced copy after stability retries; see scene-001/forced-copy-debug-20261123221507.txt", "Done marker not found after 60 seconds", "Done marker not found after 0.5 seconds",
        "Station does not report VRAM", "Sampled while another prompt was executing", "Two prompts shared the GPU",
    ]);
}
