using SkiaSharp;

namespace Dailies.Animatic.Drawing;

/// <summary>What the picture stands on, from the horizon to the lower edge.</summary>
internal static class GroundPainter
{
    public static void Paint(Easel easel)
    {
        using var land = Pencil.Shape((easel.Left, easel.Horizon), (easel.Right, easel.Horizon), (easel.Right, easel.Bottom), (easel.Left, easel.Bottom));
        var tones = easel.Tones;
        var (far, near) = easel.Brief.Ground switch
        {
            Ground.Sea => (Palette.Mix(tones.SkyLow, tones.Far, 0.35f), Palette.Mix(tones.Middle, tones.Near, 0.35f)),
            Ground.Snow => (Palette.Mix(tones.SkyLow, tones.Light, 0.5f), Palette.Mix(tones.SkyLow, tones.Far, 0.8f)),
            Ground.Sand => (Palette.Mix(tones.SkyLow, tones.Far, 0.5f), tones.Far),
            _ => (Palette.Mix(tones.Far, tones.Middle, 0.7f), Palette.Mix(tones.Middle, tones.Near, 0.55f)),
        };
        easel.Wash(land, far, near);
        switch (easel.Brief.Ground)
        {
            case Ground.Sea:
                Water(easel);
                break;
            case Ground.Street:
                Road(easel);
                break;
            default:
                Field(easel);
                break;
        }
    }

    /// <summary>The last thing before the lens: grass, a quay, the crest of a dune.</summary>
    public static void Foreground(Easel easel)
    {
        var phase = easel.Dice.Between(0, 6);
        using var pathPen = new SKPathBuilder();
        pathPen.MoveTo(easel.Left, easel.Bottom);
        for (var x = easel.Left; x <= easel.Right; x += easel.Unit * 0.02f)
        {
            pathPen.LineTo(x, Crest(easel, x, phase) + (easel.Brief.Ground == Ground.Sea ? easel.Unit * easel.Dice.Between(-0.012f, 0.012f) : 0));
        }

        pathPen.LineTo(easel.Right, easel.Bottom);
        pathPen.Close();
        using var path = pathPen.Detach();
        easel.Fill(path, easel.Tones.Near);
        if (easel.Brief.Ground is Ground.Grass)
        {
            Blades(easel, phase);
        }

        easel.Contour(path, easel.Tones.Near, 0.003f, 0.6f);
    }

    // Highest towards the sides, so that it frames the subject.
    private static float Crest(Easel easel, float x, float phase)
    {
        var away = MathF.Abs((x / easel.Width) - easel.Focus);
        return (easel.Height * 0.95f) - (easel.Unit * ((0.035f * MathF.Sin((x / easel.Width * 4.1f) + phase)) + (0.13f * away) - 0.03f));
    }

    private static void Blades(Easel easel, float phase)
    {
        for (var x = easel.Left; x < easel.Right; x += easel.Unit * easel.Dice.Between(0.002f, 0.009f))
        {
            var foot = Crest(easel, x, phase) + (easel.Unit * 0.01f);
            var height = easel.Unit * easel.Dice.Between(0.015f, 0.075f);
            easel.Stroke(x, foot, x + (easel.Unit * easel.Dice.Between(-0.03f, 0.03f)), foot - height, easel.Tones.Near.WithAlpha(220), easel.Unit * 0.0025f);
        }
    }

    private static void Water(Easel easel)
    {
        var depth = easel.Bottom - easel.Horizon;
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeCap = SKStrokeCap.Round };
        for (var i = 0; i < 520; i++)
        {
            var part = easel.Dice.Next();
            part *= part;
            var y = easel.Horizon + (depth * part) + (easel.Unit * 0.004f);
            var length = easel.Unit * (0.015f + (0.16f * part)) * easel.Dice.Between(0.5f, 1.5f);
            var x = easel.Dice.Between(easel.Left, easel.Right);
            var bright = easel.Dice.Next() < 0.42f;
            paint.Color = (bright ? Palette.Mix(easel.Tones.SkyLow, easel.Tones.Light, 0.5f) : easel.Tones.Near).WithAlpha((byte)easel.Dice.Between(35, bright ? 150 : 130));
            paint.StrokeWidth = easel.Unit * (0.0012f + (0.005f * part));
            using var wavePen = new SKPathBuilder();
            wavePen.MoveTo(x - length, y);
            wavePen.QuadTo(x - (length * 0.4f), y - (easel.Unit * 0.025f * part), x, y);
            wavePen.QuadTo(x + (length * 0.4f), y + (easel.Unit * 0.012f * part), x + length, y - (easel.Unit * 0.002f));
            using var wave = wavePen.Detach();
            easel.Canvas.DrawPath(wave, paint);
        }
    }

    private static void Road(Easel easel)
    {
        var tones = easel.Tones;
        var x = easel.Width * 0.5f;
        using var road = Pencil.Shape(
            (x - (easel.Width * 0.008f), easel.Horizon), (x + (easel.Width * 0.008f), easel.Horizon),
            (x + (easel.Width * 0.95f), easel.Bottom), (x - (easel.Width * 0.95f), easel.Bottom));
        easel.Wash(road, Palette.Mix(tones.Middle, tones.SkyLow, 0.4f), Palette.Mix(tones.Near, tones.Middle, 0.25f));
        easel.Hatch(road, tones.Near, 0.03f, 0.2f, 1.2f);
        easel.Contour(road, tones.Near, 0.003f, 0.5f);
        for (var i = 0; i < 7; i++)
        {
            var (from, to) = (MathF.Pow(i / 7f, 2.2f), MathF.Pow((i + 0.5f) / 7f, 2.2f));
            var depth = easel.Bottom - easel.Horizon;
            using var dash = Pencil.Shape(
                (x - (easel.Width * 0.012f * from), easel.Horizon + (depth * from)), (x + (easel.Width * 0.012f * from), easel.Horizon + (depth * from)),
                (x + (easel.Width * 0.012f * to), easel.Horizon + (depth * to)), (x - (easel.Width * 0.012f * to), easel.Horizon + (depth * to)));
            easel.Fill(dash, tones.SkyLow.WithAlpha(150));
        }

        if (tones.Dark)
        {
            for (var i = 0; i < 26; i++)
            {
                // Wet asphalt: the lights of the city stand on their heads.
                var sx = easel.Dice.Between(easel.Left, easel.Right);
                var sy = easel.Horizon + (easel.Unit * easel.Dice.Between(0.01f, 0.18f));
                easel.Stroke(sx, sy, sx, sy + (easel.Unit * easel.Dice.Between(0.04f, 0.16f)), (easel.Dice.Next() < 0.5f ? tones.Light : tones.SkyLow).WithAlpha(70), easel.Unit * 0.009f);
            }
        }
    }

    private static void Field(Easel easel)
    {
        var depth = easel.Bottom - easel.Horizon;
        for (var i = 0; i < 170; i++)
        {
            var part = MathF.Pow(easel.Dice.Next(), 1.6f);
            var y = easel.Horizon + (depth * part);
            var x = easel.Dice.Between(easel.Left, easel.Right);
            var length = easel.Unit * (0.03f + (0.2f * part));
            easel.Stroke(x, y, x + length, y + (easel.Unit * easel.Dice.Between(-0.012f, 0.012f)), easel.Tones.Near.WithAlpha((byte)easel.Dice.Between(20, 75)), easel.Unit * (0.001f + (0.003f * part)));
        }
    }
}
