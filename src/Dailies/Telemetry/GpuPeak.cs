namespace Dailies.Telemetry;

/// <summary>The most memory that was seen in use while a prompt executed, raw.</summary>
/// <param name="UsedBytes">Total minus free, bytes.</param>
/// <param name="EverySeconds">The pause between two looks, s. It grows while the station does not answer.</param>
/// <param name="Looks">Looks that were answered with figures, 1 or more.</param>
/// <param name="Missed">Looks that were not.</param>
public sealed record GpuPeak(long UsedBytes, double EverySeconds, int Looks, int Missed);
