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
            new HelperSummaries(null, null), new VitestLogs(null, null, null, null), null, run.Archive?.Path,
            run.Stations)
        {
            StoryVideo = run.StoryVideo?.Video,
            ContactSheet = run.ContactSheet?.Sheet,
        };
    }
}
