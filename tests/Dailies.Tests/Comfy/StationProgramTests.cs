using System.Net;
using System.Net.Sockets;
using Dailies.Comfy;

namespace Dailies.Tests.Comfy;

/// <summary>The whole way with a real server: our own <c>dailies animatic</c>, started as a command line.</summary>
public class StationProgramTests
{
    private static readonly Dictionary<string, string> NoHeaders = [];
    private static readonly string Dll = Path.Combine(AppContext.BaseDirectory, "Dailies.Cli.dll");

    [Fact]
    public async Task A_renderer_is_started_gets_ready_dies_and_is_started_again()
    {
        await using var rig = new StationRig();
        var port = FreePort();
        var command = $"cd '{rig.Folder}' && dotnet '{Dll}' animatic --port {port}";

        using var first = rig.Start(command);
        (await ReadyAsync(first, port)).ShouldBeOfType<StationReadinessStep.Ready>(first.Log.Tail());
        first.Log.Tail(since: first.Begin).ShouldContain($":{port}");
        UnixSignal.Send(StationRig.Row(first.Child.Pid), UnixSignal.Kill);
        await StationRig.EndedAsync(first);
        first.ExitCode.ShouldBe(137);
        (await first.EndAsync(CancellationToken.None)).ShouldBeTrue();

        using var second = rig.Start(command);
        (await ReadyAsync(second, port)).ShouldBeOfType<StationReadinessStep.Ready>(second.Log.Tail());
        (await second.EndAsync(CancellationToken.None)).ShouldBeTrue();
        second.HasExited.ShouldBeTrue();
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start(); // nobody holds the port any more
    }

    [Fact]
    public async Task A_renderer_whose_port_is_taken_ends_with_its_words_though_somebody_answers()
    {
        await using var rig = new StationRig();
        await using var other = await Dailies.Animatic.AnimaticServer.StartAsync(
            new Dailies.Animatic.AnimaticOptions { OutputFolder = Path.Combine(rig.Folder, "output") }, TestContext.Current.CancellationToken);
        var port = new Uri(other.Url).Port;

        using var station = rig.Start($"dotnet '{Dll}' animatic --port {port}");
        await StationRig.EndedAsync(station);

        (await ReadyAsync(station, port)).ShouldBeOfType<StationReadinessStep.Exited>();
        station.ExitCode.ShouldNotBe(0);
        StationExit.Words(station.ExitCode, station.Log.Tail(since: station.Begin)).ShouldContain($"{port}");
    }

    private static async Task<StationReadinessStep> ReadyAsync(StationProcess station, int port)
    {
        var address = StationAddress.Parse($"http://127.0.0.1:{port}", NoHeaders, out _)!;
        using var http = StationHttp.Create(address, TimeProvider.System);
        var client = new ComfyClient(http, address, TimeProvider.System);
        return await new StationReadiness(TimeProvider.System).WaitAsync(
            client.SystemStatsAsync, station.Ended, TimeSpan.FromSeconds(60), _ => { }, TestContext.Current.CancellationToken);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
