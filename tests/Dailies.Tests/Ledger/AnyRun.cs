using System.Text.Json.Nodes;
using CsCheck;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Takes;
using Dailies.Telemetry;
using Dailies.Tests.Contract;

namespace Dailies.Tests.Ledger;

/// <summary>Sequences of events: runs as they are, and runs as no program would write them.</summary>
internal static class AnyRun
{
    private static readonly Gen<RunEvent> Started = Hostile.Text.Select(text => (RunEvent)new RunStarted(Samples.Night, SampleRun.Plan(3, text)));

    private static readonly Gen<string?> Kind = Gen.Int[-4, FailureKind.All.Count - 1].Select(i => i < 0 ? null : FailureKind.All[i]);

    // Scene 9 is not in the plan.
    private static readonly Gen<RunEvent> OneEvent =
        from scene in Gen.Int[0, 6].Select(n => RunFolder.SceneId(new[] { 1, 1, 2, 2, 3, 3, 9 }[n]))
        from attempt in Gen.Int[1, 3]
        from text in Hostile.Text
        from n in Gen.Int[0, 40]
        from kind in Kind
        from yes in Gen.Bool
        from which in Gen.Int[0, 26]
        select Make(which, scene, attempt, text, n, kind, yes);

    // Attempts, each with an outcome; a take ends the scene, as does the last failure.
    private static readonly Gen<RunEvent[]> OneScene =
        from scene in Gen.Int[1, 3].Select(RunFolder.SceneId)
        from kinds in Kind.Array[1, 3]
        from text in Hostile.Text
        from n in Gen.Int[0, 40]
        select kinds.TakeWhile((_, i) => i == 0 || kinds[i - 1] is not null).SelectMany((kind, i) => Attempt(scene, i + 1, text, n, kind, last: i == kinds.Length - 1)).ToArray();

    /// <summary>A run as the program writes it, ended or cut off.</summary>
    public static Gen<RunEvent[]> Whole { get; } =
        from start in Started
        from scenes in OneScene.Array[1, 3]
        from ended in Gen.Bool
        from state in Gen.Int[1, 3].Select(i => RunStates.All[i])
        from why in Hostile.Text.Null()
        select Timed([start, .. scenes.DistinctBy(events => SceneState.SceneOf(events[0])).SelectMany(events => events), .. ended ? [new RunEnded(default, state, why), new RunValidated(default, 1, 3)] : Array.Empty<RunEvent>()]);

    /// <summary>Events swapped, doubled, lost and mixed with any others.</summary>
    public static Gen<RunEvent[]> Broken { get; } =
        from whole in Whole
        from others in OneEvent.Array[0, 20]
        from changes in Gen.Select(Gen.Int[0, 1_000], Gen.Int[0, 1_000], Gen.Int[0, 2]).Array[0, 20]
        select Timed(Changed([.. whole, .. others], changes));

    /// <summary>Either.</summary>
    public static Gen<RunEvent[]> Events { get; } = Gen.OneOf(Whole, Broken);

    private static RunEvent[] Changed(List<RunEvent> events, (int From, int To, int How)[] changes)
    {
        foreach (var (from, to, how) in changes)
        {
            var (a, b) = (from % events.Count, to % events.Count);
            switch (how)
            {
                case 0: (events[a], events[b]) = (events[b], events[a]); break;
                case 1: events.Insert(b, events[a]); break;
                default: events.RemoveRange(a, events.Count > 1 ? 1 : 0); break;
            }
        }

        return [.. events];
    }

    private static RunEvent[] Timed(IEnumerable<RunEvent> events) => [.. events.Select((e, i) => e with { At = Samples.Night.AddMilliseconds(i * 137) })];

