using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Telemetry;

namespace Dailies.Reports;

/// <summary>What the GPUs did for a run, in seconds, and what of it was for nothing. What is wasted by no cause below went into takes that stand.</summary>
/// <param name="UsedSeconds">Our prompts executed for so long, all together; takes that were kept from an earlier run are not in it.</param>
/// <param name="IdleSeconds">A station that had rendered for us before executed nothing of ours, while a scene was waiting to be rendered.</param>
/// <param name="FailedSeconds">Prompts executed whose attempts failed.</param>
/// <param name="RetakenSeconds">Prompts executed whose takes were accepted and are lost or changed since, so that their scenes needed others.</param>
/// <param name="AsideSeconds">Prompts executed whose takes are whole, and others stand for their scenes.</param>
public sealed record GpuTime(double UsedSeconds, double IdleSeconds, double FailedSeconds, double RetakenSeconds, double AsideSeconds)
{
    /// <summary>The causes, in the order of the report: name, what it means, seconds.</summary>
    public IReadOnlyList<WasteCause> Causes =>
    [
        new("idle", "a station that had rendered for us before executed nothing of ours, while a scene was waiting", IdleSeconds),
        new("failed attempts", "a prompt executed, and its attempt failed", FailedSeconds),
        new("re-takes", "a prompt executed, and its accepted take was lost or changed since, so that the scene needed another", RetakenSeconds),
        new("set-aside takes", "a prompt executed, its take is whole, and another stands for the scene", AsideSeconds),
    ];

    /// <summary>All causes together.</summary>
    public double WastedSeconds => IdleSeconds + FailedSeconds + RetakenSeconds + AsideSeconds;

    /// <summary>The run's figures at <paramref name="now"/>; of a run that has ended, at its end. Pure.</summary>
    public static GpuTime Of(RunState run, DateTimeOffset now)
    {
        var (policy, end) = (run.Plan?.Policy, run.Ended?.At ?? now);
        if (policy is null)
        {
            return new GpuTime(0, 0, 0, 0, 0);
        }

        var attempts = run.Scenes.Values.SelectMany(s => s.Attempts.Where(a => IsOwn(s, a)).Select(a => new Work(s, a, Execution(a, policy, end)))).ToList();
        return new GpuTime(
            Sum(attempts, _ => true), Idle(run, attempts, end), Sum(attempts, w => w.Fate == Fate.Failed), Sum(attempts, w => w.Fate == Fate.Retaken), Sum(attempts, w => w.Fate == Fate.Aside));
    }

    /// <summary>How long one settled attempt executed: what the server says, else what we saw; 0 where it never did. Whatever a server's clock says, no prompt executed for longer than we knew of it.</summary>
    internal static double Seconds(double? executionSeconds, double? queueWaitSeconds, DateTimeOffset? submittedAt, DateTimeOffset? queueStart, DateTimeOffset? queueEnd) =>
        Math.Clamp(executionSeconds ?? (queueWaitSeconds is null ? 0 : (queueEnd - queueStart)?.TotalSeconds ?? 0), 0, Math.Max(0, (queueEnd - submittedAt)?.TotalSeconds ?? 0));

    private static bool IsOwn(SceneState scene, AttemptState attempt) => scene.KeptFrom is null || attempt.Number > 1;

    private static Span? Execution(AttemptState attempt, QueueConfig policy, DateTimeOffset end)
    {
        if (attempt.Measures.ExecutionSeenAt is null && attempt.Measures.ServerStartedAt is null)
        {
            return null;
        }

        var measures = attempt.Measures.SettledAt is null ? attempt.Measures with { SettledAt = end } : attempt.Measures;
        var telemetry = TelemetryBuilder.Build(measures, policy);
        return new Span(telemetry.QueueStart, telemetry.QueueStart.AddSeconds(Seconds(telemetry.ExecutionSeconds, telemetry.QueueWaitSeconds, telemetry.SubmittedAt, telemetry.QueueStart, telemetry.QueueEnd)));
    }

