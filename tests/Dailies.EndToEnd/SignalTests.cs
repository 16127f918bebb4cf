using System.Diagnostics;
using System.Text.Json;

namespace Dailies.EndToEnd;

/// <summary>Two processes: the renderer and the run. A stop takes our prompt back and leaves evidence.</summary>
public class SignalTests
{
    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_stopped_run_leaves_evidence_and_no_prompt_behind(string signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kill(1) sends these signals on Unix only");
        using var dailies = new DailiesProgram();
        using var renderer = dailies.Start("animatic", "--port", "0", "--fault", "slow");
        try
        {
            var url = (await renderer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!.Split(' ').First(w => w.StartsWith("http", StringComparison.Ordinal));
            using var run = dailies.Start("run", DailiesProgram.Lighthouse, "--comfy", url, "--no-video");
            while (await run.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("executing", StringComparison.Ordinal))
            {
            }

            (await dailies.RunAsync("status")).StandardOutput.ShouldContain("rendering");
            using var kill = Process.Start("kill", $"-{signal} {run.Id}");
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            var rest = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
            run.ExitCode.ShouldBe(code, rest);
            rest.ShouldContain("taken back: interrupted");

            using var http = new HttpClient();
            using var queue = JsonDocument.Parse(await http.GetStringAsync($"{url}/queue", TestContext.Current.CancellationToken));
            queue.RootElement.GetProperty("queue_running").GetArrayLength().ShouldBe(0);
            queue.RootElement.GetProperty("queue_pending").GetArrayLength().ShouldBe(0);
            File.ReadAllText(Path.Combine(dailies.LatestRun(), "artifact-metadata.json")).ShouldContain("\"State\": \"stopped\"");
            (await dailies.RunAsync("validate", "latest")).ExitCode.ShouldBe(0);
        }
        finally
        {
            renderer.Kill();
        }
    }
}
