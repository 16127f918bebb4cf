using SkiaSharp;

namespace Dailies.Animatic.Drawing;

/// <summary>The thing that the shot is about, in silhouette.</summary>
internal static class SubjectPainter
{
    public static void Paint(Easel easel, Subject subject, float x)
    {
        var foot = easel.Brief.Ground == Ground.Room ? easel.Height * 0.83f : easel.Horizon + ((easel.Height - easel.Horizon) * 0.5f);
        switch (subject)
        {
            case Subject.Figure:
                Figure(easel, x, foot + (easel.Unit * 0.06f), easel.Unit * 0.4f);
                break;
            case Subject.Couple:
                Figure(easel, x - (easel.Unit * 0.07f), foot + (easel.Unit * 0.06f), easel.Unit * 0.38f);
                Figure(easel, x + (easel.Unit * 0.08f), foot + (easel.Unit * 0.07f), easel.Unit * 0.34f);
                break;
            case Subject.Lighthouse:
                BuildingPainter.Lighthouse(easel, x);
                break;
            case Subject.Tower:
                BuildingPainter.Tower(easel, x);
                break;
            case Subject.House:
                BuildingPainter.House(easel, x, foot);
                break;
            case Subject.Boat:
                Boat(easel, x, easel.Horizon + (easel.Unit * 0.1f), easel.Unit * 0.3f);
                break;
            case Subject.Door:
                BuildingPainter.Door(easel, x, foot, easel.Unit * 0.46f);
                break;
            case Subject.Car:
                Car(easel, x, foot + (easel.Unit * 0.03f), easel.Unit * 0.4f);
                break;
            case Subject.Table:
                Table(easel, x, foot + (easel.Unit * 0.04f), easel.Unit * 0.5f);
                break;
            default:
                Tree(easel, x, foot, easel.Unit * 0.62f);
                break;
        }
    }

    private static void Figure(Easel easel, float x, float foot, float height)
    {
        var ink = easel.Tones.Near;
        var side = easel.Dice.Next() < 0.5f ? -1f : 1f;
        using var pathPen = new SKPathBuilder();
        pathPen.AddOval(new SKRect(x - (height * 0.058f), foot - height, x + (height * 0.058f), foot - (height * 0.865f)));
        // A long coat seen from behind, the weight on one leg.
        pathPen.MoveTo(x - (height * 0.045f), foot - (height * 0.87f));
        pathPen.QuadTo(x - (height * 0.15f), foot - (height * 0.84f), x - (height * 0.15f), foot - (height * 0.6f));
        pathPen.LineTo(x - (height * 0.165f), foot - (height * 0.42f));
        pathPen.LineTo(x - (height * 0.125f), foot - (height * 0.42f));
        pathPen.QuadTo(x - (height * 0.15f), foot - (height * 0.3f), x - (height * 0.17f), foot - (height * 0.22f));
        pathPen.LineTo(x - (height * 0.07f), foot - (height * 0.2f));
        pathPen.LineTo(x - (height * 0.075f), foot);
        pathPen.LineTo(x - (height * 0.015f), foot);
        pathPen.LineTo(x - (height * 0.005f), foot - (height * 0.2f));
        pathPen.LineTo(x + (height * 0.03f * side) + (height * 0.03f), foot - (height * 0.01f));
        pathPen.LineTo(x + (height * 0.03f * side) + (height * 0.085f), foot - (height * 0.01f));
        pathPen.LineTo(x + (height * 0.075f), foot - (height * 0.2f));
        pathPen.LineTo(x + (height * 0.17f), foot - (height * 0.21f));
        pathPen.QuadTo(x + (height * 0.14f), foot - (height * 0.32f), x + (height * 0.125f), foot - (height * 0.42f));
        pathPen.LineTo(x + (height * 0.16f), foot - (height * 0.42f));
        pathPen.LineTo(x + (height * 0.15f), foot - (height * 0.62f));
        pathPen.QuadTo(x + (height * 0.15f), foot - (height * 0.84f), x + (height * 0.045f), foot - (height * 0.87f));
        pathPen.Close();
        using var path = pathPen.Detach();
        Shadow(easel, x, foot, height * 0.3f);
        easel.Fill(path, ink);
        // Rim light from the bright side, so that the figure comes off the ground.
        easel.Stroke(x - (height * 0.148f * side), foot - (height * 0.62f), x - (height * 0.12f * side), foot - (height * 0.81f), easel.Tones.Light.WithAlpha(120), height * 0.009f);
        easel.Contour(path, ink, 0.0028f, 0.7f);
    }

