using SkiaSharp;

namespace Dailies.Animatic.Drawing;

/// <summary>Everything between the sky and the ground: ridges, skylines, forests.</summary>
internal static class LandPainter
{
    /// <summary>One ridge at a distance: 0 is the horizon, 1 the foreground.</summary>
    public static void Ridge(Easel easel, float near, bool jagged)
    {
        var height = easel.Unit * (jagged ? 0.3f : 0.13f) * (1.15f - (near * 0.55f));
        var foot = easel.Horizon + (near * (easel.Height - easel.Horizon) * 0.35f);
        var wave = Enumerable.Range(0, 6).Select(i => (Phase: easel.Dice.Between(0, 6.28f), Size: easel.Dice.Between(0.5f, 1f) / (1 + i), Speed: (1.3f + (i * 1.9f)) / easel.Width)).ToArray();
        using var pathPen = new SKPathBuilder();
        pathPen.MoveTo(easel.Left, easel.Behind);
        for (var x = easel.Left; x <= easel.Right + easel.Unit; x += easel.Unit * (jagged ? 0.03f : 0.02f))
        {
            var y = wave.Sum(w => w.Size * (jagged ? 1 - (2 * MathF.Abs(MathF.Sin((x * w.Speed) + w.Phase))) : MathF.Sin((x * w.Speed * 1.6f) + w.Phase)));
            pathPen.LineTo(x, foot - (height * (0.35f + (0.32f * y))) - (jagged ? easel.Unit * easel.Dice.Between(0, 0.018f) : 0));
        }

        pathPen.LineTo(easel.Right + easel.Unit, easel.Behind);
        pathPen.Close();
        using var path = pathPen.Detach();
        var tone = Tone(easel, near);
        easel.Wash(path, tone, Palette.Mix(tone, easel.Tones.SkyLow, 0.45f - (near * 0.3f)));
        easel.Hatch(path, easel.Tones.Near, 0.026f, 0.12f + (near * 0.16f), jagged ? 0.9f : 0.5f);
        easel.Contour(path, easel.Tones.Near, 0.003f, 0.3f + (near * 0.4f));
    }

    public static void Skyline(Easel easel, float near)
    {
        var foot = easel.Horizon + (near * easel.Unit * 0.05f);
        var tone = Tone(easel, near * 0.85f);
        for (var x = easel.Left; x < easel.Right;)
        {
            var width = easel.Unit * easel.Dice.Between(0.06f, 0.15f) * (0.7f + (near * 0.7f));
            var height = easel.Unit * easel.Dice.Between(0.12f, 0.42f) * (0.75f + (near * 0.5f));
            using var housePen = new SKPathBuilder();
            housePen.AddRect(new SKRect(x, foot - height, x + width, easel.Behind));
            if (easel.Dice.Next() < 0.4f)
            {
                housePen.AddRect(new SKRect(x + (width * 0.25f), foot - height - (easel.Unit * 0.035f), x + (width * 0.75f), foot - height));
            }
            using var house = housePen.Detach();

            if (easel.Dice.Next() < 0.3f)
            {
                easel.Stroke(x + (width * 0.5f), foot - height, x + (width * 0.5f), foot - height - (easel.Unit * 0.09f), easel.Tones.Near, easel.Unit * 0.003f);
            }

            easel.Wash(house, tone, Palette.Mix(tone, easel.Tones.SkyLow, 0.4f * (1 - near)));
            Windows(easel, new SKRect(x, foot - height, x + width, foot), near);
            easel.Hatch(house, easel.Tones.Near, 0.03f, 0.14f + (near * 0.12f));
            easel.Contour(house, easel.Tones.Near, 0.0026f, 0.3f + (near * 0.35f));
            x += width * easel.Dice.Between(0.85f, 1.15f);
        }
    }

    public static void Forest(Easel easel, float near)
    {
        var foot = easel.Horizon + (near * (easel.Height - easel.Horizon) * 0.42f);
        var tone = Tone(easel, near);
        using var floor = Pencil.Shape((easel.Left, foot), (easel.Right, foot), (easel.Right, easel.Bottom), (easel.Left, easel.Bottom));
        easel.Wash(floor, tone, Palette.Mix(tone, easel.Tones.Near, 0.25f));
        for (var x = easel.Left; x < easel.Right; x += easel.Unit * easel.Dice.Between(0.045f, 0.11f) * (0.7f + near))
        {
            Pine(easel, x, foot + (easel.Unit * easel.Dice.Between(0, 0.03f)), easel.Unit * easel.Dice.Between(0.2f, 0.36f) * (0.6f + (near * 0.9f)), tone, near);
        }
    }

    public static void Pine(Easel easel, float x, float foot, float height, SKColor tone, float near)
    {
        var half = height * 0.17f;
        using var pathPen = new SKPathBuilder();
        pathPen.MoveTo(x, foot - height);
        for (var i = 1; i <= 6; i++)
        {
            pathPen.LineTo(x + (half * i / 6f * easel.Dice.Between(0.85f, 1.2f)), foot - height + (height * 0.9f * i / 6f));
            pathPen.LineTo(x + (half * i / 6f * 0.5f), foot - height + (height * 0.9f * i / 6f) - (height * 0.02f));
        }

        for (var i = 6; i >= 1; i--)
        {
            pathPen.LineTo(x - (half * i / 6f * 0.5f), foot - height + (height * 0.9f * i / 6f) - (height * 0.02f));
            pathPen.LineTo(x - (half * (i - 0.4f) / 6f * easel.Dice.Between(0.85f, 1.2f)), foot - height + (height * 0.9f * (i - 0.2f) / 6f));
        }

        pathPen.Close();
        using var path = pathPen.Detach();
        easel.Stroke(x, foot - (height * 0.15f), x, foot, Palette.Mix(tone, easel.Tones.Near, 0.5f), height * 0.035f);
        easel.Wash(path, tone, Palette.Mix(tone, easel.Tones.Near, 0.35f));
        easel.Contour(path, easel.Tones.Near, 0.0022f, 0.2f + (near * 0.4f));
    }

    /// <summary>The tone at a distance: air takes the colour away.</summary>
    public static SKColor Tone(Easel easel, float near) => near < 0.5f
        ? Palette.Mix(easel.Tones.Far, easel.Tones.Middle, near * 2)
        : Palette.Mix(easel.Tones.Middle, easel.Tones.Near, (near - 0.5f) * 1.7f);

    private static void Windows(Easel easel, SKRect house, float near)
    {
        if (near < 0.25f && !easel.Tones.Dark)
        {
            return;
        }

        using var paint = new SKPaint();
        var cell = easel.Unit * (0.014f + (near * 0.01f));
        for (var y = house.Top + cell; y < house.Bottom; y += cell * 1.7f)
        {
            for (var x = house.Left + cell; x < house.Right - cell; x += cell * 1.5f)
            {
                var lit = easel.Dice.Next() < (easel.Tones.Dark ? 0.34f : 0.1f);
                var colour = lit ? (easel.Dice.Next() < 0.3f ? easel.Tones.SkyLow : easel.Tones.Light) : easel.Tones.Near;
                paint.Color = colour.WithAlpha(lit ? (byte)easel.Dice.Between(120, 235) : (byte)45);
                easel.Canvas.DrawRect(x, y, cell * 0.62f, cell * 0.9f, paint);
            }
        }
    }
}
