using System.Text.Json;
using Dailies.Contract;
using Dailies.Dashboard.Reading;

namespace Dailies.Dashboard.Views;

/// <summary>One stretch of an attempt: where it begins and how long it takes, as shares of the whole, 0 to 1.</summary>
public sealed record Stretch(string Name, double From, double Length, string Words);

/// <summary>One attempt at a scene.</summary>
public sealed record AttemptView
{
    /// <summary>1 for the first.</summary>
    public required int Number { get; init; }

    /// <summary>Its take is the scene's.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>What came of it, in words.</summary>
    public required string Outcome { get; init; }

    /// <summary>How that is to be taken.</summary>
    public Tone Tone { get; init; }

    /// <summary>Seed, station, rung, whether it was charged: what tells one attempt from another.</summary>
    public IReadOnlyList<Badge> Facts { get; init; } = [];

    /// <summary>Telemetry.</summary>
    public IReadOnlyList<Badge> Badges { get; init; } = [];

    /// <summary>Queue, execution, collection; empty where nobody knows.</summary>
    public IReadOnlyList<Stretch> Timeline { get; init; } = [];

    /// <summary>Its frames, relative to the run folder, in order.</summary>
    public IReadOnlyList<string> Frames { get; init; } = [];

    /// <summary>Files of its own that are there.</summary>
    public IReadOnlyList<FileLink> Files { get; init; } = [];

    internal static AttemptView Of(JsonElement? attempt, string sceneId, bool accepted, RunFolder run)
    {
        var number = attempt.Whole("Attempt") ?? 0;
        var t = attempt.At("Telemetry");
        var (kind, success) = (t.Text("FailureKind"), attempt.Flag("Success") is true);
        return new AttemptView
        {
            Number = number,
            IsAccepted = accepted,
            Outcome = success ? accepted ? "the take" : "a take, not used" : kind ?? t.Text("HistoryExitReason") ?? "unknown",
            Tone = accepted ? Tone.Good : success ? Tone.Plain : Tone.Bad,
            Facts = [.. FactsOf(attempt)],
            Badges = TelemetryBadges.Of(t),
            Timeline = TimelineOf(t),
            Frames = FramesOf(run, attempt.Text("GeneratedFramesDir") ?? RunFolder.Frames(sceneId, number)),
            Files = [.. new[] { ("Workflow as sent", RunFolder.Workflow(sceneId, number)), ("History as received", RunFolder.History(sceneId, number)), ("Station log", RunFolder.AttemptLog(sceneId, number)), ("Done marker", RunFolder.Marker(sceneId, number)) }
                .Where(f => File.Exists(run.At(f.Item2))).Select(f => new FileLink(f.Item1, f.Item2))],
        };
    }

    private static IEnumerable<Badge> FactsOf(JsonElement? attempt)
    {
        if (attempt.At("Seed") is { } seed)
        {
            yield return new Badge("Seed", seed.GetRawText(), Field: "Seed");
        }

        if (attempt.Text("Rung") is { } rung)
        {
            yield return new Badge("Rung", rung, Tone.Warn, "smaller", "Rung");
        }

        if (attempt.Flag("Charged") is { } charged)
        {
            yield return new Badge("Charged", charged ? "yes" : "no", Field: "Charged");
        }

        if (attempt.Flag("AdoptedLate") is true)
        {
            yield return new Badge("Adopted late", "yes", Tone.Warn, "late", "AdoptedLate");
        }

        if (attempt.Whole("FrameCount") is { } frames)
        {
            yield return new Badge("Frames", frames.ToString(System.Globalization.CultureInfo.InvariantCulture), Field: "FrameCount");
        }
    }

    private static IReadOnlyList<Stretch> TimelineOf(JsonElement? t)
    {
        (string Name, double? Seconds)[] parts = [("queued", t.Number("QueueWaitSeconds")), ("executing", t.Number("ExecutionSeconds")), ("collecting", t.Number("CollectSeconds"))];
        var whole = parts.Sum(p => p.Seconds ?? 0);
        var at = 0.0;
        var stretches = new List<Stretch>();
        foreach (var (name, seconds) in parts)
        {
            if (seconds is { } s and > 0 && whole > 0)
            {
                stretches.Add(new Stretch(name, at / whole, s / whole, $"{name} {Tones.Span(s)}"));
                at += s;
            }
        }

        return stretches;
    }

    private static IReadOnlyList<string> FramesOf(RunFolder run, string folder)
    {
        try
        {
            return Path.IsPathRooted(folder) || folder.Contains("..", StringComparison.Ordinal) || !Directory.Exists(run.At(folder)) ? []
                : [.. Directory.EnumerateFiles(run.At(folder)).Select(Path.GetFileName).OfType<string>().Where(IsPicture).Order(StringComparer.Ordinal).Select(f => $"{folder}/{f}")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsPicture(string name) => Path.GetExtension(name).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg" or ".webp" or ".gif" or ".avif" or ".bmp";
}

/// <summary>One look at queue and history.</summary>
public sealed record PollView(string Number, DateTimeOffset? At, string Status, string? Message);

/// <summary>A scene with everything that is known of it.</summary>
public sealed record SceneDetail(SceneView Scene, string Prompt, string Negative, IReadOnlyList<AttemptView> Attempts, IReadOnlyList<PollView> Polls, int PollTotal, string? Before, string? After)
{
    /// <summary>The scene of that id; null where the run has none.</summary>
    public static SceneDetail? Of(RunReading run, string sceneId)
    {
        var scenes = run.Metadata.Items("Scenes");
        var at = scenes.ToList().FindIndex(s => s.Text("SceneId") == sceneId);
        if (at < 0)
        {
            return null;
        }

        var s = scenes[at];
        var accepted = s.Flag("Success") is true ? s.Items("Attempts").Where(a => a.Flag("Success") is true).Select(a => a.Whole("Attempt")).FirstOrDefault(n => s.Text("GeneratedFramesDir") == RunFolder.Frames(sceneId, n ?? 0)) : null;
        return new SceneDetail(
            SceneView.Of(s, run), s.Text("Prompt") ?? "", s.Text("NegativePrompt") ?? "",
            [.. s.Items("Attempts").Select(a => AttemptView.Of(a, sceneId, accepted is not null && a.Whole("Attempt") == accepted, run.Folder))],
            [.. s.Items("HistoryPollLog").Select(p => new PollView(p.Shown("Attempt") ?? "", p.Time("Timestamp"), p.Text("Status") ?? "", p.Text("Message")))],
            s.Whole("HistoryPollLogTotal") ?? 0,
            at > 0 ? scenes[at - 1].Text("SceneId") : null, at < scenes.Count - 1 ? scenes[at + 1].Text("SceneId") : null);
    }
}