    private static void Boat(Easel easel, float x, float water, float length)
    {
        using var hullPen = new SKPathBuilder();
        hullPen.MoveTo(x - (length * 0.5f), water - (length * 0.16f));
        hullPen.QuadTo(x, water - (length * 0.08f), x + (length * 0.56f), water - (length * 0.2f));
        hullPen.QuadTo(x + (length * 0.42f), water + (length * 0.02f), x + (length * 0.32f), water + (length * 0.02f));
        hullPen.LineTo(x - (length * 0.36f), water + (length * 0.02f));
        hullPen.Close();
        using var hull = hullPen.Detach();
        easel.Stroke(x, water - (length * 0.1f), x, water - (length * 0.95f), easel.Tones.Near, length * 0.018f);
        using var main = Pencil.Shape((x + (length * 0.02f), water - (length * 0.92f)), (x + (length * 0.44f), water - (length * 0.25f)), (x + (length * 0.02f), water - (length * 0.2f)));
        using var jib = Pencil.Shape((x - (length * 0.02f), water - (length * 0.85f)), (x - (length * 0.02f), water - (length * 0.22f)), (x - (length * 0.42f), water - (length * 0.24f)));
        foreach (var sail in new[] { main, jib })
        {
            easel.Wash(sail, Palette.Mix(easel.Tones.SkyLow, easel.Tones.Light, 0.55f), Palette.Mix(easel.Tones.Far, easel.Tones.SkyLow, 0.4f));
            easel.Hatch(sail, easel.Tones.Near, 0.016f, 0.22f);
            easel.Contour(sail, easel.Tones.Near);
        }

        easel.Wash(hull, easel.Tones.Middle, easel.Tones.Near);
        easel.Hatch(hull, easel.Tones.Near, 0.012f, 0.5f);
        easel.Contour(hull, easel.Tones.Near);
        Shadow(easel, x, water + (length * 0.03f), length * 0.55f);
    }

    private static void Car(Easel easel, float x, float foot, float length)
    {
        using var bodyPen = new SKPathBuilder();
        bodyPen.MoveTo(x - (length * 0.5f), foot - (length * 0.07f));
        bodyPen.LineTo(x - (length * 0.5f), foot - (length * 0.17f));
        bodyPen.QuadTo(x - (length * 0.34f), foot - (length * 0.21f), x - (length * 0.28f), foot - (length * 0.22f));
        bodyPen.QuadTo(x - (length * 0.18f), foot - (length * 0.36f), x - (length * 0.06f), foot - (length * 0.36f));
        bodyPen.LineTo(x + (length * 0.14f), foot - (length * 0.36f));
        bodyPen.QuadTo(x + (length * 0.28f), foot - (length * 0.32f), x + (length * 0.34f), foot - (length * 0.21f));
        bodyPen.LineTo(x + (length * 0.5f), foot - (length * 0.18f));
        bodyPen.LineTo(x + (length * 0.5f), foot - (length * 0.07f));
        bodyPen.Close();
        bodyPen.AddCircle(x - (length * 0.29f), foot - (length * 0.07f), length * 0.08f);
        bodyPen.AddCircle(x + (length * 0.29f), foot - (length * 0.07f), length * 0.08f);
        using var body = bodyPen.Detach();
        Shadow(easel, x, foot, length * 0.55f);
        easel.Fill(body, easel.Tones.Near);
        using var glass = Pencil.Shape((x - (length * 0.2f), foot - (length * 0.23f)), (x - (length * 0.08f), foot - (length * 0.335f)), (x + (length * 0.12f), foot - (length * 0.335f)), (x + (length * 0.25f), foot - (length * 0.23f)));
        easel.Fill(glass, Palette.Mix(easel.Tones.SkyLow, easel.Tones.Middle, 0.4f));
        easel.Glow(x - (length * 0.5f), foot - (length * 0.14f), length * 0.35f, easel.Tones.Light, 0.8f);
        easel.Contour(body, easel.Tones.Near);
    }

