using System.Globalization;
using Dailies.Contract;

namespace Dailies.Reports;

/// <summary>Two runs side by side: what was set otherwise, and what came of it. Null: not known.</summary>
/// <param name="A">The first run.</param>
/// <param name="B">The second.</param>
/// <param name="Settings">Settings that differ, the policy first; one that only one of the two records has null for the other.</param>
/// <param name="Scenes">Every scene of either, in story order.</param>
public sealed record RunComparison(RunTotals A, RunTotals B, IReadOnlyList<SettingPair> Settings, IReadOnlyList<ScenePair> Scenes)
{
    /// <summary>Both are of one story, as its id tells.</summary>
    public bool IsOneStory => A.StoryId == B.StoryId;

    /// <summary>Compares them. Pure.</summary>
    public static RunComparison Of(RunReport a, RunReport b) => new(RunTotals.Of(a), RunTotals.Of(b), [.. Differing(Set(a), Set(b))], [.. Pairs(a.Scenes, b.Scenes)]);

    private static List<ReportSetting> Set(RunReport run) =>
    [
        .. run.Policy,
        .. run.WorkflowSha256 is { } sha ? new[] { new ReportSetting("workflow SHA-256", sha, null) } : [],
        .. run.Settings,
    ];

    // A setting that neither records, or that both have alike, says nothing; where it came from is no difference.
    private static IEnumerable<SettingPair> Differing(List<ReportSetting> a, List<ReportSetting> b)
    {
        var (first, second) = (ByName(a), ByName(b));
        return a.Concat(b).Select(s => s.Name).Distinct()
            .Select(name => new SettingPair(name, first.GetValueOrDefault(name), second.GetValueOrDefault(name)))
            .Where(p => (p.A ?? "") != (p.B ?? ""));
    }

    private static Dictionary<string, string> ByName(List<ReportSetting> settings) => settings.GroupBy(s => s.Name).ToDictionary(g => g.Key, g => g.First().Value);

    private static IEnumerable<ScenePair> Pairs(IReadOnlyList<SceneReport> a, IReadOnlyList<SceneReport> b)
    {
        var (first, second) = (ById(a), ById(b));
        return a.Concat(b).Select(s => s.SceneId).Distinct()
            .OrderBy(id => id.Length).ThenBy(id => id, StringComparer.Ordinal) // scene-1000 after scene-999
            .Select(id => new ScenePair(id, first.GetValueOrDefault(id), second.GetValueOrDefault(id)));
    }

    private static Dictionary<string, SceneReport> ById(IReadOnlyList<SceneReport> scenes) => scenes.GroupBy(s => s.SceneId).ToDictionary(g => g.Key, g => g.First());
}

/// <summary>One run of two, in figures.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Name">The operator's own name for it, or null.</param>
/// <param name="State">As the report says.</param>
/// <param name="StoryId">The story.</param>
/// <param name="Scenes">How many were selected.</param>
/// <param name="Taken">How many have a take.</param>
/// <param name="Failed">How many ended without one.</param>
/// <param name="Left">How many have not ended, or the run ended first.</param>
/// <param name="Frames">Frames of all takes.</param>
/// <param name="Attempts">Attempts at all scenes.</param>
/// <param name="DurationSeconds">From begin to end, s.</param>
/// <param name="GpuSeconds">Our prompts executed for so long, s.</param>
/// <param name="WastedGpuSeconds">What of it was for nothing, idling included, s.</param>
/// <param name="VramPeakMB">The most of any scene, MiB.</param>
public sealed record RunTotals(
    string RunId, string? Name, string State, string StoryId, int Scenes, int Taken, int Failed, int Left, int Frames, int Attempts,
    double? DurationSeconds, double? GpuSeconds, double? WastedGpuSeconds, double? VramPeakMB)
{
    internal static RunTotals Of(RunReport run) => new(
        run.RunId, run.Name, run.State, run.StoryId, run.Tally.Scenes, run.Tally.Taken, run.Tally.Failed, run.Tally.Left, run.Tally.Frames, RunReport.Sum(run.Scenes.Select(s => s.Attempts)),
        run.Duration?.TotalSeconds, run.GpuSeconds, run.GpuTime?.WastedSeconds, run.Scenes.Max(s => s.VramPeakMB));
}

/// <summary>A setting that differs; null where a run does not record it.</summary>
public sealed record SettingPair(string Name, string? A, string? B);

/// <summary>One scene in both; null in a run that does not have it.</summary>
public sealed record ScenePair(string SceneId, SceneReport? A, SceneReport? B)
{
    /// <summary>The fields that differ, as <see cref="Fields"/> names them; durations count from one second and a tenth apart, since no two are the same.</summary>
    public IReadOnlyList<string> Differences => A is null || B is null ? ["presence"] : [.. Fields.Where(f => f.Differs(A, B)).Select(f => f.Name)];

    /// <summary>What is compared of a scene: name, its words, and whether two scenes differ in it.</summary>
    public static IReadOnlyList<SceneField> Fields { get; } =
    [
        new("outcome", Outcome, (a, b) => Outcome(a) != Outcome(b)),
        new("frames", s => Whole(s.Frames), (a, b) => a.Frames != b.Frames),
        new("duration", s => s.DurationSeconds is { } d ? SummaryNumber.Text(d) + " s" : "", (a, b) => IsApart(a.DurationSeconds, b.DurationSeconds)),
        new("attempts", s => Whole(s.Attempts), (a, b) => a.Attempts != b.Attempts),
        new("VRAM peak", s => s.VramPeakMB is { } mb ? SummaryNumber.Text(mb) + " MB" : "", (a, b) => a.VramPeakMB != b.VramPeakMB),
        new("seed", s => s.Seed?.ToString(CultureInfo.InvariantCulture) ?? "", (a, b) => a.Seed != b.Seed),
        new("rung", s => s.Rung ?? "", (a, b) => a.Rung != b.Rung),
    ];

    private static string Outcome(SceneReport scene) => scene.Outcome switch
    {
        SceneOutcome.Taken => "take",
        SceneOutcome.Failed => scene.FailureKind ?? "failed",
        _ => "left",
    };

    private static bool IsApart(double? a, double? b) => a is { } x && b is { } y ? Math.Abs(x - y) >= Math.Max(1, Math.Max(x, y) / 10) : a.HasValue != b.HasValue;

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One thing that is compared of a scene.</summary>
public sealed record SceneField(string Name, Func<SceneReport, string> Words, Func<SceneReport, SceneReport, bool> Differs);
