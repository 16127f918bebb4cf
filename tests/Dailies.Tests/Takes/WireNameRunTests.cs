using System.Text.RegularExpressions;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Tests.Comfy;
using Dailies.Tests.Control;

namespace Dailies.Tests.Takes;

/// <summary>File names that a station announces, through a whole run: each is refused or harmless, and nothing is written outside the attempt's own folder.</summary>
public class WireNameRunTests
{
    // In every name, so that a stray file is found wherever it went.
    private const string Mark = "dailies-wire-name";

    // Pictures by their ending.
    private static readonly string[] Refused =
    [
        $"../../{Mark}.png", $"../../../../../{Mark}.png", $"/{Mark}.png", $"/tmp/{Mark}.png", $"~/{Mark}.png", $"C:{Mark}.png", $@"C:\{Mark}.png", $@"\\box\share\{Mark}.png",
        $@"\\?\C:\{Mark}.png", $@"..\..\{Mark}.png", $"//box/{Mark}.png", $"file:///tmp/{Mark}.png", $"{Mark}\0.png", $"{Mark}\n.png", $"{Mark}:ads.png", $" {Mark}.png", $".{Mark}.png", "..png",
        "CON.png", "nul.png", "COM1.png", "com¹.png", "LPT³.png", "AUX .png", "CONIN$.png", "conout$.png", $"-{Mark}.png", $"{Mark}\u202egnp.png", $"{Mark}\u2066.png", $"{Mark}\u200f.png",
        $"{Mark}\u2028.png", $"{Mark}\u2029.png", $"{Mark}\u0085.png", $"{Mark}\u001b[2J.png", $"{Mark}\ufeff.png", Mark + new string('x', 300) + ".png", Mark + new string('日', 80) + ".png",
    ];

    // No pictures by their ending, so nobody asks for them.
    private static readonly string[] PassedOver =
    [
        "..", ".", "...", "", $"../{Mark}", $"../../../../../{Mark}", $"{Mark}.png\0", $"{Mark}.png\n", $"{Mark}.png:ads", $"{Mark}.png::$DATA", $"{Mark}.png.", $"{Mark}.png ", $"{Mark}.png/", "workflow.json",
        "../attempt-1/workflow.json", "../../artifact-metadata.json", $"{Mark}.png.partial", $"{Mark}.exe", $"{Mark}.lnk",
    ];

    private static readonly string[] Harmless =
    [
        $"{Mark}.png", $"{Mark} (1).png", $"%2e%2e%2f{Mark}.png", $"%2f{Mark}.png", $"{Mark}%00.png", $"{Mark}&type=temp#x.png", $"{Mark}日本.png", "ledger.db.png",
        "workflow.json.png", "COM10.png", "CONSOLE.png", "$HOME.png", "`id`.png", "$(id).png", $"{Mark};rm.png", new string('y', 196) + ".png",
    ];

    [Fact]
    public async Task A_refused_name_ends_its_scene_and_leaves_nothing_anywhere()
    {
        var (run, station) = await RenderAsync(Refused.Select(n => new[] { new CannedFile("whole.png"), new CannedFile(n) }));
        await using var _ = run;
        await using var __ = station;

        foreach (var (name, number) in Refused.Select((n, i) => (n, i + 1)))
        {
            var scene = run.Scene(number);
            ((bool)scene["Success"]!, (string?)scene["Telemetry"]!["FailureKind"]).ShouldBe((false, FailureKind.BadFrames), Told(name));
            scene["Errors"]![0]!.ToString().ShouldContain("refused", customMessage: Told(name));
            Directory.Exists(Path.Combine(run.RunDir, RunFolder.Frames(RunFolder.SceneId(number), 1))).ShouldBeFalse(Told(name));
        }

        station.Asked.ShouldAllBe(a => !a.Contains("/view", StringComparison.Ordinal));
        ShouldHoldNothingStrange(run);
    }

    [Fact]
    public async Task What_is_no_picture_by_its_name_is_not_asked_for()
    {
        var (run, station) = await RenderAsync(PassedOver.Select(n => new[] { new CannedFile("whole.png"), new CannedFile(n) }));
        await using var _ = run;
        await using var __ = station;

        run.Result.ExitCode.ShouldBe(0);
        station.Asked.Where(a => a.Contains("/view", StringComparison.Ordinal)).Distinct().ShouldBe(["GET /view?filename=whole.png&subfolder=&type=output"]);
        ShouldHoldNothingStrange(run);
    }

