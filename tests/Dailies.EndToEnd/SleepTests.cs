using System.Diagnostics;

namespace Dailies.EndToEnd;

/// <summary>The machine is kept awake as long as the run goes on, and no longer. systemd-inhibit is played by a script, in a mount namespace where systemd seems to run.</summary>
public class SleepTests
{
    // Holds the pipe "told" open as long as it lives, and lives as long as its input is open.
    private const string Holds = """
        exec 3>>told
        echo "$*" >&3
        exec cat
        """;

    private const string Refuses = """
        echo "$*" >> told
        echo 'Failed to inhibit: Access denied' >&2
        exit 1
        """;

    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_machine_is_kept_awake_until_the_run_ends()
    {
        using var dailies = await WithSystemdAsync(Holds);
        var told = await ListenAsync(dailies);
        using var run = Start(dailies, "run", DailiesProgram.Lighthouse, "--scenes", "1", "--no-video");

        var output = await run.StandardOutput.ReadToEndAsync(Cancel);
        await run.WaitForExitAsync(Cancel);

        run.ExitCode.ShouldBe(0, output);
        output.ShouldNotContain("awake");
        var id = Path.GetFileName(dailies.LatestRun());
        (await told.WaitAsync(Bound, TimeProvider.System, Cancel)).ShouldBe($"--what=sleep:idle --who=Dailies --why=run {id} --mode=block cat\n");
    }

    [Fact]
    public async Task A_controller_that_is_killed_lets_the_machine_sleep_again()
    {
        using var dailies = await WithSystemdAsync(Holds);
        using var renderer = await Renderer.StartAsync(dailies, "--fault", "slow");
        var told = await ListenAsync(dailies);
        using var run = Start(dailies, "run", DailiesProgram.Lighthouse, "--comfy", renderer.Url, "--no-video");
        await run.ReadUntilAsync("executing");
        told.IsCompleted.ShouldBeFalse();

        run.Kill();

        (await told.WaitAsync(Bound, TimeProvider.System, Cancel)).ShouldContain("--what=sleep:idle"); // to its end: nobody holds the pipe any more
        (await run.StandardError.ReadToEndAsync(Cancel)).ShouldNotContain("awake");
    }

    [Fact]
    public async Task Where_it_is_refused_the_operator_is_told_once_and_the_run_goes_on()
    {
        using var dailies = await WithSystemdAsync(Refuses);
        using var run = Start(dailies, "run", DailiesProgram.Lighthouse, "--scenes", "1", "--no-video");

        var output = await run.StandardOutput.ReadToEndAsync(Cancel);
        await run.WaitForExitAsync(Cancel);

        run.ExitCode.ShouldBe(0, output);
        output.Split('\n').Count(l => l == "note: this machine is not kept awake: Failed to inhibit: Access denied").ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_allows_sleep_by_option_or_file_gets_it_and_a_resumed_run_remembers()
    {
        using var dailies = await WithSystemdAsync(Refuses);
        var told = Path.Combine(dailies.Folder, "told");
        (await EndAsync(Start(dailies, "run", DailiesProgram.Lighthouse, "--scenes", "1", "--no-video", "--allow-sleep"))).ShouldBe(0);
        File.Exists(told).ShouldBeFalse();

        // A station that is not there: the run ends with 3 and can be resumed.
        var story = dailies.Write("one.fountain", "EXT. SEA - DAY\n\nWaves.\n");
        File.Copy(Path.Combine(DailiesProgram.Lighthouse, "workflow.json"), Path.Combine(dailies.Folder, "workflow.json"));
        dailies.Write("dailies.json", """{ "allowSleep": true, "comfy": "http://127.0.0.1:1", "workflow": "workflow.json" }""");
        (await EndAsync(Start(dailies, "run", story))).ShouldBe(3);
        File.Exists(told).ShouldBeFalse();

        File.Delete(Path.Combine(dailies.Folder, "dailies.json"));
        (await EndAsync(Start(dailies, "resume"))).ShouldBe(3);
        File.Exists(told).ShouldBeFalse();
        (await EndAsync(Start(dailies, "resume", "--allow-sleep", "false"))).ShouldBe(3);
        File.Exists(told).ShouldBeTrue();
    }

    private static async Task<DailiesProgram> WithSystemdAsync(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux's");
        Assert.SkipUnless(await ProcessWords.TryToolAsync("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/run"), "only root may make a mount namespace here");
        var dailies = new DailiesProgram();
        var bin = Directory.CreateDirectory(Path.Combine(dailies.Folder, "bin")).FullName;
        dailies.Write("bin/systemd-inhibit", $"#!/bin/sh\n{script}\n");
        (await ProcessWords.TryToolAsync("chmod", "755", Path.Combine(bin, "systemd-inhibit"))).ShouldBeTrue();
        dailies.Variables["PATH"] = $"{bin}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        return dailies;
    }

    private static Process Start(DailiesProgram dailies, params string[] arguments) => dailies.StartBehind(
        ["unshare", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system && exec \"$@\"", "sh"], arguments);

    // A named pipe is read to its end once the last who holds it open is gone.
    private static async Task<Task<string>> ListenAsync(DailiesProgram dailies)
    {
        var path = Path.Combine(dailies.Folder, "told");
        (await ProcessWords.TryToolAsync("mkfifo", path)).ShouldBeTrue();
        return Task.Run(() => File.ReadAllText(path));
    }

    private static async Task<int> EndAsync(Process process)
    {
        using (process)
        {
            await process.StandardOutput.ReadToEndAsync(Cancel);
            await process.WaitForExitAsync(Cancel);
            return process.ExitCode;
        }
    }
}
