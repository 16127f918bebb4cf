using Dailies.Animatic.Drawing;

namespace Dailies.Animatic.Execution;

/// <summary>What travels along a link.</summary>
internal abstract record NodeValue
{
    private NodeValue() { }

    /// <summary>A part of the checkpoint; there is nothing in it.</summary>
    public sealed record Part(string Name) : NodeValue;

    public sealed record Conditioning(string Text) : NodeValue;

    /// <summary>A batch to be drawn; without a shot nobody has sampled it yet.</summary>
    public sealed record Latent(int Width, int Height, int Count, ShotSeed? Shot) : NodeValue;

    /// <summary>Pictures, drawn when they are saved; without a shot all of one colour.</summary>
    public sealed record Images(int Width, int Height, int Count, ShotSeed? Shot, uint Colour) : NodeValue;
}

/// <summary>What a node gives: a value per output slot, and what it shows (files), if it shows anything.</summary>
internal sealed record NodeResult(IReadOnlyList<NodeValue> Slots, System.Text.Json.Nodes.JsonObject? Shown = null);

/// <summary>A node failed; the words and the Python type that ComfyUI would report.</summary>
internal sealed class NodeFailure(string message, string pythonType) : Exception(message)
{
    public string PythonType { get; } = pythonType;
}

/// <summary>The running prompt was asked to stop.</summary>
internal sealed class NodeInterrupt : Exception;

/// <summary>A fault kills the whole server.</summary>
internal sealed class ServerDeath : Exception
{
    /// <summary>How long it stays down; null for the usual time.</summary>
    public TimeSpan? Down { get; init; }

    /// <summary>The version as which it comes back; null for the same.</summary>
    public string? NextVersion { get; init; }
}
