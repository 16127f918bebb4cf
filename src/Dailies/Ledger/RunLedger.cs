using System.Globalization;
using Dailies.Contract;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Dailies.Ledger;

/// <summary>How far the running attempt of a scene is: one overwritten row, no event.</summary>
/// <param name="SceneId">The scene, or <see cref="Story"/>.</param>
/// <param name="Attempt">From 1; 0 for the story.</param>
/// <param name="Node">The node, or what is being made; null where that is not told.</param>
/// <param name="Value">Steps done.</param>
/// <param name="Max">Steps in all.</param>
/// <param name="At">Our clock.</param>
public sealed record AttemptProgress(string SceneId, int Attempt, string? Node, int Value, int Max, DateTimeOffset At)
{
    /// <summary>Stands for the story as a whole, once the night is over.</summary>
    public const string Story = "story";
}

/// <summary>The run's own SQLite file: appends events, each committed to disk before it is acted on, and holds the state they fold to.</summary>
/// <remarks>WAL, <c>synchronous=FULL</c>. Safe for several threads; one process writes, any may read.</remarks>
public sealed class RunLedger : IDisposable
{
    private const int Version = 1;
    private readonly Lock gate = new();
    private readonly SqliteConnection db;

    private RunLedger(SqliteConnection db, RunState state)
    {
        this.db = db;
        State = state;
    }

    /// <summary>What all events so far fold to. An immutable value: read it as often as you like.</summary>
    public RunState State { get; private set; }

    /// <summary>Told after each commit, in order, while nobody else can append: return quickly.</summary>
    public event Action<RunEvent, RunState>? Appended;

    /// <summary>Told when a running attempt got further: return quickly.</summary>
    public event Action<AttemptProgress>? Progressed;

    /// <summary>Opens the ledger at <paramref name="path"/> for writing, made if missing.</summary>
    public static RunLedger Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var db = Connect(path, SqliteOpenMode.ReadWriteCreate);
        db.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        db.Execute($"""
            CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS progress (scene TEXT PRIMARY KEY, attempt INTEGER NOT NULL, node TEXT, value INTEGER NOT NULL, max INTEGER NOT NULL, at TEXT NOT NULL);
            PRAGMA user_version={Version};
            """);
        return new RunLedger(db, RunState.Fold(ReadEvents(db)));
    }

    /// <summary>All events of a ledger, also of one that another process is writing. Throws <see cref="SqliteException"/> when it is none.</summary>
    public static IReadOnlyList<RunEvent> Read(string path)
    {
        using var db = Connect(path, SqliteOpenMode.ReadOnly);
        return ReadEvents(db);
    }

    /// <summary>Events after row <paramref name="after"/>, at most <paramref name="most"/>, each with the number of its row; 0 begins at the first. Throws <see cref="SqliteException"/> when it is no ledger.</summary>
    public static IReadOnlyList<(long Row, RunEvent Event)> ReadAfter(string path, long after, int most)
    {
        using var db = Connect(path, SqliteOpenMode.ReadOnly);
        return
        [
            .. db.Query<(long Row, string? Body)>("SELECT seq, CAST(body AS TEXT) FROM events WHERE seq > @after ORDER BY seq LIMIT @most", new { after, most })
                .Select(r => (r.Row, FromBody(r.Body))),
        ];
    }

    /// <summary>The number of the last row; 0 before the first. Throws <see cref="SqliteException"/> when it is no ledger.</summary>
    public static long LastRow(string path)
    {
        using var db = Connect(path, SqliteOpenMode.ReadOnly);
        return db.QueryFirst<long?>("SELECT MAX(seq) FROM events") ?? 0;
    }

    /// <summary>The SHA-256 of the workflow that a ledger's first event names, without reading the rest; null where it names none or can't be read.</summary>
    public static string? WorkflowOf(string path)
    {
        try
        {
            using var db = Connect(path, SqliteOpenMode.ReadOnly);
            return db.QueryFirstOrDefault<string?>("SELECT CAST(json_extract(body, '$.Plan.Workflow.Sha256') AS TEXT) FROM events ORDER BY seq LIMIT 1");
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    /// <summary>How far the running attempts are.</summary>
    public static IReadOnlyList<AttemptProgress> ReadProgress(string path)
    {
        using var db = Connect(path, SqliteOpenMode.ReadOnly);
        return
        [
            .. db.Query<(string Scene, long Attempt, string? Node, long Value, long Max, string At)>("SELECT scene, attempt, node, value, max, at FROM progress")
                .Select(r => new AttemptProgress(r.Scene, (int)r.Attempt, r.Node, (int)r.Value, (int)r.Max, DateTimeOffset.Parse(r.At, CultureInfo.InvariantCulture))),
        ];
    }

    /// <summary>Commits one event to disk, then folds it. Throws <see cref="SqliteException"/> when the disk won't take it: then nothing happened.</summary>
    public RunState Append(RunEvent e)
    {
        lock (gate)
        {
            var (scene, attempt) = About(e);
            using (SideEffects.OnEvent(e.GetType().Name, scene, attempt))
            {
                db.Execute("INSERT INTO events (body) VALUES (@body)", new { body = e.ToLine() });
            }

            State = State.Apply(e);
            Appended?.Invoke(e, State);
            return State;
        }
    }

    /// <summary>Overwrites the progress row of one scene.</summary>
    public void Progress(AttemptProgress p)
    {
        lock (gate)
        {
            db.Execute(
                "INSERT OR REPLACE INTO progress (scene, attempt, node, value, max, at) VALUES (@SceneId, @Attempt, @Node, @Value, @Max, @At)",
                new { p.SceneId, p.Attempt, p.Node, p.Value, p.Max, At = Stamp.Text(p.At) });
        }

        Progressed?.Invoke(p);
    }

    /// <summary>Folds the write-ahead log into the one file and closes it.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            try
            {
                using var span = SideEffects.OnFile(SideEffects.Checkpoint, db.DataSource);
                db.Execute("PRAGMA busy_timeout=200; DELETE FROM progress; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE;");
            }
            catch (SqliteException)
            {
                // Somebody reads, or the disk is full: the log then stays beside the file, and nothing is lost.
            }

            db.Dispose();
        }
    }

    private static (string? SceneId, int? Attempt) About(RunEvent e) => e switch
    {
        AttemptEvent of => (of.SceneId, of.Attempt),
        SceneAccepted accepted => (accepted.SceneId, accepted.Attempt),
        SceneRequeued requeued => (requeued.SceneId, requeued.NextAttempt),
        SceneFailed failed => (failed.SceneId, null),
        SceneReopened reopened => (reopened.SceneId, null),
        SceneKept kept => (kept.SceneId, null),
        VideoSettled video => (video.SceneId, null),
        _ => (null, null),
    };

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 10 }.ToString());
        try
        {
            db.Open();
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    private static List<RunEvent> ReadEvents(SqliteConnection db) => [.. db.Query<string?>("SELECT CAST(body AS TEXT) FROM events ORDER BY seq").Select(FromBody)];

    // NOT NULL and TEXT hold for what is written; a damaged page can yield a row without a body, or with bytes for one, all the same.
    private static RunEvent FromBody(string? body) => RunEvent.FromLine(body ?? throw new System.Text.Json.JsonException("an event without a body"));
}
