using Dailies.Contract;

namespace Dailies.Artifacts;

/// <summary>Finds the run folder that somebody means by a path, a run id, or <c>latest</c>.</summary>
public static class RunFinder
{
    /// <summary>The folder, or null and what to say.</summary>
    public static (string? Folder, string? Fault) Find(string name, string runsDir)
    {
        if (name == RunFolder.Latest)
        {
            return Runs(runsDir).LastOrDefault() is { } newest
                ? (newest, null)
                : (null, $"there is no run in {runsDir}; start one with: dailies run <story>");
        }

        var inRuns = Path.Combine(runsDir, name);
        return Directory.Exists(name) ? (name, null)
            : Directory.Exists(inRuns) ? (inRuns, null)
            : (null, $"there is no run {name} (looked for the folder {name} and for {inRuns})");
    }

    /// <summary>Run folders, oldest first.</summary>
    public static IReadOnlyList<string> Runs(string runsDir) => !Directory.Exists(runsDir) ? [] :
    [
        .. Directory.EnumerateDirectories(runsDir)
            .Where(d => RunIds.IsRunId(Path.GetFileName(d)))
            .OrderBy(d => Path.GetFileName(d)!, RunIds.Order),
    ];
}
