using System.Globalization;
using System.Text;
using Dailies.Contract;
using Dailies.Reports;
using Spectre.Console;

namespace Dailies.Cli.Views;

/// <summary>Two runs side by side for people: tables on a terminal, lines in a pipe. Text of stories and files is made plain.</summary>
internal static class ComparisonView
{
    private const int MostValue = 40;

    /// <summary>Totals: name, and the words of a run.</summary>
    private static readonly (string Name, Func<RunTotals, string> Words)[] Totals =
    [
        ("state", t => t.State),
        ("story", t => t.StoryId),
        ("scenes with a take", t => $"{t.Taken} of {t.Scenes}"),
        ("failed", t => $"{t.Failed}"),
        ("left", t => $"{t.Left}"),
        ("frames", t => $"{t.Frames}"),
        ("attempts", t => $"{t.Attempts}"),
        ("duration", t => Seconds(t.DurationSeconds)),
        ("GPU-seconds", t => Seconds(t.GpuSeconds)),
        ("wasted GPU-seconds", t => Seconds(t.WastedGpuSeconds)),
        ("VRAM peak", t => t.VramPeakMB is { } mb ? SummaryNumber.Text(mb) + " MB" : "not known"),
    ];

    /// <summary>Lines: what differs, one thing a line, then the totals.</summary>
    public static string Lines(RunComparison c)
    {
        var text = new StringBuilder();
        Line($"comparing {c.A.RunId} with {c.B.RunId}");
        Line(c.IsOneStory ? "" : $"note: two stories: {c.A.StoryId} and {c.B.StoryId}; scenes are matched by their ids");
        foreach (var s in c.Settings)
        {
            Line($"setting {s.Name}: {Said(s.A)} -> {Said(s.B)}");
        }

        foreach (var pair in c.Scenes)
        {
            foreach (var (name, a, b) in Differences(pair))
            {
                Line($"{pair.SceneId} {name}: {a} -> {b}");
            }
        }

        foreach (var (name, words) in Totals)
        {
            Line($"total {name}: {words(c.A)} -> {words(c.B)}");
        }

        return text.ToString();

        void Line(string line) => text.Append(TerminalText.Plain(line)).Append(line.Length > 0 ? "\n" : "");
    }

    /// <summary>The same as three tables: totals, settings, scenes that differ.</summary>
    public static IEnumerable<Table> Tables(RunComparison c)
    {
        yield return Of(c, "total", Totals.Select(t => (t.Name, t.Words(c.A), t.Words(c.B))));
        if (c.Settings.Count > 0)
        {
            yield return Of(c, "setting", c.Settings.Select(s => (s.Name, Said(s.A), Said(s.B))));
        }

        if (c.Scenes.Any(p => p.Differences.Count > 0))
        {
            yield return Of(c, "scene", c.Scenes.SelectMany(p => Differences(p).Select(d => ($"{p.SceneId} {d.Name}", d.A, d.B))));
        }
    }

    /// <summary>What the tables don't say.</summary>
    public static string Notes(RunComparison c) => string.Concat(new[]
    {
        c.IsOneStory ? "" : "These are two stories; scenes are matched by their ids.\n",
        c.Settings.Count > 0 ? "" : "No setting differs that both record.\n",
        c.Scenes.Any(p => p.Differences.Count > 0) ? "" : "No scene differs.\n",
    });

    private static IEnumerable<(string Name, string A, string B)> Differences(ScenePair pair) => pair is { A: { } a, B: { } b }
        ? ScenePair.Fields.Where(f => f.Differs(a, b)).Select(f => (f.Name, Known(f.Words(a)), Known(f.Words(b))))
        : [("presence", pair.A is null ? "not in this run" : "there", pair.B is null ? "not in this run" : "there")];

    private static Table Of(RunComparison c, string head, IEnumerable<(string Name, string A, string B)> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns(new TableColumn(head), new TableColumn(new Text(Plain(c.A.RunId))), new TableColumn(new Text(Plain(c.B.RunId))));
        foreach (var (name, a, b) in rows)
        {
            table.AddRow(new Text(Plain(name)), new Text(Plain(a)), new Text(Plain(b), a == b ? Style.Plain : new Style(Color.Yellow)));
        }

        return table;
    }

    private static string Said(string? value) => value switch { null => "not recorded", "" => "nothing", _ => value };

    private static string Known(string words) => words.Length == 0 ? "not known" : words;

    private static string Seconds(double? seconds) => seconds is { } s ? s.ToString("0.#", CultureInfo.InvariantCulture) + " s" : "not known";

    private static string Plain(string text) => TerminalText.Plain(text.Length <= MostValue ? text : text[..(MostValue - 1)] + "…");
}
