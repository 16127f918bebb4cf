using Dailies.Contract;
using Dailies.Takes;

namespace Dailies.Cuts;

/// <summary>What film and contact sheet know of a scene. Gathered by the runner; texts are anybody's.</summary>
public sealed record CutScene
{
    /// <summary>The scene.</summary>
    public required string SceneId { get; init; }

    /// <summary>Its title; may be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>The author's own number or name for it, or null.</summary>
    public string? Label { get; init; }

    /// <summary>The attempt described, or null where there was none.</summary>
    public int? Attempt { get; init; }

    /// <summary>As sent, or null.</summary>
    public ulong? Seed { get; init; }

    /// <summary>One of <see cref="FrameSource"/>; null without an accepted take.</summary>
    public string? Source { get; init; }

    /// <summary>The take's files.</summary>
    public IReadOnlyList<FrameRecord> Files { get; init; } = [];

    /// <summary>The take's frames.</summary>
    public int FrameCount { get; init; }

    /// <summary>What the story asks for.</summary>
    public int ExpectedFrames { get; init; } = 1;

    /// <summary>Frames per second of what is made of its frames.</summary>
    public double Fps { get; init; } = 24;

    /// <summary>Its video, or null while nothing is known.</summary>
    public VideoRecord? Video { get; init; }

    /// <summary>Why it has no take: one of <see cref="FailureKind"/>, or null where it was never settled.</summary>
    public string? Kind { get; init; }

    /// <summary>Why it has no take, in words.</summary>
    public string? Why { get; init; }

    /// <summary>It has a take.</summary>
    public bool HasTake => Source is not null;

    /// <summary>The video that is there, or null.</summary>
    public VideoRecord? Clip => Video is { Status: VideoRecord.Complete, Path: not null } ? Video : null;

    /// <summary>How long the take plays, s; a still as long as the frames that the story asks for. Null where that is not known.</summary>
    public double? Seconds => Clip?.DurationSeconds ?? Source switch
    {
        FrameSource.Still => FrameRate.Seconds(ExpectedFrames, Fps),
        FrameSource.Files => FrameRate.Seconds(FrameCount, Fps),
        _ => null,
    };
}
