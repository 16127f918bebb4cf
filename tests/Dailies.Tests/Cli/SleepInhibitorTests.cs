using System.Diagnostics;
using Dailies.Cli.Sleep;

namespace Dailies.Tests.Cli;

/// <summary>The program that keeps Linux awake, played by a script. That it ends with a controller that is killed is shown end to end.</summary>
public class SleepInhibitorTests
{
    private readonly TaskCompletionSource<string> said = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task It_runs_as_long_as_the_run_and_nothing_is_said()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the script is one for sh");
        using var folder = new TempFolder();
        await using var awake = new SleepInhibitor(text => said.TrySetResult(text), TimeProvider.System);
        awake.Begin(new SleepStep.Program(Script(folder, "exec cat"), [], EndsWithInput: true));
        using var child = Process.GetProcessById(awake.ChildId!.Value);
        child.HasExited.ShouldBeFalse();

        await awake.DisposeAsync();

        child.HasExited.ShouldBeTrue();
        said.Task.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task One_that_does_not_end_with_its_input_is_ended()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the script is one for sh");
        using var folder = new TempFolder();
        await using var awake = new SleepInhibitor(text => said.TrySetResult(text), TimeProvider.System);
        awake.Begin(new SleepStep.Program(Script(folder, "exec sleep 600"), [], EndsWithInput: false));
        using var child = Process.GetProcessById(awake.ChildId!.Value);

        await awake.DisposeAsync();

        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        said.Task.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task One_that_fails_is_told_in_its_own_words()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the script is one for sh");
        using var folder = new TempFolder();
        await using var awake = new SleepInhibitor(text => said.TrySetResult(text), TimeProvider.System);
        awake.Begin(new SleepStep.Program(Script(folder, "echo 'Failed to inhibit: Access denied' >&2; exit 1"), [], EndsWithInput: true));

        (await said.Task.WaitAsync(TestContext.Current.CancellationToken)).ShouldBe("note: this machine is not kept awake: Failed to inhibit: Access denied");
    }

    [Fact]
    public async Task One_that_is_not_there_is_told()
    {
        await using var awake = new SleepInhibitor(text => said.TrySetResult(text), TimeProvider.System);
        awake.Begin(new SleepStep.Program("dailies-no-such-program", [], EndsWithInput: true));

        (await said.Task).ShouldStartWith("note: this machine is not kept awake: ");
        awake.ChildId.ShouldBeNull();
    }

    [Fact]
    public void The_mark_says_whether_systemd_runs()
    {
        using var folder = new TempFolder();
        SleepFacts.Here(allowed: false, "run", folder.Path).Systemd.ShouldBeTrue();
        SleepFacts.Here(allowed: false, "run", Path.Combine(folder.Path, "not-there")).Systemd.ShouldBeFalse();
    }

    private static string Script(TempFolder folder, string body)
    {
        var path = folder.Write("inhibit.sh", $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
