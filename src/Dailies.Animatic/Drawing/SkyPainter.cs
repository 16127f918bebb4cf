using SkiaSharp;

namespace Dailies.Animatic.Drawing;

/// <summary>Sky: a wash, the sun or the moon, stars, clouds.</summary>
internal static class SkyPainter
{
    public static void Paint(Easel easel)
    {
        using var allPen = new SKPathBuilder();
        allPen.AddRect(easel.All);
        using var all = allPen.Detach();
        var tones = easel.Tones;
        using var shader = SKShader.CreateLinearGradient(
            new SKPoint(0, -0.05f * easel.Height), new SKPoint(0, easel.Horizon + (easel.Height * 0.04f)),
            [tones.SkyTop, Palette.Mix(tones.SkyTop, tones.SkyLow, 0.55f), tones.SkyLow], [0, 0.55f, 1], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader };
        easel.Canvas.DrawRect(easel.All, paint);
        if (easel.Brief.Night)
        {
            Stars(easel);
        }

        Disc(easel);
        using var upperPen = new SKPathBuilder();
        upperPen.AddRect(new SKRect(easel.Left, easel.Top, easel.Right, easel.Horizon * 0.75f));
        using var upper = upperPen.Detach();
        easel.Hatch(upper, Palette.Mix(tones.SkyTop, tones.Near, 0.4f), 0.05f, 0.1f, 1.4f);
    }

    /// <summary>Flat-bottomed banks, drawn as a layer of their own: they drift.</summary>
    public static void Clouds(Easel easel)
    {
        var heavy = easel.Brief.Weather is Weather.Rain or Weather.Snow;
        var banks = heavy ? 9 : 5;
        for (var i = 0; i < banks; i++)
        {
            var y = easel.Horizon * easel.Dice.Between(heavy ? -0.1f : 0.08f, 0.62f);
            Bank(easel, easel.Dice.Between(easel.Left, easel.Right), y, easel.Unit * easel.Dice.Between(0.22f, 0.6f), heavy);
        }
    }

    private static void Bank(Easel easel, float x, float y, float length, bool heavy)
    {
        using var pathPen = new SKPathBuilder();
        var puffs = 6 + (int)(easel.Dice.Next() * 4);
        for (var i = 0; i < puffs; i++)
        {
            var part = (i + 0.5f) / puffs;
            var radius = length * 0.15f * MathF.Sin(MathF.PI * part) * easel.Dice.Between(0.75f, 1.35f);
            pathPen.AddOval(new SKRect(x + (length * (part - 0.5f)) - (radius * 1.7f), y - radius, x + (length * (part - 0.5f)) + (radius * 1.7f), y + (radius * 0.45f)));
        }
        using var path = pathPen.Detach();

        var light = Palette.Mix(easel.Tones.SkyLow, easel.Tones.Light, 0.45f).WithAlpha(heavy ? (byte)90 : (byte)120);
        var shade = Palette.Mix(easel.Tones.SkyTop, easel.Tones.Near, heavy ? 0.4f : 0.12f).WithAlpha(heavy ? (byte)190 : (byte)80);
        using var union = path.Simplify() ?? new SKPath(path);
        easel.Wash(union, light, shade);
        easel.Hatch(union, easel.Tones.Near, 0.02f, heavy ? 0.22f : 0.1f, 1.1f);
        easel.Contour(union, easel.Tones.Near, 0.0018f, 0.16f);
    }

    private static void Disc(Easel easel)
    {
        if (easel.Brief.Weather == Weather.Rain)
        {
            return;
        }

        var night = easel.Brief.Night;
        var x = easel.Width * (easel.Focus > 0.5f ? easel.Dice.Between(0.2f, 0.38f) : easel.Dice.Between(0.62f, 0.8f));
        var y = easel.Horizon * (night ? easel.Dice.Between(0.22f, 0.4f) : easel.Dice.Between(0.5f, 0.78f));
        var radius = easel.Unit * (night ? 0.055f : 0.075f);
        easel.Glow(x, y, radius * 6, easel.Tones.Light, 0.5f);
        using var discPen = new SKPathBuilder();
        discPen.AddCircle(x, y, radius);
        using var disc = discPen.Detach();
        easel.Fill(disc, easel.Tones.Light.WithAlpha(easel.Brief.Weather == Weather.Fog ? (byte)150 : (byte)235));
        if (night)
        {
            using var shadePen = new SKPathBuilder();
            shadePen.AddCircle(x + (radius * 0.35f), y - (radius * 0.15f), radius * 0.95f);
            using var shade = shadePen.Detach();
            easel.Hatch(disc, easel.Tones.Middle, 0.012f, 0.25f);
        }
    }

    private static void Stars(Easel easel)
    {
        using var paint = new SKPaint { IsAntialias = true };
        for (var i = 0; i < 160; i++)
        {
            paint.Color = easel.Tones.Light.WithAlpha((byte)easel.Dice.Between(40, 190));
            easel.Canvas.DrawCircle(
                easel.Dice.Between(easel.Left, easel.Right), easel.Dice.Between(easel.Top, easel.Horizon * 0.85f), easel.Unit * easel.Dice.Between(0.0008f, 0.0026f), paint);
        }
    }
}
