using Dailies.Contract;
using static Dailies.Contract.SummaryNumber;
using static Dailies.Validation.RuleCatalogue;

namespace Dailies.Validation;

/// <summary>TC-7xx, one attempt's telemetry against itself: figures with figures, flags with reasons, nulls with notes.</summary>
internal static class TelemetryRules
{
    private const double BytesPerMiB = 1048576;

    // Half of the last decimal, and a hair for binary fractions.
    private const double HalfTenth = 0.051;
    // Both stamps are cut to whole milliseconds when they are written.
    private const double TwoMilliseconds = 0.0021;

    // The server's clock measures its own span.
    private const double ClockDrift = 2;
    private static readonly HashSet<string> Notes =
    [
        FallbackNotes.NoVram, FallbackNotes.SampledDuringAnother, FallbackNotes.SharedGpu,
        .. new[] { "before", "after" }.SelectMany(m => new[] { FallbackNotes.StatsUnavailable(m), FallbackNotes.StatsUnavailableUsingSmi(m), FallbackNotes.StatsWithoutVramUsingSmi(m) }),
    ];

    private static readonly string[] VramFigures = ["VramBeforeMB", "VramAfterMB", "VramDeltaMB"];
    private static readonly string[] NoteStarts = [FallbackNotes.ForcedCopy(""), FallbackNotes.MarkerNotFound(0).Split('0')[0]];

    public static void Judge(RunEvidence run)
    {
        var stations = run.Metadata?.Items("Stations")?.Select(s => s.Text("Name")).ToHashSet(StringComparer.Ordinal);
        foreach (var scene in run.Scenes)
        {
            foreach (var telemetry in scene.Measured)
            {
                var file = new Pen(run, scene.Id, telemetry);
                JudgeTimes(file);
                JudgeVram(file);
                JudgeFlags(file);
                if (telemetry.Text("Station") is { } name && stations?.Contains(name) == false)
                {
                    file.Write(StationUnknown, "Station", "a name of Stations", name);
                }
            }
        }
    }

    private static void JudgeTimes(Pen file)
    {
        var t = file.Telemetry;
        var (submitted, start, end) = (t.Time("SubmittedAt"), t.Time("QueueStart"), t.Time("QueueEnd"));
        if (start < submitted || end < start)
        {
            file.Write(TimeOrder, "QueueStart", "SubmittedAt ≤ QueueStart ≤ QueueEnd", $"{t.Text("SubmittedAt")}, {t.Text("QueueStart")}, {t.Text("QueueEnd")}");
            return;
        }

        Compare(file, Duration, "DurationSeconds", (end - start)?.TotalSeconds, HalfTenth);
        Compare(file, DurationParts, "QueueWaitSeconds", (start - submitted)?.TotalSeconds, TwoMilliseconds);
        if (end - submitted is { } whole && t.Number("ExecutionSeconds") is { } execution && execution > whole.TotalSeconds + ClockDrift)
        {
            file.Write(ExecutionSpan, "ExecutionSeconds", $"at most {Text(whole.TotalSeconds)}", Text(execution));
        }

        if (t.Time("ExecutionSuccessAt") < submitted)
        {
            file.Write(StampOrder, "ExecutionSuccessAt", $"not before {t.Text("SubmittedAt")}", t.Text("ExecutionSuccessAt")!);
        }

        if (t.Time("SampledAfterAt") < t.Time("SampledBeforeAt"))
        {
            file.Write(StampOrder, "SampledAfterAt", $"not before {t.Text("SampledBeforeAt")}", t.Text("SampledAfterAt")!);
        }

        if (end - t.Time("ExecutionSuccessAt") is { } collect)
        {
            Compare(file, DurationParts, "CollectSeconds", Math.Max(0, collect.TotalSeconds), TwoMilliseconds);
        }
    }

