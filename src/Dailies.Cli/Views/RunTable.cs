using System.Globalization;
using Dailies.Artifacts;
using Dailies.Contract;
using Spectre.Console;

namespace Dailies.Cli.Views;

/// <summary>Runs as a table. Text from stories and operators is escaped: it can't colour or break the terminal.</summary>
internal static class RunTable
{
    private static readonly string[] Heads = ["run", "state", "story", "name", "taken", "failed", "left", "frames", "duration", "size"];

    /// <summary>The table; story and name get what the other columns leave.</summary>
    public static Table Of(IReadOnlyList<RunEntry> runs, int width, DateTimeOffset now)
    {
        var rows = runs.Select(r => Cells(r, now)).ToList();
        var shown = Enumerable.Range(0, Heads.Length).Where(i => Heads[i] != "name" || runs.Any(r => r.Name is not null)).ToList();
        var texts = shown.Where(i => Heads[i] is "story" or "name").ToList();
        var others = shown.Except(texts).Sum(i => Math.Max(Heads[i].Length, rows.Max(r => r[i].Length)));
        var room = Math.Clamp((width - others - (2 * shown.Count) - 2) / texts.Count, 6, 32);
        var table = new Table { Border = TableBorder.Simple };
        foreach (var i in shown)
        {
            table.AddColumn(new TableColumn(Heads[i]) { NoWrap = true, Padding = new Padding(0, 0, 1, 0), Alignment = i > 3 ? Justify.Right : Justify.Left });
        }

        foreach (var (run, cells) in runs.Zip(rows))
        {
            table.AddRow(shown.Select(i => new Text(texts.Contains(i) ? Short(cells[i], room) : cells[i], Heads[i] == "state" ? Style(run) : Spectre.Console.Style.Plain)));
        }

        return table;
    }

    private static string[] Cells(RunEntry run, DateTimeOffset now) =>
    [
        run.RunId,
        run.Pinned ? $"{run.State}, pinned" : run.State,
        TerminalText.Plain(run.StoryId ?? ""),
        TerminalText.Plain(run.Name ?? ""),
        Text($"{run.Tally.Taken}/{run.Tally.Scenes}"),
        Text($"{run.Tally.Failed}"),
        Text($"{run.Tally.Left}"),
        Text($"{run.Tally.Frames}"),
        RunLine.Duration(run, now) is { } took ? Text($"{(int)took.TotalHours}:{took:mm\\:ss}") : "",
        SizeText.Of(run.Bytes),
    ];

    private static Style Style(RunEntry run) => run.State switch
    {
        RunStates.Finished => new Style(run.Tally.Failed == 0 ? Color.Green : Color.Yellow),
        RunStates.Running => new Style(Color.Aqua),
        _ => new Style(Color.Red),
    };

    private static string Short(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
