using Dailies.Cli.Views;
using Spectre.Console.Testing;

namespace Dailies.Tests.Cli;

public class SceneTableTests
{
    private static readonly IReadOnlyList<SceneRow> Five =
    [
        new("scene-001", "EXT. SKARV ROCK - NIGHT", "take", "", "12.3 s", "25", "-576.0 MB", SceneMood.Good),
        new("scene-002", "A [red]title[/] that is\na line and longer than the column will ever be", "take (attempt 2)", "", "10.0 s", "19", "", SceneMood.Warning),
        new("scene-003", "LAMP", "executionError ×2", "", "1.0 s", "", "0 MB", SceneMood.Bad),
        new("scene-004", "DOOR", "rendering", "3/20", "4 s", "", "", SceneMood.Busy),
        new("scene-005", "", "waiting", "", "", "", "", SceneMood.Quiet),
    ];

    [Fact]
    public void Rows_read_as_kept_and_a_title_is_never_markup()
    {
        using var console = new TestConsole().Width(120);
        console.Write(SceneTable.Of(Five, 120));
        Snapshot.Match(console.Output, "table.five");
    }

    [Fact]
    public void Bug_a_title_can_t_turn_its_line_around()
    {
        using var console = new TestConsole().Width(120);
        console.Write(SceneTable.Of([Five[0] with { Title = "a\u202egnp.exe\u2066 b\u2028c" }], 120));
        console.Output.ShouldContain("a gnp.exe  b c");
        console.Output.IndexOfAny(['\u202e', '\u2066', '\u2028']).ShouldBe(-1);
    }

    [Fact]
    public void At_eighty_columns_only_the_title_gives_way()
    {
        using var console = new TestConsole().Width(80);
        console.Write(SceneTable.Of(Five, 80));
        Snapshot.Match(console.Output, "table.five.narrow");
    }

    [Fact]
    public void Of_a_thousand_scenes_those_around_the_busy_one_are_shown()
    {
        using var console = new TestConsole().Width(120);
        var rows = Enumerable.Range(1, 1000)
            .Select(n => Five[n < 500 ? 0 : n == 500 ? 3 : 4] with { Scene = $"scene-{n:000}" }).ToList();
        console.Write(SceneTable.Of(rows, 120, most: 12));
        console.Output.ShouldContain("scene-500");
        console.Output.ShouldContain("1000 scenes, 988 not shown");
        console.Output.Split('\n').Count(l => l.Contains("scene-", StringComparison.Ordinal)).ShouldBe(12);
    }
}