    private static double Sum(IEnumerable<Work> attempts, Func<Work, bool> which) =>
        Math.Round(Spans.Seconds(attempts.Where(which).Select(w => w.Execution).OfType<Span>()), 3);

    private static double Idle(RunState run, IReadOnlyList<Work> attempts, DateTimeOffset end)
    {
        var waiting = Spans.Minus(Spans.Union(attempts.GroupBy(w => w.Scene).SelectMany(g => Waiting(run, g.Key, [.. g], end)).Concat(NeverSent(run, end))), Pauses(run));
        var idle = 0.0;
        foreach (var station in attempts.Where(w => w.Execution is not null).GroupBy(w => w.Attempt.Measures.Station))
        {
            var busy = Spans.Union(station.Select(w => w.Execution!.Value));
            idle += busy.Count == 0 ? 0 : Spans.Seconds(Spans.Minus(Spans.Within(waiting, new Span(busy[0].From, end)), busy));
        }

        return Math.Round(idle, 3);
    }

    // From the run's begin to the scene's end, but for the time in which one of its attempts executed or was collected.
    private static IReadOnlyList<Span> Waiting(RunState run, SceneState scene, IReadOnlyList<Work> attempts, DateTimeOffset end)
    {
        var over = scene.Accepted?.At ?? scene.Failed?.At ?? end;
        var taken = attempts.Where(w => w.Execution is not null).Select(w => new Span(w.Execution!.Value.From, w.Attempt.Measures.SettledAt ?? end)).ToList();
        foreach (var (before, after) in attempts.Zip(attempts.Skip(1)))
        {
            // It had its take, or its named reason, and waited for nothing until that was gone.
            var rested = before.Attempt.IsSpoiled ? after.Attempt.Measures.SubmittedAt
                : scene.Reopened?.At is { } reopened && reopened <= after.Attempt.Measures.SubmittedAt ? reopened
                : (DateTimeOffset?)null;
            taken.AddRange(rested is { } to && before.Attempt.Measures.SettledAt is { } from ? [new Span(from, to)] : []);
        }

        return Spans.Minus(Spans.Union([new Span(run.StartedAt, over)]), Spans.Union(taken));
    }

    private static IEnumerable<Span> NeverSent(RunState run, DateTimeOffset end) =>
        run.Scenes.Values.Where(s => s.Attempts.IsEmpty).Select(s => new Span(run.StartedAt, s.Failed?.At ?? end));

    // Before a run was taken up again nobody rendered: from the last that we know of the controller before.
    private static IReadOnlyList<Span> Pauses(RunState run)
    {
        var stamps = run.Scenes.Values.SelectMany(s => s.Attempts).SelectMany(a => new[] { a.Measures.SubmittedAt, a.Measures.ExecutionSeenAt, a.Measures.SuccessAt, a.Measures.SettledAt })
            .OfType<DateTimeOffset>().Append(run.StartedAt).Order().ToList();
        return Spans.Union(run.Resumed.Select(at => new Span(stamps.LastOrDefault(s => s <= at, run.StartedAt), at)));
    }

    private enum Fate
    {
        Taken,
        Failed,
        Retaken,
        Aside,
        Running,
    }

    private sealed record Work(SceneState Scene, AttemptState Attempt, Span? Execution)
    {
        public Fate Fate => (Scene.Accepted?.Attempt == Attempt.Number, Attempt) switch
        {
            (true, _) => Fate.Taken,
            (_, { IsSpoiled: true }) => Fate.Retaken,
            (_, { Settled: null }) => Fate.Running,
            (_, { Settled: { Aside: false, FailureKind: not null } }) => Fate.Failed,
            _ => Fate.Aside,
        };
    }
}

/// <summary>One cause of wasted time.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Meaning">What it means, as half a sentence.</param>
/// <param name="Seconds">How much.</param>
public sealed record WasteCause(string Name, string Meaning, double Seconds);
