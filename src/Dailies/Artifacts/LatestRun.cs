using Dailies.Contract;

namespace Dailies.Artifacts;

/// <summary>latest-run.json.</summary>
public static class LatestRun
{
    /// <summary>The run that it names, or null where there is none that can be read.</summary>
    public static string? IdIn(string publicDir) => MetadataHead.Read(Path.Combine(publicDir, RunFolder.LatestRun))?.RunId;
}
