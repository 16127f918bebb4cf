using Dailies.Contract;
using Dailies.Takes;

namespace Dailies.Cuts;

/// <summary>What one piece of the film shows. Closed.</summary>
public abstract record CutShow
{
    private CutShow()
    {
    }

    /// <summary>The slate of the scene that follows.</summary>
    public sealed record Slate : CutShow;

    /// <summary>A video of the run, with its sound if it has any.</summary>
    public sealed record Clip(string Path, string? Sha256) : CutShow;

    /// <summary>A picture of the run, held.</summary>
    public sealed record Still(string Path) : CutShow;

    /// <summary>A card that says why there is nothing to see.</summary>
    public sealed record Card(string? Kind, string Why) : CutShow;
}

/// <summary>One piece of the film: so many of its frames.</summary>
public sealed record CutPiece(CutScene Scene, CutShow Show, int Frames);

/// <summary>The film of the whole story: its form, and its pieces in story order. Pure.</summary>
/// <param name="Width">Px, even.</param>
/// <param name="Height">Px, even.</param>
/// <param name="Fps">Of the film.</param>
/// <param name="Pieces">In order.</param>
public sealed record CutPlan(int Width, int Height, double Fps, IReadOnlyList<CutPiece> Pieces)
{
    /// <summary>How long a slate stands, s.</summary>
    public const double SlateSeconds = 1;

    /// <summary>How long a card that says why stands, s.</summary>
    public const double CardSeconds = 2;

    private const double MostFps = 120;

    /// <summary>Frames of the whole film.</summary>
    public int Frames => Pieces.Sum(p => p.Frames);

    /// <summary>The film of these scenes; null where not one has a take, for then there is nothing to see.</summary>
    /// <remarks>Size and rate are those that most scenes with a take have, of equals the first in story order: most scenes are then neither scaled nor resampled.
    /// What has another size is fitted whole and padded with black.</remarks>
    public static CutPlan? Of(IReadOnlyList<CutScene> scenes, bool slate)
    {
        var taken = scenes.Where(s => s.HasTake).ToList();
        if (taken.Count == 0)
        {
            return null;
        }

        var fps = MostCommon(taken.Where(s => s.Source != FrameSource.Still || s.Clip is not null), s => RateOf(s)) ?? RateOf(taken[0]);
        var size = MostCommon(taken.Where(s => SizeOf(s) is not null), s => SizeOf(s)!.Value) ?? (1280, 720);
        return new CutPlan(size.Width, size.Height, fps, [.. scenes.SelectMany(s => PiecesOf(s, fps, slate))]);
    }

    private static IEnumerable<CutPiece> PiecesOf(CutScene scene, double fps, bool slate)
    {
        var show = ShowOf(scene);
        if (slate && show is not CutShow.Card)
        {
            yield return new CutPiece(scene, new CutShow.Slate(), FrameRate.Count(SlateSeconds, fps));
        }

        yield return new CutPiece(scene, show, FrameRate.Count(show is CutShow.Card ? CardSeconds : scene.Seconds!.Value, fps));
    }

    private static CutShow ShowOf(CutScene scene) => scene switch
    {
        { HasTake: false } => new CutShow.Card(scene.Kind, scene.Why ?? "it was not rendered"),
        { Clip: { } clip, Seconds: > 0 } => new CutShow.Clip(clip.Path!, clip.Sha256),
        { Clip: not null } => new CutShow.Card(null, "how long its video is can't be told here: ffprobe is not installed, or can't read it"),
        { Source: FrameSource.Still, Files: [var picture, ..] } => new CutShow.Still(picture.File),
        _ => new CutShow.Card(null, $"it has a take, but no video: {scene.Video?.Error ?? "none was made"}"),
    };

    private static double RateOf(CutScene scene) => Math.Clamp(scene.Clip?.Fps ?? OfFrames(scene) ?? scene.Fps, 1, MostFps);

    // An animated picture has spans and no rate.
    private static double? OfFrames(CutScene scene) =>
        scene is { Clip.DurationSeconds: { } seconds and > 0, FrameCount: > 1 } ? Math.Round(scene.FrameCount / seconds, 3) : null;

    private static (int Width, int Height)? SizeOf(CutScene scene) => scene switch
    {
        { Clip: { Width: > 0 and { } width, Height: > 0 and { } height } } => (Even(width), Even(height)),
        { Source: FrameSource.Still, Files: [{ Width: > 0, Height: > 0 } picture, ..] } => (Even(picture.Width), Even(picture.Height)),
        _ => null,
    };

    private static int Even(int length) => length + (length % 2);

    private static T? MostCommon<T>(IEnumerable<CutScene> scenes, Func<CutScene, T> key) where T : struct =>
        scenes.GroupBy(key).Select(g => ((T Key, int Count)?)(g.Key, g.Count())).Aggregate(((T Key, int Count)?)null, (best, g) => best is null || g!.Value.Count > best.Value.Count ? g : best)?.Key;
}
