using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Telemetry;

namespace Dailies.Control;

/// <summary>One station while a run uses it: its client, its socket, its GPU, and what it said it is.</summary>
internal sealed class StationSession : IAsyncDisposable
{
    // A socket that says nothing costs this once, and then speed.
    private static readonly TimeSpan SocketPatience = TimeSpan.FromSeconds(2);

    private readonly HttpClient http;
    private readonly TaskCompletionSource ended = new();
    private bool ours;
    private readonly TimeProvider clock;

    private StationSession(string name, StationAddress address, TimeProvider clock)
    {
        Name = name;
        this.clock = clock;
        http = StationHttp.Create(address, clock);
        Client = new ComfyClient(http, address);
        Events = ComfyEvents.Open(address, clock);
        Gpu = new GpuProbe(Client, clock);
    }

    public string Name { get; }

    public ComfyClient Client { get; }

    public ComfyEvents Events { get; }

    public GpuProbe Gpu { get; }

    /// <summary>Its ComfyUI version, once probed.</summary>
    public string? Version { get; private set; }

    /// <summary>We started it, so we may start it again.</summary>
    public bool IsOurs { get => ours; set => ours = value; }

    /// <summary>Ends when the station's process, our own child, does; never where it is not ours.</summary>
    public Task Ended => ended.Task;

    /// <summary>Its process, our own child, has ended.</summary>
    public bool HasEnded => ended.Task.IsCompleted;

    public static StationSession Open(RunRequest request, RunFolder folder, TimeProvider clock) => new(request.StationName, request.Station!, clock);

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

    /// <summary>Ends our own child and starts it again. Null when it answers; else why not.</summary>
    public Task<string?> RestartAsync(RunLedger ledger, string why, CancellationToken cancel) => Task.FromResult<string?>(ours ? why : null);

    /// <summary>Makes it ready: asks what it is, and says what its version can't do.</summary>
    public async Task<StationRecord> BeginAsync(RunLedger ledger, CancellationToken cancel)
    {
        var record = await ProbeAsync(cancel);
        if (StationAbilities.Limits(Version) is { } limits)
        {
            ledger.Append(new RunNoted(Stamp.Of(clock), $"{Name}: {limits}"));
        }

        return record;
    }

    /// <summary>Asks what it is, and gives the socket a moment to open. Throws <see cref="StationException"/> when it does not answer as a ComfyUI.</summary>
    public async Task<StationRecord> ProbeAsync(CancellationToken cancel)
    {
        var stats = await Client.SystemStatsAsync(cancel);
        if (stats.Version is null && stats.Devices.Count == 0)
        {
            throw new StationException(StationFault.NotUnderstood, "GET /system_stats: an answer without version and devices; this is no ComfyUI");
        }

        Version = stats.Version;
        await Task.WhenAny(Events.FirstTry, Task.Delay(SocketPatience, clock, cancel));
        cancel.ThrowIfCancellationRequested();
        return new StationRecord(
            Name, Client.Address.Shown, stats.AnimaticVersion is null ? "comfyui" : "animatic", stats.Version, stats.Devices.FirstOrDefault()?.Name);
    }

    public async ValueTask DisposeAsync()
    {
        await Events.DisposeAsync();
        http.Dispose();
    }
}
