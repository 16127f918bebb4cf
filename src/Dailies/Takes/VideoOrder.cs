using Dailies.Contract;

namespace Dailies.Takes;

/// <summary>A scene's video: of what it is made, and what is written into it.</summary>
/// <param name="SceneId">The scene.</param>
/// <param name="Attempt">The attempt whose take it shows.</param>
/// <param name="Seed">As sent.</param>
/// <param name="Title">The scene's title; any text.</param>
/// <param name="Source">One of <see cref="FrameSource"/>.</param>
/// <param name="Frames">The take's files, in order.</param>
/// <param name="Rate">Of a video that is made from frames.</param>
internal sealed record VideoOrder(string SceneId, int Attempt, ulong Seed, string Title, string Source, IReadOnlyList<FrameRecord> Frames, FrameRate Rate)
{
    /// <summary>A still becomes a camera move of so many frames; null leaves it a still.</summary>
    public int? MoveFrames { get; init; }

    /// <summary>Told how many frames are done.</summary>
    public Action<int>? Progress { get; init; }

    /// <summary>How many frames the video must have.</summary>
    public int FrameCount => Source == FrameSource.Still ? MoveFrames ?? 1 : Frames.Count;
}
