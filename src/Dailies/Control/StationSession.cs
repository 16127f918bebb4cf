using System.Text;
using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Ledger;
using Dailies.Telemetry;

namespace Dailies.Control;

/// <summary>One station while a run uses it: its client, its socket, its GPU, its process where it is ours, and what it said it is.</summary>
internal sealed class StationSession : IAsyncDisposable
{
    // A socket that says nothing costs this once, and then speed.
    private static readonly TimeSpan SocketPatience = TimeSpan.FromSeconds(2);

    private readonly HttpClient http;
    private readonly RunLedger ledger;
    private readonly RunFolder run;
    private readonly TimeProvider clock;
    private readonly SupervisedStation supervised;

    private StationSession(RunRequest request, RunLedger ledger, RunFolder run, TimeProvider clock, CancellationToken hurry)
    {
        (Name, this.ledger, this.run, this.clock) = (request.StationName, ledger, run, clock);
        http = StationHttp.Create(request.Station!, clock);
        Client = new ComfyClient(http, request.Station!, clock);
        supervised = new SupervisedStation(request, run, ledger, Client, clock, hurry);
        Events = ComfyEvents.Open(request.Station!, clock);
        Gpu = new GpuProbe(Client, request.Station!.Root.IsLoopback ? new NvidiaSmi(Environment.GetEnvironmentVariable("PATH"), Card, clock) : null, clock);

        string? Card() => IsOurs ? NvidiaSmi.TiedTo(request.StationStart!, Environment.GetEnvironmentVariable(NvidiaSmi.VisibleDevices)) : null;
    }

    public string Name { get; }

    public ComfyClient Client { get; }

    public ComfyEvents Events { get; }

    public GpuProbe Gpu { get; }

    /// <summary>Its ComfyUI version, once probed.</summary>
    public string? Version { get; private set; }

    /// <summary>We started it, so we may start it again.</summary>
    public bool IsOurs => supervised.IsOurs;

    /// <summary>Ends when its process, our own child, does; never where it is not ours.</summary>
    public Task Ended => supervised.Ended;

    /// <summary>Its process, our own child, has ended.</summary>
    public bool HasEnded => supervised.HasEnded;

    /// <summary>Its process's exit code, where the system told.</summary>
    public int? ExitCode => supervised.ExitCode;

    /// <summary>How its process ended: exit code, what it means, last words.</summary>
    public string LastWords => supervised.Words();

    public static StationSession Open(RunRequest request, RunLedger ledger, RunFolder run, TimeProvider clock, CancellationToken hurry) => new(request, ledger, run, clock, hurry);

    /// <summary>Makes it ready: starts it where that is asked, asks what it is, says what its version can't do. Throws <see cref="StationException"/> when it can't be used.</summary>
    public async Task BeginAsync(CancellationToken cancel)
    {
        await supervised.BeginAsync(cancel);
        await ProbeAsync(cancel);
        if (StationAbilities.Limits(Version) is { } limits)
        {
            ledger.Append(new RunNoted(Stamp.Of(clock), $"{Name}: {limits}"));
        }
    }

    /// <summary>Ends our own child and starts it again. Null when it answers; else why not.</summary>
    public async Task<string?> RestartAsync(string why, CancellationToken cancel)
    {
        if (await supervised.RestartAsync(why, cancel) is { } trouble)
        {
            return trouble;
        }

        await ProbeAsync(cancel);
        return null;
    }

    /// <summary>Whether it answers at all.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            await Client.QueueAsync(cancel);
            return true;
        }
        catch (StationException)
        {
            return false;
        }
    }

    /// <summary>Its version as it says now: it may have come back from a restart as another one. Throws <see cref="StationException"/> when it does not answer.</summary>
    public async Task<string?> VersionNowAsync(CancellationToken cancel) => Version = (await Client.SystemStatsAsync(cancel)).Version;

    /// <summary>Where its log ends now; 0 where it is not ours.</summary>
    public long LogMark() => supervised.Log?.Mark() ?? 0;

    /// <summary>Keeps what it wrote since <paramref name="mark"/> beside the attempt, and its exit code where it has ended.</summary>
    public void KeepLog(string sceneId, int attempt, long mark)
    {
        if (supervised.Log?.Tail(since: mark) is { } words && (words.Length > 0 || HasEnded))
        {
            var path = RunFolder.AttemptLog(sceneId, attempt);
            AtomicFile.Write(run.At(path), Encoding.UTF8.GetBytes(words + "\n"));
            ledger.Append(new StationLogKept(Stamp.Of(clock), sceneId, attempt, path, ExitCode));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Events.DisposeAsync();
        await supervised.DisposeAsync();
        http.Dispose();
    }

    // Gives the socket a moment to open.
    private async Task ProbeAsync(CancellationToken cancel)
    {
        var stats = await Client.SystemStatsAsync(cancel);
        if (stats.Version is null && stats.Devices.Count == 0)
        {
            throw new StationException(StationFault.NotUnderstood, "GET /system_stats: an answer without version and devices; this is no ComfyUI");
        }

        Version = stats.Version;
        Gpu.Hear(stats);
        await Task.WhenAny(Events.FirstTry, Task.Delay(SocketPatience, clock, cancel));
        cancel.ThrowIfCancellationRequested();
        ledger.Append(new StationProbed(Stamp.Of(clock), new StationRecord(
            Name, Client.Address.Shown, stats.AnimaticVersion is null ? "comfyui" : "animatic", stats.Version, stats.Device?.Name)));
    }
}
