using SkiaSharp;

namespace Dailies.Cuts;

/// <summary>Letters on cards and sheets: our own font, and where it lacks a letter one of this machine's that has it. Not for several threads.</summary>
/// <remarks>Letters are drawn one by one from left to right: scripts that join letters or run the other way are legible at best. A letter that no font here has is a box.</remarks>
internal sealed class Lettering : IDisposable
{
    // A box, as wide and as high as most letters.
    private const float BoxAdvance = 0.62f, BoxWidth = 0.48f, BoxHeight = 0.7f;
    private const byte BoxInk = 110;
    private readonly SKTypeface _face;
    private readonly SKFont _own;
    private readonly OtherFonts _others = new();

    public Lettering()
    {
        _face = Load();
        _own = new SKFont(_face);
    }

    /// <summary>How wide a line is, px. <paramref name="size"/> in px.</summary>
    public float Measure(string text, float size) => Parts(text).Sum(part => Width(part.Text, part.Font, size));

    /// <summary>Draws a line from the left end of its baseline. The text must be <see cref="CardText.Plain"/>.</summary>
    public void Draw(SKCanvas canvas, string text, float x, float y, float size, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        foreach (var (part, font) in Parts(text))
        {
            var width = Width(part, font, size);
            if (font is null)
            {
                Boxes(canvas, part, x, y, size, colour);
            }
            else
            {
                (font.Size, font.Edging, font.Subpixel) = (size, SKFontEdging.Antialias, true);
                canvas.DrawText(part, x, y, SKTextAlign.Left, font, paint);
            }

            x += width;
        }
    }

    public void Dispose()
    {
        _others.Dispose();
        _own.Dispose();
        _face.Dispose();
    }

    private static float Width(string text, SKFont? font, float size)
    {
        if (font is null)
        {
            return text.EnumerateRunes().Count() * BoxAdvance * size;
        }

        font.Size = size;
        return font.MeasureText(text);
    }

    private static void Boxes(SKCanvas canvas, string text, float x, float y, float size, SKColor colour)
    {
        using var pen = new SKPaint { Color = colour.WithAlpha(BoxInk), IsStroke = true, StrokeWidth = Math.Max(1, size * 0.05f), IsAntialias = true };
        foreach (var _ in text.EnumerateRunes())
        {
            canvas.DrawRect(SKRect.Create(x + ((BoxAdvance - BoxWidth) * size / 2), y - (BoxHeight * size), BoxWidth * size, BoxHeight * size), pen);
            x += BoxAdvance * size;
        }
    }

    // Neighbours of one font together; no font: a letter that nothing here has.
    private List<(string Text, SKFont? Font)> Parts(string text)
    {
        var parts = new List<(string Text, SKFont? Font)>();
        foreach (var rune in text.EnumerateRunes())
        {
            var font = _own.ContainsGlyph(rune.Value) ? _own : _others.With(rune.Value);
            if (parts.Count > 0 && parts[^1].Font == font)
            {
                parts[^1] = (parts[^1].Text + rune, font);
            }
            else
            {
                parts.Add((rune.ToString(), font));
            }
        }

        return parts;
    }

    // SkiaSharp without fontconfig sees no system fonts: we bring ours (src/Fonts, OFL.txt).
    private static SKTypeface Load()
    {
        using var stream = typeof(Lettering).Assembly.GetManifestResourceStream("card-font")!;
        return SKTypeface.FromStream(stream);
    }
}
