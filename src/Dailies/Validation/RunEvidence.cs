using System.Text.Json;
using Dailies.Contract;

namespace Dailies.Validation;

/// <summary>All that the rules look at: both files, parsed once, and the folder.</summary>
/// <param name="Root">Absolute path of the run folder.</param>
/// <param name="Summary">The text, or null.</param>
/// <param name="Metadata">The JSON, or null.</param>
/// <param name="Config">The policy, where its shape is good.</param>
/// <param name="Scenes">The metadata's scenes.</param>
/// <param name="Running">The run still goes on: text and JSON may be one step apart.</param>
/// <param name="Options">How to judge.</param>
/// <param name="Findings">Where findings go.</param>
internal sealed record RunEvidence(
    string Root, SummaryText? Summary, JsonView? Metadata, QueueConfig? Config, IReadOnlyList<SceneEvidence> Scenes, bool Running, ValidationOptions Options, FindingList Findings)
{
    /// <summary>The run came to its planned end, so everything must be there.</summary>
    public bool Finished => Metadata?.Text("State") == RunStates.Finished;

    /// <summary>Names → files of the run.</summary>
    public RunPaths Paths { get; } = new(Root);

    /// <summary>The absolute path of a file that the metadata names; null, with a finding, where the name leaves the run.</summary>
    public string? Inside(JsonView owner, string field, string? sceneId)
    {
        if (owner.Text(field) is not { } name)
        {
            return null;
        }

        var path = Paths.Resolve(name);
        if (path is null)
        {
            InMetadata(RuleCatalogue.PathEscapes, owner.At(field), sceneId, "a path inside the run folder", name);
        }
        else if (name.Contains('\\', StringComparison.Ordinal))
        {
            InMetadata(RuleCatalogue.Backslash, owner.At(field), sceneId, name.Replace('\\', '/'), name);
        }

        return path;
    }

    public void InSummary(Rule rule, string place, string? sceneId, string expected, string found) =>
        Findings.Add(rule, RunFolder.Summary, place, sceneId, expected, found);

    public void InMetadata(Rule rule, string place, string? sceneId, string expected, string found) =>
        Findings.Add(rule, RunFolder.Metadata, place, sceneId, expected, found);
}

/// <summary>One scene: its JSON, its telemetry where the shape is good, and its lines in the summary.</summary>
/// <param name="Id">Null where it has none.</param>
/// <param name="Json">The object in <c>Scenes</c>.</param>
/// <param name="Telemetry">Its telemetry as the contract's record; null when there is none or its shape is bad.</param>
/// <param name="Attempts">The objects in <c>Attempts</c>.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record SceneEvidence(string? Id, JsonView Json, SceneTelemetry? Telemetry, IReadOnlyList<JsonView> Attempts, IReadOnlyList<SummaryEntry> Lines)
{
    /// <summary>The attempt that the scene describes; null where there is none.</summary>
    public JsonView? Described { get; } = Find(Json, Attempts);

    /// <summary>A take was accepted, and it is known by which attempt.</summary>
    public bool HasTake => Json.Flag("Success") == true && Described?.Flag("Success") == true;

    /// <summary>The scene's telemetry and each attempt's, every one once: the scene's is a copy, and a fault in both is told once.</summary>
    public IEnumerable<JsonView> Measured =>
        (Json.Object("Telemetry") is { } own ? new[] { own } : []).Concat(
            Attempts.Where(a => a.Pointer != Described?.Pointer).Select(a => a.Object("Telemetry")).OfType<JsonView>());

    private static JsonView? Find(JsonView scene, IReadOnlyList<JsonView> attempts)
    {
        if (scene.Object("Telemetry") is not { } own)
        {
            return null;
        }

        foreach (var attempt in attempts)
        {
            if (attempt.Object("Telemetry") is { } t && JsonElement.DeepEquals(t.Element, own.Element))
            {
                return attempt;
            }
        }

        return null;
    }

    /// <summary>Its lines that begin so, outside the attempts.</summary>
    public IEnumerable<SummaryEntry> Starting(string start) =>
        Lines.Where(l => l.Attempt is null && l.Body.StartsWith(start, StringComparison.Ordinal));
}
