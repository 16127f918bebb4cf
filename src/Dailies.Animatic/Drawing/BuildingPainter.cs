using SkiaSharp;

namespace Dailies.Animatic.Drawing;

/// <summary>Lighthouses, towers, houses and doors.</summary>
internal static class BuildingPainter
{
    /// <summary>The lamp of the lighthouse, where its beam starts.</summary>
    public static SKPoint Lamp(float x, float horizon, float unit) => new(x, horizon - (unit * 0.5f));

    public static void Lighthouse(Easel easel, float x)
    {
        var lamp = Lamp(x, easel.Horizon, easel.Unit);
        var foot = easel.Horizon + (easel.Unit * 0.09f);
        Rock(easel, x, foot);
        using var tower = Pencil.Shape(
            (x - (easel.Unit * 0.03f), lamp.Y + (easel.Unit * 0.03f)), (x + (easel.Unit * 0.03f), lamp.Y + (easel.Unit * 0.03f)), (x + (easel.Unit * 0.058f), foot), (x - (easel.Unit * 0.058f), foot));
        var wall = Palette.Mix(easel.Tones.SkyLow, easel.Tones.Light, 0.4f);
        easel.Wash(tower, easel.Tones.Dark ? Palette.Mix(wall, easel.Tones.Middle, 0.55f) : wall, easel.Tones.Middle);
        easel.Canvas.Save();
        easel.Canvas.ClipPath(tower, SKClipOperation.Intersect, antialias: true);
        for (var band = 0; band < 3; band++)
        {
            var y = lamp.Y + (easel.Unit * (0.11f + (0.16f * band)));
            easel.Block(x - easel.Unit, y, easel.Unit * 2, easel.Unit * 0.075f, easel.Tones.Near.WithAlpha(190));
        }

        easel.Canvas.Restore();
        using var shadePen = new SKPathBuilder();
        shadePen.AddRect(new SKRect(x + (easel.Unit * 0.008f), lamp.Y, x + (easel.Unit * 0.06f), foot));
        using var shade = shadePen.Detach();
        using var dark = tower.Op(shade, SKPathOp.Intersect);
        easel.Hatch(dark ?? tower, easel.Tones.Near, 0.009f, 0.55f);
        easel.Contour(tower, easel.Tones.Near);

        using var galleryPen = new SKPathBuilder();
        galleryPen.AddRect(new SKRect(x - (easel.Unit * 0.044f), lamp.Y + (easel.Unit * 0.024f), x + (easel.Unit * 0.044f), lamp.Y + (easel.Unit * 0.035f)));
        galleryPen.AddRect(new SKRect(x - (easel.Unit * 0.022f), lamp.Y - (easel.Unit * 0.026f), x - (easel.Unit * 0.017f), lamp.Y + (easel.Unit * 0.024f)));
        galleryPen.AddRect(new SKRect(x + (easel.Unit * 0.017f), lamp.Y - (easel.Unit * 0.026f), x + (easel.Unit * 0.022f), lamp.Y + (easel.Unit * 0.024f)));
        galleryPen.MoveTo(x - (easel.Unit * 0.03f), lamp.Y - (easel.Unit * 0.026f));
        galleryPen.QuadTo(x, lamp.Y - (easel.Unit * 0.075f), x + (easel.Unit * 0.03f), lamp.Y - (easel.Unit * 0.026f));
        galleryPen.Close();
        using var gallery = galleryPen.Detach();
        easel.Block(x - (easel.Unit * 0.018f), lamp.Y - (easel.Unit * 0.024f), easel.Unit * 0.036f, easel.Unit * 0.048f, easel.Tones.Light);
        easel.Fill(gallery, easel.Tones.Near);
        easel.Glow(x, lamp.Y, easel.Unit * 0.2f, easel.Tones.Light, 0.8f);
    }

    public static void Tower(Easel easel, float x)
    {
        var foot = easel.Horizon + (easel.Unit * 0.1f);
        var top = easel.Horizon - (easel.Unit * 0.42f);
        var half = easel.Unit * 0.075f;
        Rock(easel, x, foot);
        using var tower = Pencil.Shape(
            (x - half, foot), (x - half, top), (x - (half * 1.25f), top), (x - (half * 1.25f), top - (half * 0.4f)),
            (x, top - (half * 2.4f)), (x + (half * 1.25f), top - (half * 0.4f)), (x + (half * 1.25f), top), (x + half, top), (x + half, foot));
        easel.Wash(tower, easel.Tones.Middle, easel.Tones.Near);
        easel.Hatch(tower, easel.Tones.Near, 0.014f, 0.5f);
        easel.Contour(tower, easel.Tones.Near);
        for (var i = 0; i < 3; i++)
        {
            easel.Block(x - (half * 0.18f), top + (half * (0.7f + (1.7f * i))), half * 0.36f, half * 0.75f, easel.Tones.Light.WithAlpha(220));
        }
    }

