using System.Text.Json;
using CliWrap.Buffered;

namespace Dailies.EndToEnd;

/// <summary>Each exit code of the contract (§1), reached by the real program. 130 and 143 with what they leave behind: SignalTests and HurryTests; storage: StorageTests.</summary>
public class ExitCodeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Zero_all_takes()
    {
        using var dailies = new DailiesProgram();
        (await dailies.RunAsync("run", DailiesProgram.Lighthouse, "--scenes", "1", "--no-video")).ShouldEndWith(0, "1 of 1 have a take");
        (await dailies.RunAsync("resume")).ShouldEndWith(0, "nothing to do");
    }

    [Fact]
    public async Task One_a_scene_failed_and_one_the_contract_is_broken()
    {
        using var dailies = new DailiesProgram();
        using var renderer = await Renderer.StartAsync(dailies, "--fault", "refuse@scene-002");
        (await dailies.RunAsync("run", DailiesProgram.Lighthouse, "--scenes", "1-2", "--no-video", "--comfy", renderer.Url)).ShouldEndWith(1, "1 of 2 have a take");
        State(dailies.LatestRun()).ShouldBe("finished");
        (await dailies.RunAsync("validate", "latest")).ExitCode.ShouldBe(0);

        File.Delete(Path.Combine(dailies.LatestRun(), "run-summary.txt"));
        (await dailies.RunAsync("validate", "latest")).ShouldEndWith(1, "run-summary.txt");
    }

    [Theory]
    [InlineData("no such file", "run", "nowhere.fountain", "--animatic")]
    [InlineData("there is no run", "resume")]
    [InlineData("there is no run", "retry", "latest", "1")]
    [InlineData("there is no run", "stop")]
    [InlineData("there is no run", "status")]
    [InlineData("there is no run", "validate", "latest")]
    [InlineData("allowed", "animatic", "--port", "70000")]
    public async Task Two_usage_or_unreadable_input(string says, params string[] arguments)
    {
        using var dailies = new DailiesProgram();
        (await dailies.RunAsync(arguments)).ShouldEndWith(2, says);
    }

    [Fact]
    public async Task Three_the_station_is_not_there()
    {
        using var dailies = new DailiesProgram();
        (await dailies.RunAsync("run", DailiesProgram.Lighthouse, "--comfy", "http://127.0.0.1:1")).ShouldEndWith(3, "can't be used");
        State(dailies.LatestRun()).ShouldBe("failed");
        (await dailies.RunAsync("validate", "latest")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Four_a_part_of_the_program_is_missing_and_the_run_still_ends_with_evidence()
    {
        using var dailies = new DailiesProgram { Program = Copy(without: "Polly.Core.dll", out var copy) };
        try
        {
            (await dailies.RunAsync("run", DailiesProgram.Lighthouse, "--scenes", "1", "--comfy", "http://127.0.0.1:1")).ShouldEndWith(4, "failed: internal error: FileNotFoundException");
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }

        State(dailies.LatestRun()).ShouldBe("failed");
        using var whole = new DailiesProgram();
        (await whole.RunAsync("validate", dailies.LatestRun())).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Four_a_part_is_missing_without_which_there_is_no_evidence()
    {
        using var dailies = new DailiesProgram { Program = Copy(without: "Dapper.dll", out var copy) };
        try
        {
            (await dailies.RunAsync("run", DailiesProgram.Lighthouse, "--scenes", "1", "--animatic")).ShouldEndWith(4, "dailies: internal error: ");
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 143)]
    public async Task Above_a_hundred_and_twenty_eight_a_signal(string signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kill(1) sends these signals on Unix only");
        using var dailies = new DailiesProgram();
        using var renderer = await Renderer.StartAsync(dailies, "--fault", "slow");
        using var run = dailies.Start("run", DailiesProgram.Lighthouse, "--comfy", renderer.Url, "--no-video");
        await run.ReadUntilAsync("executing");

        await run.SignalAsync(signal);
        await run.StandardOutput.ReadToEndAsync(Cancel);
        await run.WaitForExitAsync(Cancel);

        run.ExitCode.ShouldBe(code);
        State(dailies.LatestRun()).ShouldBe("stopped");
    }

    private static string? State(string run)
    {
        using var metadata = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(run, "artifact-metadata.json")));
        return metadata.RootElement.GetProperty("State").GetString();
    }

    // The program as it was built, but for one file of it and the other systems' libraries.
    private static string Copy(string without, out string folder)
    {
        folder = Directory.CreateTempSubdirectory("dailies-damaged-").FullName;
        var built = Path.GetDirectoryName(Path.GetFullPath(DailiesProgram.Dll))!;
        foreach (var file in Directory.EnumerateFiles(built).Where(f => Path.GetFileName(f) != without))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        Directory.CreateSymbolicLink(Path.Combine(folder, "runtimes"), Path.Combine(built, "runtimes"));
        return Path.Combine(folder, Path.GetFileName(DailiesProgram.Dll));
    }
}

/// <summary>An end in one line.</summary>
internal static class Ends
{
    public static void ShouldEndWith(this BufferedCommandResult result, int code, string says)
    {
        var words = result.StandardOutput + result.StandardError;
        result.ExitCode.ShouldBe(code, words);
        words.ShouldContain(says, Case.Insensitive);
    }
}
