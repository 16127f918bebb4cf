using System.Globalization;
using CsCheck;
using Dailies.Contract;

namespace Dailies.Tests.Contract;

/// <summary>The telemetry line, to the letter.</summary>
public class TelemetryLineTests
{
    [Fact]
    public void The_contracts_example_is_written_to_the_letter() => TelemetryLine.Write(Samples.Telemetry).ShouldBe(
        "DurationSeconds=10s | MaxWaitSeconds=600s | PollIntervalSeconds=2s | HistoryAttempts=3 | HistoryAttemptLimit=0 | pollLimit=unbounded | "
        + "SceneRetryBudget=1 | PostExecutionTimeoutSeconds=30s | ExecutionSuccessDetected=true | ExecutionSuccessAt=2026-11-23T22:15:18.542Z | HistoryExitReason=success | "
        + "HistoryPostExecutionTimeoutReached=false | GPU={cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync} | VRAMBeforeMB=10240MB | VRAMAfterMB=9664MB | VRAMDeltaMB=-576MB | DoneMarkerWaitSeconds=0s | "
        + "DoneMarkerDetected=false | ForcedCopyTriggered=false");

    [Fact]
    public void Every_other_value_is_written_to_the_letter_too() => TelemetryLine.Write(Samples.Telemetry with
    {
        DurationSeconds = 136.8,
        MaxWaitSeconds = 0.5,
        PollIntervalSeconds = 0.1,
        PostExecutionTimeoutSeconds = 0,
        HistoryAttempts = 65,
        HistoryAttemptLimit = 70,
        SceneRetryBudget = 0,
        ExecutionSuccessDetected = false,
        ExecutionSuccessAt = null,
        HistoryExitReason = ExitReason.PostExecution,
        HistoryPostExecutionTimeoutReached = true,
        GPU = Samples.Telemetry.GPU with { Name = "Unknown", VramBeforeMB = null, VramAfterMB = null, VramDeltaMB = null },
        DoneMarkerDetected = true,
        DoneMarkerWaitSeconds = 12.3,
        DoneMarkerPath = "scene-001/x.done",
        ForcedCopyTriggered = true,
        ForcedCopyDebugPath = "scene-001/forced-copy-debug-20261123221507.txt",
        System = Samples.Telemetry.System with { FallbackNotes = [FallbackNotes.NoVram, FallbackNotes.MarkerNotFound(15)] },
    }).ShouldBe(
        "DurationSeconds=136.8s | MaxWaitSeconds=0.5s | PollIntervalSeconds=0.1s | HistoryAttempts=65 | HistoryAttemptLimit=70 | pollLimit=70 | "
        + "SceneRetryBudget=0 | PostExecutionTimeoutSeconds=0s | ExecutionSuccessDetected=false | ExecutionSuccessAt=n/a | HistoryExitReason=postExecution | "
        + "HistoryPostExecutionTimeoutReached=true | GPU={Unknown} | DoneMarkerWaitSeconds=12.3s | DoneMarkerDetected=true | DoneMarkerPath=scene-001/x.done | "
        + "ForcedCopyTriggered=true | ForcedCopyDebugPath=scene-001/forced-copy-debug-20261123221507.txt | fallback=Station does not report VRAM; Done marker not found after 15 seconds");

    // Only the starred parts and the VRAM parts may be missing.
    [Fact]
    public void The_names_and_their_order_are_the_contracts() => TelemetryLine.Names.ShouldBe(
    [
        "DurationSeconds", "MaxWaitSeconds", "PollIntervalSeconds", "HistoryAttempts", "HistoryAttemptLimit", "pollLimit",
        "SceneRetryBudget", "PostExecutionTimeoutSeconds", "ExecutionSuccessDetected", "ExecutionSuccessAt", "HistoryExitReason",
        "HistoryPostExecutionTimeoutReached", "GPU", "VRAMBeforeMB", "VRAMAfterMB", "VRAMDeltaMB", "DoneMarkerWaitSeconds",
        "DoneMarkerDetected", "DoneMarkerPath", "ForcedCopyTriggered", "ForcedCopyDebugPath", "fallback",
    ]);

    [Theory]
    [InlineData(0, "unbounded")]
    [InlineData(1, "1")]
    [InlineData(65, "65")]
    public void The_poll_limit_is_the_number_or_unbounded(int limit, string text) => TelemetryLine.PollLimit(limit).ShouldBe(text);

    [Fact]
    public void No_culture_changes_a_number()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
        try
        {
            TelemetryLine.Write(Samples.Telemetry with { DurationSeconds = 136.8 }).ShouldContain("DurationSeconds=136.8s | ");
            TelemetryLine.Write(Samples.Telemetry).ShouldContain("VRAMDeltaMB=-576MB | ");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // Whatever a GPU, a path or a note is called: the line stays one line and reads back part by part.
    [Fact]
    public void What_is_written_reads_back_and_nothing_can_forge_a_part() => Gen.Select(Hostile.Text, Hostile.Text.Null(), Hostile.Text.Null(), Hostile.Text.Array[0, 3], Gen.Bool).Sample(
        (name, marker, debug, notes, vram) =>
        {
            var telemetry = Samples.Telemetry with
            {
                GPU = Samples.Telemetry.GPU with { Name = name, VramBeforeMB = vram ? 0.1 : null },
                DoneMarkerPath = marker,
                ForcedCopyDebugPath = debug,
                System = Samples.Telemetry.System with { FallbackNotes = notes },
            };
            var text = TelemetryLine.Write(telemetry);
            var parts = TelemetryLine.Read(text);

            Hostile.ShouldBeOneLine(text);
            List<(string Name, bool Absent)> optional = [("DoneMarkerPath", marker is null), ("ForcedCopyDebugPath", debug is null), ("fallback", notes.Length == 0), ("VRAMBeforeMB", !vram)];
            List<string> absent = [.. optional.Where(o => o.Absent).Select(o => o.Name)];
            parts.Select(p => p.Key).ShouldBe(TelemetryLine.Names.Except(absent));
            parts.ShouldBe(TelemetryLine.Expected(telemetry));
            text.Split(" | ").Length.ShouldBe(TelemetryLine.Names.Count - absent.Count);
        },
        iter: 3_000);

    [Theory]
    [InlineData("GPU={a=b} | fallback=x | y=z", "GPU:{a=b} fallback:x y:z")]
    [InlineData("MaxWaitSeconds=s | broken | =", "MaxWaitSeconds:s broken: :")]
    [InlineData("", ":")]
    public void Any_text_reads_as_parts_and_nothing_is_dropped(string text, string parts) =>
        string.Join(' ', TelemetryLine.Read(text).Select(p => $"{p.Key}:{p.Value}")).ShouldBe(parts);
}
