using SkiaSharp;

namespace Dailies.Animatic.Drawing;

/// <summary>The hand: washes, shaky contours and hatching.</summary>
internal static class Pencil
{
    public static void Wash(this Easel easel, SKPath path, SKColor top, SKColor bottom)
    {
        var bounds = path.Bounds;
        using var shader = SKShader.CreateLinearGradient(
            new SKPoint(0, bounds.Top), new SKPoint(0, Math.Min(bounds.Bottom, easel.Bottom)), [top, bottom], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader, IsAntialias = true };
        easel.Canvas.DrawPath(path, paint);
    }

    public static void Fill(this Easel easel, SKPath path, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        easel.Canvas.DrawPath(path, paint);
    }

    /// <summary>The outline, drawn twice and never quite the same, as a pencil does.</summary>
    public static void Contour(this Easel easel, SKPath path, SKColor colour, float width = 0.0035f, float strength = 0.75f)
    {
        for (uint pass = 0; pass < 2; pass++)
        {
            using var wobble = SKPathEffect.CreateDiscrete(easel.Unit * 0.03f, easel.Unit * 0.0022f, 7 + pass);
            using var paint = new SKPaint
            {
                Color = colour.WithAlpha((byte)(255 * strength / (1 + pass))),
                IsAntialias = true,
                Style = SKPaintStyle.Stroke,
                StrokeWidth = easel.Unit * width,
                StrokeCap = SKStrokeCap.Round,
                PathEffect = wobble,
            };
            easel.Canvas.DrawPath(path, paint);
        }
    }

    /// <summary>Slanting strokes inside the shape, of uneven length and weight.</summary>
    public static void Hatch(this Easel easel, SKPath within, SKColor colour, float spacing = 0.022f, float strength = 0.3f, float slant = 0.55f)
    {
        var area = SKRect.Intersect(within.Bounds, easel.All);
        if (area.IsEmpty)
        {
            return;
        }

        easel.Canvas.Save();
        easel.Canvas.ClipPath(within, SKClipOperation.Intersect, antialias: true);
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeCap = SKStrokeCap.Round };
        var step = easel.Unit * spacing;
        for (var x = area.Left - (area.Height * slant); x < area.Right; x += step * easel.Dice.Between(0.6f, 1.4f))
        {
            for (var y = area.Top; y < area.Bottom;)
            {
                var length = easel.Unit * easel.Dice.Between(0.05f, 0.2f);
                paint.Color = colour.WithAlpha((byte)(255 * strength * easel.Dice.Between(0.25f, 1f)));
                paint.StrokeWidth = easel.Unit * easel.Dice.Between(0.0012f, 0.003f);
                var lean = (area.Bottom - y) * slant;
                easel.Canvas.DrawLine(x + lean, y, x + lean - (length * slant), y + length, paint);
                y += length * easel.Dice.Between(1.05f, 1.9f);
            }
        }

        easel.Canvas.Restore();
    }

    public static void Stroke(this Easel easel, float x1, float y1, float x2, float y2, SKColor colour, float width)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = width, StrokeCap = SKStrokeCap.Round };
        easel.Canvas.DrawLine(x1, y1, x2, y2, paint);
    }

    public static void Block(this Easel easel, SKRect area, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        easel.Canvas.DrawRect(area, paint);
    }

    public static void Block(this Easel easel, float x, float y, float width, float height, SKColor colour) =>
        easel.Block(SKRect.Create(x, y, width, height), colour);

    /// <summary>A soft round light.</summary>
    public static void Glow(this Easel easel, float x, float y, float radius, SKColor colour, float strength)
    {
        using var shader = SKShader.CreateRadialGradient(
            new SKPoint(x, y), radius, [colour.WithAlpha((byte)(255 * strength)), colour.WithAlpha((byte)(80 * strength)), colour.WithAlpha(0)], [0, 0.35f, 1], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader, IsAntialias = true, BlendMode = SKBlendMode.Screen };
        easel.Canvas.DrawCircle(x, y, radius, paint);
    }

    public static SKPath Shape(params ReadOnlySpan<(float X, float Y)> points)
    {
        using var path = new SKPathBuilder();
        path.MoveTo(points[0].X, points[0].Y);
        foreach (var (x, y) in points[1..])
        {
            path.LineTo(x, y);
        }

        path.Close();
        return path.Detach();
    }
}
