using Dailies.Dashboard.Reading;
using Dailies.Validation;

namespace Dailies.Dashboard.Views;

/// <summary>Where the files of a run without a ledger disagree with each other, in words.</summary>
public static class Disagreement
{
    private static readonly string[] Families = ["policy", "line", "summary", "other"];
    private const int Most = 5;

    /// <summary>The first few, and how many more there are.</summary>
    public static IReadOnlyList<string> Of(RunReading run)
    {
        var all = run.Judge().Findings.Where(f => f.Rule.Severity == Severity.Error && Families.Contains(f.Rule.Family)).ToList();
        IEnumerable<string> first = all.Take(Most).Select(f => $"{f.Rule.Code} {f.File} {f.Place}: {f.Expected} was expected, {f.Found} was found");
        return [.. first, .. all.Count > Most ? [$"and {all.Count - Most} more: dailies validate {run.Folder.RunId}"] : Array.Empty<string>()];
    }
}
