using SkiaSharp;

namespace Dailies.Animatic.Drawing;

/// <summary>What every painter works on: the canvas, the size of the picture, the tones, and chance.
/// The unit is the measure for things: the height, or less in a tall picture; the focus is where the subject stands, in parts of the width.</summary>
internal sealed record Easel(SKCanvas Canvas, float Width, float Height, float Unit, float Horizon, float Focus, Brief Brief, Dice Dice)
{
    /// <summary>How far a layer reaches beyond the picture on each side, in parts of its size: the room for the camera.</summary>
    public const float Margin = 0.3f;

    public Palette Tones => Brief.Palette;

    public float Left => -Margin * Width;

    public float Right => (1 + Margin) * Width;

    public float Top => -Margin * Height;

    public float Bottom => (1 + Margin) * Height;

    /// <summary>Where things behind the ground may end: the ground hides what is lower.</summary>
    public float Behind => Math.Min(Bottom, Horizon + (Unit * 0.22f));

    public SKRect All => new(Left, Top, Right, Bottom);
}
