using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Dailies.EndToEnd;

/// <summary>A night in which controller and station are killed again and again ends complete. A short one here; 200 scenes with <c>./test --all</c>.</summary>
public class LongNightTests(ITestOutputHelper output)
{
    private const int Seed = 20261124;

    // Longer than this nobody is killed any more.
    private static readonly TimeSpan MostKilling = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_killed_every_scene_ends_with_one_take()
    {
        var all = Environment.GetEnvironmentVariable("DAILIES_TEST_ALL") == "1";
        var (scenes, kills) = all ? (200, 60) : (24, 6);
        using var dailies = new DailiesProgram();
        Story(dailies, scenes);
        var port = FreePort();
        var station = await StartStationAsync(dailies, port);
        try
        {
            var (begin, chance) = (TimeProvider.System.GetTimestamp(), new Random(Seed));
            var (controllers, stations, accepted, resumes) = (0, 0, 0, 0);
            var next = 2;
            var run = dailies.Start("run", "story.json", "--comfy", $"http://127.0.0.1:{port}", "--no-video", "--json", "--scene-history-poll-interval-seconds", "0.2");
            while (true)
            {
                var line = await run.StandardOutput.ReadLineAsync(Cancel);
                if (line is null)
                {
                    await run.WaitForExitAsync(Cancel);
                    var code = run.ExitCode;
                    run.Dispose();
                    if (code == 0)
                    {
                        break;
                    }

                    (code is 137 or 3).ShouldBeTrue($"exit code {code} after {accepted} scenes");
                    (++resumes).ShouldBeLessThan(kills * 3);
                    run = dailies.Start("resume", "latest", "--comfy", $"http://127.0.0.1:{port}", "--json");
                    continue;
                }

                accepted += line.Contains("\"kind\":\"SceneAccepted\"", StringComparison.Ordinal) ? 1 : 0;
                // Three takes at least lie between two kills: a scene that is hit twice would be set aside, and rightly so.
                if (accepted < next || controllers + stations >= kills || TimeProvider.System.GetElapsedTime(begin) > MostKilling)
                {
                    continue;
                }

                next = accepted + 3 + chance.Next(all ? 3 : 2);
                if (chance.Next(2) == 0)
                {
                    controllers++;
                    run.Kill();
                }
                else
                {
                    stations++;
                    station.Kill();
                    await station.WaitForExitAsync(Cancel);
                    station.Dispose();
                    station = await StartStationAsync(dailies, port);
                }
            }

            var events = File.ReadLines(Path.Combine(dailies.LatestRun(), "ledger.jsonl")).Select(l => JsonDocument.Parse(l).RootElement).ToList();
            events.Where(e => Kind(e) == "SceneAccepted").Select(e => e.GetProperty("SceneId").GetString()).Order(StringComparer.Ordinal)
                .ShouldBe(Enumerable.Range(1, scenes).Select(n => string.Create(CultureInfo.InvariantCulture, $"scene-{n:000}")));
            events.Where(e => Kind(e) == "SceneFailed").ShouldBeEmpty();
            (await dailies.RunAsync("validate", "latest")).ExitCode.ShouldBe(0);
            (controllers > 0 && stations > 0).ShouldBeTrue();
            var sent = events.Count(e => Kind(e) == "AttemptStarted");
            output.WriteLine($"{scenes} scenes; controller killed {controllers} times, station {stations} times; {sent} attempts sent; {TimeProvider.System.GetElapsedTime(begin).TotalSeconds:0} s; lost 0, double 0");
        }
        finally
        {
            station.Kill();
            station.Dispose();
        }
    }

    private static string? Kind(JsonElement e) => e.GetProperty("Kind").GetString();

    private static void Story(DailiesProgram dailies, int scenes)
    {
        var list = Enumerable.Range(1, scenes).Select(n => $$"""{"title":"Shot {{n}}","prompt":"a lighthouse, view {{n}}","expectedFrames":1}""");
        dailies.Write("story.json", $$"""{"storyId":"night","title":"Night","logline":"l","scenes":[{{string.Join(',', list)}}]}""");
        dailies.Write("workflow.json", CrashSweep.Graph(frames: 1));
    }

    private static async Task<Process> StartStationAsync(DailiesProgram dailies, int port)
    {
        var station = dailies.Start("animatic", "--port", port.ToString(CultureInfo.InvariantCulture), "--output", "renderer");
        await station.ReadUntilAsync("http");
        return station;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
