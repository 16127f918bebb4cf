using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Tests.Ledger;

namespace Dailies.Tests.Artifacts;

public sealed class RunArchiveTests : IDisposable
{
    private readonly TempFolder temp = new();
    private readonly RunFolder run;

    public RunArchiveTests()
    {
        run = new RunFolder(Path.Combine(temp.Path, "logs", "20261123-221507"));
        foreach (var name in Everything)
        {
            Write(name, $"the content of {name} ".PadRight(100, '.'));
        }
    }

    private static readonly string[] Everything =
    [
        "run-summary.txt", "artifact-metadata.json", "vitest-results.json", "ledger.db", "ledger.db-wal", "ledger.db-shm", "ledger.db-journal", "ledger.jsonl", "run.log", "station.log",
        "controller.lock", "disk.reserve", "pinned", "stop.requested", "retry-scene-002.requested", "run-summary.txt.partial",
        "story/story.json", "story/scenes/scene-001.json", "preflight/mapping-preflight.json",
        "scene-001/scene.json", "scene-001/workflow.json", "scene-001/history.json", "scene-001/attempt-1/workflow.json", "scene-001/attempt-1/history.json",
        "scene-001/generated-frames-attempt-1/frame_00001.png", "scene-001/generated-frames-attempt-1/sub/frame_00002.png.partial",
        "video/scene-001.mp4", "video/scene-002.webm", "video/scene-003.mp4.partial",
    ];

