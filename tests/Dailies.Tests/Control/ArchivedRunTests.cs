using System.IO.Compression;
using System.Text.Json.Nodes;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;
using Dailies.Settings;
using Dailies.Validation;

namespace Dailies.Tests.Control;

/// <summary>The last thing that a run makes.</summary>
public class ArchivedRunTests
{
    [Fact]
    public async Task A_finished_run_is_archived_last_of_all()
    {
        await using var run = await SmallRun.WithAsync();

        var result = await run.RunAsync();

        var path = (string)run.Metadata["Archive"]!;
        path.ShouldBe(Path.Combine(run.Folder, "artifacts", RunFolder.Archive(result.State.Plan!.RunId)).Replace('\\', '/'));
        run.Summary.ShouldContain($"\nArchive: {path}\n");
        result.State.Archive.ShouldBe(new ArchiveSettled(result.State.Archive!.At, path, null));
        result.Verdict.Findings.ShouldBeEmpty();
        RunValidator.Validate(run.RunDir).Findings.ShouldBeEmpty("the archive holds the very bytes that lie in the folder");
        using var zip = ZipFile.OpenRead(path);
        foreach (var entry in zip.Entries)
        {
            using var content = entry.Open();
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes, SmallRun.Cancel);
            bytes.ToArray().ShouldBe(await File.ReadAllBytesAsync(Path.Combine(run.Folder, "logs", entry.FullName), SmallRun.Cancel), entry.FullName);
        }

