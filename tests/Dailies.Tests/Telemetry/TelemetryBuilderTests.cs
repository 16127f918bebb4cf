using System.Text.Json.Nodes;
using CsCheck;
using Dailies.Contract;
using Dailies.Telemetry;
using Dailies.Tests.Contract;

namespace Dailies.Tests.Telemetry;

/// <summary>Facts of an attempt → what the contract says about them.</summary>
public class TelemetryBuilderTests
{
    private static readonly DateTimeOffset Night = Samples.Night;
    private static readonly GpuSample Card = new(Night.AddSeconds(-1), GpuSample.FromStats, "cuda:0 RTX 4090", "cuda", 0, 25_757_220_864, 10_737_418_240, new JsonObject { ["os"] = "posix" });
    private static readonly GpuSample CardAfter = Card with { At = Night.AddSeconds(12), VramFree = 10_133_438_464 };
    private static readonly GpuSample Nobody = new(Night, GpuSample.FromNowhere, null, null, null, null, null, null);
    private static readonly GpuSample Smi = new(Night, GpuSample.FromSmi, "RTX 4090", "nvidia", 0, 25_757_220_864, 9_000_000_000, null);

    private static readonly AttemptMeasures Take = new()
    {
        Station = "studio",
        PromptId = "id",
        SubmittedAt = Night,
        ExecutionSeenAt = Night.AddSeconds(2),
        SuccessAt = Night.AddSeconds(11.5),
        SettledAt = Night.AddSeconds(12),
        HistoryReads = 3,
        ExitReason = ExitReason.Success,
        Before = Card,
        After = CardAfter,
    };

    [Fact]
    public void A_plain_take_is_told_in_full()
    {
        var told = Build(Take);

        (told with { GPU = Samples.Telemetry.GPU, System = Samples.Telemetry.System }).ShouldBe(Samples.Telemetry with
        {
            PromptId = "id",
            SampledBeforeAt = Card.At,
            SampledAfterAt = CardAfter.At,
        });
        told.GPU.ShouldBe(Samples.Telemetry.GPU with { Name = "cuda:0 RTX 4090" });
        told.System.Before.ToJsonString().ShouldBe("""{"os":"posix"}""");
        told.System.FallbackNotes.ShouldBeEmpty();
    }

    [Fact]
    public void The_knobs_in_force_are_told()
    {
        var told = TelemetryBuilder.Build(Take, Samples.Policy with
        {
            SceneRetryBudget = 4,
            HistoryMaxWaitSeconds = 90.5,
            HistoryPollIntervalSeconds = 0.25,
            HistoryMaxAttempts = 7,
            PostExecutionTimeoutSeconds = 3,
        });

        (told.SceneRetryBudget, told.MaxWaitSeconds, told.PollIntervalSeconds, told.HistoryAttemptLimit, told.PostExecutionTimeoutSeconds).ShouldBe((4, 90.5, 0.25, 7, 3));
    }

