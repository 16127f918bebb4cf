namespace Dailies.Validation;

/// <summary>What a run folder is worth.</summary>
/// <param name="RunFolder">As it was named.</param>
/// <param name="RunId">As its files say, or null.</param>
/// <param name="Standing">One of <see cref="Standings"/>.</param>
/// <param name="Findings">In the order of the rules that found them.</param>
/// <param name="Scenes">Scenes in the metadata.</param>
/// <param name="Frames">Frames of the scenes that have a take, as the metadata counts them.</param>
public sealed record Verdict(string RunFolder, string? RunId, string Standing, IReadOnlyList<Finding> Findings, int Scenes, int Frames)
{
    /// <summary>Findings that break the contract.</summary>
    public int Errors => Findings.Count(f => f.Rule.Severity == Severity.Error);

    /// <summary>Findings that don't.</summary>
    public int Warnings => Findings.Count - Errors;

    /// <summary>0 kept, or incomplete without errors; 1 broken; 2 not a run folder.</summary>
    public int ExitCode => Standing == Standings.Unreadable ? 2 : Errors > 0 ? 1 : 0;
}

/// <summary>The closed set of standings.</summary>
public static class Standings
{
    /// <summary>Every rule holds, warnings aside.</summary>
    public const string Kept = "kept";

    /// <summary>At least one error.</summary>
    public const string Broken = "broken";

    /// <summary>The run still goes on, or died while it did: judged by the rules that hold at any time.</summary>
    public const string Incomplete = "incomplete";

    /// <summary>Not a run folder.</summary>
    public const string Unreadable = "unreadable";
}

/// <summary>How to judge.</summary>
public sealed record ValidationOptions
{
    /// <summary>Compare size and SHA-256 of frame and video files. Without it they must only be there.</summary>
    /// <value>Default: true.</value>
    public bool Deep { get; init; } = true;

    /// <summary>With <see cref="Deep"/>: decode every frame too. A run that ends has decoded its frames when they came; their checksums say that they are the same.</summary>
    /// <value>Default: true.</value>
    public bool Decode { get; init; } = true;

    /// <summary>Judge the archive that the metadata names. A run that ends judges itself before it makes its own.</summary>
    /// <value>Default: true.</value>
    public bool Archive { get; init; } = true;
}
