using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;

namespace Dailies.EndToEnd;

/// <summary>What the system sees: the ledger is on disk before a prompt leaves.</summary>
public partial class StraceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_commit_reaches_the_disk_before_its_prompt_leaves()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "strace is Linux's");
        using var dailies = new DailiesProgram();
        using var renderer = await Renderer.StartAsync(dailies);
        var trace = Path.Combine(dailies.Folder, "trace");
        var result = await Cli.Wrap("strace")
            .WithArguments(["-f", "-yy", "-s", "16", "-e", "trace=fsync,fdatasync,pwrite64,write,sendto,sendmsg", "-o", trace,
                "dotnet", DailiesProgram.Dll, "run", DailiesProgram.Lighthouse, "--scenes", "1-2", "--no-video", "--comfy", renderer.Url])
            .WithWorkingDirectory(dailies.Folder)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Cancel);
        result.ExitCode.ShouldBe(0, result.StandardOutput + result.StandardError);

        var (posts, written, synced) = (0, 0, true);
        var syncing = new HashSet<string>(); // threads whose sync of the ledger was interrupted by another thread's line
        foreach (var line in await File.ReadAllLinesAsync(trace, Cancel))
        {
            if (LedgerWrite().IsMatch(line))
            {
                (written, synced) = (written + 1, false);
            }
            else if (LedgerSync().IsMatch(line) || (SyncResumed().IsMatch(line) && syncing.Remove(line.Split(' ')[0])))
            {
                synced = true;
            }
            else if (SyncBegun().IsMatch(line))
            {
                syncing.Add(line.Split(' ')[0]);
            }
            else if (line.Contains("\"POST /prompt", StringComparison.Ordinal))
            {
                posts++;
                written.ShouldBeGreaterThan(0, line); // something of the ledger was written since the last POST
                synced.ShouldBeTrue(line);
                written = 0;
            }
        }

        posts.ShouldBe(2);
    }

    // 18608 pwrite64(108</…/ledger.db-wal>, "…", 4096, 300792) = 4096
    [GeneratedRegex(@"write(64)?\(\d+<[^>]*ledger\.db-wal>")]
    private static partial Regex LedgerWrite();

    // 18608 fsync(108</…/ledger.db-wal>) = 0
    [GeneratedRegex(@"f(data)?sync\(\d+<[^>]*ledger\.db-wal>\)\s*=\s*0")]
    private static partial Regex LedgerSync();

    // 18608 fsync(108</…/ledger.db-wal> <unfinished ...>
    [GeneratedRegex(@"f(data)?sync\(\d+<[^>]*ledger\.db-wal> <unfinished")]
    private static partial Regex SyncBegun();

    // 18608 <... fsync resumed>) = 0
    [GeneratedRegex(@"<\.\.\. f(data)?sync resumed>\)\s*=\s*0")]
    private static partial Regex SyncResumed();
}