        zip.Entries.ShouldNotContain(e => e.FullName.Contains("generated-frames", StringComparison.Ordinal));
    }

    // An unpacked archive is a run folder again, ledger and all.
    [Fact]
    public async Task With_frames_an_unpacked_archive_is_a_run_that_keeps_the_contract()
    {
        await using var run = await SmallRun.WithAsync();
        run.Set("archiveFrames", "true");
        await run.RunAsync();

        var unpacked = Path.Combine(run.Folder, "unpacked", "logs");
        await ZipFile.ExtractToDirectoryAsync((string)run.Metadata["Archive"]!, unpacked, SmallRun.Cancel);
        var folder = new RunFolder(Directory.EnumerateDirectories(unpacked).Single());

        RunValidator.Validate(folder.Root).Findings.ShouldBeEmpty();
        LedgerExport.Rebuild(folder.At(RunFolder.Ledger), LedgerExport.Read(await File.ReadAllTextAsync(folder.At(RunFolder.LedgerExport), SmallRun.Cancel)));
        LatestState.Read(folder.Root).Scenes.Values.ShouldAllBe(s => s.Accepted != null);
    }

    [Fact]
    public async Task Without_an_archive_nothing_names_one()
    {
        await using var run = await SmallRun.WithAsync();
        run.Set("noArchive", "true");

        var result = await run.RunAsync();

        (result.ExitCode, (string?)run.Metadata["Archive"], result.State.Archive).ShouldBe((0, null, null));
        run.Summary.ShouldContain("\nArchive: not produced\n");
        Directory.Exists(Path.Combine(run.Folder, "artifacts")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_archive_that_can_not_be_made_is_said_in_every_file_and_costs_nothing_else()
    {
        await using var run = await SmallRun.WithAsync();
        var inTheWay = run.Write("artifacts", "in the way");

        var result = await run.RunAsync();

        (result.ExitCode, result.Trouble, (string?)run.Metadata["Archive"], (string?)run.Metadata["State"]).ShouldBe((0, null, null, RunStates.Finished));
        result.State.Archive!.Why.ShouldNotBeNullOrEmpty();
        run.Summary.ShouldContain("[Run] archive not made: ");
        run.Summary.ShouldContain("\nArchive: not produced\n");
        run.Summary.TrimEnd().ShouldEndWith(SummaryLine.ValidationPassed);
        RunValidator.Validate(run.RunDir).Findings.ShouldBeEmpty();
        var export = LedgerExport.Read(await File.ReadAllTextAsync(Path.Combine(run.RunDir, RunFolder.LedgerExport), SmallRun.Cancel));
        export.Select(e => e.ToLine()).ShouldBe(run.Events().Select(e => e.ToLine()));
        File.ReadAllBytes(Path.Combine(run.Folder, "public", RunFolder.LatestRun)).ShouldBe(File.ReadAllBytes(Path.Combine(run.RunDir, RunFolder.Metadata)));

        Late(run)!.ShouldStartWith("its archive is missing and can't be made: ");

        // Resume finds out what is missing; the run stays finished.
        File.Delete(inTheWay);
        Late(run)!.ShouldStartWith("its archive was missing and is made: ");
        RunValidator.Validate(run.RunDir).Findings.ShouldBeEmpty();
        File.Exists((string)run.Metadata["Archive"]!).ShouldBeTrue();
        Late(run).ShouldBeNull();
    }

    // The controller was killed while it wrote: the files name an archive that is not there.
    [Fact]
    public async Task A_missing_archive_is_made_later_and_touches_no_file_of_the_run()
    {
        await using var run = await SmallRun.WithAsync();
        await run.RunAsync();
        var path = (string)run.Metadata["Archive"]!;
        var bytes = await File.ReadAllBytesAsync(path, SmallRun.Cancel);
        File.Delete(path);
        await File.WriteAllTextAsync(path + ".partial", "half of it", SmallRun.Cancel);
        var before = Bytes(run.RunDir);

        Late(run).ShouldBe($"its archive was missing and is made: {path}");

        Bytes(run.RunDir).ShouldBe(before);
        (await File.ReadAllBytesAsync(path, SmallRun.Cancel)).ShouldBe(bytes);
        Directory.EnumerateFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
    }

    // The controller was killed between the end and the export, or between the export and its archive.
    [Theory]
    [InlineData(nameof(RunEnded))]
    [InlineData(nameof(ArchiveSettled))]
    [InlineData(nameof(RunValidated))]
    public async Task An_end_that_was_cut_off_is_written_later(string last)
    {
        await using var run = await SmallRun.WithAsync();
        await run.RunAsync();
        var (folder, path) = (new RunFolder(run.RunDir), (string)run.Metadata["Archive"]!);
        var kept = run.Events().TakeWhile(e => e.GetType().Name != last).Append(run.Events().First(e => e.GetType().Name == last)).ToList();
        foreach (var name in new[] { folder.At(RunFolder.Ledger), folder.At(RunFolder.Summary), folder.At(RunFolder.LedgerExport), path })
        {
            File.Delete(name);
        }

        LedgerExport.Rebuild(folder.At(RunFolder.Ledger), kept);
        await File.WriteAllBytesAsync(folder.At(RunFolder.LedgerExport), LedgerExport.Write(kept.SkipLast(1)), SmallRun.Cancel);

        Late(run).ShouldBe($"its evidence was missing and is written; its archive was missing and is made: {path}");

        RunValidator.Validate(run.RunDir).Findings.ShouldBeEmpty();
        run.Events().Select(e => e.ToLine()).Take(kept.Count).ShouldBe(kept.Select(e => e.ToLine()));
        Late(run).ShouldBeNull();
    }

    [Fact]
    public async Task A_stopped_run_has_no_archive()
    {
        await using var run = await SmallRun.WithAsync();
        var stopped = await run.RunAsync((e, _, stop) =>
        {
            if (e is SceneAccepted { SceneId: "scene-001" })
            {
                stop.CancelAsync(); // not awaited: we stand inside the ledger's lock
            }
        });
        (stopped.State.State, (string?)run.Metadata["Archive"], Directory.Exists(Path.Combine(run.Folder, "artifacts"))).ShouldBe((RunStates.Stopped, null, false));
    }

    [Fact]
    public async Task A_failed_run_with_a_take_is_archived_and_its_resumption_makes_it_anew()
    {
        await using var run = await SmallRun.WithAsync();
        var inTheWay = "";
        await run.RunAsync((e, folder, _) =>
        {
            if (e is RunStarted)
            {
                File.WriteAllText(inTheWay = folder.At(RunFolder.Frames("scene-002", 1)), "in the way");
            }
        });
        var path = (string)run.Metadata["Archive"]!;
        StateIn(path).ShouldBe(RunStates.Failed);
        File.Delete(inTheWay);

        await run.ResumeAsync();

        ((string)run.Metadata["Archive"]!, StateIn(path)).ShouldBe((path, RunStates.Finished));
        RunValidator.Validate(run.RunDir).Findings.ShouldBeEmpty();
    }

    private static string? Late(SmallRun run)
    {
        var folder = new RunFolder(run.RunDir);
        var sources = new SettingSources(new Dictionary<string, IReadOnlyList<string>> { ["comfy"] = [run.Server!.Url] }, _ => null, null);
        var setup = ResumeSetup.Read(folder, sources, new ProgramRecord("dailies", "0.0.0", null), run.Tools);
        return LateEnding.Write(setup.Request!, setup.State!, folder, TimeProvider.System);
    }

    private static string? StateIn(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        using var metadata = zip.Entries.Single(e => e.Name == RunFolder.Metadata).Open();
        return (string?)JsonNode.Parse(metadata)!["State"];
    }

    private static Dictionary<string, string> Bytes(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(f => f, f => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))));
}
