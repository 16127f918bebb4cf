using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Dailies.EndToEnd;

/// <summary>A station that the run starts itself: it is started again when it dies, and gone when the run has ended.</summary>
public class SupervisedRunTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_station_that_dies_is_started_again_and_the_run_ends_whole()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kill(1) sends SIGKILL on Unix only");
        using var dailies = new DailiesProgram();
        var port = FreePort();
        using var run = dailies.Start("run", DailiesProgram.Lighthouse, "--scenes", "1-3", "--no-video", "--json", "--comfy", $"http://127.0.0.1:{port}", "--station-start", Renderer(port));
        var events = new List<JsonElement>();
        var killed = false;
        while (await run.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            var e = JsonDocument.Parse(line).RootElement;
            events.Add(e);
            if (!killed && Kind(e) == "ExecutionSeen" && e.GetProperty("sceneId").GetString() == "scene-002")
            {
                killed = true;
                Process.GetProcessById(events.First(x => Kind(x) == "StationStarted").GetProperty("pid").GetInt32()).Kill();
            }
        }

        await run.WaitForExitAsync(Cancel);
        run.ExitCode.ShouldBe(0, await run.StandardError.ReadToEndAsync(Cancel));
        events.Count(e => Kind(e) == "StationStarted").ShouldBe(2);
        events.Where(e => Kind(e) == "StationEnded").Select(e => (e.GetProperty("exitCode").GetInt32(), e.GetProperty("byUs").GetBoolean())).ShouldBe([(137, false), (0, true)]);
        events.Last(e => Kind(e) == "Result").GetProperty("scenesAccepted").GetInt32().ShouldBe(3);
        var lost = events.Single(e => Kind(e) == "AttemptSettled" && e.GetProperty("sceneId").GetString() == "scene-002" && e.GetProperty("attempt").GetInt32() == 1);
        lost.GetProperty("failureKind").GetString().ShouldBe("stationLost");
        lost.GetProperty("charged").GetBoolean().ShouldBeFalse();
        lost.GetProperty("message").GetString()!.ShouldContain("exit code 137");
        File.ReadAllText(Path.Combine(dailies.LatestRun(), "scene-002", "attempt-1", "station.log")).ShouldNotBeNull();
        (await dailies.RunAsync("validate", "latest")).ExitCode.ShouldBe(0);
        Listens(port).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_answers_already_is_used_and_left_alone()
    {
        using var dailies = new DailiesProgram();
        using var renderer = dailies.Start("animatic", "--port", "0");
        try
        {
            var url = (await renderer.StandardOutput.ReadLineAsync(Cancel))!.Split(' ').First(w => w.StartsWith("http", StringComparison.Ordinal));
            var result = await dailies.RunAsync("run", DailiesProgram.Lighthouse, "--scenes", "1", "--no-video", "--comfy", url, "--station-start", "echo never >&2; exit 7");
            result.ExitCode.ShouldBe(0, result.StandardOutput + result.StandardError);
            result.StandardOutput.ShouldContain("answers already: it is used as it is, and neither restarted nor ended by us");
            renderer.HasExited.ShouldBeFalse();
            File.Exists(Path.Combine(dailies.LatestRun(), "station.log")).ShouldBeFalse();
        }
        finally
        {
            renderer.Kill();
        }
    }

    [Fact]
    public async Task A_command_that_fails_ends_the_run_with_three_and_its_last_words()
    {
        using var dailies = new DailiesProgram();
        var result = await dailies.RunAsync(
            "run", DailiesProgram.Lighthouse, "--scenes", "1", "--no-video", "--comfy", $"http://127.0.0.1:{FreePort()}", "--station-start", "echo no module named torch >&2; exit 7");
        result.ExitCode.ShouldBe(3, result.StandardOutput + result.StandardError);
        result.StandardOutput.ShouldContain("the command that starts it ended with exit code 7; its last words: no module named torch");
        (await dailies.RunAsync("validate", "latest")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_lost_device_is_cured_by_a_restart_and_costs_no_attempt()
    {
        using var dailies = new DailiesProgram();
        var port = FreePort();
        var result = await dailies.RunAsync(
            "run", DailiesProgram.Lighthouse, "--scenes", "1-2", "--no-video", "--comfy", $"http://127.0.0.1:{port}", "--station-start", Renderer(port) + " --fault device-lost@scene-001:1");
        result.ExitCode.ShouldBe(0, result.StandardOutput + result.StandardError);
        var metadata = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(dailies.LatestRun(), "artifact-metadata.json"), Cancel)).RootElement;
        metadata.GetProperty("Scenes")[0].GetProperty("Attempts").EnumerateArray().Select(a => a.GetProperty("Charged").GetBoolean()).ShouldBe([false, true]);
        File.ReadAllText(Path.Combine(dailies.LatestRun(), "run-summary.txt")).ShouldContain("started as process");
        Listens(port).ShouldBeFalse();
    }

    private static string Renderer(int port) => $"exec dotnet \"{DailiesProgram.Dll}\" animatic --port {port}";

    private static string? Kind(JsonElement e) => e.GetProperty("kind").GetString();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool Listens(int port)
    {
        using var probe = new TcpClient();
        try
        {
            probe.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
