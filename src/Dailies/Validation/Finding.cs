namespace Dailies.Validation;

/// <summary>How much a finding weighs: only errors break the contract.</summary>
public enum Severity
{
    /// <summary>The contract is broken.</summary>
    Error,

    /// <summary>Worth a look; the contract still holds.</summary>
    Warning,
}

/// <summary>One rule of the contract.</summary>
/// <param name="Code"><c>TC-101</c> …: stable, never used again for another rule.</param>
/// <param name="Family">What it is about: presence, types, telemetry, policy, line, files, arithmetic, summary, other.</param>
/// <param name="Severity">How much a finding of it weighs.</param>
/// <param name="Sentence">What must hold, in one sentence.</param>
/// <param name="Fix">What to do when it doesn't.</param>
public sealed record Rule(string Code, string Family, Severity Severity, string Sentence, string Fix);

/// <summary>One place where a rule doesn't hold. All texts are safe to print: control characters are escaped, long values cut.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="File">The file, relative to the run folder.</param>
/// <param name="Place"><c>line 17</c>, a JSON pointer, or empty for the whole file.</param>
/// <param name="SceneId">The scene, or null.</param>
/// <param name="Expected">What the rule asks for.</param>
/// <param name="Found">What is there.</param>
/// <param name="Fix">What to do.</param>
public sealed record Finding(Rule Rule, string File, string Place, string? SceneId, string Expected, string Found, string Fix);