    private static void JudgeVram(Pen file)
    {
        if (file.Telemetry.Object("GPU") is not { } gpu)
        {
            return;
        }

        var card = file with { Telemetry = gpu };
        Compare(card, VramMegabytes, "VramBeforeMB", gpu.Integer("VramFreeBefore") / BytesPerMiB, HalfTenth);
        Compare(card, VramMegabytes, "VramAfterMB", gpu.Integer("VramFreeAfter") / BytesPerMiB, HalfTenth);
        Compare(card, VramDelta, "VramDeltaMB", gpu.Number("VramAfterMB") - gpu.Number("VramBeforeMB"), 0.01);

        var notes = file.Telemetry.Object("System")?.Texts("FallbackNotes");
        foreach (var note in (notes ?? []).Where(n => !Notes.Contains(n) && !NoteStarts.Any(s => n.StartsWith(s, StringComparison.Ordinal))))
        {
            file.Write(UnknownNote, "System/FallbackNotes", "a note of the contract", note);
        }

        if (notes is not { Count: 0 })
        {
            return;
        }

        var nulls = VramFigures.Where(gpu.IsNull).ToList();
        if (nulls.Count > 0)
        {
            card.Write(VramWithoutNote, nulls[0], "a figure, or a fallback note that says why", "null, and no note");
        }

        if (gpu.Text("Name") == "Unknown")
        {
            card.Write(GpuWithoutNote, "Name", "a name, or a fallback note that says why", "Unknown, and no note");
        }
    }

    private static void JudgeFlags(Pen file)
    {
        var t = file.Telemetry;
        var reason = t.Text("HistoryExitReason");
        var detected = t.Flag("ExecutionSuccessDetected");
        if (reason is not null && t.Flag("HistoryPostExecutionTimeoutReached") is { } reached && reached != (reason == ExitReason.PostExecution))
        {
            file.Write(PostExecution, "HistoryPostExecutionTimeoutReached", Text(!reached), $"{Text(reached)} with {reason}");
        }

        if (detected == false && reason is (ExitReason.Success or ExitReason.PostExecution))
        {
            file.Write(SuccessUnseen, "ExecutionSuccessDetected", $"true with {reason}", "false");
        }

        if (detected is { } seen && t.Get("ExecutionSuccessAt") is not null && seen == t.IsNull("ExecutionSuccessAt"))
        {
            file.Write(SuccessAt, "ExecutionSuccessAt", seen ? "a time" : "null", t.Text("ExecutionSuccessAt") ?? "null");
        }

        if (t.Flag("ForcedCopyTriggered") is { } forced && t.Get("ForcedCopyDebugPath") is not null && forced == t.IsNull("ForcedCopyDebugPath"))
        {
            file.Write(ForcedCopy, "ForcedCopyDebugPath", forced ? "a path" : "null", t.Text("ForcedCopyDebugPath") ?? "null");
        }

        if (t.Integer("HistoryAttemptLimit") is not { } limit || t.Integer("HistoryAttempts") is not { } looks)
        {
            return;
        }

        if (limit == 0 && reason == ExitReason.AttemptLimit)
        {
            file.Write(LimitWithoutLimit, "HistoryExitReason", "a limit above 0", "0 = unbounded");
        }
        else if (limit > 0 && looks > limit)
        {
            file.Write(TooManyLooks, "HistoryAttempts", $"at most {Text(limit)}", Text(looks));
        }
    }

    private static void Compare(Pen file, Rule rule, string field, double? right, double tolerance)
    {
        if (right is { } expected && file.Telemetry.Number(field) is { } found && Math.Abs(expected - found) > tolerance)
        {
            file.Write(rule, field, Text(expected), Text(found));
        }
    }

    private sealed record Pen(RunEvidence Run, string? SceneId, JsonView Telemetry)
    {
        public void Write(Rule rule, string field, string expected, string found) =>
            Run.InMetadata(rule, $"{Telemetry.Pointer}/{field}", SceneId, expected, found);
    }
}
