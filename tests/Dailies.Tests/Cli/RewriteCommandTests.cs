using Dailies.Contract;
using Dailies.Tests.Control;
using Microsoft.Data.Sqlite;

namespace Dailies.Tests.Cli;

/// <summary><c>dailies runs rewrite</c>: what was edited, or lost, is written anew from the ledger.</summary>
public class RewriteCommandTests
{
    private static readonly string[] Files = [RunFolder.Summary, RunFolder.Metadata, RunFolder.VitestResults, RunFolder.LedgerExport];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Edited_and_lost_files_come_back_byte_for_byte(bool hasDatabase)
    {
        await using var run = await SmallRun.WithAsync();
        await run.Set("noArchive", "true").RunAsync();
        var before = Files.Select(f => File.ReadAllText(Path.Combine(run.RunDir, f))).ToList();
        File.AppendAllText(Path.Combine(run.RunDir, RunFolder.Summary), "forged");
        File.Delete(Path.Combine(run.RunDir, RunFolder.Metadata));
        if (!hasDatabase)
        {
            SqliteConnection.ClearAllPools();
            File.Delete(Path.Combine(run.RunDir, RunFolder.Ledger));
        }

        var outcome = await CliProcess.RunAsync(run.Folder, new Dictionary<string, string>(), "runs", "rewrite", run.RunDir);

        (outcome.ExitCode, outcome.Errors).ShouldBe((0, ""), outcome.Output);
        outcome.Output.ShouldContain("written anew from the ledger");
        outcome.Output.ShouldContain("contract kept");
        Files.Select(f => File.ReadAllText(Path.Combine(run.RunDir, f))).ShouldBe(before);
    }

    [Fact]
    public async Task What_has_no_ledger_is_refused_and_left_as_it_is()
    {
        await using var run = await SmallRun.WithAsync();
        await run.RunAsync();
        SqliteConnection.ClearAllPools();
        File.WriteAllText(Path.Combine(run.RunDir, RunFolder.Ledger), "not a database");
        var before = File.ReadAllText(Path.Combine(run.RunDir, RunFolder.Summary));

        var outcome = await CliProcess.RunAsync(run.Folder, new Dictionary<string, string>(), "runs", "rewrite", run.RunDir);

        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldContain("can't be written anew");
        File.ReadAllText(Path.Combine(run.RunDir, RunFolder.Summary)).ShouldBe(before);
    }
}
