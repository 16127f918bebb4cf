using SkiaSharp;

namespace Dailies.Animatic.Drawing;

/// <summary>What moves by itself: rain, snow, fog, the beam of the lighthouse. Drawn anew for each frame, in picture units.</summary>
internal static class LiveEffects
{
    public static void Beam(Easel easel, float x, float time)
    {
        var lamp = BuildingPainter.Lamp(x, easel.Horizon, easel.Unit);
        var turn = 0.5f + (time * 2.1f);
        foreach (var side in new[] { turn, turn + MathF.PI })
        {
            // A beam that turns about a mast: wide when it crosses our view, short when it points at us.
            var reach = MathF.Cos(side) * easel.Width * 1.1f;
            var spread = easel.Unit * (0.05f + (0.09f * MathF.Abs(MathF.Cos(side))));
            using var path = Pencil.Shape((lamp.X, lamp.Y - 1), (lamp.X + reach, lamp.Y - spread - (easel.Unit * 0.03f)), (lamp.X + reach, lamp.Y + spread - (easel.Unit * 0.03f)), (lamp.X, lamp.Y + 1));
            using var shader = SKShader.CreateLinearGradient(
                lamp, new SKPoint(lamp.X + reach, lamp.Y), [easel.Tones.Light.WithAlpha(150), easel.Tones.Light.WithAlpha(0)], SKShaderTileMode.Clamp);
            using var paint = new SKPaint { Shader = shader, IsAntialias = true, BlendMode = easel.Tones.Dark ? SKBlendMode.Screen : SKBlendMode.SrcOver };
            easel.Canvas.DrawPath(path, paint);
        }
    }

    public static void Rain(Easel easel, float time)
    {
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeCap = SKStrokeCap.Round };
        for (var i = 0; i < 190; i++)
        {
            var (x, near) = (easel.Dice.Between(-0.2f, 1.2f), easel.Dice.Between(0.25f, 1));
            var y = ((easel.Dice.Next() + (time * (2.5f + (near * 3)))) % 1.3f) - 0.15f;
            var length = easel.Unit * 0.1f * near;
            paint.Color = easel.Tones.Light.WithAlpha((byte)(110 * near));
            paint.StrokeWidth = easel.Unit * 0.0022f * near;
            easel.Canvas.DrawLine(x * easel.Width, y * easel.Height, (x * easel.Width) - (length * 0.28f), (y * easel.Height) + length, paint);
        }
    }

    public static void Snow(Easel easel, float time)
    {
        using var paint = new SKPaint { IsAntialias = true };
        for (var i = 0; i < 150; i++)
        {
            var (x, near, phase) = (easel.Dice.Next(), easel.Dice.Between(0.2f, 1), easel.Dice.Between(0, 6));
            var y = (easel.Dice.Next() + (time * 0.5f * near)) % 1f;
            paint.Color = easel.Tones.Light.WithAlpha((byte)(220 * near));
            easel.Canvas.DrawCircle(((x + (0.02f * MathF.Sin((time * 5) + phase))) * easel.Width), y * easel.Height, easel.Unit * 0.006f * near, paint);
        }
    }

    public static void Fog(Easel easel, float time)
    {
        for (var i = 0; i < 4; i++)
        {
            var y = easel.Horizon + (easel.Unit * ((i * 0.09f) - 0.12f));
            var x = easel.Width * (easel.Dice.Between(0.1f, 0.9f) + ((time - 0.5f) * (0.1f + (0.06f * i))));
            using var shader = SKShader.CreateRadialGradient(
                new SKPoint(0, 0), 1, [easel.Tones.SkyLow.WithAlpha(125), easel.Tones.SkyLow.WithAlpha(0)], SKShaderTileMode.Clamp);
            using var paint = new SKPaint { Shader = shader };
            easel.Canvas.Save();
            easel.Canvas.Translate(x, y);
            easel.Canvas.Scale(easel.Width * 0.75f, easel.Unit * 0.13f);
            easel.Canvas.DrawCircle(0, 0, 1, paint);
            easel.Canvas.Restore();
        }
    }
}
