using System.Text.Json.Nodes;

namespace Dailies.Telemetry;

/// <summary>One look at a station's GPU, raw. Memory in bytes and free; nulls where the station does not say.</summary>
/// <param name="At">Our clock.</param>
/// <param name="Source">One of <see cref="FromStats"/>, <see cref="FromSmi"/>, <see cref="FromNowhere"/>.</param>
/// <param name="Name">The device as the server names it, or null.</param>
/// <param name="Type">cuda, cpu, mps …, or null.</param>
/// <param name="Index">As the server says, else the position.</param>
/// <param name="VramTotal">Bytes.</param>
/// <param name="VramFree">Bytes.</param>
/// <param name="System">The server's <c>system</c> object without <c>argv</c>.</param>
/// <param name="DuringAnother">Another prompt was executing on the station.</param>
public sealed record GpuSample(
    DateTimeOffset At, string Source, string? Name, string? Type, int? Index, long? VramTotal, long? VramFree, JsonObject? System, bool DuringAnother = false)
{
    /// <summary>GET /system_stats answered.</summary>
    public const string FromStats = "system_stats";

    /// <summary>nvidia-smi on this machine answered.</summary>
    public const string FromSmi = "nvidia-smi";

    /// <summary>The type of a device that nvidia-smi told.</summary>
    public const string Nvidia = "nvidia";

    /// <summary>Nobody answered.</summary>
    public const string FromNowhere = "none";
}
