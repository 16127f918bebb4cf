using System.Text.Json;
using System.Text.Json.Serialization;
using Dailies.Contract;

namespace Dailies.Ledger;

/// <summary>What a run set out to do, as its first event records it.</summary>
public sealed record RunPlan
{
    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>The operator's own name for it.</summary>
    public string? Name { get; init; }

    /// <summary>The run folder as the operator named it, with <c>/</c>.</summary>
    public required string RunDir { get; init; }

    /// <summary>What renders.</summary>
    public required ProgramRecord Program { get; init; }

    /// <summary>The story.</summary>
    public required StoryRecord Story { get; init; }

    /// <summary>story/story.json whole, so that the ledger alone can rebuild the run.</summary>
    public JsonElement? StoryFile { get; init; }

    /// <summary>The policy with its origins.</summary>
    public required QueueConfig Policy { get; init; }

    /// <summary>Every setting in force: key, value, origin. Credentials are no settings and never stand here.</summary>
    public required IReadOnlyList<SettingRecord> Settings { get; init; }

    /// <summary>The workflow and what of it was bound.</summary>
    public required WorkflowRecord Workflow { get; init; }

    /// <summary>What was selected, in story order.</summary>
    public required IReadOnlyList<PlannedScene> Scenes { get; init; }

    /// <summary>The rungs of the out-of-memory ladder, each <c>{"Name":…,"Set":{…}}</c>.</summary>
    public JsonElement? Ladder { get; init; }

    /// <summary>The sentinel's scan interval in force, s.</summary>
    public double SentinelScanSeconds { get; init; }

    /// <summary>The sentinel's stable span in force, s.</summary>
    public double SentinelStableSeconds { get; init; }
}

/// <summary>One setting in force.</summary>
public sealed record SettingRecord(string Key, string? Value, string Origin)
{
    /// <summary>The values one by one, where a setting may be given several times.</summary>
    public IReadOnlyList<string>? Values { get; init; }
}

/// <summary>The workflow: its file, the SHA-256 of its graph, what was bound and what not.</summary>
public sealed record WorkflowRecord(string File, string Sha256, IReadOnlyList<string> Bound, IReadOnlyList<string> Notes, bool FramesBound)
{
    /// <summary>The graph before anything was bound.</summary>
    public JsonElement? Graph { get; init; }

    /// <summary>From a bound name to its inputs, each <c>&lt;nodeId&gt;.&lt;input&gt;</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Targets { get; init; }

    /// <summary>The node whose output is the take, where the bindings name one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Take { get; init; }
}

/// <summary>One scene as planned.</summary>
public sealed record PlannedScene(
    string SceneId, string Title, string Summary, string Prompt, string NegativePrompt, string Mood, string CameraMovement, int ExpectedFrames, string? Keyframe);