    public static void House(Easel easel, float x, float foot)
    {
        var (half, wall) = (easel.Unit * 0.19f, easel.Unit * 0.2f);
        using var body = Pencil.Shape((x - half, foot), (x - half, foot - wall), (x, foot - (wall * 1.85f)), (x + half, foot - wall), (x + half, foot));
        using var roof = Pencil.Shape((x - (half * 1.16f), foot - (wall * 0.9f)), (x, foot - (wall * 1.95f)), (x + (half * 1.16f), foot - (wall * 0.9f)), (x + (half * 1.05f), foot - (wall * 0.86f)), (x, foot - (wall * 1.72f)), (x - (half * 1.05f), foot - (wall * 0.86f)));
        SubjectPainter.Shadow(easel, x, foot, half * 1.5f);
        easel.Wash(body, Palette.Mix(easel.Tones.Far, easel.Tones.Middle, 0.6f), easel.Tones.Middle);
        easel.Hatch(body, easel.Tones.Near, 0.018f, 0.35f);
        easel.Fill(roof, easel.Tones.Near);
        easel.Block(x + (half * 0.45f), foot - (wall * 2f), half * 0.2f, wall * 0.5f, easel.Tones.Near);
        foreach (var side in new[] { -0.55f, 0.25f })
        {
            easel.Block(x + (half * side), foot - (wall * 0.72f), half * 0.3f, wall * 0.34f, easel.Tones.Light.WithAlpha(230));
            easel.Glow(x + (half * (side + 0.15f)), foot - (wall * 0.55f), easel.Unit * 0.1f, easel.Tones.Light, easel.Tones.Dark ? 0.6f : 0.25f);
        }

        easel.Contour(body, easel.Tones.Near);
    }

    public static void Door(Easel easel, float x, float foot, float height)
    {
        var half = height * 0.24f;
        using var light = Pencil.Shape((x - half, foot), (x + half, foot), (x + (half * 2.6f), easel.Bottom), (x - (half * 1.2f), easel.Bottom));
        easel.Wash(light, easel.Tones.Light.WithAlpha(170), easel.Tones.Light.WithAlpha(0));
        using var framePen = new SKPathBuilder();
        framePen.AddRect(new SKRect(x - (half * 1.18f), foot - (height * 1.06f), x + (half * 1.18f), foot));
        using var frame = framePen.Detach();
        easel.Fill(frame, easel.Tones.Near);
        easel.Block(new SKRect(x - half, foot - height, x + half, foot), Palette.Mix(easel.Tones.Light, easel.Tones.SkyLow, 0.25f));
        easel.Glow(x, foot - (height * 0.5f), height * 0.9f, easel.Tones.Light, 0.55f);
        using var leaf = Pencil.Shape((x + half, foot - height), (x + (half * 1.75f), foot - (height * 1.1f)), (x + (half * 1.75f), foot + (height * 0.12f)), (x + half, foot));
        easel.Wash(leaf, easel.Tones.Middle, easel.Tones.Near);
        easel.Hatch(leaf, easel.Tones.Near, 0.014f, 0.5f);
        easel.Contour(leaf, easel.Tones.Near);
        easel.Contour(frame, easel.Tones.Near);
    }

    // What stands by the sea stands on a rock, on land on a knoll.
    private static void Rock(Easel easel, float x, float foot)
    {
        using var rockPen = new SKPathBuilder();
        rockPen.MoveTo(x - (easel.Unit * 0.42f), foot + (easel.Unit * 0.13f));
        for (var i = 0; i <= 9; i++)
        {
            rockPen.LineTo(x + (easel.Unit * 0.09f * (i - 4.5f)), foot - (easel.Unit * ((0.07f * MathF.Sin(MathF.PI * i / 9f)) + easel.Dice.Between(-0.012f, 0.03f))));
        }

        rockPen.LineTo(x + (easel.Unit * 0.46f), foot + (easel.Unit * 0.13f));
        rockPen.QuadTo(x, foot + (easel.Unit * 0.16f), x - (easel.Unit * 0.42f), foot + (easel.Unit * 0.13f));
        using var rock = rockPen.Detach();
        easel.Wash(rock, easel.Tones.Middle, easel.Tones.Near);
        easel.Hatch(rock, easel.Tones.Near, 0.016f, 0.5f);
        easel.Contour(rock, easel.Tones.Near);
    }
}
