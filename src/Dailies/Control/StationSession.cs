using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Telemetry;

namespace Dailies.Control;

/// <summary>One station while a run uses it: its client, its socket, its GPU, and what it said it is.</summary>
internal sealed class StationSession : IAsyncDisposable
{
    // A socket that says nothing costs this once, and then speed.
    private static readonly TimeSpan SocketPatience = TimeSpan.FromSeconds(2);

    private readonly HttpClient http;
    private readonly TimeProvider clock;

    private StationSession(string name, StationAddress address, TimeProvider clock)
    {
        Name = name;
        this.clock = clock;
        http = StationHttp.Create(address, clock);
        Client = new ComfyClient(http, address, clock);
        Events = ComfyEvents.Open(address, clock);
        Gpu = new GpuProbe(Client, clock);
    }

    public string Name { get; }

    public ComfyClient Client { get; }

    public ComfyEvents Events { get; }

    public GpuProbe Gpu { get; }

    /// <summary>Its ComfyUI version, once probed.</summary>
    public string? Version { get; private set; }

    public static StationSession Open(string name, StationAddress address, TimeProvider clock) => new(name, address, clock);

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
