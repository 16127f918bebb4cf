using Dailies.Contract;

namespace Dailies.Queueing;

/// <summary>How a station has done since its last take. A pure fold: each method returns the next state.</summary>
public sealed record StationHealth
{
    /// <summary>A scene that fails sooner than this did not fail by its own work: a model is missing, a disk is full, the device is gone.</summary>
    public static readonly TimeSpan Quick = TimeSpan.FromSeconds(5);

    /// <summary>Scenes in a row that ended without a take, each within seconds.</summary>
    public int QuickFailures { get; init; }

    /// <summary>Scenes in a row that lost the device.</summary>
    public int DeviceLosses { get; init; }

    /// <summary>The last scene that lost the device; the same one again may be the scene's doing.</summary>
    public string? LostDeviceAt { get; init; }

    /// <summary>Rests it was given.</summary>
    public int Rests { get; init; }

    /// <summary>Times it was started again.</summary>
    public int Restarts { get; init; }

    /// <summary>A scene has a take: whatever was wrong is over.</summary>
    public static StationHealth AfterTake { get; } = new();

    /// <summary>An attempt lost the device.</summary>
    public StationHealth LostDevice(string sceneId) => this with
    {
        DeviceLosses = sceneId == LostDeviceAt ? DeviceLosses : DeviceLosses + 1,
        LostDeviceAt = sceneId,
    };

    /// <summary>A scene ended without a take. <paramref name="ran"/> is how long its last attempt was executed, zero when it never was.</summary>
    public StationHealth Failed(string kind, TimeSpan ran) => this with
    {
        QuickFailures = IsSuspicious(kind) && ran < Quick ? QuickFailures + 1 : 0,
    };

    /// <summary>It was given a rest.</summary>
    public StationHealth Rested() => this with { Rests = Rests + 1 };

    /// <summary>It was started again.</summary>
    public StationHealth Restarted() => this with { Restarts = Restarts + 1, DeviceLosses = 0, LostDeviceAt = null };

    // What a person did, or what takes long by its nature, says nothing about the station.
    private static bool IsSuspicious(string kind) =>
        kind is FailureKind.Rejected or FailureKind.ExecutionError or FailureKind.OutOfMemory or FailureKind.OutputsMissing;
}
