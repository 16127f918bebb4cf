namespace Dailies.Validation;

/// <summary>What several run folders are worth together.</summary>
/// <param name="Verdicts">In the order in which they were asked for.</param>
/// <param name="Strict">Warnings break a run too.</param>
public sealed record VerdictReport(IReadOnlyList<Verdict> Verdicts, bool Strict = false)
{
    /// <summary>The highest of its verdicts; 2 without any.</summary>
    public int ExitCode => Verdicts.Count == 0 ? 2 : Verdicts.Max(ExitCodeOf);

    /// <summary>The sums.</summary>
    public VerdictTotals Totals => new(
        Verdicts.Count, With(Standings.Kept), With(Standings.Broken), With(Standings.Incomplete), With(Standings.Unreadable),
        Verdicts.Sum(v => v.Scenes), Verdicts.Sum(v => (long)v.Frames), Verdicts.Sum(v => v.Errors), Verdicts.Sum(v => v.Warnings));

    /// <summary>A verdict's exit code, with what <see cref="Strict"/> makes of its warnings.</summary>
    public int ExitCodeOf(Verdict verdict) => Strict && verdict is { ExitCode: 0, Warnings: > 0 } ? 1 : verdict.ExitCode;

    /// <summary>A verdict's standing, with what <see cref="Strict"/> makes of its warnings.</summary>
    public string StandingOf(Verdict verdict) => verdict.Standing == Standings.Kept && ExitCodeOf(verdict) == 1 ? Standings.Broken : verdict.Standing;

    private int With(string standing) => Verdicts.Count(v => StandingOf(v) == standing);
}

/// <summary>The sums of a report.</summary>
/// <param name="Runs">Folders judged.</param>
/// <param name="Kept">Of them, those that keep the contract.</param>
/// <param name="Broken">Those that don't.</param>
/// <param name="Incomplete">Those that still go on, or died while they did.</param>
/// <param name="Unreadable">Those that are no run folders.</param>
/// <param name="Scenes">Scenes in their metadata.</param>
/// <param name="Frames">Frames of the scenes that have a take.</param>
/// <param name="Errors">Findings that break the contract.</param>
/// <param name="Warnings">Findings that don't.</param>
public sealed record VerdictTotals(int Runs, int Kept, int Broken, int Incomplete, int Unreadable, int Scenes, long Frames, int Errors, int Warnings);