    // Start, duration, queue wait, execution, collect; all in seconds since the POST.
    public static TheoryData<string, AttemptMeasures, double, double, double?, double?, double?> Times => new()
    {
        { "plain", Take, 2, 10, 2, 9.5, 0.5 },
        { "never executed", Take with { ExecutionSeenAt = null, SuccessAt = null }, 0, 12, null, null, null },
        { "not settled", Take with { ExecutionSeenAt = null, SuccessAt = null, SettledAt = null }, 0, 0, null, null, null },
        { "failed while executing", Take with { SuccessAt = null }, 2, 10, 2, null, null },
        { "seen late, placed by the server's span", Take with { ExecutionSeenAt = Night.AddSeconds(4), ServerStartedAt = Server(0), ServerEndedAt = Server(9) }, 2.5, 9.5, 2.5, 9, 0.5 },
        { "seen early, the server's span is shorter", Take with { ServerStartedAt = Server(0), ServerEndedAt = Server(8.123) }, 2, 10, 2, 8.123, 0.5 },
        { "the server's span is longer than the wait", Take with { ServerStartedAt = Server(0), ServerEndedAt = Server(60) }, 0, 12, 0, 60, 0.5 },
        { "the server's clock ran backwards", Take with { ServerStartedAt = Server(9), ServerEndedAt = Server(0) }, 2, 10, 2, 9.5, 0.5 },
        { "the server tells only the start", Take with { ServerStartedAt = Server(9) }, 2, 10, 2, 9.5, 0.5 },
        { "a cache hit, seen only at its end", Take with { ExecutionSeenAt = Night.AddSeconds(1), SuccessAt = Night.AddSeconds(1), SettledAt = Night.AddSeconds(1.2) }, 1, 0.2, 1, 0, 0.2 },
        { "our clock was set back before the end", Take with { SettledAt = Night.AddSeconds(-5) }, 0, 0, 0, 9.5, 0 },
        { "our clock was set back before the start", Take with { ExecutionSeenAt = Night.AddSeconds(-3) }, 0, 12, 0, 14.5, 0.5 },
        { "a duration has one decimal, its parts have three", Take with { ExecutionSeenAt = Night.AddMilliseconds(1234), SuccessAt = Night.AddMilliseconds(5690), SettledAt = Night.AddMilliseconds(5815) }, 1.234, 4.6, 1.234, 4.456, 0.125 },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public void Times_are_spans_of_the_attempt(string moment, AttemptMeasures facts, double start, double duration, double? queue, double? execution, double? collect)
    {
        var told = Build(facts);

        ((told.QueueStart - Night).TotalSeconds, told.DurationSeconds, told.QueueWaitSeconds, told.ExecutionSeconds, told.CollectSeconds)
            .ShouldBe((start, duration, queue, execution, collect), moment);
    }

    private static readonly GpuSample Cpu = Card with { Name = "cpu", Type = "cpu", VramTotal = 67_000_000_000, VramFree = 1_048_576_000 };
    private static readonly GpuSample Mute = Card with { VramTotal = null, VramFree = null };

    // Before, after, the GPU in words, notes.
    public static TheoryData<GpuSample?, GpuSample?, string, string[]> Gpus => new()
    {
        { Card, CardAfter, "cuda:0 RTX 4090 cuda 0: 10240 → 9664 = -576", [] },
        { Cpu, Cpu with { VramFree = 1_048_576_001 }, "cpu cpu 0: 1000 → 1000 = 0", [] },
        { Mute, Mute, "cuda:0 RTX 4090 cuda 0: ? → ? = ?", ["Station does not report VRAM"] },
        { Card, Mute, "cuda:0 RTX 4090 cuda 0: 10240 → ? = ?", ["Station does not report VRAM"] },
        { Nobody, CardAfter, "cuda:0 RTX 4090 cuda 0: ? → 9664 = ?", ["/system_stats unavailable before execution"] },
        { Card, Nobody, "cuda:0 RTX 4090 cuda 0: 10240 → ? = ?", ["/system_stats unavailable after execution"] },
        { Nobody, Nobody, "Unknown unknown 0: ? → ? = ?", ["/system_stats unavailable before execution", "/system_stats unavailable after execution"] },
        { null, null, "Unknown unknown 0: ? → ? = ?", ["/system_stats unavailable before execution", "/system_stats unavailable after execution"] },
        { Smi, Smi with { VramFree = 8_000_000_000 }, "RTX 4090 nvidia 0: 8583.1 → 7629.4 = -953.7", ["/system_stats unavailable before execution; using nvidia-smi fallback", "/system_stats unavailable after execution; using nvidia-smi fallback"] },
        { Smi with { System = [] }, CardAfter, "cuda:0 RTX 4090 cuda 0: 8583.1 → 9664 = ?", ["/system_stats present but missing VRAM before execution; using nvidia-smi fallback"] },
        { Card with { Name = null }, CardAfter with { Name = null }, "Unknown cuda 0: 10240 → 9664 = -576", ["Station does not report VRAM"] },
        { Card, CardAfter with { DuringAnother = true }, "cuda:0 RTX 4090 cuda 0: 10240 → 9664 = -576", ["Sampled while another prompt was executing"] },
        { Card with { DuringAnother = true }, CardAfter with { DuringAnother = true }, "cuda:0 RTX 4090 cuda 0: 10240 → 9664 = -576", ["Sampled while another prompt was executing"] },
    };

    [Theory]
    [MemberData(nameof(Gpus))]
    public void Memory_is_told_with_a_note_where_it_is_not_known(GpuSample? before, GpuSample? after, string gpu, string[] notes)
    {
        var told = Build(Take with { Before = before, After = after });
        var g = told.GPU;

        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{g.Name} {g.Type} {g.Index}: {Known(g.VramBeforeMB)} → {Known(g.VramAfterMB)} = {Known(g.VramDeltaMB)}").ShouldBe(gpu);
        told.System.FallbackNotes.ShouldBe(notes);
        told.SampledBeforeAt.ShouldBe(before is null || before == Nobody ? null : before.At);
        told.SampledAfterAt.ShouldBe(after is null || after == Nobody ? null : after.At);

        static string Known(double? mb) => mb is { } known ? SummaryNumber.Text(known) : "?";
    }

    [Fact]
    public void A_peak_is_told_with_how_often_we_looked()
    {
        var told = Build(Take with { Peak = new GpuPeak(16_093_600_000, 0.5, 12, 1) });

        (told.GPU.VramPeakUsedMB, told.GPU.PeakSampleSeconds).ShouldBe((15348.1, 0.5));
        told.System.FallbackNotes.ShouldBeEmpty();
        (Build(Take).GPU.VramPeakUsedMB, Build(Take).GPU.PeakSampleSeconds).ShouldBe((null, null));
    }

    [Fact]
    public void The_runners_own_notes_stand_last_and_none_stands_twice() =>
        Build(Take with { Before = Nobody, Notes = [FallbackNotes.SharedGpu, FallbackNotes.StatsUnavailable("before"), FallbackNotes.SharedGpu] })
            .System.FallbackNotes.ShouldBe([FallbackNotes.StatsUnavailable("before"), FallbackNotes.SharedGpu]);

    [Fact]
    public void An_unknown_system_is_an_empty_object()
    {
        var told = Build(Take with { Before = Nobody, After = Card with { System = null } });

        (told.System.Before.ToJsonString(), told.System.After.ToJsonString()).ShouldBe(("{}", "{}"));
    }

    [Theory]
    [InlineData("success", null, false)]
    [InlineData("postExecution", "outputsMissing", true)]
    [InlineData("maxWait", "timedOut", false)]
    public void The_reason_and_the_kind_are_the_settlements(string reason, string? kind, bool reached)
    {
        var told = Build(Take with { ExitReason = reason, FailureKind = kind });

        (told.HistoryExitReason, told.FailureKind, told.HistoryPostExecutionTimeoutReached).ShouldBe((reason, kind, reached));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Success_is_detected_where_it_has_a_time(bool detected)
    {
        var told = Build(Take with { SuccessAt = detected ? Night : null });

        (told.ExecutionSuccessDetected, told.ExecutionSuccessAt).ShouldBe((detected, detected ? Night : null));
    }

    // The validator recomputes all of this from the files.
    [Fact]
    public void The_figures_of_any_attempt_agree_with_each_other() => Gen.Select(Bytes, Bytes, Offset, Offset, Offset).Sample(
        (before, after, seen, success, settled) =>
        {
            var told = Build(Take with
            {
                ExecutionSeenAt = seen,
                SuccessAt = success,
                SettledAt = settled,
                Before = Card with { VramFree = before },
                After = CardAfter with { VramFree = after },
            });

            told.GPU.VramBeforeMB.ShouldBe(before is { } b ? Math.Round(b / 1048576.0, 1) : null);
            told.GPU.VramDeltaMB.ShouldBe(told.GPU is { VramBeforeMB: { } from, VramAfterMB: { } to } ? Math.Round(to - from, 1) : null);
            (told.GPU.VramDeltaMB is null && told.System.FallbackNotes.Count == 0).ShouldBeFalse();
            told.DurationSeconds.ShouldBe(Math.Round((told.QueueEnd - told.QueueStart).TotalSeconds, 1));
            told.QueueStart.ShouldBeInRange(told.SubmittedAt, told.QueueEnd);
            new[] { told.DurationSeconds, told.QueueWaitSeconds ?? 0, told.ExecutionSeconds ?? 0, told.CollectSeconds ?? 0 }.ShouldAllBe(s => s >= 0);
        },
        iter: 2_000);

    // Contract §3: null only with a note that says why; a delta only of two readings of one source.
    [Fact]
    public void No_figure_is_missing_without_a_note() => Gen.Select(Sample, Sample).Sample(
        (before, after) =>
        {
            var told = Build(Take with { Before = before, After = after });

            if (told.GPU is not { VramBeforeMB: not null, VramAfterMB: not null, VramDeltaMB: not null } || told.GPU.Name == "Unknown")
            {
                told.System.FallbackNotes.ShouldNotBeEmpty();
            }

            if (before?.Source != after?.Source)
            {
                told.GPU.VramDeltaMB.ShouldBeNull();
            }
        },
        iter: 2_000);

    private static readonly Gen<GpuSample?> Sample =
        from source in Gen.Int[0, 3]
        from isNamed in Gen.Bool
        from free in Gen.Long[0, 100_000_000_000].Nullable()
        from answers in Gen.Bool
        select source switch
        {
            0 => null,
            1 => Nobody,
            2 => Smi with { VramFree = free ?? 0, System = answers ? [] : null },
            _ => Card with { Name = isNamed ? Card.Name : null, VramFree = free },
        };

    private static readonly Gen<long?> Bytes = Gen.Long[0, 100_000_000_000].Nullable();

    private static readonly Gen<DateTimeOffset?> Offset = Gen.Int[-1_000, 900_000].Nullable().Select(ms => ms is { } m ? Night.AddMilliseconds(m) : (DateTimeOffset?)null);

    private static DateTimeOffset Server(double seconds) => Night.AddHours(-3).AddSeconds(seconds);

    private static SceneTelemetry Build(AttemptMeasures facts) => TelemetryBuilder.Build(facts, Samples.Policy);
}
