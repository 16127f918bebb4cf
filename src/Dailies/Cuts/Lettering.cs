using System.Text;
using SkiaSharp;

namespace Dailies.Cuts;

/// <summary>Letters on cards and sheets: our own font, and where it lacks a letter one of the system's that has it. Not for several threads.</summary>
/// <remarks>Letters are drawn one by one from left to right: scripts that join letters or run the other way are legible at best. A letter that no font here has is a box.</remarks>
internal sealed class Lettering : IDisposable
{
    private readonly SKTypeface _own;
    private readonly SKFont _letters;
    private readonly Dictionary<int, SKTypeface> _others = [];

    public Lettering()
    {
        _own = Load();
        _letters = new SKFont(_own);
    }

    /// <summary>How wide a line is, px. <paramref name="size"/> in px.</summary>
    public float Measure(string text, float size)
    {
        var width = 0f;
        foreach (var (part, face) in Parts(text))
        {
            using var font = new SKFont(face, size);
            width += font.MeasureText(part);
        }

        return width;
    }

    /// <summary>Draws a line from the left end of its baseline. The text must be <see cref="CardText.Plain"/>.</summary>
    public void Draw(SKCanvas canvas, string text, float x, float y, float size, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        foreach (var (part, face) in Parts(text))
        {
            using var font = new SKFont(face, size) { Edging = SKFontEdging.Antialias, Subpixel = true };
            canvas.DrawText(part, x, y, SKTextAlign.Left, font, paint);
            x += font.MeasureText(part);
        }
    }

    public void Dispose()
    {
        foreach (var face in _others.Values.Distinct().Where(f => f != _own))
        {
            face.Dispose();
        }

        _letters.Dispose();
        _own.Dispose();
    }

    // Neighbours of one font together.
    private List<(string Text, SKTypeface Face)> Parts(string text)
    {
        var parts = new List<(string Text, SKTypeface Face)>();
        foreach (var rune in text.EnumerateRunes())
        {
            var face = FaceOf(rune);
            if (parts.Count > 0 && parts[^1].Face == face)
            {
                parts[^1] = (parts[^1].Text + rune, face);
            }
            else
            {
                parts.Add((rune.ToString(), face));
            }
        }

        return parts;
    }

    private SKTypeface FaceOf(Rune rune)
    {
        if (_letters.ContainsGlyph(rune.Value))
        {
            return _own;
        }

        if (!_others.TryGetValue(rune.Value, out var face))
        {
            face = SKFontManager.Default.MatchCharacter(rune.Value) ?? _own;
            _others.Add(rune.Value, face);
        }

        return face;
    }

    // SkiaSharp without fontconfig may see no system fonts: we bring ours (src/Fonts, OFL.txt).
    private static SKTypeface Load()
    {
        using var stream = typeof(Lettering).Assembly.GetManifestResourceStream("card-font")!;
        return SKTypeface.FromStream(stream);
    }
}
