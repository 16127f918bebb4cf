using Dailies.Takes;
using Microsoft.Extensions.Time.Testing;

namespace Dailies.Tests.Takes;

/// <summary>A program in ffmpeg's place that behaves as no ffmpeg should.</summary>
public sealed class FfmpegTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_that_gets_nowhere_is_ended_after_its_patience()
    {
        var run = RunAsync("echo frame=3; echo ready >started; exec sleep 1000", Cancel);
        await UntilAsync("started");
        await AdvanceUntilAsync(run);

        (await run).Fault.ShouldBe("ffmpeg got nowhere for 60 s and was ended");
        (await run).Frames.ShouldBe(3);
    }

    [Fact]
    public async Task One_that_gets_on_is_left_alone_however_long_it_takes()
    {
        var run = RunAsync("i=0; while [ $i -lt 5 ]; do i=$((i+1)); echo frame=$i; echo $i >seen; while [ ! -f go$i ]; do sleep 0.01; done; done", Cancel);
        for (var i = 1; i <= 5; i++)
        {
            await UntilAsync("seen", $"{i}");
            await UntilAsync(() => _frames == i);
            _clock.Advance(TimeSpan.FromSeconds(59));
            _folder.Write($"go{i}", "");
        }

        (await run).ShouldBe(new FfmpegEnd(5, null));
    }

    [Fact]
    public async Task A_file_that_grows_is_a_sign_of_life()
    {
        var run = RunAsync("echo a >out; echo 1 >seen; while [ ! -f go ]; do sleep 0.01; done", Cancel, output: "out");
        await UntilAsync("seen");
        _clock.Advance(TimeSpan.FromSeconds(61));
        _folder.Write("out", "more than before");
        _clock.Advance(TimeSpan.FromSeconds(61));
        _folder.Write("go", "");

        (await run).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Cancelling_ends_it()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var run = RunAsync("echo $$ >started; exec sleep 1000", stop.Token);
        await UntilAsync("started");
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(run);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc tells what runs");
        Directory.Exists($"/proc/{File.ReadAllText(Path.Combine(_folder.Path, "started")).Trim()}").ShouldBeFalse("it is gone");
    }

    [Fact]
    public async Task One_that_a_Ctrl_C_ended_before_we_knew_is_cancelled_and_no_fault()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var run = RunAsync("echo 1 >started; exit 255", stop.Token);
        await UntilAsync("started");
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(run);
    }

    [Fact]
    public async Task Its_words_are_told_and_are_bounded()
    {
        var end = await RunAsync("i=0; while [ $i -lt 5000 ]; do i=$((i+1)); echo 'no such thing' >&2; done; exit 3", Cancel);

        end.Fault.ShouldNotBeNull().ShouldStartWith("ffmpeg ended with 3: no such thing");
        end.Fault!.Length.ShouldBeLessThan(2_100);
    }

    private int _frames;

    private Task<FfmpegEnd> RunAsync(string script, CancellationToken cancel, string? output = null)
    {
        var program = _folder.Write("ffmpeg", $"#!/bin/sh\n{script}\n");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program is a shell script");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        return new Ffmpeg(program, _clock).RunAsync(new FfmpegWork(_folder.Path, []) { Output = output, Progress = n => Volatile.Write(ref _frames, n) }, cancel);
    }

    private Task UntilAsync(string name, string? text = null) => UntilAsync(() =>
        File.Exists(Path.Combine(_folder.Path, name)) && (text is null ? File.ReadAllText(Path.Combine(_folder.Path, name)).Length > 0 : File.ReadAllText(Path.Combine(_folder.Path, name)).Trim() == text));

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
        }
    }

    // What it has said is read by another thread: the clock moves until that has been seen.
    private async Task AdvanceUntilAsync(Task run)
    {
        while (!run.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(61));
            await Task.WhenAny(run, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel));
        }
    }
}
