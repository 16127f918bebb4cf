using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Artifacts;

/// <summary>RunState → artifact-metadata.json. Pure.</summary>
public static class MetadataProjection
{
    /// <summary>The metadata of a run that has begun.</summary>
    public static ArtifactMetadata Project(RunState run)
    {
        var plan = run.Plan ?? throw new InvalidOperationException("a ledger without RunStarted has no metadata");
        return new ArtifactMetadata(
            ArtifactMetadata.CurrentVersion, plan.RunId, plan.Name, run.State, run.StartedAt, run.Ended?.At, plan.RunDir,
            plan.Program, plan.Story, plan.Policy,
            [.. run.Scenes.Values.Select(s => SceneProjection.Project(s, run))],
            new HelperSummaries(null, null), Logs(run.Checks), run.Checks is { } checks ? VitestResults.Summary(checks.Checks) : null, run.Archive?.Path,
            run.Stations)
        {
            StoryVideo = run.StoryVideo?.Video,
            ContactSheet = run.ContactSheet?.Sheet,
        };
    }

    private static VitestLogs Logs(ChecksSettled? settled) => settled is { Checks: var checks }
        ? new VitestLogs(Log(checks, CheckRecord.ComfyUI), Log(checks, CheckRecord.E2E), Log(checks, CheckRecord.Scripts), RunFolder.VitestResults)
        : new VitestLogs(null, null, null, null);

    private static string? Log(IReadOnlyList<CheckRecord> checks, string suite) => checks.FirstOrDefault(c => c.Suite == suite)?.LogPath;
}
