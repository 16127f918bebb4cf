using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text.Json;
using CliWrap;

namespace Dailies.EndToEnd;

/// <summary>A reader who stops reading, or goes away, stops no run.</summary>
public class FrozenConsoleTests
{
    private const int SetPipeSize = 1031; // F_SETPIPE_SZ
    private const int Page = 4096;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Result", "--json")]
    [InlineData("Verdict")]
    public async Task A_run_whose_output_nobody_reads_goes_on_to_its_end(string last, params string[] view)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux makes a pipe small");
        using var dailies = new DailiesProgram();
        using var run = dailies.Start(["run", Story(dailies, scenes: 14), "--animatic", "--no-video", .. Small, .. view]);
        var pipe = ((PipeStream)run.StandardOutput.BaseStream).SafePipeHandle;
        fcntl(pipe, SetPipeSize, Page).ShouldBe(Page);

        await run.WaitForExitAsync(Cancel);

        run.ExitCode.ShouldBe(0, await run.StandardError.ReadToEndAsync(Cancel));
        var seen = await run.StandardOutput.ReadToEndAsync(Cancel);
        seen.Length.ShouldBeInRange(Page / 2, Page); // the pipe was full
        seen.ShouldNotContain(last);
        await IsWholeAsync(dailies, 14);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_run_whose_readers_go_away_goes_on_to_its_end(bool output, bool error)
    {
        using var dailies = new DailiesProgram();
        using var run = dailies.Start(["run", Story(dailies, scenes: 2), "--animatic", "--no-video", .. Small]);
        await run.ReadUntilAsync("scene-001");
        if (output)
        {
            run.StandardOutput.Close();
        }

        if (error)
        {
            run.StandardError.Close();
        }

        await run.WaitForExitAsync(Cancel);

        run.ExitCode.ShouldBe(0);
        if (!error)
        {
            (await run.StandardError.ReadToEndAsync(Cancel)).ShouldNotContain("   at ");
        }

        await IsWholeAsync(dailies, 2);
    }

    [Fact]
    public async Task Both_streams_can_go_into_one_file_and_others_can_go_on_there()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the redirection is one of sh");
        using var dailies = new DailiesProgram();
        string[] run = ["dotnet", DailiesProgram.Dll, "run", Story(dailies, scenes: 1), "--animatic", "--no-video", .. Small];
        await Cli.Wrap("sh").WithWorkingDirectory(dailies.Folder).WithArguments(["-c", "{ echo before; \"$@\" 2>&1; echo after; } > all", "sh", .. run]).ExecuteAsync(Cancel);

        var lines = await File.ReadAllLinesAsync(Path.Combine(dailies.Folder, "all"), Cancel);
        lines[0].ShouldBe("before");
        lines[1].ShouldStartWith("workflow ");
        lines[^4].ShouldStartWith("Verdict ");
        lines[^3].ShouldStartWith("Sheet ");
        lines[^2].ShouldStartWith("Archive ");
        lines[^1].ShouldBe("after");
    }

    private static string[] Small => ["--set", "3.steps=1", "--set", "5.width=64", "--set", "5.height=64"];

    private static string Story(DailiesProgram dailies, int scenes)
    {
        var list = Enumerable.Range(1, scenes).Select(n => $$"""{"title":"Shot {{n}}","summary":"s","prompt":"a lighthouse, view {{n}}","mood":"calm","expectedFrames":1}""");
        return dailies.Write("many.json", $$"""{"storyId":"many","title":"Many","logline":"l","directorsVision":"v","scenes":[{{string.Join(',', list)}}]}""");
    }

    private static async Task IsWholeAsync(DailiesProgram dailies, int scenes)
    {
        using var metadata = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(dailies.LatestRun(), "artifact-metadata.json"), Cancel));
        metadata.RootElement.GetProperty("State").GetString().ShouldBe("finished");
        metadata.RootElement.GetProperty("Scenes").GetArrayLength().ShouldBe(scenes);
        (await dailies.RunAsync("validate", "latest")).ExitCode.ShouldBe(0);
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fcntl(SafeHandle file, int command, int argument);
}
