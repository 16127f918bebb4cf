using CliWrap;
using CliWrap.Buffered;
using Dailies.Contract;
using Dailies.Markers;
using Dailies.Takes;

namespace Dailies.Checks;

/// <summary>The suite <c>scripts</c>: the tools that a run uses, each tried for real: ffmpeg and ffprobe on a video of two frames, the sentinel on a sequence of two, the room on our disk.</summary>
internal sealed class ToolSuite(VideoTools tools, bool wantsVideo, TimeProvider clock)
{
    // Below this the next run may not end.
    private const long LeastFree = 1L * 1024 * 1024 * 1024;

    // A white pixel.
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==";

    /// <summary>Tries them. <paramref name="runsDir"/> is where the room is looked for.</summary>
    public async Task<CheckLog> RunAsync(string runsDir, CancellationToken cancel)
    {
        var log = new CheckLog();
        var folder = Directory.CreateTempSubdirectory("dailies-checks-");
        try
        {
            await VideoAsync(folder.FullName, log, cancel);
            log.Add("sentinel round trip", await SentinelAsync(folder.FullName, cancel));
            log.Add($"room for the next run in {RunFolder.Shown(runsDir)}", Room(runsDir));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return log;
    }

    private async Task VideoAsync(string folder, CheckLog log, CancellationToken cancel)
    {
        if (!wantsVideo)
        {
            log.Skip("ffmpeg and ffprobe", "no videos were wanted");
            return;
        }

        var video = Path.Combine(folder, "two.mp4");
        log.Add("ffmpeg encodes two frames", await AskAsync(tools.Ffmpeg, "ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "color=s=64x64:r=24", "-frames:v", "2", "-c:v", "libx264", "-pix_fmt", "yuv420p", video], cancel));
        log.Add("ffprobe counts them", File.Exists(video)
            ? await new VideoProbe(tools).ReadAsync(video, cancel) is { Frames: 2 } ? null : "it does not"
            : "there is nothing to count");
    }

    private async Task<string?> SentinelAsync(string folder, CancellationToken cancel)
    {
        var png = Convert.FromBase64String(Pixel);
        foreach (var number in new[] { 1, 2 })
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"two_{number:00000}_.png"), png, cancel);
        }

        var trouble = "";
        var policy = new SentinelPolicy { ScanInterval = TimeSpan.FromMilliseconds(20), Stable = TimeSpan.FromMilliseconds(20) };
        using var sentinel = new Sentinel(policy, [folder], clock, e => trouble = e is SentinelEvent.Trouble t ? t.Words : trouble);
        await sentinel.OnceAsync(cancel);
        return MarkerFile.Read(folder, "two")?.Content is { FrameCount: 2 } ? null : trouble.Length > 0 ? trouble : "no marker of two frames was written";
    }

    private static string? Room(string runsDir)
    {
        try
        {
            var free = new DriveInfo(Path.GetFullPath(runsDir)).AvailableFreeSpace;
            return free >= LeastFree ? null : $"{SummaryNumber.Text(Math.Round(free / 1048576.0, 1))} MB are free";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return e.Message;
        }
    }

    private static async Task<string?> AskAsync(string? program, string name, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        if (program is null)
        {
            return VideoTools.Missing(name);
        }

        try
        {
            var result = await Cli.Wrap(program).WithArguments(arguments).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancel);
            return result.ExitCode == 0 ? null : $"exit code {SummaryNumber.Text(result.ExitCode)}: {result.StandardError.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }
}
