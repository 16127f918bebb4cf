using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Ledger;
using Dailies.Tests.Ledger;

namespace Dailies.Tests.Artifacts;

public sealed class RunEntryTests : IDisposable
{
    private readonly RunsFolder runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public void Runs_are_listed_newest_first_and_as_many_as_wanted()
    {
        foreach (var id in new[] { "20261123-221507", "20261123-221507-10", "20261123-221507-9", "20261122-221507" })
        {
            runs.Add(id, SampleRun.Finished);
        }

        Directory.CreateDirectory(Path.Combine(runs.Logs, "notes"));

        RunEntry.List(runs.Logs).Select(r => r.RunId).ShouldBe(["20261123-221507-10", "20261123-221507-9", "20261123-221507", "20261122-221507"]);
        RunEntry.List(runs.Logs, most: 2).Select(r => r.RunId).ShouldBe(["20261123-221507-10", "20261123-221507-9"]);
        RunEntry.List(Path.Combine(runs.Root, "nowhere")).ShouldBeEmpty();
    }

    [Fact]
    public void A_finished_run_is_told_by_its_metadata_as_by_its_ledger()
    {
        var run = runs.Add("20261123-221507", SampleRun.Finished, plan => plan with { Name = "the night" });
        var entry = RunEntry.Read(run.Root);

        (entry.State, entry.Name, entry.Tally, entry.Tally.Left, entry.OnDisk).ShouldBe((RunStates.Finished, "the night", new RunTally(3, 2, 1, 4), 0, RunOnDisk.Run));
        entry.Bytes.ShouldBe(Directory.EnumerateFiles(run.Root).Sum(f => new FileInfo(f).Length));
        File.Delete(run.At(RunFolder.Metadata));
        RunEntry.Read(run.Root).ShouldBe(entry with { Bytes = RunEntry.Read(run.Root).Bytes });
    }

    [Fact]
    public void A_stopped_run_has_scenes_left()
    {
        var entry = RunEntry.Read(runs.Add("20261123-221507", SampleRun.Stopped).Root);
        (entry.State, entry.Tally, entry.Tally.Left).ShouldBe((RunStates.Stopped, new RunTally(3, 1, 0, 2), 2));
    }

    [Fact]
    public void A_run_that_has_not_ended_runs_while_its_lock_is_held_and_died_when_it_is_not()
    {
        var run = runs.Add("20261123-221507", SampleRun.Stopped.SkipLast(1));

        RunEntry.Read(run.Root).State.ShouldBe(RunEntry.Died);
        using (RunLock.TryTake(run.Root))
        {
            RunEntry.Read(run.Root).State.ShouldBe(RunStates.Running);
        }

        File.Delete(run.At(RunFolder.Lock));
        RunEntry.Read(run.Root).State.ShouldBe(RunEntry.Died);
        File.Exists(run.At(RunFolder.Lock)).ShouldBeFalse("who only looks makes nothing");
    }

    // The controller was killed between the ledger and the file.
    [Fact]
    public void Metadata_that_lags_behind_the_ledger_is_not_believed()
    {
        var run = runs.Add("20261123-221507", SampleRun.Stopped.SkipLast(1));
        File.Delete(run.At(RunFolder.Ledger));
        LedgerExport.Rebuild(run.At(RunFolder.Ledger), SampleRun.Stopped);

        RunEntry.Read(run.Root).State.ShouldBe(RunStates.Stopped);
    }

    [Theory]
    [InlineData("nothing", RunEntry.Unreadable, RunOnDisk.NoLedger)]
    [InlineData("rubbish", RunEntry.Unreadable, RunOnDisk.Run)]
    [InlineData("version 1", RunEntry.Unreadable, RunOnDisk.NoLedger)]
    public void What_is_no_run_of_ours_is_listed_as_that(string what, string state, RunOnDisk kind)
    {
        var run = new RunFolder(Path.Combine(runs.Logs, "20251123-221507"));
        Directory.CreateDirectory(run.Root);
        if (what == "rubbish")
        {
            File.WriteAllText(run.At(RunFolder.Ledger), "SQLite? no");
            File.WriteAllText(run.At(RunFolder.Metadata), "{\"Scenes\": 7}");
        }
        else if (what == "version 1")
        {
            File.WriteAllText(run.At(RunFolder.Metadata), """{ "RunId": "20251123-221507", "Timestamp": "2025-11-23T23:15:07+01:00", "Story": { "Id": "old" }, "Scenes": [ { "Success": true, "FrameCount": 25 } ] }""");
        }

        var entry = RunEntry.Read(run.Root);

        (entry.State, entry.OnDisk, entry.StoryId).ShouldBe((state, kind, what == "version 1" ? "old" : null));
    }

    [Fact]
    public void A_link_is_called_one_and_what_it_leads_to_is_not_counted()
    {
        var run = runs.Add("20261123-221507", SampleRun.Finished);
        var size = RunEntry.Read(run.Root).Bytes;
        Directory.CreateSymbolicLink(run.At("ring"), run.Root);
        Directory.CreateSymbolicLink(Path.Combine(runs.Logs, "20261124-221507"), run.Root);

        RunEntry.Read(run.Root).Bytes.ShouldBe(size);
        RunEntry.List(runs.Logs).Select(r => r.OnDisk).ShouldBe([RunOnDisk.Link, RunOnDisk.Run]);
    }

    [Fact]
    public void The_latest_run_is_named_by_its_file()
    {
        LatestRun.IdIn(runs.Public).ShouldBeNull();
        runs.Add("20261123-221507", SampleRun.Finished);
        LatestRun.IdIn(runs.Public).ShouldBe("20261123-221507");
    }
}
