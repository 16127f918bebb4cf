using Dailies.Settings;
using Dailies.Stories;

namespace Dailies.Control;

/// <summary>Things that were asked for and that this version can't do yet: said before the run starts, and recorded, never passed over.</summary>
internal static class RunWarnings
{
    /// <summary>One sentence each.</summary>
    public static IEnumerable<string> Of(SettingValues values, Story story)
    {
        foreach (var setting in new[] { RunOptions.LlmUrl, RunOptions.LlmHealthUrl }.Where(s => values.Text(s) is not null))
        {
            yield return $"{setting.Key} is set, but no LLM is asked yet: the story comes from the file";
        }

        var keyframes = story.Scenes.Count(s => s.KeyframePath is not null);
        if (keyframes > 0)
        {
            yield return $"{keyframes} scenes name a keyframe; keyframes are not sent yet";
        }

        var own = story.Scenes.Count(s => s.Workflow is not null);
        if (own > 0)
        {
            yield return $"{own} scenes name a workflow of their own; all scenes are rendered with the run's workflow";
        }
    }
}
