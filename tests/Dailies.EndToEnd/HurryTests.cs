using System.Text.Json;

namespace Dailies.EndToEnd;

/// <summary>The second signal waits for nothing but the evidence; the third waits for nothing.</summary>
public class HurryTests
{
    // For a run that hangs: a hurried one ends within a second.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INT", "INT", 130)]
    [InlineData("TERM", "INT", 143)]
    [InlineData("INT", "TERM", 130)]
    public async Task A_second_signal_writes_the_evidence_at_once(string first, string second, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kill(1) sends these signals on Unix only");
        using var dailies = new DailiesProgram();
        using var renderer = await Renderer.StartAsync(dailies, "--fault", "dead-worker");
        using var run = dailies.Start("run", DailiesProgram.Lighthouse, "--comfy", renderer.Url, "--no-video");
        await run.ReadUntilAsync("executing");
        await run.SignalAsync(first);
        await run.ReadUntilAsync("again: evidence at once");

        await run.SignalAsync(second);
        var rest = await run.StandardOutput.ReadToEndAsync(Cancel).WaitAsync(Bound, TimeProvider.System, Cancel);
        await run.WaitForExitAsync(Cancel);

        run.ExitCode.ShouldBe(code, rest);
        rest.ShouldContain("writing the evidence now");
        rest.Split("taken back:").Length.ShouldBeLessThanOrEqualTo(2, rest); // a gentle end tries twice, ten seconds each
        await IsStoppedAsync(dailies);
    }

    [Fact]
    public async Task A_third_signal_ends_the_program_though_its_disk_hangs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kill(1) sends these signals on Unix only");
        using var dailies = new DailiesProgram();
        using var renderer = await Renderer.StartAsync(dailies, "--fault", "dead-worker");
        using var run = dailies.Start("run", DailiesProgram.Lighthouse, "--comfy", renderer.Url, "--no-video");
        await run.ReadUntilAsync("executing");
        await HangAsync(Path.Combine(dailies.LatestRun(), "artifact-metadata.json.partial"));
        await run.SignalAsync("INT");
        await run.ReadUntilAsync("again: evidence at once");
        await run.SignalAsync("INT");
        await run.ReadUntilAsync("writing the evidence now");

        await run.SignalAsync("INT");
        await run.WaitForExitAsync(Cancel);

        run.ExitCode.ShouldBe(130);
        (await dailies.RunAsync("status")).StandardOutput.ShouldContain("resume");
    }

    // A named pipe that nobody reads: opening it for writing waits for ever, like a disk that does not answer.
    private static async Task HangAsync(string path)
    {
        File.Delete(path);
        (await ProcessWords.TryToolAsync("mkfifo", path)).ShouldBeTrue();
    }

    private static async Task IsStoppedAsync(DailiesProgram dailies)
    {
        var run = dailies.LatestRun();
        using var metadata = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(run, "artifact-metadata.json"), Cancel));
        metadata.RootElement.GetProperty("State").GetString().ShouldBe("stopped");
        (await File.ReadAllTextAsync(Path.Combine(run, "run-summary.txt"), Cancel)).ShouldContain("[Validation] run-summary validation passed");
        (await dailies.RunAsync("validate", "latest")).ExitCode.ShouldBe(0);
    }
}
