using System.Globalization;
using System.Text;
using Dailies.Comfy;

namespace Dailies.Tests.Comfy;

/// <summary>The tail of a log that may hold anything and grows while it is read.</summary>
public class StationLogTests
{
    public static TheoryData<string, string, int, string> Tails => new()
    {
        { "all of it", "one\ntwo\n", 100, "one\ntwo" },
        { "no line end", "one\ntwo", 100, "one\ntwo" },
        { "nothing", "", 100, "" },
        { "whole lines from the end", "first line\nsecond line\nthird line\n", 16, "third line" },
        { "one long line is cut in front", "abcdefghij", 4, "ghij" },
        { "one long line with its end", "abcdefghij\n", 4, "hij" },
        { "Windows' line ends", "one\r\ntwo\r\n", 100, "one\ntwo" },
        { "of a progress bar its last state", "load\n  0%|  |\r 50%|█ |\r100%|██|\ndone\n", 100, "load\n100%|██|\ndone" },
        { "a bar in the middle", "load\n  0%|  |\r 50%|█ |\r", 100, "load\n 50%|█ |" },
        { "colours and cursor moves", "\u001b[1;31mred\u001b[0m \u001b[2K\u001b[?25lend\u001b7\n", 100, "red end7" },
        { "a title and a link", "\u001b]0;title\u0007a \u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\\n", 100, "a link" },
        { "control and direction characters, tabs stay", "a\0b\u0008c\td\u202ee\u0085f\n", 100, "abc\tdef" },
        { "a half character in front", "äöü", 3, "\ufffdü" },
    };

    [Theory]
    [MemberData(nameof(Tails))]
    public void A_tail_reads_as_a_terminal_would_show_it(string name, string content, int most, string tail)
    {
        using var folder = new TempFolder();

        new StationLog(folder.Write("station.log", content)).Tail(most).ShouldBe(tail, name);
    }

    [Fact]
    public void What_belongs_to_one_attempt_lies_between_two_marks()
    {
        using var folder = new TempFolder();
        var path = folder.Write("station.log", "before\n");
        var log = new StationLog(path);
        var since = log.Mark();
        File.AppendAllText(path, "mine one\nmine two\n");
        var until = log.Mark();
        File.AppendAllText(path, "after\n");

        log.Tail(since: since, until: until).ShouldBe("mine one\nmine two");
        log.Tail(since: since).ShouldBe("mine one\nmine two\nafter");
        log.Tail(since: log.Mark()).ShouldBe("");
        log.Tail(12, since, until).ShouldBe("mine two");
    }

    [Fact]
    public void A_log_that_is_gone_or_was_emptied_is_no_error()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "station.log");
        var log = new StationLog(path);
        (log.Mark(), log.Tail(), new StationLog(Path.Combine(folder.Path, "no", "folder")).Tail()).ShouldBe((0, "", ""));

        File.WriteAllText(path, "anew\n");

        log.Tail(since: 5000).ShouldBe("anew");
    }

    [Fact]
    public void The_command_is_kept_out_even_when_the_shell_quotes_it()
    {
        using var folder = new TempFolder();
        const string Command = "KEY=s3cr3t python main.py 'x\n  --more s3cr3t-two";
        var path = folder.Write("station.log", "sh: -c: line 1: `KEY=s3cr3t python main.py 'x'\nsh: line 2:   --more s3cr3t-two: what?\n");

        new StationLog(path, Command).Tail().ShouldNotContain("s3cr3t");
    }

    [Fact]
    public void Fifty_megabytes_of_garbage_cost_no_more_than_their_end()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "station.log");
        var garbage = new byte[50 * 1024 * 1024];
        new Random(7).NextBytes(garbage);
        File.WriteAllBytes(path, garbage);
        File.AppendAllText(path, "\nthe last words\n");
        var log = new StationLog(path);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var tail = log.Tail();
        var cost = GC.GetAllocatedBytesForCurrentThread() - before;

        tail.ShouldEndWith("\nthe last words");
        tail.Length.ShouldBeLessThanOrEqualTo(StationLog.DefaultTail);
        Encoding.UTF8.GetByteCount(tail).ShouldBeGreaterThan(100);
        tail.ShouldAllBe(c => c == '\n' || c == '\t' || (char.GetUnicodeCategory(c) != UnicodeCategory.Control && char.GetUnicodeCategory(c) != UnicodeCategory.Format));
        cost.ShouldBeLessThan(2 * 1024 * 1024);
    }

    [Fact]
    public async Task It_can_be_read_while_the_child_writes()
    {
        await using var rig = new StationRig();
        using var station = rig.Start("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo \"line $i of many\"; done");

        while (!station.HasExited)
        {
            var lines = station.Log.Tail(200, station.Begin).Split('\n');
            lines.SkipLast(1).ShouldAllBe(l => l.StartsWith("line ", StringComparison.Ordinal) && l.EndsWith(" of many", StringComparison.Ordinal));
            "line ".StartsWith(lines[^1][..Math.Min(5, lines[^1].Length)], StringComparison.Ordinal).ShouldBeTrue("the last one may be half written");
            await Task.Yield();
        }

        station.Log.Tail(200).ShouldEndWith("line 20000 of many");
    }
}
