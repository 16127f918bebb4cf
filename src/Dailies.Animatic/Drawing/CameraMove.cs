namespace Dailies.Animatic.Drawing;

/// <summary>Where the camera is at one moment: shifts in parts of the picture's size, zoom from 1, roll in degrees.</summary>
internal readonly record struct CameraPose(float X, float Y, float Zoom, float Roll);

/// <summary>A camera move over a shot. Pure.</summary>
internal sealed record CameraMove(string Label, Func<float, CameraPose> At)
{
    private const float Pan = 0.17f, Tilt = 0.15f, Dolly = 0.36f;

    // The first word that fits wins, so the order is the rule: "handheld pan" is handheld.
    private static readonly (string[] Words, CameraMove Move)[] Moves =
    [
        (["handheld", "shaky"], new("HANDHELD", t => new(
            (0.016f * MathF.Sin((t * 11f) + 0.4f)) + (0.008f * MathF.Sin(t * 23f)), 0.014f * MathF.Sin((t * 14f) + 1.3f), 1.07f, 0.9f * MathF.Sin((t * 9f) + 0.8f)))),
        (["pull", "out", "back", "away", "zoomout"], new("DOLLY OUT", t => new(0, 0, 1 + (Dolly * (1 - Ease(t))), 0))),
        (["dolly", "push", "zoom", "closer", "in"], new("DOLLY IN", t => new(0, 0, 1 + (Dolly * Ease(t)), 0))),
        (["crane", "rise", "rising", "boom", "aerial", "drone"], new("CRANE UP", t => new(0, Tilt * (0.55f - (1.25f * Ease(t))), 1.12f - (0.1f * Ease(t)), 0))),
        (["down"], new("TILT DOWN", t => new(0, Tilt * ((1.3f * Ease(t)) - 0.9f), 1.04f, 0))),
        (["tilt", "up"], new("TILT UP", t => new(0, Tilt * (0.4f - (1.3f * Ease(t))), 1.04f, 0))),
        (["orbit", "arc", "around", "circle"], new("ARC", t => new(Pan * (Ease(t) - 0.5f), 0, 1.04f + (0.14f * MathF.Sin(MathF.PI * t)), 0))),
        (["left"], new("PAN LEFT", t => new(Pan * (0.5f - Ease(t)), 0, 1.02f, 0))),
        (["pan", "right", "track", "tracking", "truck", "follow", "following", "sweep"], new("PAN RIGHT", t => new(Pan * (Ease(t) - 0.5f), 0, 1.02f, 0))),
        (["static", "locked", "still", "tripod", "fixed"], new("STATIC", _ => new(0, 0, 1, 0))),
    ];

    // In a prompt "in", "out", "up" or "left" are mostly not about the camera; beside these words they are.
    private static readonly string[] SpeaksOfCamera = ["camera", "pan", "tilt", "dolly", "zoom", "crane", "handheld", "tracking", "static", "drone", "orbit", "push"];

    /// <summary>The move that the notes ask for, else the prompt, else one that the seed picks.</summary>
    public static CameraMove Choose(string? camera, string prompt, Dice dice)
    {
        if (camera is not null)
        {
            return Find(Words.Of(camera)) ?? Moves[^1].Move;
        }

        var fromPrompt = prompt.Split(',', '.', ';', '\n').Select(Words.Of).Where(clause => SpeaksOfCamera.Any(clause.Contains)).Select(Find).FirstOrDefault(m => m is not null);
        return fromPrompt ?? dice.Pick([Moves[1].Move, Moves[2].Move, Moves[2].Move, Moves[7].Move, Moves[8].Move, Moves[3].Move]);
    }

    private static CameraMove? Find(IReadOnlySet<string> words) => Moves.FirstOrDefault(m => m.Words.Any(words.Contains)).Move;

    // Starts and ends gently, as a head on a tripod does; a little straight part, so that no two frames are the same.
    private static float Ease(float t) => (0.35f * t) + (0.65f * t * t * (3 - (2 * t)));
}
