using System.Text.Json;
using Dailies.Artifacts;
using Dailies.Contract;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Dailies.Dashboard.Reading;

/// <summary>The list of all runs, kept in SQLite so that thousands cost no pause. It can be thrown away at any time: it holds nothing that the run folders don't.</summary>
public sealed class RunIndex : IDisposable
{
    /// <summary>The index's file, in the folder of runs.</summary>
    public const string FileName = ".dailies-index.db";

    private const int Version = 1;
    private static readonly Dictionary<string, string> Columns = new() { ["started"] = "started", ["title"] = "title COLLATE NOCASE", ["state"] = "state", ["frames"] = "frames", ["duration"] = "seconds" };
    private readonly Lock gate = new();
    private readonly SqliteConnection db;

    private RunIndex(string runsDir, SqliteConnection db) => (RunsDir, this.db) = (runsDir, db);

    /// <summary>The folder of runs.</summary>
    public string RunsDir { get; }

    /// <summary>Opens it, made if missing; in memory where the folder can't be written, or holds none that can be read.</summary>
    public static RunIndex Open(string runsDir)
    {
        try
        {
            Directory.CreateDirectory(runsDir);
            return new RunIndex(runsDir, Connect(Path.Combine(runsDir, FileName)));
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            return new RunIndex(runsDir, Connect(":memory:"));
        }
    }

    /// <summary>Throws everything away and reads every run again. Returns how many there are.</summary>
    public int Rebuild()
    {
        lock (gate)
        {
            db.Execute("DELETE FROM runs");
        }

        Refresh();
        return Count;
    }

    /// <summary>How many runs it holds.</summary>
    public int Count => (int)db.ExecuteScalar<long>("SELECT COUNT(*) FROM runs");

    /// <summary>Reads what is new or has changed since, and forgets what is gone.</summary>
    public void Refresh()
    {
        lock (gate)
        {
            var known = db.Query<(string Id, long Stamp)>("SELECT id, stamp FROM runs").ToDictionary(r => r.Id, r => r.Stamp);
            var there = RunFinder.Runs(RunsDir).Select(f => (Folder: f, Id: Path.GetFileName(f), Stamp: StampOf(f))).ToList();
            var changed = there.Where(r => !known.TryGetValue(r.Id, out var stamp) || stamp != r.Stamp).AsParallel().Select(r => (r.Stamp, Summary: RunSummary.Of(RunReading.Of(r.Folder)))).ToList();
            using var all = db.BeginTransaction();
            foreach (var gone in known.Keys.Except(there.Select(r => r.Id)))
            {
                db.Execute("DELETE FROM runs WHERE id = @gone", new { gone }, all);
            }

            foreach (var (stamp, s) in changed)
            {
                db.Execute(
                    "INSERT OR REPLACE INTO runs (id, stamp, state, title, started, seconds, frames, words, body) VALUES (@RunId, @stamp, @State, @Title, @started, @Seconds, @Frames, @words, @body)",
                    new { s.RunId, stamp, s.State, s.Title, started = s.StartedAt is { } at ? Stamp.Text(at) : "", s.Seconds, s.Frames, words = $"{s.RunId} {s.Title} {s.Gpu}".ToLowerInvariant(), body = JsonSerializer.Serialize(s, ContractJson.CamelLine) }, all);
            }

            all.Commit();
        }
    }

    /// <summary>One page of the list.</summary>
    public RunListing List(RunQuery query)
    {
        var (column, order) = query.Sort.StartsWith('-') ? (query.Sort[1..], "DESC") : (query.Sort, "ASC");
        var where = "(@State = '' OR state = @State) AND (@search = '' OR instr(words, @search) > 0)";
        var parameters = new { query.State, search = query.Search.Trim().ToLowerInvariant(), size = RunQuery.PageSize, skip = (Math.Clamp(query.Page, 1, 1_000_000) - 1) * RunQuery.PageSize };
        lock (gate)
        {
            var total = (int)db.ExecuteScalar<long>($"SELECT COUNT(*) FROM runs WHERE {where}", parameters);
            var bodies = db.Query<string>($"SELECT body FROM runs WHERE {where} ORDER BY {Columns.GetValueOrDefault(column, "started")} {order}, id DESC LIMIT @size OFFSET @skip", parameters);
            return new RunListing([.. bodies.Select(b => JsonSerializer.Deserialize<RunSummary>(b, ContractJson.Camel)!)], total, query);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => db.Dispose();

    // A run that goes on changes its ledger's log; one that died leaves it, and is told by its lock.
    private static long StampOf(string folder)
    {
        var run = new RunFolder(folder);
        long stamp = 17;
        foreach (var name in new[] { RunFolder.Metadata, RunFolder.Ledger, RunFolder.Ledger + "-wal", RunFolder.Pin })
        {
            var file = new FileInfo(run.At(name));
            stamp = (stamp * 31) + (file.Exists ? file.LastWriteTimeUtc.Ticks + file.Length : 0);
        }

        return (stamp * 31) + (Ledger.RunLock.IsHeld(folder) ? 1 : 0);
    }

    private static SqliteConnection Connect(string path)
    {
        var db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path }.ToString());
        db.Open();
        if (db.ExecuteScalar<long>("PRAGMA user_version") is not Version)
        {
            db.Execute("DROP TABLE IF EXISTS runs");
        }

        db.Execute($"""
            PRAGMA journal_mode=WAL;
            CREATE TABLE IF NOT EXISTS runs (id TEXT PRIMARY KEY, stamp INTEGER NOT NULL, state TEXT NOT NULL, title TEXT NOT NULL, started TEXT NOT NULL, seconds REAL, frames INTEGER NOT NULL, words TEXT NOT NULL, body TEXT NOT NULL);
            PRAGMA user_version={Version};
            """);
        return db;
    }
}
