using System.Text.Json;

namespace Dailies.EndToEnd;

/// <summary>Our own storage fails: exit code 3, words that say what to do, and whatever can be written is.</summary>
public class StorageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_disk_that_fills_up_ends_the_run_with_whole_evidence_and_takes_kept()
    {
        using var dailies = new DailiesProgram();
        await using var disk = await SmallDisk.MountAsync(dailies.Folder, "size=16m"); // lighthouse needs about 25 MB
        var result = await dailies.RunAsync("run", DailiesProgram.Lighthouse, "--no-video", "--runs-dir", disk.At("logs"));

        result.ShouldEndWith(3, "once there is room");
        var run = Directory.EnumerateDirectories(disk.At("logs")).Single();
        using var metadata = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(run, "artifact-metadata.json"), Cancel));
        metadata.RootElement.GetProperty("State").GetString().ShouldBe("failed");
        (await File.ReadAllTextAsync(Path.Combine(run, "run-summary.txt"), Cancel)).ShouldSatisfyAllConditions(
            summary => summary.ShouldMatch("localStorage: .*(No space left on device|disk is full)"), // whoever meets the end of it first: a frame or the ledger
            summary => summary.ShouldContain("[Validation] run-summary validation passed"));
        (await dailies.RunAsync("validate", run)).ShouldEndWith(0, "contract kept");
    }

    [Fact]
    public async Task A_full_disk_takes_no_run()
    {
        using var dailies = new DailiesProgram();
        await using var disk = await SmallDisk.MountAsync(dailies.Folder, "size=1m");
        (await dailies.RunAsync("run", DailiesProgram.Lighthouse, "--animatic", "--runs-dir", disk.At("logs"))).ShouldEndWith(3, "disk was full. Nothing was rendered; give another --runs-dir");
        Directory.EnumerateDirectories(disk.At("logs")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_read_only_disk_takes_no_run()
    {
        using var dailies = new DailiesProgram();
        await using var disk = await SmallDisk.MountAsync(dailies.Folder, "size=16m,ro");
        (await dailies.RunAsync("run", DailiesProgram.Lighthouse, "--animatic", "--runs-dir", disk.At("logs")))
            .ShouldEndWith(3, "Read-only file system : '" + disk.At("logs") + "'. Nothing was rendered; give another --runs-dir");
    }

    [Theory]
    [InlineData("--runs-dir", "taken")]
    [InlineData("--runs-dir", "taken/below")]
    [InlineData("--public-dir", "taken")]
    [InlineData("--runs-dir", null)]
    public async Task A_folder_that_can_t_be_made_takes_no_run(string option, string? folder)
    {
        using var dailies = new DailiesProgram();
        dailies.Write("taken", "a file");
        (await dailies.RunAsync("run", DailiesProgram.Lighthouse, "--animatic", option, folder ?? new string('a', 300)))
            .ShouldEndWith(3, "dailies: the run could not begin: ");
    }

    [Fact]
    public async Task A_run_folder_that_is_removed_under_the_program_ends_with_three()
    {
        using var dailies = new DailiesProgram();
        using var renderer = await Renderer.StartAsync(dailies, "--fault", "slow@scene-001");
        using var run = dailies.Start("run", DailiesProgram.Lighthouse, "--comfy", renderer.Url, "--no-video");
        await run.ReadUntilAsync("executing");
        Directory.Delete(dailies.LatestRun(), recursive: true);

        var rest = await run.StandardOutput.ReadToEndAsync(Cancel);
        await run.WaitForExitAsync(Cancel);

        run.ExitCode.ShouldBe(3, rest);
        rest.ShouldContain("Trouble  not everything could be written: localStorage: ");
        rest.ShouldContain("contract broken");
    }
}
