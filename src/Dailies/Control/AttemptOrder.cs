using System.Text.Json.Nodes;
using Dailies.Queueing;

namespace Dailies.Control;

/// <summary>One attempt as it is to be sent.</summary>
/// <param name="SceneId">The scene.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Graph">The bound graph.</param>
/// <param name="PngInfo">Goes into <c>extra_pnginfo</c>: what the slate shows and the PNG keeps.</param>
/// <param name="Seed">As bound.</param>
/// <param name="Prefix">The output prefix, a folder of this attempt's own.</param>
/// <param name="Rung">The rung of the out-of-memory ladder, or null.</param>
internal sealed record AttemptOrder(string SceneId, int Attempt, JsonObject Graph, JsonObject PngInfo, ulong Seed, string Prefix, string? Rung = null)
{
    /// <summary>The scene's own word on the content gate, or null.</summary>
    public GateMode? Gate { get; init; }
}

/// <summary>How the renderer's part of an attempt ended.</summary>
internal abstract record Rendered
{
    private Rendered()
    {
    }

    /// <summary>The history says success. <paramref name="SuccessAt"/> is a clock timestamp: the post-execution timeout counts from it.</summary>
    public sealed record Done(long SuccessAt) : Rendered;

    /// <summary>There will be no take. <paramref name="Stuck"/>: our prompt could not be taken back, so nothing else may be sent there.
    /// <paramref name="TookDown"/>: the station died while it rendered this.</summary>
    public sealed record Failed(string Reason, string Kind, string Message, bool Stuck = false, bool TookDown = false) : Rendered;
}
