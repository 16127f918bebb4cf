using System.Text.Json;
using Dailies.Contract;
using Dailies.Disk;

namespace Dailies.Markers;

/// <summary>The sentinel's sign of life in a folder that it watches: <see cref="DoneMarker.HeartbeatFile"/>, written anew at each scan. By it a consumer knows that a marker may be waited for.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="WrittenAt">When, by the sentinel's clock.</param>
/// <param name="IntervalSeconds">When the next may be expected.</param>
public sealed record SentinelHeartbeat(int Pid, DateTimeOffset WrittenAt, double IntervalSeconds)
{
    /// <summary>How many intervals may pass without a sign.</summary>
    public const int MissedIntervals = 3;

    /// <summary>What a busy disk, or a clock that differs a little, may cost on top.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether a sentinel answers at <paramref name="now"/>. A sign from further in the future than <see cref="Patience"/> counts for nothing: it would never grow old.</summary>
    public bool IsAlive(DateTimeOffset now) =>
        now - WrittenAt is var age && age >= -Patience && age <= (MissedIntervals * TimeSpan.FromSeconds(IntervalSeconds)) + Patience;

    /// <summary>The sentinel that watches a folder and answers at <paramref name="now"/>: its sign lies there, or in a folder above, since it watches with all that lies below. Null where none does.</summary>
    public static SentinelHeartbeat? Find(string folder, DateTimeOffset now)
    {
        for (var at = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)); at is not null; at = Path.GetDirectoryName(at))
        {
            if (Read(at) is { } heartbeat && heartbeat.IsAlive(now))
            {
                return heartbeat;
            }
        }

        return null;
    }

    /// <summary>The sign in this very folder; null where there is none or it can't be read.</summary>
    public static SentinelHeartbeat? Read(string folder)
    {
        var file = new FileInfo(Path.Combine(folder, DoneMarker.HeartbeatFile));
        try
        {
            return file is { Exists: true, LinkTarget: null, Length: > 0 and <= DoneMarker.MostBytes } && JsonSerializer.Deserialize<SentinelHeartbeat>(File.ReadAllBytes(file.FullName), ContractJson.Pascal) is { } read
                && double.IsFinite(read.IntervalSeconds) && read.IntervalSeconds is >= 0 and <= MostSeconds ? read : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it, by rename and without waiting for the disk: after a power cut nobody answers anyway. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
    public void Write(string folder)
    {
        var path = Path.Combine(folder, DoneMarker.HeartbeatFile);
        var temp = path + AtomicFile.TempSuffix;
        File.Delete(temp);
        using (var file = new FileStream(temp, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(this, ContractJson.Pascal));
        }

        AtomicFile.Rename(temp, path);
    }

    /// <summary>Takes it away when the sentinel ends, if it is still this sentinel's. Best effort: an old sign is no sign.</summary>
    public static void Remove(string folder, int pid)
    {
        try
        {
            if (Read(folder)?.Pid == pid)
            {
                File.Delete(Path.Combine(folder, DoneMarker.HeartbeatFile));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It grows old by itself.
        }
    }

    // The longest interval that an option allows, with room.
    private const double MostSeconds = 10 * 86400;
}