    private static void Table(Easel easel, float x, float foot, float width)
    {
        var top = foot - (width * 0.36f);
        easel.Glow(x, top - (width * 0.12f), width * 1.1f, easel.Tones.Light, 0.6f);
        using var table = Pencil.Shape((x - (width * 0.5f), top), (x + (width * 0.5f), top), (x + (width * 0.56f), top + (width * 0.06f)), (x - (width * 0.56f), top + (width * 0.06f)));
        foreach (var leg in new[] { -0.48f, 0.48f })
        {
            easel.Stroke(x + (width * leg), top + (width * 0.05f), x + (width * leg * 0.96f), foot, easel.Tones.Near, width * 0.03f);
        }

        easel.Fill(table, easel.Tones.Near);
        using var candlePen = new SKPathBuilder();
        candlePen.AddRect(new SKRect(x - (width * 0.014f), top - (width * 0.12f), x + (width * 0.014f), top));
        using var candle = candlePen.Detach();
        easel.Fill(candle, easel.Tones.SkyLow);
        using var flamePen = new SKPathBuilder();
        flamePen.AddOval(new SKRect(x - (width * 0.012f), top - (width * 0.17f), x + (width * 0.012f), top - (width * 0.12f)));
        using var flame = flamePen.Detach();
        easel.Fill(flame, easel.Tones.Light);
        easel.Contour(table, easel.Tones.Near);
    }

    private static void Tree(Easel easel, float x, float foot, float height)
    {
        Shadow(easel, x, foot, height * 0.3f);
        if (easel.Brief.Ground != Ground.Snow)
        {
            Crown(easel, x, foot - (height * 0.78f), height);
        }

        Branch(easel, x, foot, -MathF.PI / 2, height * 0.32f, height * 0.045f, 7);
    }

    private static void Branch(Easel easel, float x, float y, float angle, float length, float width, int depth)
    {
        var (tipX, tipY) = (x + (MathF.Cos(angle) * length), y + (MathF.Sin(angle) * length));
        easel.Stroke(x, y, tipX, tipY, easel.Tones.Near, width);
        if (depth > 0)
        {
            Branch(easel, tipX, tipY, angle + easel.Dice.Between(0.18f, 0.55f), length * easel.Dice.Between(0.62f, 0.85f), width * 0.66f, depth - 1);
            Branch(easel, tipX, tipY, angle - easel.Dice.Between(0.18f, 0.55f), length * easel.Dice.Between(0.62f, 0.85f), width * 0.66f, depth - 1);
        }
    }

    // One leafy outline made of many tufts; the branches go over it.
    private static void Crown(Easel easel, float x, float y, float height)
    {
        using var pen = new SKPathBuilder();
        for (var i = 0; i < 22; i++)
        {
            var (angle, away, size) = (easel.Dice.Between(0, 2 * MathF.PI), MathF.Sqrt(easel.Dice.Next()), height * easel.Dice.Between(0.07f, 0.13f));
            var (tuftX, tuftY) = (x + (MathF.Cos(angle) * away * height * 0.36f), y + (MathF.Sin(angle) * away * height * 0.2f));
            pen.AddOval(new SKRect(tuftX - (size * 1.2f), tuftY - size, tuftX + (size * 1.2f), tuftY + size));
        }

        using var tufts = pen.Detach();
        using var crown = tufts.Simplify() ?? new SKPath(tufts);
        easel.Wash(crown, Palette.Mix(easel.Tones.Middle, easel.Tones.SkyLow, 0.2f), Palette.Mix(easel.Tones.Middle, easel.Tones.Near, 0.6f));
        easel.Hatch(crown, easel.Tones.Near, 0.015f, 0.5f);
        easel.Contour(crown, easel.Tones.Near, 0.0025f, 0.5f);
    }

    public static void Shadow(Easel easel, float x, float foot, float half)
    {
        using var paint = new SKPaint { Color = easel.Tones.Near.WithAlpha(110), IsAntialias = true };
        easel.Canvas.DrawOval(x + (half * 0.2f), foot, half, half * 0.13f, paint);
    }
}