    private string Target => Path.Combine(temp.Path, "artifacts", RunFolder.Archive(run.RunId));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => temp.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_archive_lists_the_run_and_nothing_else(bool frames)
    {
        RunArchive.Make(run, Target, frames, Cancel);

        Snapshot.Match(Listing(), frames ? "archive-with-frames" : "archive");
        Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Target)!).ShouldBe([Target]);
    }

    [Fact]
    public void Every_byte_comes_back()
    {
        Write("video/scene-004.mp4", new string('x', 1_000_000));
        Write("empty.txt", "");
        RunArchive.Make(run, Target, frames: true, Cancel);

        using var zip = ZipFile.OpenRead(Target);
        foreach (var entry in zip.Entries)
        {
            using var content = entry.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            bytes.ToArray().ShouldBe(File.ReadAllBytes(Path.Combine(temp.Path, "logs", entry.FullName)), entry.FullName);
        }
    }

    [Fact]
    public void What_is_packed_already_is_stored_and_text_is_packed()
    {
        Write("video/scene-001.mp4", new string('x', 10_000));
        Write("run.log", new string('x', 10_000));
        RunArchive.Make(run, Target, frames: false, Cancel);

        using var zip = ZipFile.OpenRead(Target);
        zip.GetEntry($"{run.RunId}/video/scene-001.mp4")!.CompressedLength.ShouldBe(10_000);
        zip.GetEntry($"{run.RunId}/run.log")!.CompressedLength.ShouldBeLessThan(200);
    }

    // A zip knows no time before 1980.
    [Theory]
    [InlineData("1970-01-01", "1980-01-01")]
    [InlineData("2026-11-23", "2026-11-23")]
    public void A_file_of_any_age_is_archived(string at, string told)
    {
        File.SetLastWriteTimeUtc(run.At(RunFolder.Log), DateTime.Parse(at));
        RunArchive.Make(run, Target, frames: false, Cancel);

        using var zip = ZipFile.OpenRead(Target);
        zip.GetEntry($"{run.RunId}/run.log")!.LastWriteTime.ToString("yyyy-MM-dd").ShouldBe(told);
    }

    [Fact]
    public void An_older_archive_is_replaced()
    {
        RunArchive.Make(run, Target, frames: false, Cancel);
        Write(RunFolder.Summary, "another end");
        RunArchive.Make(run, Target, frames: false, Cancel);

        using var zip = ZipFile.OpenRead(Target);
        using var summary = new StreamReader(zip.GetEntry($"{run.RunId}/run-summary.txt")!.Open());
        summary.ReadToEnd().ShouldBe("another end");
    }

    [Theory]
    [InlineData("run-summary.txt")]
    [InlineData("artifact-metadata.json")]
    [InlineData("ledger.jsonl")]
    [InlineData("story/story.json")]
    public void Without_what_every_archive_holds_none_is_made(string name)
    {
        RunArchive.Make(run, Target, frames: false, Cancel);
        var before = File.ReadAllBytes(Target);
        File.Delete(run.At(name));

        Should.Throw<IOException>(() => RunArchive.Make(run, Target, frames: false)).Message.ShouldBe($"{name} of 20261123-221507 can't be found");
        File.ReadAllBytes(Target).ShouldBe(before, "the older archive stands");
    }

    [Fact]
    public void Links_are_not_followed_and_a_pipe_is_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "pipes have names on Unix only");
        temp.Write("outside/secret.txt", "s3cr3t");
        File.CreateSymbolicLink(run.At("scene-001/secret.txt"), Path.Combine(temp.Path, "outside/secret.txt"));
        Directory.CreateSymbolicLink(run.At("scene-002"), Path.Combine(temp.Path, "outside"));
        Directory.CreateSymbolicLink(run.At("ring"), run.Root);
        using (var made = Process.Start("mkfifo", [run.At("pipe")]))
        {
            made.WaitForExit();
        }

        RunArchive.Make(run, Target, frames: false, Cancel);

        Listing().ShouldNotContain("secret");
        Listing().ShouldNotContain("ring");
        Listing().ShouldContain("20261123-221507/pipe 0");
    }

    [Fact]
    public void A_folder_that_is_a_file_leaves_nothing_behind()
    {
        temp.Write("artifacts", "in the way");

        Should.Throw<IOException>(() => RunArchive.Make(run, Target, frames: false));
        File.ReadAllText(Path.Combine(temp.Path, "artifacts")).ShouldBe("in the way");
    }

    [Fact]
    public void Giving_it_up_leaves_nothing_behind()
    {
        Should.Throw<OperationCanceledException>(() => RunArchive.Make(run, Target, frames: false, new CancellationToken(canceled: true)));
        Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Target)!).ShouldBeEmpty();
    }

    // One bit of a stored file, of a packed one, of the list: the archive must not get its name.
    [Theory]
    [InlineData("video/scene-001.mp4")]
    [InlineData("run-summary.txt")]
    public void A_bit_that_flipped_on_its_way_is_found(string name)
    {
        RunArchive.Make(run, Target, frames: false, Cancel);
        var (entries, sums) = Planned();
        Should.NotThrow(() => RunArchive.Verify(Target, entries, sums));
        var bytes = File.ReadAllBytes(Target);
        var at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"{run.RunId}/{name}")) + run.RunId.Length + name.Length + 12;
        bytes[at] ^= 1;
        File.WriteAllBytes(Target, bytes);

        Should.Throw<IOException>(() => RunArchive.Verify(Target, entries, sums));
    }

    [Fact]
    public void A_file_that_is_missing_from_the_list_is_found()
    {
        RunArchive.Make(run, Target, frames: false, Cancel);
        var (entries, sums) = Planned();
        using (var zip = ZipFile.Open(Target, ZipArchiveMode.Update))
        {
            zip.GetEntry($"{run.RunId}/run.log")!.Delete();
        }

        Should.Throw<IOException>(() => RunArchive.Verify(Target, entries, sums)).Message.ShouldBe($"the archive lists {entries.Count - 1} files instead of {entries.Count}");
    }

    [Fact]
    public void Half_an_archive_is_found()
    {
        RunArchive.Make(run, Target, frames: false, Cancel);
        var (entries, sums) = Planned();
        File.WriteAllBytes(Target, File.ReadAllBytes(Target)[..^30]);

        Should.Throw<IOException>(() => RunArchive.Verify(Target, entries, sums));
    }

    // Its checksum is the one that every other program expects.
    [Fact]
    public void The_checksum_is_the_one_of_zip()
    {
        var crc = new Crc32();
        crc.Add("1234"u8);
        crc.Add("56789"u8);
        crc.Value.ShouldBe(0xCBF43926);
        new Crc32().Value.ShouldBe(0u);
    }

    [Theory]
    [InlineData(RunStates.Finished, false, true)]
    [InlineData(RunStates.Finished, true, true)]
    [InlineData(RunStates.Failed, false, false)]
    [InlineData(RunStates.Failed, true, true)]
    [InlineData(RunStates.Stopped, true, false)]
    [InlineData(RunStates.Running, true, false)]
    public void A_run_is_archived_when_it_will_not_be_resumed_or_has_something_to_show(string state, bool take, bool due)
    {
        var events = SampleRun.Finished.Where(e => e is not (RunEnded or RunValidated or ArchiveSettled) && (take || e is not SceneAccepted));
        RunArchive.IsDue(RunState.Fold(state == RunStates.Running ? events : [.. events, new RunEnded(default, state, null)])).ShouldBe(due);
    }

    [Fact]
    public void An_archive_of_more_than_memory_would_hold_is_streamed()
    {
        using (var film = File.Create(run.At("video/scene-009.mp4")))
        {
            film.SetLength(64L * 1024 * 1024);
        }

        RunArchive.Make(run, Target, frames: false, Cancel); // what is made once
        var before = GC.GetAllocatedBytesForCurrentThread();
        RunArchive.Make(run, Target, frames: false, Cancel);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 * 1024 * 1024);
    }

    private (IReadOnlyList<ArchiveEntry>, IReadOnlyList<uint>) Planned()
    {
        using var zip = ZipFile.OpenRead(Target);
        return (ArchiveContents.Of(run, frames: false), [.. zip.Entries.Select(e => e.Crc32)]);
    }

    private string Listing()
    {
        using var zip = ZipFile.OpenRead(Target);
        return string.Concat(zip.Entries.Select(e => $"{e.FullName} {e.Length}\n"));
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(run.At(name))!);
        File.WriteAllText(run.At(name), text);
    }
}