    [Fact]
    public async Task A_harmless_name_is_a_file_of_its_attempt()
    {
        var (run, station) = await RenderAsync(Harmless.Select(n => new[] { new CannedFile(n) }));
        await using var _ = run;
        await using var __ = station;

        foreach (var (name, number) in Harmless.Select((n, i) => (n, i + 1)))
        {
            ((bool)run.Scene(number)["Success"]!).ShouldBeTrue(Told(name));
            Directory.GetFileSystemEntries(Path.Combine(run.RunDir, RunFolder.Frames(RunFolder.SceneId(number), 1))).Select(Path.GetFileName).ShouldBe([name]);
            station.Asked.ShouldContain(a => a.StartsWith($"GET /view?filename={Uri.EscapeDataString(name)}&", StringComparison.Ordinal), Told(name));
        }

        run.Result.ExitCode.ShouldBe(0);
        ShouldHoldNothingStrange(run);
    }

    [Theory]
    [InlineData("../../..")]
    [InlineData("/etc")]
    [InlineData("..\\..")]
    [InlineData("a\0b")]
    [InlineData("a&type=input&filename=secret.png")]
    [InlineData("\u202e\r\nX-Injected: 1")]
    public async Task A_subfolder_goes_into_the_query_and_nowhere_else(string subfolder)
    {
        var (run, station) = await RenderAsync([[new CannedFile("a.png", subfolder)]]);
        await using var _ = run;
        await using var __ = station;

        run.Result.ExitCode.ShouldBe(0);
        station.Asked.Where(a => a.Contains("/view", StringComparison.Ordinal))
            .ShouldBe([$"GET /view?filename=a.png&subfolder={Uri.EscapeDataString(subfolder)}&type=output"]);
        ShouldHoldNothingStrange(run);
    }

    [Fact]
    public async Task Names_that_differ_by_case_only_are_files_of_their_own_on_every_disk()
    {
        var (run, station) = await RenderAsync([[new CannedFile("a.png"), new CannedFile("A.png"), new CannedFile("A.PNG"), new CannedFile("a.png", "sub")]]);
        await using var _ = run;
        await using var __ = station;

        run.Result.ExitCode.ShouldBe(0);
        var names = Directory.GetFiles(Path.Combine(run.RunDir, RunFolder.Frames("scene-001", 1))).Select(f => Path.GetFileName(f).ToUpperInvariant()).ToList();
        (names.Count, names.Distinct().Count()).ShouldBe((4, 4));
    }

    private static string Told(string name) => $"'{string.Concat(name.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"\\u{(int)c:x4}"))}'";

    private static async Task<(SmallRun Run, CannedStation Station)> RenderAsync(IEnumerable<CannedFile[]> scenes)
    {
        var announced = scenes.ToList();
        var station = await CannedStation.StartAsync();
        station.Files = n => announced[n - 1];
        var run = SmallRun.Without(scenes: announced.Count, frames: 1).On(station.Url).Set("sceneRetryBudget", "0").Set("noVideo", "true").Set("noChecks", "true");
        await run.RunAsync();
        run.Result.Verdict.Findings.ShouldBeEmpty();
        return (run, station);
    }

    // Ours by name, in the run; nothing else below the test's folder, beside it, or at the root of a disk.
    private static void ShouldHoldNothingStrange(SmallRun run)
    {
        Directory.EnumerateFileSystemEntries(run.Folder).Select(Path.GetFileName).Except(["story", "logs", "public", "artifacts"]).ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(Path.Combine(run.Folder, "logs")).ShouldBe([run.RunDir]);
        Directory.EnumerateFiles(Path.Combine(run.Folder, "public"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).ShouldBe(["latest-run.json"]);
        Directory.EnumerateFiles(run.Folder, $"*{AtomicFile.TempSuffix}", SearchOption.AllDirectories).ShouldBeEmpty();
        var own = Directory.EnumerateFiles(run.RunDir, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(run.RunDir, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/generated-frames-attempt-1/", StringComparison.Ordinal))
            .Select(f => Regex.Replace(f, "scene-[0-9]{3}", "scene")).Distinct();
        own.Except(
        [
            "run-summary.txt", "artifact-metadata.json", "ledger.db", "ledger.jsonl", "run.log", "controller.lock", "story/story.json", "story/scenes/scene.json", "scene/scene.json",
            "scene/workflow.json", "scene/history.json", "scene/attempt-1/workflow.json", "scene/attempt-1/history.json", "video/contact-sheet.png",
        ]).ShouldBeEmpty();
        foreach (var folder in new[] { Path.GetTempPath(), Path.GetPathRoot(run.Folder)!, Environment.CurrentDirectory, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) })
        {
            Directory.EnumerateFileSystemEntries(folder, $"*{Mark}*").ShouldBeEmpty();
        }
    }
}
