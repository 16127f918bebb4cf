namespace Dailies.Animatic;

/// <summary>Everything there is to say about one kind of fault.</summary>
internal sealed record FaultEntry(FaultKind Kind, string Name, string Sentence, bool WholeServer = false);

/// <summary>The list of faults: names and sentences stand here and nowhere else.</summary>
internal static class FaultCatalog
{
    public static IReadOnlyList<FaultEntry> All { get; } =
    [
        new(FaultKind.Refuse, "refuse", "POST /prompt answers 400: a value is not in the list."),
        new(FaultKind.Error, "error", "The sampler fails: execution_error on the socket and in the history."),
        new(FaultKind.NoSocket, "no-socket", "The web socket is refused with 403; HTTP works.", WholeServer: true),
        new(FaultKind.Slow, "slow", "Each sampler step takes two seconds."),
        new(FaultKind.DropOutput, "drop-output", "The history names every file, but GET /view answers 404 for the last one of each batch."),
    ];

    public static FaultEntry Of(FaultKind kind) => All.First(f => f.Kind == kind);

    /// <summary>What was probably meant: a name that starts so, else the one with the fewest letters changed.</summary>
    public static string Nearest(string name) => (All.FirstOrDefault(f => name.Length > 1 && f.Name.StartsWith(name, StringComparison.Ordinal))
        ?? All.MinBy(f => Distance(name, f.Name))!).Name;

    // Levenshtein: the least number of letters to add, drop or change.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
