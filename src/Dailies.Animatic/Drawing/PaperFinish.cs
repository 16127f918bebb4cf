using SkiaSharp;

namespace Dailies.Animatic.Drawing;

/// <summary>What lies over the whole picture: paper grain, vignette, safe-area marks.</summary>
internal sealed class PaperFinish : IDisposable
{
    private const int Tile = 192;
    private const int Ways = 3;
    private const int Boil = 3; // the paper lies differently on every third frame, as in a hand-drawn film

    private readonly float _width;
    private readonly float _height;
    private readonly SKImage[] _sheets;

    public PaperFinish(float width, float height)
    {
        (_width, _height) = (width, height);
        using var grain = Grain();
        _sheets = [.. Enumerable.Range(0, Ways).Select(way => Sheet(grain, way))];
    }

    public void Paint(SKCanvas canvas, int index)
    {
        using var multiply = new SKPaint { BlendMode = SKBlendMode.Multiply };
        canvas.DrawImage(_sheets[index / Boil % Ways], 0, 0, SKSamplingOptions.Default, multiply);
        Marks(canvas);
    }

    public void Dispose() => Array.ForEach(_sheets, s => s.Dispose());

    // Grain and vignette in one, painted once: multiplying a picture is much cheaper than a gradient for each frame.
    private SKImage Sheet(SKImage grain, int way)
    {
        var info = new SKImageInfo((int)MathF.Ceiling(_width), (int)MathF.Ceiling(_height), SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var surface = SKSurface.Create(info) ?? throw new InvalidOperationException($"no memory for paper of {info.Width} x {info.Height}");
        using var tiles = grain.ToShader(SKShaderTileMode.Repeat, SKShaderTileMode.Repeat, SKMatrix.CreateTranslation(way * 61, way * 37));
        using var paper = new SKPaint { Shader = tiles };
        surface.Canvas.DrawRect(0, 0, _width, _height, paper);
        using var shade = SKShader.CreateRadialGradient(
            new SKPoint(_width / 2, _height * 0.48f), MathF.Sqrt((_width * _width) + (_height * _height)) * 0.56f,
            [SKColors.White, SKColors.White, new SKColor(0xFF7A7672)], [0, 0.55f, 1], SKShaderTileMode.Clamp);
        using var vignette = new SKPaint { Shader = shade, BlendMode = SKBlendMode.Multiply };
        surface.Canvas.DrawRect(0, 0, _width, _height, vignette);
        return surface.Snapshot();
    }

    // Action-safe corners at 5 % of each side, and a cross in the middle.
    private void Marks(SKCanvas canvas)
    {
        var unit = Math.Min(_width, _height);
        using var paint = new SKPaint { Color = SKColors.White.WithAlpha(105), IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = Math.Max(1, unit * 0.003f) };
        var (x, y, arm) = (_width * 0.05f, _height * 0.05f, unit * 0.055f);
        foreach (var (cx, dx) in new[] { (x, arm), (_width - x, -arm) })
        {
            foreach (var (cy, dy) in new[] { (y, arm), (_height - y, -arm) })
            {
                canvas.DrawLine(cx, cy, cx + dx, cy, paint);
                canvas.DrawLine(cx, cy, cx, cy + dy, paint);
            }
        }

        canvas.DrawLine((_width / 2) - (arm * 0.3f), _height / 2, (_width / 2) + (arm * 0.3f), _height / 2, paint);
        canvas.DrawLine(_width / 2, (_height / 2) - (arm * 0.3f), _width / 2, (_height / 2) + (arm * 0.3f), paint);
    }

    private static SKImage Grain()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Tile, Tile, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var dice = new Dice(20_261_123);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor(0xFFFBF8F1));
        using var paint = new SKPaint { StrokeWidth = 1 };
        for (var i = 0; i < 2600; i++)
        {
            // Fibres: short, nearly level, a shade darker or lighter than the sheet.
            var (x, y) = (dice.Between(0, Tile), dice.Between(0, Tile));
            paint.Color = (dice.Next() < 0.6f ? new SKColor(0xFFD9D2C4) : SKColors.White).WithAlpha((byte)dice.Between(20, 85));
            canvas.DrawLine(x, y, x + dice.Between(1, 6), y + dice.Between(-1, 1), paint);
        }

        return SKImage.FromBitmap(bitmap);
    }
}
