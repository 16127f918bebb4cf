using System.Text.Json;

namespace Dailies.EndToEnd;

/// <summary>What issue "First light" shows: a story becomes verified takes, and a lie in the folder is found.</summary>
public class LighthouseTests
{
    [Fact]
    public async Task Lighthouse_becomes_five_takes_with_videos_and_a_lie_is_found()
    {
        using var dailies = new DailiesProgram();
        var result = await dailies.RunAsync("run", DailiesProgram.Lighthouse);
        result.ExitCode.ShouldBe(0, result.StandardOutput + result.StandardError);
        result.StandardOutput.ShouldContain("5 of 5 have a take");
        result.StandardOutput.ShouldContain("contract kept");

        var run = dailies.LatestRun();
        for (var scene = 1; scene <= 5; scene++)
        {
            Directory.GetFiles(Path.Combine(run, $"scene-{scene:000}", "generated-frames-attempt-1"), "*.png").Length.ShouldBe(25);
            new FileInfo(Path.Combine(run, "video", $"scene-{scene:000}.mp4")).Length.ShouldBeGreaterThan(1000);
        }

        using var metadata = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(run, "artifact-metadata.json"), TestContext.Current.CancellationToken));
        foreach (var scene in metadata.RootElement.GetProperty("Scenes").EnumerateArray())
        {
            scene.GetProperty("Video").GetProperty("Status").GetString().ShouldBe("complete");
            scene.GetProperty("Video").GetProperty("Codec").GetString().ShouldBe("h264");
        }

        File.ReadAllBytes(Path.Combine(dailies.Folder, "public", "artifacts", "latest-run.json")).ShouldBe(File.ReadAllBytes(Path.Combine(run, "artifact-metadata.json")));
        (await dailies.RunAsync("validate", "latest")).ExitCode.ShouldBe(0);
        await FindsOneChangedDigitAsync(dailies, run);
    }

    private static async Task FindsOneChangedDigitAsync(DailiesProgram dailies, string run)
    {
        var summary = Path.Combine(run, "run-summary.txt");
        var text = await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(summary, text.Replace("MaxWaitSeconds=600s", "MaxWaitSeconds=601s", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var verdict = await dailies.RunAsync("validate", run);
        verdict.ExitCode.ShouldBe(1);
        verdict.StandardOutput.ShouldContain("TC-");
        verdict.StandardOutput.ShouldContain("line ");
        verdict.StandardOutput.ShouldContain("600s");
        verdict.StandardOutput.ShouldContain("601s");
    }

    [Fact]
    public async Task Json_is_one_object_a_line_and_the_result_comes_last()
    {
        using var dailies = new DailiesProgram();
        var result = await dailies.RunAsync("run", DailiesProgram.Lighthouse, "--scenes", "2", "--no-video", "--json", "--name", "first look");
        result.ExitCode.ShouldBe(0, result.StandardError);
        var lines = result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        lines.Select(l => l.GetProperty("kind").GetString()).First().ShouldBe("RunStarted");
        lines[0].GetProperty("plan").GetProperty("name").GetString().ShouldBe("first look");
        lines[^1].GetProperty("kind").GetString().ShouldBe("Result");
        lines[^1].GetProperty("exitCode").GetInt32().ShouldBe(0);
        lines[^1].GetProperty("scenesAccepted").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Without_ffmpeg_the_run_goes_on_without_videos_and_says_how_to_install_it()
    {
        using var dailies = new DailiesProgram();
        // A PATH with dotnet alone.
        var dotnet = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(p => Path.Combine(p, "dotnet")).First(File.Exists);
        var bin = Directory.CreateDirectory(Path.Combine(dailies.Folder, "bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(bin, "dotnet"), Path.GetFullPath(dotnet));
        dailies.Variables["PATH"] = bin;
        var result = await dailies.RunAsync("run", DailiesProgram.Lighthouse, "--scenes", "1");
        result.ExitCode.ShouldBe(0, result.StandardOutput + result.StandardError);
        result.StandardOutput.ShouldContain("ffmpeg is not installed");
        result.StandardOutput.ShouldContain("install");
        File.ReadAllText(Path.Combine(dailies.LatestRun(), "artifact-metadata.json")).ShouldContain("\"Status\": \"missing\"");
    }

    [Fact]
    public async Task Every_example_runs_as_it_stands()
    {
        foreach (var example in Directory.EnumerateDirectories(Path.Combine(DailiesProgram.Repository, "examples")))
        {
            using var dailies = new DailiesProgram();
            var result = await dailies.RunAsync("run", example, "--scenes", "1", "--no-video");
            result.ExitCode.ShouldBe(0, example + result.StandardOutput + result.StandardError);
        }
    }
}
