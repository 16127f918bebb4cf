using System.Globalization;
using Dailies.Contract;
using SkiaSharp;

namespace Dailies.Cuts;

/// <summary>Draws the film's cards: the slate of a scene, and the card that says why there is nothing to see.</summary>
internal sealed class CardPainter(Lettering letters)
{
    /// <summary>The colours of cards and sheets.</summary>
    public static readonly SKColor Board = new(0xFF17181B), Chalk = new(0xFFF1EDE2), Dim = new(0xFF9B978C), Red = new(0xFFE0563F);

    /// <summary>The slate of a scene.</summary>
    public void Slate(SKCanvas canvas, int width, int height, CutScene scene)
    {
        var sheet = Begin(canvas, width, height);
        Text(canvas, sheet, scene.SceneId, 1.5f, 2.75f, Chalk);
        Lines(canvas, sheet, CardText.Wrap(scene.Title, sheet.Room, 2, t => letters.Measure(t, 0.85f * sheet.Unit)), 0.85f, 4.3f, 1.15f, Chalk);
        Fields(canvas, sheet, [("LABEL", scene.Label), ("ATTEMPT", Number(scene.Attempt)), ("DURATION", Duration(scene)), ("SEED", Number(scene.Seed))]);
    }

    /// <summary>The card of a scene that can't be shown.</summary>
    public void Why(SKCanvas canvas, int width, int height, CutScene scene, CutShow.Card card)
    {
        var sheet = Begin(canvas, width, height);
        Text(canvas, sheet, scene.SceneId, 1.5f, 2.75f, Chalk);
        Lines(canvas, sheet, CardText.Wrap(scene.Title, sheet.Room, 1, t => letters.Measure(t, 0.75f * sheet.Unit)), 0.75f, 3.95f, 1, Dim);
        Text(canvas, sheet, Heading(scene, card.Kind), 0.8f, 5.3f, Ink(scene, card.Kind));
        Lines(canvas, sheet, CardText.Wrap(card.Why, sheet.Room, 4, t => letters.Measure(t, 0.55f * sheet.Unit)), 0.55f, 6.2f, 0.78f, Chalk);
    }

    /// <summary>What stands above the reason: that there is no take and its kind, that the run never came to it, or that there is a take and it can't be shown.</summary>
    public static string Heading(CutScene scene, string? kind) => scene.HasTake ? "Not shown" : kind is null ? "Not rendered" : $"No take: {kind}";

    /// <summary>Its colour: red where something went wrong with the scene.</summary>
    public static SKColor Ink(CutScene scene, string? kind) => scene.HasTake || kind is not null ? Red : Dim;

    /// <summary>How long it plays, in words.</summary>
    public static string? Duration(CutScene scene) => scene.Seconds is { } s ? $"{SummaryNumber.Text(Math.Round(s, 2))} s" : null;

    // A layout of 16 by 9 units for wide frames, of 11 by 9 for high ones, in the middle.
    private static Sheet Begin(SKCanvas canvas, int width, int height)
    {
        canvas.Clear(Board);
        var unit = Math.Min(width / 11f, height / 9f);
        var sheet = new Sheet(unit, Math.Max(0.8f * unit, Math.Min(unit, (width - (11 * unit)) / 2)), (height - (9 * unit)) / 2, width, height);
        Stripes(canvas, width, 0.55f * unit);
        return sheet;
    }

    // Black and white slanting stripes: nothing says "slate" faster.
    private static void Stripes(SKCanvas canvas, int width, float height)
    {
        using var white = new SKPaint { Color = Chalk, IsAntialias = true };
        canvas.Save();
        canvas.ClipRect(new SKRect(0, 0, width, height));
        for (var x = -height; x < width; x += height * 4)
        {
            using var stripe = new SKPathBuilder();
            stripe.AddPoly([new(x, height), new(x + height, 0), new(x + (height * 3), 0), new(x + (height * 2), height)], close: true);
            using var path = stripe.Detach();
            canvas.DrawPath(path, white);
        }

        canvas.Restore();
    }

    private void Text(SKCanvas canvas, Sheet sheet, string text, float size, float y, SKColor colour) =>
        Lines(canvas, sheet, [CardText.Line(text, sheet.Room, t => letters.Measure(t, size * sheet.Unit))], size, y, size, colour);

    private void Lines(SKCanvas canvas, Sheet sheet, IReadOnlyList<string> lines, float size, float y, float step, SKColor colour)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            letters.Draw(canvas, lines[i], sheet.Left, sheet.Top + ((y + (i * step)) * sheet.Unit), size * sheet.Unit, colour);
        }
    }

    // Side by side, as many as fit in a row; the last row stands at the foot.
    private void Fields(SKCanvas canvas, Sheet sheet, IReadOnlyList<(string Name, string? Value)> fields)
    {
        var (nameSize, valueSize, gap) = (0.36f * sheet.Unit, 0.55f * sheet.Unit, 0.8f * sheet.Unit);
        var rows = new List<List<(string Name, string Value, float X)>> { new() };
        var x = 0f;
        foreach (var (name, value) in fields.Where(f => !string.IsNullOrWhiteSpace(f.Value)))
        {
            var text = CardText.Line(value, sheet.Room, t => letters.Measure(t, valueSize));
            var width = Math.Max(letters.Measure(text, valueSize), letters.Measure(name, nameSize));
            if (x > 0 && x + width > sheet.Room)
            {
                rows.Add([]);
                x = 0;
            }

            rows[^1].Add((name, text, x));
            x += width + gap;
        }

        for (var row = 0; row < rows.Count; row++)
        {
            var y = sheet.Top + ((8.3f - ((rows.Count - 1 - row) * 1.3f)) * sheet.Unit);
            foreach (var (name, value, at) in rows[row])
            {
                letters.Draw(canvas, name, sheet.Left + at, y - (valueSize * 1.15f), nameSize, Dim);
                letters.Draw(canvas, value, sheet.Left + at, y, valueSize, Chalk);
            }
        }
    }

    private static string? Number(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);

    private sealed record Sheet(float Unit, float Left, float Top, int Width, int Height)
    {
        public float Room => Width - (2 * Left);
    }
}
