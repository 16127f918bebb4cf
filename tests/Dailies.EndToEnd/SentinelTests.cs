using System.Diagnostics;
using System.Text.Json;

namespace Dailies.EndToEnd;

/// <summary>The real sentinel beside a real writer: one marker for each sequence, none before its last frame.</summary>
public class SentinelTests
{
    private const int Frames = 25;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // 200 sequences with DAILIES_TEST_ALL=1.
    [Fact]
    public async Task Each_sequence_of_a_slow_writer_gets_one_marker_and_none_before_its_last_frame()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kill(1) ends the sentinel");
        Assert.SkipUnless(await ProcessWords.TryToolAsync("python3", "--version"), "the writer is a Python program");
        var count = Environment.GetEnvironmentVariable("DAILIES_TEST_ALL") == "1" ? 200 : 40;
        using var dailies = new DailiesProgram();
        var output = Directory.CreateDirectory(Path.Combine(dailies.Folder, "output")).FullName;
        using var sentinel = dailies.Start("sentinel", "--dir", output, "--fast-iteration", "--json");
        await sentinel.ReadUntilAsync("Watching");
        using var writer = Process.Start(new ProcessStartInfo("python3", [Path.Combine(DailiesProgram.Repository, "tests/Dailies.EndToEnd/SentinelWriter.py"), output, $"{count}", $"{Frames}", "1"]) { RedirectStandardOutput = true })!;
        try
        {
            var written = (await writer.StandardOutput.ReadToEndAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Written.Of).ToDictionary(w => w.Marker);
            written.Count.ShouldBe(count);
            var events = new List<JsonElement>();
            while (written.Keys.Except(events.Where(e => e.GetProperty("frameCount").GetInt32() == Frames).Select(Path_)).Any() && await sentinel.StandardOutput.ReadLineAsync(Cancel) is { } line)
            {
                using var said = JsonDocument.Parse(line);
                if (said.RootElement.GetProperty("kind").GetString() != "Withheld")
                {
                    events.Add(said.RootElement.Clone());
                }
            }

            File.Exists(Path.Combine(output, ".dailies-sentinel.json")).ShouldBeTrue();
            await sentinel.SignalAsync("INT");
            (await sentinel.StandardOutput.ReadToEndAsync(Cancel)).ShouldNotContain("arked");
            await sentinel.WaitForExitAsync(Cancel);
            sentinel.ExitCode.ShouldBe(130, await sentinel.StandardError.ReadToEndAsync(Cancel));
            File.Exists(Path.Combine(output, ".dailies-sentinel.json")).ShouldBeFalse();

            foreach (var sequence in written.Values)
            {
                using var marker = JsonDocument.Parse(await File.ReadAllBytesAsync(sequence.Marker, Cancel));
                marker.RootElement.GetProperty("FrameCount").GetInt32().ShouldBe(Frames);
                marker.RootElement.GetProperty("Timestamp").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(sequence.Done);
            }

            // On a machine so busy that the writer itself stood still for the stable span, a first marker is right and then renewed.
            var fair = written.Values.Where(w => w.Torn || w.Gap < 0.8).ToList();
            fair.Count.ShouldBeGreaterThan(count / 2);
            fair.Where(w => events.Count(e => Path_(e) == w.Marker) != 1).ShouldBeEmpty();
            Directory.EnumerateFiles(output, "*.done*", SearchOption.AllDirectories).Count().ShouldBe(count);

            // Whoever looks afterwards finds nothing to do.
            var after = await dailies.RunAsync("sentinel", "--dir", output, "--once", "--json", "--fast-iteration");
            (after.ExitCode, after.StandardOutput, after.StandardError).ShouldBe((0, "", ""));
        }
        finally
        {
            writer.Kill();
            sentinel.Kill();
        }
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_ends_it_with_the_code_that_runs_end_with(string signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kill(1) sends these signals on Unix only");
        using var dailies = new DailiesProgram();
        using var sentinel = dailies.Start("sentinel", "--dir", dailies.Folder);
        await sentinel.ReadUntilAsync($"watching {dailies.Folder}");
        await sentinel.SignalAsync(signal);
        await sentinel.WaitForExitAsync(Cancel);
        sentinel.ExitCode.ShouldBe(code);
        (await sentinel.StandardError.ReadToEndAsync(Cancel)).ShouldBe("");
    }

    [Fact]
    public async Task One_pass_marks_what_is_stable_and_ends_with_zero()
    {
        using var dailies = new DailiesProgram();
        var frame = dailies.Write("p_00001_.exr", "pixels");
        File.SetLastWriteTimeUtc(frame, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        dailies.Write("q_00001_.exr", "");

        var result = await dailies.RunAsync("sentinel", "--dir", dailies.Folder, "--once", "--stable-seconds", "0.2");

        result.ShouldEndWith(0, $"marked {Path.Combine(dailies.Folder, "p.done")}: 1 frame, the last p_00001_.exr");
        Directory.EnumerateFiles(dailies.Folder).Select(Path.GetFileName).ShouldBe(["p.done", "p_00001_.exr", "q_00001_.exr"], ignoreOrder: true);
    }

    [Fact]
    public async Task One_pass_that_can_not_write_its_marker_ends_with_three()
    {
        using var dailies = new DailiesProgram();
        File.SetLastWriteTimeUtc(dailies.Write("p_00001_.exr", "pixels"), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Directory.CreateDirectory(Path.Combine(dailies.Folder, "p.done.tmp"));

        (await dailies.RunAsync("sentinel", "--dir", dailies.Folder, "--once")).ShouldEndWith(3, "not written");
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once()
    {
        using var dailies = new DailiesProgram();
        var result = await dailies.RunAsync("sentinel", "--dir", "nowhere", "--scan-interval-seconds", "0", "--stable-seconds", "soon", "--min-frames", "0");
        result.ShouldEndWith(2, "--dir nowhere: no such folder");
        foreach (var words in new[] { "scanIntervalSeconds is '0'", "stableSeconds is 'soon'", "minFrames is '0'" })
        {
            result.StandardError.ShouldContain(words);
        }

        (await dailies.RunAsync("sentinel")).ShouldEndWith(2, "no folder to watch");
        (await dailies.RunAsync("sentinel", "--dirs", dailies.Folder)).ShouldEndWith(2, "did you mean --dir?");
    }

    private static string Path_(JsonElement said) => said.GetProperty("path").GetString()!;

    private sealed record Written(string Marker, bool Torn, DateTimeOffset Done, double Gap)
    {
        // {"prefix": "/tmp/…/take-003x", "frames": 25, "torn": true, "done": 1795516110493058638, "gap": 2.515}; the marker's time has whole milliseconds.
        public static Written Of(string line)
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return new Written(
                root.GetProperty("prefix").GetString() + ".done", root.GetProperty("torn").GetBoolean(),
                DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("done").GetInt64() / 1_000_000), root.GetProperty("gap").GetDouble());
        }
    }
}
