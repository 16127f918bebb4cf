using System.Globalization;
using Dailies.Artifacts;
using Dailies.Contract;

namespace Dailies.Dashboard.Api;

/// <summary>Which runs, in which order, and which page of them. Pure.</summary>
/// <param name="Search">A part of the id, the name or the story's id; empty for all.</param>
/// <param name="States">Any of these; empty for all.</param>
/// <param name="Sort">A key of <see cref="Keys"/>.</param>
/// <param name="Descending">The other way round.</param>
/// <param name="Page">From 1.</param>
/// <param name="Size">Runs on a page.</param>
internal sealed record RunQuery(string Search, IReadOnlyList<string> States, string Sort, bool Descending, int Page, int Size)
{
    /// <summary>Most runs on a page.</summary>
    public const int MostSize = 500;

    private const int UsualSize = 50;
    private const int MostLetters = 200;
    private const string Newest = "-runId";
    private static readonly string[] AllStates = [.. RunStates.All, RunEntry.Died, RunEntry.Unreadable];

    private static readonly Dictionary<string, Func<RunEntry, IComparable?>> ByKey = new(StringComparer.Ordinal)
    {
        ["bytes"] = r => r.Bytes,
        ["duration"] = r => r.EndedAt - r.StartedAt,
        ["ended"] = r => r.EndedAt,
        ["failed"] = r => r.Tally.Failed,
        ["frames"] = r => r.Tally.Frames,
        ["left"] = r => r.Tally.Left,
        ["name"] = r => r.Name?.ToUpperInvariant(),
        ["runId"] = _ => null,
        ["scenes"] = r => r.Tally.Scenes,
        ["started"] = r => r.StartedAt,
        ["state"] = r => r.State,
        ["story"] = r => r.StoryId?.ToUpperInvariant(),
        ["taken"] = r => r.Tally.Taken,
    };

    /// <summary>What can be sorted by.</summary>
    public static IReadOnlyCollection<string> Keys => ByKey.Keys;

    /// <summary>Reads it, or says what is wrong.</summary>
    public static (RunQuery? Query, string? Fault) Read(string? search, string? state, string? sort, string? page, string? size)
    {
        var states = (state ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (descending, key) = (string.IsNullOrEmpty(sort) ? Newest : sort) is ['-', .. var down] ? (true, down) : (false, sort!);
        var (number, most) = (Number(page, 1, int.MaxValue), Number(size, UsualSize, MostSize));
        var fault = search?.Length > MostLetters ? $"search is too long; allowed: {MostLetters} letters"
            : states.FirstOrDefault(s => !AllStates.Contains(s)) is not null ? $"state is unknown; allowed: {string.Join(", ", AllStates)}"
            : !ByKey.ContainsKey(key) ? $"sort is unknown; allowed: {string.Join(", ", Keys)}, each with - before it for the other way round"
            : number is null ? "page is no page; allowed: a whole number from 1"
            : most is null ? string.Create(CultureInfo.InvariantCulture, $"size is no size; allowed: a whole number from 1 to {MostSize}")
            : null;
        return fault is null ? (new RunQuery(search ?? "", states, key, descending, number!.Value, most!.Value), null) : (null, fault);

        static int? Number(string? text, int usual, int most) =>
            string.IsNullOrEmpty(text) ? usual : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= most ? n : null;
    }

    /// <summary>The page, and how many runs there are on all pages. What has no value comes last either way; equals are told apart by their ids.</summary>
    public RunPage Of(IReadOnlyList<RunEntry> runs)
    {
        var found = runs.Where(Fits).ToList();
        var value = ByKey[Sort];
        var byValue = Descending
            ? found.OrderBy(r => value(r) is null).ThenByDescending(value, Comparer<IComparable?>.Default)
            : found.OrderBy(r => value(r) is null).ThenBy(value, Comparer<IComparable?>.Default);
        var ordered = Descending ? byValue.ThenByDescending(r => r.RunId, RunIds.Order) : byValue.ThenBy(r => r.RunId, RunIds.Order);
        var skip = (long)(Page - 1) * Size;
        var pages = (found.Count + Size - 1) / Size;
        return new RunPage(found.Count, Page, Size, pages, skip >= found.Count ? [] : [.. ordered.Skip((int)skip).Take(Size).Select(RunLine.Of)]);
    }

    private bool Fits(RunEntry run) =>
        (States.Count == 0 || States.Contains(run.State))
        && (Search.Length == 0 || new[] { run.RunId, run.Name, run.StoryId }.Any(text => text?.Contains(Search, StringComparison.OrdinalIgnoreCase) == true));
}

/// <summary>A page of runs: the answer of <c>/api/runs</c>.</summary>
/// <param name="Total">Runs on all pages.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="Size">Runs on a full page.</param>
/// <param name="Pages">How many pages there are.</param>
/// <param name="Runs">The runs of this page, as <c>dailies runs list --json</c> prints them.</param>
public sealed record RunPage(int Total, int Page, int Size, int Pages, IReadOnlyList<RunLine> Runs);
