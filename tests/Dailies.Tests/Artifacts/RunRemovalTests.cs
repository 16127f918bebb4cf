using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Tests.Ledger;

namespace Dailies.Tests.Artifacts;

public sealed class RunRemovalTests : IDisposable
{
    private readonly RunsFolder runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public void A_run_is_gone_and_what_its_links_lead_to_is_not()
    {
        var (run, other) = (runs.Add("20261123-221507", SampleRun.Finished), runs.Add("20261124-221507", SampleRun.Finished));
        Directory.CreateDirectory(run.At("scene-001/attempt-1"));
        File.WriteAllText(run.At("scene-001/attempt-1/workflow.json"), "{}");
        Directory.CreateSymbolicLink(run.At("a-link"), other.Root);
        Directory.CreateSymbolicLink(run.At("scene-001/a-link"), other.Root);
        File.CreateSymbolicLink(run.At("a-file"), other.At(RunFolder.Summary));
        var before = Directory.EnumerateFileSystemEntries(other.Root).ToList();

        RunRemoval.Remove(RunEntry.Read(run.Root)).ShouldBeNull();

        Directory.EnumerateDirectories(runs.Logs).ShouldBe([other.Root]);
        Directory.EnumerateFileSystemEntries(other.Root).ShouldBe(before);
    }

    [Fact]
    public void A_run_that_died_can_go()
    {
        var run = runs.Add("20261123-221507", SampleRun.Stopped.SkipLast(1));
        RunRemoval.Remove(RunEntry.Read(run.Root)).ShouldBeNull();
        Directory.Exists(run.Root).ShouldBeFalse();
    }

    [Theory]
    [InlineData("held", "a controller works on it")]
    [InlineData("pinned", "it has changed meanwhile")]
    [InlineData("resumed", "it has changed meanwhile")]
    [InlineData("resumed, and its metadata says nothing of it", "it has changed meanwhile")]
    [InlineData("without a ledger", "it is no run folder")]
    [InlineData("a link", "it is no run folder")]
    [InlineData("called otherwise", "it is no run folder")]
    [InlineData("gone", "it is no run folder")]
    public void What_is_not_as_it_was_decided_stays_whole(string what, string why)
    {
        var run = runs.Add("20261123-221507", SampleRun.Finished);
        var entry = RunEntry.Read(run.Root);
        using var gate = what == "held" ? RunLock.TryTake(run.Root) : null;
        switch (what)
        {
            case "pinned":
                File.WriteAllText(run.At(RunFolder.Pin), "");
                break;
            case "resumed" or "resumed, and its metadata says nothing of it":
                using (var ledger = RunLedger.Open(run.At(RunFolder.Ledger)))
                {
                    ledger.Append(new RunResumed(DateTimeOffset.UnixEpoch, new ProgramRecord("dailies", "0", null)));
                }

                if (what == "resumed")
                {
                    File.Delete(run.At(RunFolder.Metadata));
                }

                break;
            case "without a ledger":
                File.Delete(run.At(RunFolder.Ledger));
                break;
            case "a link":
                Directory.CreateSymbolicLink(Path.Combine(runs.Logs, "20261124-221507"), run.Root);
                entry = entry with { Folder = Path.Combine(runs.Logs, "20261124-221507") };
                break;
            case "called otherwise":
                Directory.Move(run.Root, Path.Combine(runs.Logs, "kept"));
                entry = entry with { Folder = Path.Combine(runs.Logs, "kept") };
                break;
            case "gone":
                Directory.Delete(run.Root, recursive: true);
                break;
        }

        var before = Tree();
        RunRemoval.Remove(entry).ShouldBe(why);
        Tree().ShouldBe(before);
    }

    // What a crash in the middle leaves is removed the next time.
    [Fact]
    public void Half_a_removal_is_a_run_that_can_be_removed()
    {
        var run = runs.Add("20261123-221507", SampleRun.Finished);
        foreach (var file in Directory.EnumerateFiles(run.Root).Where(f => Path.GetFileName(f) is not (RunFolder.Ledger or RunFolder.Lock)))
        {
            File.Delete(file);
        }

        RunRemoval.Remove(RunEntry.Read(run.Root)).ShouldBeNull();
        Directory.Exists(run.Root).ShouldBeFalse();
    }

    [Fact]
    public void An_archive_that_is_not_there_is_gone()
    {
        var path = Path.Combine(runs.Root, RunFolder.Archive("20261123-221507"));
        RunRemoval.RemoveArchive(path).ShouldBeNull();
        File.WriteAllText(path, "zip");
        RunRemoval.RemoveArchive(path).ShouldBeNull();
        File.Exists(path).ShouldBeFalse();
    }

    private List<string> Tree() => [.. Directory.EnumerateFileSystemEntries(runs.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