    private static IEnumerable<RunEvent> Attempt(string scene, int attempt, string text, int n, string? kind, bool last)
    {
        int[] before = [0, 1, 2, 5, 6, .. kind is null ? [7, 8, 9, 25, 1, 10, 11] : new[] { 6, 12 }];
        foreach (var which in before)
        {
            yield return Make(which, scene, attempt, text, n, kind, which == 1);
        }

        yield return Make(13, scene, attempt, text, n, kind, true);
        yield return kind is null ? new SceneAccepted(default, scene, attempt, 1) : Make(last ? 16 : 15, scene, attempt, text, n, kind, true);
        if (kind is null)
        {
            yield return Make(17, scene, attempt, text, n, kind, true);
        }
    }

    private static RunEvent Make(int which, string scene, int attempt, string text, int n, string? kind, bool yes) => which switch
    {
        0 => new AttemptStarted(default, scene, attempt, "shot", text, $"id-{attempt}", "client", ulong.MaxValue - (ulong)n, text),
        1 => new GpuSampled(default, scene, attempt, yes ? GpuSampled.Before : GpuSampled.After, Sample(text, n)),
        2 => new PromptAccepted(default, scene, attempt, $"id-{attempt}", yes ? n : null),
        3 => new PromptRefused(default, scene, attempt, 400 + n, [text, text]),
        4 => new SubmitUnclear(default, scene, attempt, text),
        5 => new ExecutionSeen(default, scene, attempt, "socket"),
        6 => new Looked(default, scene, attempt, yes ? "running" : "error", yes, yes ? null : text),
        7 => new SuccessSeen(default, scene, attempt, "history"),
        8 => new Looked(default, scene, attempt, "success", true, null),
        9 => new HistoryReceived(
            default, scene, attempt, RunFolder.History(scene, attempt), yes ? [text, ""] : [], Samples.Night, yes ? null : Samples.Night.AddMilliseconds(n * 77),
            [.. Enumerable.Range(0, n).Select(i => new AnnouncedFile("9", "images", text, text, "output", yes))]),
        10 => new TakeFetched(default, scene, attempt, FrameSource.Files, n, n, [.. Enumerable.Range(0, n).Select(i => new FrameRecord($"f{i}.png", i, "00", 8, 8))]),
        11 => new SceneWarned(default, scene, attempt, text),
        12 => new PromptWithdrawn(default, scene, attempt, "deleted"),
        13 or 14 => new AttemptSettled(default, scene, attempt, kind is null ? ExitReason.Success : ExitReason.All[n % 5], kind, kind is null ? null : text, yes),
        15 => new SceneRequeued(default, scene, attempt + 1, kind ?? FailureKind.BadFrames, text),
        16 => new SceneFailed(default, scene, kind ?? FailureKind.BadFrames, text),
        17 => new VideoSettled(default, scene, new VideoRecord(yes ? "v.mp4" : null, n / 24.0, yes ? VideoRecord.Complete : VideoRecord.Missing, null, text, null, 24, 8, 8, null)),
        18 or 19 => new SceneAccepted(default, scene, attempt, n),
        20 => new StationProbed(default, new StationRecord(text, text, yes ? "animatic" : "comfyui", yes ? text : null, yes ? null : text)),
        21 => new RunNoted(default, text),
        22 => new RunEnded(default, RunStates.All[n % 4], yes ? text : null),
        23 => new RunValidated(default, n % 3, n),
        24 => new ArchiveSettled(default, yes ? text : null, yes ? null : text),
        25 => new GpuPeakSampled(default, scene, attempt, new GpuPeak(n * 1_000_000_007L, 0.5, n + 1, n % 3)),
        _ => new RunStarted(default, SampleRun.Plan(4, text)),
    };

    private static GpuSample Sample(string text, int n) => n % 4 == 0
        ? new GpuSample(Samples.Night, GpuSample.FromNowhere, null, null, null, null, null, null)
        : new GpuSample(Samples.Night, n % 4 == 1 ? GpuSample.FromSmi : GpuSample.FromStats, text, "cuda", n, n * 1_000_000_007L, n % 4 == 2 ? null : n * 1_000_003L, new JsonObject { ["os"] = text }, n > 20);
}
