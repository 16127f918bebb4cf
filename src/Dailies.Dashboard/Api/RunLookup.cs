using Dailies.Artifacts;
using Dailies.Contract;

namespace Dailies.Dashboard.Api;

/// <summary>From an id in an address to a run folder: only folders that are named like a run, and that lie below the real folder of runs.</summary>
internal sealed class RunLookup(string runsDir)
{
    /// <summary>The folder, or null. <c>latest</c> is the newest.</summary>
    public RunFolder? Find(string id) =>
        id == RunFolder.Latest ? Newest()
        : RunIds.IsRunId(id) && RealPath.Below(runsDir, [id]) is { } real && Path.GetFileName(real) == id && Directory.Exists(real) ? new RunFolder(real)
        : null;

    /// <summary>The newest run, or null where there is none. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> where the folder can't be listed.</summary>
    public RunFolder? Newest() => RunFinder.Runs(runsDir).Reverse().Select(folder => Find(Path.GetFileName(folder))).FirstOrDefault(run => run is not null);

    /// <summary>A file of a run, or null where it isn't there or is none.</summary>
    public string? FileOf(string id, string path) =>
        Find(id) is { } run && PathNames.Read(path) is { } names && RealPath.Below(run.Root, names) is { } real && File.Exists(real) ? real : null;
}
