using Dailies.Contract;

namespace Dailies.Reports;

/// <summary>What became of a scene.</summary>
public enum SceneOutcome
{
    /// <summary>It has a take.</summary>
    Taken,

    /// <summary>It ended without one.</summary>
    Failed,

    /// <summary>It has not ended, or the run ended first.</summary>
    Left,
}

/// <summary>One scene of a report. Figures are null where nobody knows.</summary>
/// <param name="SceneId">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Frames">Frames that we have and verified.</param>
/// <param name="DurationSeconds">Of the attempt described, from the start of execution, s.</param>
/// <param name="Attempts">How many were made.</param>
/// <param name="ExitReason">One of <see cref="Contract.ExitReason"/>, or what the file says.</param>
/// <param name="FailureKind">One of <see cref="Contract.FailureKind"/>; null for a take.</param>
/// <param name="VramPeakMB">Most memory seen in use, MiB.</param>
/// <param name="Seed">As sent.</param>
public sealed record SceneReport(
    string SceneId, string Title, SceneOutcome Outcome, int Frames, double? DurationSeconds, int Attempts, string? ExitReason, string? FailureKind, double? VramPeakMB, ulong? Seed)
{
    /// <summary>The rung of the out-of-memory ladder; null at full size.</summary>
    public string? Rung { get; init; }

    /// <summary>The station of the attempt described.</summary>
    public string? Station { get; init; }

    /// <summary>Why it has no take, in the run's own words.</summary>
    public string? Error { get; init; }

    /// <summary>What its reader must know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Where telemetry had to fall back.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What to look at, relative to the run folder.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    internal static SceneReport Of(ReportFile.ScenePart scene, bool isVersionOne)
    {
        var errors = Texts(scene.Errors);
        var kind = scene.Success == true ? null : errors.Select(KindOf).FirstOrDefault(k => k is not null) ?? scene.Telemetry?.FailureKind;
        var attempts = scene.Attempts?.OfType<ReportFile.AttemptPart>().ToList() ?? [];
        var described = attempts.LastOrDefault(a => a.Telemetry?.PromptId is { } id && id == scene.Telemetry?.PromptId) ?? attempts.LastOrDefault();
        return new SceneReport(
            scene.SceneId ?? "?", scene.Title ?? scene.StoryTitle ?? "",
            scene.Success == true ? SceneOutcome.Taken : isVersionOne || errors.Any(e => KindOf(e) is not null) ? SceneOutcome.Failed : SceneOutcome.Left,
            Whole(scene.FrameCount), scene.Telemetry is null && !isVersionOne ? null : scene.DurationSeconds, Whole(scene.AttemptsRun),
            scene.Telemetry?.HistoryExitReason, kind, scene.Telemetry?.GPU?.VramPeakUsedMB, described?.Seed)
        {
            Rung = described?.Rung,
            Station = scene.Telemetry?.Station,
            Error = scene.Success == true ? null : errors.FirstOrDefault() ?? scene.HistoryError,
            Warnings = Texts(scene.Warnings),
            Notes = Texts(scene.Telemetry?.System?.FallbackNotes),
            Files = [.. new[] { scene.HistoryPath, scene.FrameCount > 0 ? scene.GeneratedFramesDir : null, scene.Video?.Path }.Where(p => !string.IsNullOrEmpty(p)).Select(p => Relative(p!.Replace('\\', '/')))],
        };
    }

    /// <summary>The failure kind that an error begins with, as <c>outOfMemory: …</c>; null where it begins with something else.</summary>
    internal static string? KindOf(string error) => FailureKindOf(error.Split(": ", 2)[0]);

    internal static IReadOnlyList<string> Texts(IReadOnlyList<string?>? texts) => [.. texts?.OfType<string>() ?? []];

    private static string? FailureKindOf(string word) => Contract.FailureKind.All.Contains(word) ? word : null;

    // Version 1 wrote whole paths of a machine that nobody here knows.
    internal static string Relative(string path) => path.StartsWith('/') || path.Contains(':', StringComparison.Ordinal) ? RunFolder.Shown(path) : path;

    private static int Whole(double? number) => number is >= 0 and <= int.MaxValue ? (int)number : 0;
}
