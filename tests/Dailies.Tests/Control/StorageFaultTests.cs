using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;
using Microsoft.Data.Sqlite;

namespace Dailies.Tests.Control;

/// <summary>What is our storage's fault, and what is not.</summary>
public class StorageFaultTests
{
    public static TheoryData<Exception, bool> Faults => new()
    {
        { new IOException("No space left on device"), true },
        { new DirectoryNotFoundException("the run folder"), true },
        { new FileNotFoundException("gone", "logs/20261123-221507/ledger.db"), true },
        { new UnauthorizedAccessException("read-only"), true },
        { new SqliteException("database or disk is full", 13), true },
        { new FileNotFoundException("not installed", "Polly.Core, Version=8.0.0.0, Culture=neutral, PublicKeyToken=c8a3ffc3f8f825cc"), false },
        { new FileLoadException("damaged"), false },
        { new InvalidOperationException("ours"), false },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_part_of_the_program_that_is_missing_is_no_disk_s_fault(Exception e, bool storage) => StorageFault.Is(e).ShouldBe(storage);

    [Fact]
    public async Task A_ledger_that_a_stranger_wrote_into_ends_with_three_and_evidence()
    {
        await using var run = await SmallRun.WithAsync(scenes: 1);

        var result = await run.RunAsync((e, folder, _) =>
        {
            if (e is StationProbed)
            {
                using var db = new SqliteConnection($"Data Source={folder.At(RunFolder.Ledger)}");
                db.Open();
                using var insert = db.CreateCommand();
                insert.CommandText = "INSERT INTO events (body) VALUES ('garbage')";
                insert.ExecuteNonQuery();
            }
        });

        (result.ExitCode, result.State.Ended!.State).ShouldBe((3, RunStates.Finished));
        result.Trouble.ShouldNotBeNull().ShouldStartWith("localStorage: ");
        run.Summary.ShouldContain("[Validation]");
        result.Verdict.Findings.ShouldBeEmpty();
    }
}
