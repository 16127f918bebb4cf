using Spectre.Console;

namespace Dailies.Cli.Views;

/// <summary>Rows of scenes as a table. Text from stories is escaped: it can't colour or break the terminal.</summary>
internal static class SceneTable
{
    /// <summary>The table; of more rows than <paramref name="most"/> those around the busy ones.</summary>
    public static Table Of(IReadOnlyList<SceneRow> rows, int width, int most = int.MaxValue)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("scene", "title", "state", "step", "elapsed", "frames", "VRAM Δ");
        foreach (var column in table.Columns)
        {
            column.NoWrap = true;
            column.Padding = new Padding(0, 0, 1, 0);
        }

        foreach (var right in new[] { 3, 4, 5, 6 })
        {
            table.Columns[right].Alignment = Justify.Right;
        }

        var (first, count) = Window(rows, most);
        var shown = rows.Skip(first).Take(count).ToList();
        var title = Math.Clamp(width - Others(shown), 8, 40);
        foreach (var row in shown)
        {
            table.AddRow(
                new Text(row.Scene), new Text(Short(row.Title, title)), new Text(row.State, Style(row.Mood)), new Text(row.Step), new Text(row.Elapsed), new Text(row.Frames), new Text(row.Vram));
        }

        if (count < rows.Count)
        {
            table.Caption = new TableTitle($"{rows.Count} scenes, {rows.Count - count} not shown");
        }

        return table;
    }

    // Starts a few rows above the first scene that has not ended.
    private static (int First, int Count) Window(IReadOnlyList<SceneRow> rows, int most)
    {
        if (rows.Count <= most)
        {
            return (0, rows.Count);
        }

        var busy = rows.TakeWhile(r => r.Mood is not (SceneMood.Busy or SceneMood.Quiet)).Count();
        return (Math.Clamp(busy - (most / 3), 0, rows.Count - most), most);
    }

    private static Style Style(SceneMood mood) => mood switch
    {
        SceneMood.Good => new Style(Color.Green),
        SceneMood.Warning => new Style(Color.Yellow),
        SceneMood.Bad => new Style(Color.Red),
        SceneMood.Busy => new Style(Color.Aqua),
        _ => new Style(Color.Grey),
    };

    // What the other columns and the space between all of them take: the title gets the rest.
    private static int Others(IReadOnlyList<SceneRow> rows)
    {
        const int between = (7 * 2) + 2;
        Func<SceneRow, string>[] columns = [r => r.Scene, r => r.State, r => r.Step, r => r.Elapsed, r => r.Frames, r => r.Vram];
        string[] heads = ["scene", "state", "step", "elapsed", "frames", "VRAM Δ"];
        return between + columns.Select((text, i) => Math.Max(heads[i].Length, rows.Select(r => text(r).Length).DefaultIfEmpty().Max())).Sum();
    }

    private static string Short(string title, int most)
    {
        var plain = TerminalText.Plain(title);
        return plain.Length <= most ? plain : plain[..(most - 1)] + "…";
    }
}
