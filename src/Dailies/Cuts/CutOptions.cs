using Dailies.Settings;

namespace Dailies.Cuts;

/// <summary>What is made of the takes when the night is over.</summary>
/// <param name="Story">The whole story as one film.</param>
/// <param name="Slate">A slate before each scene of the film.</param>
/// <param name="StillMove">A slow camera move makes a clip of a still take, for the scene's video and for the film.</param>
public sealed record CutSettings(bool Story, bool Slate, bool StillMove);

/// <summary>The settings of film and cards as people write them.</summary>
public static class CutOptions
{
    /// <summary>Slates.</summary>
    public static Setting Slate { get; } = new("slate", SettingKind.Flag, "Begin each scene of the story video with a slate: scene, title, seed, attempt, duration") { Default = "false" };

    /// <summary>A move over stills.</summary>
    public static Setting StillMove { get; } = new("stillMove", SettingKind.Flag, "Make a clip of a take that is one still image, by a slow camera move") { Default = "false" };

    /// <summary>No film.</summary>
    public static Setting NoStoryVideo { get; } = new("noStoryVideo", SettingKind.Flag, "Make no video of the whole story") { Default = "false" };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> All { get; } = [NoStoryVideo, Slate, StillMove];

    /// <summary>What these values spell.</summary>
    public static CutSettings Of(SettingValues values) => new(!values.Flag(NoStoryVideo), values.Flag(Slate), values.Flag(StillMove));
}
