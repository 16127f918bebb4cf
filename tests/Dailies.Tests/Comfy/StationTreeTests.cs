using System.Globalization;
using Dailies.Comfy;

namespace Dailies.Tests.Comfy;

/// <summary>Who belongs to a child and who does not, and how a process is told from another of the same number.</summary>
public class StationTreeTests
{
    private static readonly StationChild Child = new(100, DateTimeOffset.UnixEpoch, "b100");
    private const string Init = "1 0 1 b1";
    private const string Root = "100 50 100 b100";
    private const string Later = "100 50 100 later";
    private const string Stranger = "300 1 300 b300";

    public static TheoryData<string, string[], string[], bool, int[]> Trees => new()
    {
        // alive (pid parent session birth), known from earlier looks, may the session be believed → members
        { "itself", [Init, Root, Stranger], [], true, [100] },
        { "nobody", [Init, Stranger], [], true, [] },
        { "children of children, in whatever order", ["102 101 7 x", Init, "101 100 8 y", Root], [], true, [100, 101, 102] },
        { "an orphan of its session", [Init, Root, "101 1 100 x"], [], true, [100, 101] },
        { "an orphan of its session, and what that started, after its end", [Init, "101 1 100 x", "102 101 9 y"], [], true, [101, 102] },
        { "long after its end the session is not believed", [Init, "101 1 100 x"], [], false, [] },
        { "but those seen before are", [Init, "101 1 100 x", "102 101 9 y"], ["101 x"], false, [101, 102] },
        { "and not who has their number now", [Init, "101 1 300 z"], ["101 x"], false, [] },
        { "another process has its number: nothing of that one's", [Init, Later, "101 100 100 x"], [], true, [] },
        { "another has its number, one of ours is left", [Init, Later, "101 1 9 x"], ["101 x"], true, [101] },
        { "never the controller itself", [Init, Root, $"{Environment.ProcessId} 100 100 me", $"999999 {Environment.ProcessId} 1 x"], [], true, [100, 999_999] },
    };

    [Theory]
    [MemberData(nameof(Trees))]
    public void Members_are_found_by_parent_session_and_birth(string name, string[] alive, string[] known, bool sessionCounts, int[] members)
    {
        var rows = alive.Select(a => a.Split(' ')).Select(a => new ProcessRow(Number(a[0]), Number(a[1]), Number(a[2]), a[3])).ToList();
        var before = known.Select(k => k.Split(' ')).Select(k => (Number(k[0]), k[1])).ToHashSet();

        StationTree.Members(rows, Child, before, sessionCounts).Select(m => m.Pid).Order().ShouldBe(members.Order(), name);

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("4711 (python main.py) S 1 4712 4713 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 9 0 87085 123 456", 4711, 1, 4713, "boot:87085")]
    [InlineData("7 (a) ) R 99) D -1 0 0 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 9 0 5 123 456", 7, -1, 0, "boot:5")]
    public void A_line_of_proc_is_read(string stat, int pid, int parent, int session, string birth) =>
        ProcessTable.ReadStat(stat, "boot").ShouldBe(new ProcessRow(pid, parent, session, birth));

    [Theory]
    [InlineData("4711 (python) Z 1 4712 4713 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 9 0 87085 123 456")]
    [InlineData("4711 (python) X 1 4712 4713 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 9 0 87085 123 456")]
    [InlineData("4711 (python) S 1 4712")]
    [InlineData("")]
    public void The_dead_and_the_torn_are_nobody(string stat) => ProcessTable.ReadStat(stat, "boot").ShouldBeNull();

    [Theory]
    [InlineData("  4711     1  4712 S+   Mon Nov 23 08:34:40 2026", 4711)]
    [InlineData("  4711     1  4712 Z    Mon Nov 23 08:34:40 2026", null)]
    [InlineData("", null)]
    public void A_line_of_ps_is_read(string line, int? pid)
    {
        var row = ProcessTable.ReadPs(line);

        row?.Pid.ShouldBe(pid!.Value);
        row.ShouldBe(pid is null ? null : new ProcessRow(4711, 1, 4712, "Mon Nov 23 08:34:40 2026"));
    }

    [Fact]
    public void Ps_and_proc_know_the_same_processes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has both");

        var ps = ProcessTable.FromPs().ToDictionary(r => r.Pid);

        ps[Environment.ProcessId].Parent.ShouldBe(ProcessTable.Find(Environment.ProcessId)!.Value.Parent);
        ps.Keys.ShouldContain(1);
        ProcessTable.Read().ShouldContain(r => r.Pid == Environment.ProcessId && r.Birth == ProcessTable.Find(Environment.ProcessId)!.Value.Birth);
    }

    public static TheoryData<int?, string, string> Ends => new()
    {
        { 1, "a\nb\n\nc\nd\n", "ended with exit code 1; its last words: b / c / d" },
        { 0, "", "ended with exit code 0 (the command must stay in the foreground); it printed nothing" },
        { 137, "loading", "ended with exit code 137 (killed; the system does that when memory runs out); its last words: loading" },
        { null, "x", "ended (another controller had started it, so its exit code is not known); its last words: x" },
        { 5, new string('x', 1000), "ended with exit code 5; its last words: …" + new string('x', 400) },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void An_end_reads_as_one_line(int? code, string tail, string words) => StationExit.Words(code, tail).ShouldBe(words);
}
