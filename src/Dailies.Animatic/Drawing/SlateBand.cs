using System.Globalization;
using SkiaSharp;

namespace Dailies.Animatic.Drawing;

/// <summary>The band below the picture, as on a clapper board: what this is, which scene, which take, which frame.</summary>
internal sealed class SlateBand : IDisposable
{
    private const int NarrowestWithBand = 160;
    private const int NarrowestWithTwoLines = 320;

    private static readonly SKColor Board = new(0xFF17181B), Chalk = new(0xFFF1EDE2), Dim = new(0xFF9B978C), Red = new(0xFFE0563F);

    private readonly SKTypeface _face = LoadFace();
    private readonly Shot _shot;
    private readonly ShotNotes _notes;
    private readonly string _camera;
    private readonly int _height;

    public SlateBand(Shot shot, ShotNotes notes, string camera)
    {
        (_shot, _notes, _camera) = (shot, notes, camera);
        _height = Height(shot.Width, shot.Height);
    }

    /// <summary>How many rows at the foot of the frame belong to the slate; too small a frame has none.</summary>
    public static int Height(int width, int height)
    {
        var band = width < NarrowestWithBand ? 0
            : width < NarrowestWithTwoLines ? Math.Max(14, width / 11)
            : Math.Clamp((int)(width * 0.074f), 36, 150);
        return band * 3 > height ? 0 : band; // a letterbox keeps its picture
    }

    public void Paint(SKCanvas canvas, int index)
    {
        if (_height == 0)
        {
            return;
        }

        var top = _shot.Height - _height;
        using var board = new SKPaint { Color = Board };
        canvas.DrawRect(0, top, _shot.Width, _height, board);
        if (_shot.Width < NarrowestWithTwoLines)
        {
            using var small = new SKFont(_face, _height * 0.62f) { Edging = SKFontEdging.Antialias };
            Write(canvas, Fit($"{_notes.Scene}  T{_notes.Attempt ?? "–"}  {FrameText(index)}", small, _shot.Width - 8), 4, top + (_height * 0.73f), small, Chalk);
            return;
        }

        var stripes = Stripes(canvas, top);
        using var title = new SKFont(_face, _height * 0.34f) { Edging = SKFontEdging.Antialias };
        using var line = new SKFont(_face, _height * 0.285f) { Edging = SKFontEdging.Antialias };
        var margin = _height * 0.3f;
        var rest = _height - stripes;
        var first = top + stripes + (rest * 0.44f);
        var second = top + stripes + (rest * 0.86f);
        var tag = Tag(canvas, line, first);
        Write(canvas, Fit(_notes.Title, title, tag - (2 * margin)), margin, first, title, Chalk);
        Fields(canvas, line, margin, second, index);
    }

    public void Dispose() => _face.Dispose();

    private string FrameText(int index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1:D2}/{_shot.Frames:D2}");

    // Black and white slanting stripes: nothing says "slate" faster.
    private float Stripes(SKCanvas canvas, float top)
    {
        var height = _height * 0.13f;
        canvas.Save();
        canvas.ClipRect(new SKRect(0, top, _shot.Width, top + height));
        using var white = new SKPaint { Color = Chalk, IsAntialias = true };
        for (var x = -height; x < _shot.Width; x += height * 5)
        {
            using var stripe = Pencil.Shape((x, top + height), (x + height, top), (x + (height * 3.5f), top), (x + (height * 2.5f), top + height));
            canvas.DrawPath(stripe, white);
        }

        canvas.Restore();
        return height;
    }

    private float Tag(SKCanvas canvas, SKFont font, float baseline)
    {
        const string text = "ANIMATIC";
        var (width, pad) = (font.MeasureText(text), font.Size * 0.4f);
        var box = new SKRect(_shot.Width - (_height * 0.3f) - width - (2 * pad), baseline - (font.Size * 0.98f), _shot.Width - (_height * 0.3f), baseline + (font.Size * 0.3f));
        using var paint = new SKPaint { Color = Red, IsAntialias = true };
        canvas.DrawRoundRect(box, pad * 0.5f, pad * 0.5f, paint);
        Write(canvas, text, box.Left + pad, baseline - (font.Size * 0.01f), font, Board);
        return box.Left;
    }

    private void Fields(SKCanvas canvas, SKFont font, float x, float y, int index)
    {
        (string Name, string Value)[] fields =
        [
            ("SCENE", _notes.Scene), ("TAKE", _notes.Attempt ?? "–"), ("FRAME", FrameText(index)), ("CAM", _camera), ("SEED", _shot.Seed.ToString(CultureInfo.InvariantCulture)),
        ];
        var gap = font.Size * 0.45f;
        foreach (var (name, value) in fields)
        {
            var room = _shot.Width - x - (_height * 0.3f);
            var text = Fit(value, font, room - font.MeasureText(name) - gap);
            if (text.Length == 0)
            {
                return;
            }

            Write(canvas, name, x, y, font, Dim);
            x += font.MeasureText(name) + gap;
            Write(canvas, text, x, y, font, Chalk);
            x += font.MeasureText(text) + (gap * 1.7f);
        }
    }

    private static string Fit(string text, SKFont font, float room)
    {
        if (font.MeasureText(text) <= room)
        {
            return text;
        }

        var length = text.Length;
        while (length > 0 && font.MeasureText(text[..length] + "…") > room)
        {
            length--;
        }

        return length == 0 ? "" : text[..length].TrimEnd() + "…";
    }

    private static void Write(SKCanvas canvas, string text, float x, float y, SKFont font, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        canvas.DrawText(text, x, y, SKTextAlign.Left, font, paint);
    }

    // SkiaSharp without fontconfig sees no system fonts: we bring ours (src/Fonts, OFL.txt).
    private static SKTypeface LoadFace()
    {
        using var stream = typeof(SlateBand).Assembly.GetManifestResourceStream("slate-font")!;
        return SKTypeface.FromStream(stream);
    }
}
