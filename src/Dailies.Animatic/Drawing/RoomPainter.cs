using SkiaSharp;

namespace Dailies.Animatic.Drawing;

/// <summary>An interior in one-point perspective: walls, planks, and a window that the light falls through.</summary>
internal static class RoomPainter
{
    public static void Paint(Easel easel)
    {
        var tones = easel.Tones;
        var back = new SKRect(easel.Width * 0.22f, easel.Height * 0.16f, easel.Width * 0.78f, easel.Height * 0.68f);
        easel.Canvas.Clear(tones.Middle);
        Side(easel, tones.SkyLow, tones.Middle, (back.Left, back.Top), (back.Right, back.Top), (back.Right, back.Bottom), (back.Left, back.Bottom), 0.12f);
        Side(easel, tones.Far, tones.Near, (easel.Left, easel.Top), (back.Left, back.Top), (back.Left, back.Bottom), (easel.Left, easel.Bottom), 0.4f);
        Side(easel, tones.Far, tones.Near, (easel.Right, easel.Top), (back.Right, back.Top), (back.Right, back.Bottom), (easel.Right, easel.Bottom), 0.28f);
        Side(easel, tones.SkyTop, tones.Middle, (easel.Left, easel.Top), (back.Left, back.Top), (back.Right, back.Top), (easel.Right, easel.Top), 0.3f);
        Side(easel, tones.Far, Palette.Mix(tones.Middle, tones.Near, 0.4f), (easel.Left, easel.Bottom), (back.Left, back.Bottom), (back.Right, back.Bottom), (easel.Right, easel.Bottom), 0.1f);
        for (var i = 0; i <= 12; i++)
        {
            var part = i / 12f;
            easel.Stroke(back.Left + (back.Width * part), back.Bottom, easel.Left + ((easel.Right - easel.Left) * part), easel.Bottom, tones.Near.WithAlpha(110), easel.Unit * 0.003f);
        }

        Window(easel, back);
    }

    private static void Side(Easel easel, SKColor from, SKColor to, (float, float) a, (float, float) b, (float, float) c, (float, float) d, float hatch)
    {
        using var path = Pencil.Shape(a, b, c, d);
        easel.Wash(path, from, to);
        easel.Hatch(path, easel.Tones.Near, 0.024f, hatch, 0.7f);
        easel.Contour(path, easel.Tones.Near, 0.003f, 0.55f);
    }

    private static void Window(Easel easel, SKRect wall)
    {
        var x = easel.Focus > 0.5f ? wall.Left + (wall.Width * 0.22f) : wall.Left + (wall.Width * 0.78f);
        var pane = new SKRect(x - (easel.Unit * 0.09f), wall.Top + (wall.Height * 0.14f), x + (easel.Unit * 0.09f), wall.Top + (wall.Height * 0.6f));
        easel.Block(pane, Palette.Mix(easel.Tones.Light, easel.Tones.SkyLow, easel.Brief.Night ? 0.7f : 0.2f));
        using var framePen = new SKPathBuilder();
        framePen.AddRect(pane);
        using var frame = framePen.Detach();
        easel.Contour(frame, easel.Tones.Near, 0.012f, 0.9f);
        easel.Stroke(pane.MidX, pane.Top, pane.MidX, pane.Bottom, easel.Tones.Near, easel.Unit * 0.006f);
        easel.Stroke(pane.Left, pane.MidY, pane.Right, pane.MidY, easel.Tones.Near, easel.Unit * 0.006f);
        easel.Glow(pane.MidX, pane.MidY, easel.Unit * 0.45f, easel.Tones.Light, 0.35f);
        var lean = easel.Focus > 0.5f ? easel.Unit * 0.5f : easel.Unit * -0.5f;
        using var shaft = Pencil.Shape((pane.Left, pane.Top), (pane.Right, pane.Top), (pane.Right + lean, easel.Height * 0.92f), (pane.Left + lean - (easel.Unit * 0.1f), easel.Height * 0.92f));
        easel.Wash(shaft, easel.Tones.Light.WithAlpha(80), easel.Tones.Light.WithAlpha(8));
    }
}
