namespace Dailies.Comfy;

/// <summary>How talking to a station failed.</summary>
public enum StationFault
{
    /// <summary>No connection, reset, or no answer in time.</summary>
    Unreachable,

    /// <summary>An answer that is not ComfyUI's.</summary>
    NotUnderstood,

    /// <summary>An HTTP status that says no.</summary>
    Refused,
}

/// <summary>The one exception of the Comfy seam; policy reads its kind, never its words.</summary>
public sealed class StationException(StationFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The kind.</summary>
    public StationFault Fault { get; } = fault;
}
