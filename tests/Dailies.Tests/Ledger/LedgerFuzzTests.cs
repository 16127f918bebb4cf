using System.Text;
using System.Text.Json;
using CsCheck;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;
using Dailies.Settings;
using Dailies.Takes;
using Dailies.Tests.Control;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Dailies.Tests.Ledger;

/// <summary>A ledger with something wrong in it: a line is an event or a JsonException, a folder has a state or none, and <c>dailies resume</c> says why it can't go on.</summary>
public sealed class LedgerFuzzTests : IAsyncLifetime
{
    // Those of a real run: one scene needs two attempts.
    private string[] _rows = [];

    private byte[][] Lines => [.. _rows.Select(Encoding.UTF8.GetBytes)];

    public async ValueTask InitializeAsync()
    {
        await using var run = await SmallRun.WithAsync("error@scene-002:1");
        await run.Set("noVideo", "true").RunAsync();
        _rows = [.. RunLedger.Read(Path.Combine(run.RunDir, RunFolder.Ledger)).Select(e => e.ToLine())];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void A_damaged_line_is_an_event_or_no_JSON() => JsonDamage.Of(Lines).Sample(
        line =>
        {
            try
            {
                LedgerExport.Read(Encoding.UTF8.GetString(line)).ShouldAllBe(e => e != null);
            }
            catch (JsonException)
            {
                // What its callers expect.
            }
        },
        iter: Fuzz.Times(2_000), print: JsonDamage.Shown);

    // Rows that are gone, doubled, in another order, or damaged.
    [Fact]
    public void A_damaged_ledger_has_a_state_or_a_reason() => Gen.Select(Gen.Int[0, _rows.Length - 1], JsonDamage.Of(Lines), Gen.Int[0, 4], Gen.Int[0, _rows.Length - 1]).Sample(
        (at, line, kind, other) =>
        {
            var rows = _rows.ToList();
            switch (kind)
            {
                case 0: rows.RemoveAt(at); break;
                case 1: rows.Insert(other, rows[at]); break;
                case 2: rows.RemoveRange(0, at); break;
                case 3: (rows[at], rows[other]) = (rows[other], rows[at]); break;
                default: rows[at] = Encoding.UTF8.GetString(line); break;
            }

            using var folder = new TempFolder();
            Write(folder.Path, rows);
            ShouldHold(folder.Path);
        },
        iter: Fuzz.Times(30), threads: 1);

    [Fact]
    public void Bytes_struck_in_the_file_of_a_ledger_leave_a_state_or_a_reason()
    {
        using var whole = new TempFolder();
        Write(whole.Path, _rows);
        var bytes = File.ReadAllBytes(Path.Combine(whole.Path, RunFolder.Ledger));
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Array[1, 40].Select(Gen.Int[0, bytes.Length]).Sample(
            (strikes, length) =>
            {
                var torn = bytes.ToArray();
                foreach (var (where, value) in strikes)
                {
                    torn[where] = value;
                }

                using var folder = new TempFolder();
                File.WriteAllBytes(Path.Combine(folder.Path, RunFolder.Ledger), length % 3 == 0 ? torn[..length] : torn);
                ShouldHold(folder.Path);
            },
            iter: Fuzz.Times(30), threads: 1);
    }

    [Theory]
    [InlineData("NULL")]
    [InlineData("x'00ff7b'")]
    [InlineData("7")]
    public void Bug_a_row_without_a_body_or_with_bytes_for_one_is_a_reason_not_a_crash(string body)
    {
        using var folder = new TempFolder();
        Write(folder.Path, _rows);
        using (var db = new SqliteConnection($"Data Source={Path.Combine(folder.Path, RunFolder.Ledger)};Pooling=False"))
        {
            db.Open();
            db.Execute("ALTER TABLE events RENAME TO old; CREATE TABLE events (seq INTEGER PRIMARY KEY, body); INSERT INTO events (seq, body) VALUES (1, " + body + ")");
        }

        LatestState.Of(folder.Path).ShouldBeNull();
        ShouldHold(folder.Path);
    }

    private static void ShouldHold(string folder)
    {
        if (LatestState.Of(folder) is not null && LatestState.Read(folder) is { Plan: not null } run)
        {
            SummaryText.Write(run, MetadataProjection.Project(run)).ShouldNotBeEmpty(); // as dailies status would
        }

        var setup = ResumeSetup.Read(
            new RunFolder(folder), new SettingSources(new Dictionary<string, IReadOnlyList<string>>(), _ => null, null), new ProgramRecord("dailies", "0", null), new VideoTools(null, null));
        (setup.Request is null).ShouldBe(setup.Fault is not null);
        if (setup.Fault is { } fault)
        {
            Fuzz.ShouldBeAClearFault(fault);
        }
    }

    private static void Write(string folder, IEnumerable<string> rows)
    {
        using (RunLedger.Open(Path.Combine(folder, RunFolder.Ledger)))
        {
            // The tables.
        }

        using var db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, RunFolder.Ledger), Pooling = false }.ToString());
        db.Open();
        foreach (var row in rows)
        {
            db.Execute("INSERT INTO events (body) VALUES (@row)", new { row });
        }
    }
}
