using Dailies.Reports;

namespace Dailies.Cli.Views;

/// <summary>The object of <c>dailies compare --json</c>: the names are published.</summary>
/// <param name="A">Totals of the first run.</param>
/// <param name="B">Totals of the second.</param>
/// <param name="OneStory">Both are of one story, as its id tells.</param>
/// <param name="Settings">Settings that differ.</param>
/// <param name="Scenes">Every scene of either.</param>
internal sealed record ComparisonLine(RunTotals A, RunTotals B, bool OneStory, IReadOnlyList<SettingPair> Settings, IReadOnlyList<ComparisonLine.SceneLine> Scenes)
{
    public static ComparisonLine Of(RunComparison c) => new(c.A, c.B, c.IsOneStory, c.Settings, [.. c.Scenes.Select(p => new SceneLine(p.SceneId, p.Differences, Side.Of(p.A), Side.Of(p.B)))]);

    /// <summary>One scene: what differs, and what each run has of it.</summary>
    internal sealed record SceneLine(string SceneId, IReadOnlyList<string> Differences, Side? A, Side? B);

    /// <summary>One scene in one run.</summary>
    internal sealed record Side(
        string Title, SceneOutcome Outcome, string? FailureKind, string? ExitReason, int Frames, double? DurationSeconds, int Attempts, double? VramPeakMB, ulong? Seed, string? Rung, string? Station)
    {
        public static Side? Of(SceneReport? s) => s is null ? null
            : new Side(s.Title, s.Outcome, s.FailureKind, s.ExitReason, s.Frames, s.DurationSeconds, s.Attempts, s.VramPeakMB, s.Seed, s.Rung, s.Station);
    }
}
