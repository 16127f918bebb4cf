using System.Collections.Concurrent;
using System.Text.Json;

namespace Dailies.EndToEnd;

/// <summary>The controller is killed before and after each of its side effects and taken up again: nothing lost, nothing rendered twice, the same pictures.
/// A seeded sample here; all of them with <c>./test --all</c>.</summary>
public class CrashSweepTests(ITestOutputHelper output)
{
    private const int Seed = 20261124;
    private const int AtOnce = 2;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static bool All => Environment.GetEnvironmentVariable("DAILIES_TEST_ALL") == "1";

    [Fact]
    public async Task Killed_at_any_side_effect_a_run_ends_whole_with_the_same_pictures()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGKILL and its exit code are Unix's; Windows' TerminateProcess has no code to tell it by");
        await SweepAsync(rendererFault: null, samples: 12, pictures: ["scene-001", "scene-002"]);
    }

    // The first attempt at scene 1 hangs and is interrupted. Which attempt is its take depends on where the kill was, so only scene 2 is compared.
    [Fact]
    public async Task Killed_while_it_takes_a_prompt_back_a_run_ends_whole_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGKILL and its exit code are Unix's; Windows' TerminateProcess has no code to tell it by");
        await SweepAsync(rendererFault: "stuck@scene-001:1", samples: 4, pictures: ["scene-002"], only: b => b.Contains(" interrupt", StringComparison.Ordinal) || b.Contains("PromptWithdrawn", StringComparison.Ordinal), "--scene-max-wait-seconds", "1");
    }

    private async Task SweepAsync(string? rendererFault, int samples, string[] pictures, Func<string, bool>? only = null, params string[] options)
    {
        using var home = new DailiesProgram();
        using var renderer = await Renderer.StartAsync(home, rendererFault is null ? [] : ["--fault", rendererFault]);
        using var undisturbed = new CrashSweep(renderer.Url, 2, options);
        var boundaries = (await undisturbed.BoundariesAsync()).Where(b => All || only is null || only(b)).ToList();
        var expected = undisturbed.Pictures();
        var chosen = All ? boundaries : Sample(boundaries, samples);
        var met = new ConcurrentBag<(string Boundary, string Title)>();

        await Parallel.ForEachAsync(chosen, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancel }, async (boundary, _) =>
        {
            using var sweep = new CrashSweep(renderer.Url, 2, options);
            if (await sweep.KillAndResumeAsync(boundary))
            {
                sweep.Accepted().ShouldBe(new Dictionary<string, int> { ["scene-001"] = 1, ["scene-002"] = 1 }, ignoreOrder: true, boundary);
                var seen = sweep.Pictures();
                pictures.ShouldAllBe(scene => seen[scene] == expected[scene], boundary);
                sweep.Leftovers().ShouldBeEmpty(boundary);
                met.Add((boundary, sweep.Title));
            }
        });

        met.Count.ShouldBeGreaterThanOrEqualTo(chosen.Count * 8 / 10, "most boundaries come in every run");
        await NothingTwiceAsync(renderer.Url, [.. met.Select(m => m.Title)]);
        output.WriteLine($"kill points {met.Count} of {boundaries.Count}, lost 0, double 0");
    }

    // The renderer survived them all: whatever it rendered to the end for a scene, it rendered once.
    private static async Task NothingTwiceAsync(string url, IReadOnlyCollection<string> titles)
    {
        using var http = new HttpClient();
        using var history = JsonDocument.Parse(await http.GetStringAsync($"{url}/history", Cancel));
        var rendered = from entry in history.RootElement.EnumerateObject()
                       where entry.Value.GetProperty("status").GetProperty("status_str").GetString() == "success"
                       let note = entry.Value.GetProperty("prompt")[3].GetProperty("extra_pnginfo").GetProperty("dailies")
                       where titles.Contains(note.GetProperty("story").GetString())
                       group entry by (note.GetProperty("story").GetString(), note.GetProperty("scene").GetString());
        rendered.Where(scene => scene.Count() != 1).Select(scene => $"{scene.Key}: {scene.Count()}").ShouldBeEmpty();
        using var queue = JsonDocument.Parse(await http.GetStringAsync($"{url}/queue", Cancel));
        (queue.RootElement.GetProperty("queue_running").GetArrayLength() + queue.RootElement.GetProperty("queue_pending").GetArrayLength()).ShouldBe(0);
    }

    // Some of each side of each effect, the same ones each time.
    private static List<string> Sample(List<string> boundaries, int count)
    {
        var chance = new Random(Seed);
        var groups = boundaries.GroupBy(b => string.Join(' ', b.Split(' ').Take(2))).Select(g => new Queue<string>(g.OrderBy(_ => chance.Next()))).ToList();
        var chosen = new List<string>();
        for (var i = 0; chosen.Count < count && groups.Any(g => g.Count > 0); i++)
        {
            if (groups[i % groups.Count].TryDequeue(out var boundary))
            {
                chosen.Add(boundary);
            }
        }

        return chosen;
    }
}
