using System.Text;
using Dailies.Artifacts;
using Dailies.Ledger;
using Microsoft.Data.Sqlite;

namespace Dailies.Tests.Ledger;

/// <summary>The run's own file: what was appended is there, whatever happens to the program.</summary>
public sealed class RunLedgerTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    private string Db => Path.Combine(temp.Path, "run", "ledger.db");

    [Fact]
    public void What_was_appended_is_there_for_others_before_the_writer_closes()
    {
        using var ledger = RunLedger.Open(Db);
        foreach (var e in SampleRun.Finished)
        {
            ledger.Append(e);
        }

        Lines(RunLedger.Read(Db)).ShouldBe(Lines(SampleRun.Finished));
        Json(RunState.Fold(RunLedger.Read(Db))).ShouldBe(Json(ledger.State));
    }

    [Fact]
    public void What_was_appended_survives_a_writer_that_is_never_closed()
    {
        var copy = Path.Combine(temp.Path, "copy.db");
        using var ledger = RunLedger.Open(Db);
        ledger.Append(SampleRun.Finished[0]);
        ledger.Append(SampleRun.Finished[1]);

        // The file and its write-ahead log as a power cut leaves them.
        File.Copy(Db, copy);
        File.Copy(Db + "-wal", copy + "-wal");

        Lines(RunLedger.Read(copy)).ShouldBe(Lines(SampleRun.Finished.Take(2)));
    }

    [Fact]
    public void A_closed_ledger_is_one_file()
    {
        using (var ledger = RunLedger.Open(Db))
        {
            ledger.Append(SampleRun.Finished[0]);
            ledger.Progress(new AttemptProgress("scene-001", 1, "KSampler", 1, 20, SampleRun.At(1)));
        }

        Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Db)!).ShouldBe([Db]);
        RunLedger.Read(Db).Count.ShouldBe(1);
        RunLedger.ReadProgress(Db).ShouldBeEmpty();
    }

    [Fact]
    public void A_reopened_ledger_goes_on_where_it_was()
    {
        LedgerExport.Rebuild(Db, SampleRun.Finished.Take(10));
        using (var ledger = RunLedger.Open(Db))
        {
            foreach (var e in SampleRun.Finished.Skip(10))
            {
                ledger.Append(e);
            }
        }

        using var again = RunLedger.Open(Db);
        Json(again.State).ShouldBe(Json(RunState.Fold(SampleRun.Finished)));
    }

    [Fact]
    public void Each_listener_is_told_after_the_commit_with_the_state_that_follows()
    {
        using var ledger = RunLedger.Open(Db);
        var told = new List<(string Event, int Committed, bool Current)>();
        ledger.Appended += (e, state) => told.Add((e.GetType().Name, RunLedger.Read(Db).Count, ReferenceEquals(state, ledger.State)));

        ledger.Append(SampleRun.Finished[0]).ShouldBeSameAs(ledger.State);
        ledger.Append(SampleRun.Finished[1]);

        told.ShouldBe([("RunStarted", 1, true), ("StationProbed", 2, true)]);
    }

    [Fact]
    public void Progress_is_one_row_a_scene_the_last_one()
    {
        using var ledger = RunLedger.Open(Db);
        var told = new List<AttemptProgress>();
        ledger.Progressed += told.Add;
        AttemptProgress[] steps =
        [
            new("scene-001", 1, "KSampler", 1, 20, SampleRun.At(1)),
            new("scene-002", 1, null, 0, 0, SampleRun.At(2)),
            new("scene-001", 2, "VAEDecode", 2, 20, SampleRun.At(3)),
        ];

        foreach (var step in steps)
        {
            ledger.Progress(step);
        }

        told.ShouldBe(steps);
        RunLedger.ReadProgress(Db).OrderBy(p => p.SceneId, StringComparer.Ordinal).ShouldBe([steps[2], steps[1]]);
        RunLedger.Read(Db).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_threads_lose_no_event_and_a_reader_sees_them_in_order_all_the_while()
    {
        using var ledger = RunLedger.Open(Db);
        var cancel = TestContext.Current.CancellationToken;
        var writers = Enumerable.Range(0, 2).Select(thread => Task.Run(() =>
        {
            for (var n = 0; n < 50; n++)
            {
                ledger.Append(new RunNoted(SampleRun.At(n), $"{thread}:{n}"));
            }
        }, cancel)).ToList();
        var reader = Task.Run(() =>
        {
            var seen = new List<string>();
            while (writers.Any(w => !w.IsCompleted))
            {
                var now = Notes(RunLedger.Read(Db));
                now.Take(seen.Count).ShouldBe(seen);
                seen = now;
            }
        }, cancel);
        await Task.WhenAll([.. writers, reader]);

        var all = Notes(RunLedger.Read(Db));
        all.Where(n => n.StartsWith("0:", StringComparison.Ordinal)).ShouldBe(Enumerable.Range(0, 50).Select(n => $"0:{n}"));
        all.Where(n => n.StartsWith("1:", StringComparison.Ordinal)).ShouldBe(Enumerable.Range(0, 50).Select(n => $"1:{n}"));
        ledger.State.Notes.Select(n => n.Text).ShouldBe(all);
    }

    [Fact]
    public void What_is_no_ledger_is_a_fault_of_sqlite()
    {
        var text = temp.Write("text.db", new string('x', 5000));

        Should.Throw<SqliteException>(() => RunLedger.Read(text));
        Should.Throw<SqliteException>(() => RunLedger.Open(text));
        Should.Throw<SqliteException>(() => RunLedger.Read(temp.Write("empty.db", "")));
        Should.Throw<SqliteException>(() => RunLedger.Read(Path.Combine(temp.Path, "missing.db")));
        File.Exists(Path.Combine(temp.Path, "missing.db")).ShouldBeFalse();
        LatestState.Of(temp.Path).ShouldBeNull();
    }

    private static List<string> Notes(IEnumerable<RunEvent> events) => [.. events.Cast<RunNoted>().Select(n => n.Text)];

    private static IEnumerable<string> Lines(IEnumerable<RunEvent> events) => events.Select(e => e.ToLine());

    private static string Json(RunState state) => Encoding.UTF8.GetString(MetadataProjection.Project(state).Write());
}
