namespace Dailies.Reports;

/// <summary>What the glossary says about a failure kind.</summary>
/// <param name="Meaning">What it means.</param>
/// <param name="Advice">What a person can do.</param>
public sealed record FailureText(string Meaning, string Advice);

/// <summary>Scenes that have no take for one and the same kind of reason.</summary>
/// <param name="Kind">One of <see cref="Contract.FailureKind"/>; null where the run names none.</param>
/// <param name="Meaning">What that means, in a sentence; empty where nobody knows.</param>
/// <param name="Advice">What to do.</param>
/// <param name="Scenes">The scenes, in story order.</param>
public sealed record FailureGroup(string? Kind, string Meaning, string Advice, IReadOnlyList<SceneFailure> Scenes)
{
    internal static IReadOnlyList<FailureGroup> Of(IEnumerable<SceneReport> scenes, IReadOnlyDictionary<string, FailureText> texts) =>
    [
        .. scenes.Where(s => s.Outcome == SceneOutcome.Failed).GroupBy(s => s.FailureKind ?? "").Select(g => texts.GetValueOrDefault(g.Key) is { } text
            ? new FailureGroup(g.Key, text.Meaning, text.Advice, [.. g.Select(SceneFailure.Of)])
            : new FailureGroup(g.Key.Length == 0 ? null : g.Key, "", "Read the ERROR lines of run-summary.txt.", [.. g.Select(SceneFailure.Of)])),
    ];
}

/// <summary>One scene without a take.</summary>
/// <param name="SceneId">The scene.</param>
/// <param name="Title">Its title.</param>
/// <param name="Attempts">How many attempts were made.</param>
/// <param name="Message">What was said last, without the kind; empty where nothing was.</param>
/// <param name="Files">What to look at, relative to the run folder.</param>
public sealed record SceneFailure(string SceneId, string Title, int Attempts, string Message, IReadOnlyList<string> Files)
{
    internal static SceneFailure Of(SceneReport scene) =>
        new(scene.SceneId, scene.Title, scene.Attempts, Words(scene.Error ?? ""), scene.Files);

    private static string Words(string error) => SceneReport.KindOf(error) is { } kind ? error[Math.Min(kind.Length + 2, error.Length)..] : error;

    /// <summary>The failure in a sentence, but for the scene's name.</summary>
    public string Sentence => $"has no take {(Attempts switch { 0 => "and was never sent", 1 => "after one attempt", _ => $"after {Attempts} attempts" })}{(Message.Length > 0 ? $": {Message}" : "")}{(Message.EndsWith('.') ? "" : ".")}";
}
