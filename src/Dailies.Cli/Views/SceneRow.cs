using System.Globalization;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Telemetry;

namespace Dailies.Cli.Views;

/// <summary>One scene as a row for people. Pure, so that the live table, the last table and <c>dailies status</c> can't differ.</summary>
internal sealed record SceneRow(string Scene, string Title, string State, string Step, string Elapsed, string Frames, string Vram, SceneMood Mood)
{
    /// <summary>The row of a scene at a moment.</summary>
    public static SceneRow Of(SceneState scene, QueueConfig config, AttemptProgress? progress, bool ended, DateTimeOffset now)
    {
        var attempt = scene.Attempts.IsEmpty ? null : scene.Described is { } d && (scene.Ended || ended) ? d : scene.Attempts[^1];
        var (state, mood) = StateOf(scene, attempt, ended);
        var telemetry = attempt is { Settled: not null } ? TelemetryBuilder.Build(attempt.Measures, config) : null;
        var running = attempt is { Settled: null } && !ended;
        return new SceneRow(
            scene.Plan.SceneId,
            scene.Plan.Title,
            state,
            (running || (scene is { Accepted: not null, Video: null } && !ended)) && progress is { Max: > 0 } p && p.Attempt == attempt!.Number ? Text($"{p.Value}/{p.Max}") : "",
            telemetry is not null ? Text($"{telemetry.DurationSeconds:0.0} s") : running ? Text($"{Since(attempt!, now).TotalSeconds:0} s") : "",
            attempt?.Take is { } take ? Text($"{take.FrameCount}") : "",
            telemetry?.GPU.VramDeltaMB is { } delta ? Text($"{delta:+0.0;-0.0;0} MB") : "",
            mood);
    }

    private static TimeSpan Since(AttemptState attempt, DateTimeOffset now) => now - (attempt.Measures.ExecutionSeenAt ?? attempt.Measures.SubmittedAt);

    private static (string, SceneMood) StateOf(SceneState scene, AttemptState? attempt, bool ended) => (scene, attempt) switch
    {
        ({ Accepted: { } a }, _) => (a.Attempt == 1 ? "take" : Text($"take (attempt {a.Attempt})"), attempt!.Warnings.IsEmpty ? SceneMood.Good : SceneMood.Warning),
        ({ Failed: { } f }, _) => (scene.Attempts.Length > 1 ? Text($"{f.FailureKind} ×{scene.Attempts.Length}") : f.FailureKind, SceneMood.Bad),
        (_, _) when ended => ("not rendered", SceneMood.Bad),
        (_, null) => ("waiting", SceneMood.Quiet),
        (_, { Settled: { } s }) => ($"again: {s.FailureKind}", SceneMood.Warning),
        (_, { Measures.SuccessAt: not null }) => ("collecting", SceneMood.Busy),
        (_, { Measures.ExecutionSeenAt: not null }) => ("rendering", SceneMood.Busy),
        _ => ("queued", SceneMood.Busy),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How a row is meant; each has a colour and its state has a word.</summary>
internal enum SceneMood
{
    Quiet,
    Busy,
    Good,
    Warning,
    Bad,
}
