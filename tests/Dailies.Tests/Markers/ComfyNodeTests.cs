using System.Diagnostics;
using System.Text.Json;
using Dailies.Markers;

namespace Dailies.Tests.Markers;

/// <summary>integrations/comfyui: its own tests, by python3, and that it and we read and name alike.</summary>
public sealed class ComfyNodeTests : IDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Root, "integrations/comfyui");
    private readonly TempFolder temp = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task Its_own_tests_pass()
    {
        var (code, output, error) = await PythonAsync("-m", "unittest", "-v", "test_done_marker");
        code.ShouldBe(0, output + error);
        error.ShouldContain("\nOK");
        error.ShouldNotContain("Ran 0 tests");
    }

    [Fact]
    public async Task Its_marker_is_one_of_ours()
    {
        for (var n = 1; n <= 3; n++)
        {
            temp.Write($"shots/sz\u00e9n_{n:00000}_.png", "pixels");
        }

        var (code, output, error) = await PythonAsync(
            "-c", "import sys; from dailies_done_marker import marker; print(marker.write_marker(sys.argv[1], sys.argv[2], sys.argv[3], 2))", Path.Combine(temp.Path, "shots"), "sz\u00e9n", "20261123-221507");

        code.ShouldBe(0, error);
        var found = MarkerReading.Find(Path.Combine(temp.Path, "shots"), "sz\u00e9n", new MarkerWish("20261123-221507", 2, DateTimeOffset.MaxValue)).File.ShouldNotBeNull();
        found.Path.ShouldBe(output.Trim());
        (found.Content!.FrameCount, found.Content.RunId, found.Content.Attempt).ShouldBe((3, "20261123-221507", 2));
        found.Content.Latest.ShouldStartWith("sz\u00e9n_0000");
        found.Content.Timestamp.ShouldNotBeNull();
        found.Fits(FrameSequence.Group(FolderScan.Read(Path.Combine(temp.Path, "shots")).Files)["sz\u00e9n"]).ShouldBeTrue();
        MarkerReading.Find(Path.Combine(temp.Path, "shots"), "sz\u00e9n", new MarkerWish("20261123-221507", 1, default)).Why.ShouldBe("of another attempt: 2");
    }

    [Fact]
    public async Task It_takes_names_apart_as_we_do()
    {
        string[] names =
        [
            "p_00001_.png", "p-00001.png", "p.00001.png", "p00001.png", "p 1.png", "p_1.PNG", "p__00002_.jpg", "p-_2_.jpeg", "scene-001_00025_.webp", "take_2_00003_.exr", "00001_00002_.tif",
            "a (1), final_00003_.tiff", "__00001_.png", "_00001_.png", "p.png", "p_.png", "00001.png", "1_.png", "p_00001__.png", ".p_00001_.png", "p_00001_.mp4", "p_00001_.png.partial", "p.done", "p_\u0661_.png",
        ];
        var (code, output, error) = await PythonAsync("-c", "import json, sys; from dailies_done_marker import marker; print(json.dumps([marker.prefix_of(n) for n in sys.argv[1:]]))", [.. names]);

        code.ShouldBe(0, error);
        var theirs = JsonSerializer.Deserialize<string?[]>(output)!;
        names.Zip(theirs).Where(n => (FrameName.TryParse(n.First, out var frame) ? frame.Prefix : null) != n.Second).ShouldBeEmpty();
    }

    private static Task<(int Code, string Output, string Error)> PythonAsync(string option, string what, params string[] rest) => PythonAsync([option, what, .. rest]);

    private static async Task<(int Code, string Output, string Error)> PythonAsync(IReadOnlyList<string> arguments)
    {
        // Without -B python leaves its caches in the tree.
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "python" : "python3", ["-B", "-X", "utf8", .. arguments])
        { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = System.Text.Encoding.UTF8 };
        Process? python = null;
        try
        {
            python = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not installed; ./test installs it");
        }

        using (python)
        {
            var output = python!.StandardOutput.ReadToEndAsync(Cancel);
            var error = python.StandardError.ReadToEndAsync(Cancel);
            await python.WaitForExitAsync(Cancel);
            return (python.ExitCode, await output, await error);
        }
    }
}
