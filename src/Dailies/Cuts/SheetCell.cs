using System.Globalization;
using SkiaSharp;

namespace Dailies.Cuts;

/// <summary>One scene on a contact sheet.</summary>
internal sealed class SheetCell(SKCanvas canvas, SheetPlan plan, Lettering letters)
{
    private readonly float _small = Math.Max(16, plan.TitleSize * 0.8f);

    /// <summary>Draws the picture, or why there is none, and two lines below it.</summary>
    public void Draw(SKRectI thumb, CutScene scene, SKImage? picture, string? why, SKSamplingOptions sampling)
    {
        using var board = new SKPaint { Color = CardPainter.Board };
        canvas.DrawRect(thumb, board);
        if (picture is not null)
        {
            var fit = Takes.StillMove.Fit(picture.Width, picture.Height, thumb.Width, thumb.Height);
            fit.Offset(thumb.Left, thumb.Top);
            canvas.DrawImage(picture, fit, sampling);
        }
        else
        {
            Why(thumb, scene, why ?? "");
        }

        var y = thumb.Bottom + (plan.TitleSize * 1.25f);
        var name = CardText.Line(Name(scene), thumb.Width * 0.5f, t => letters.Measure(t, plan.TitleSize));
        letters.Draw(canvas, name, thumb.Left, y, plan.TitleSize, CardPainter.Dim);
        var x = letters.Measure(name, plan.TitleSize) + (plan.TitleSize * 0.5f);
        letters.Draw(canvas, CardText.Line(scene.Title, thumb.Width - x, t => letters.Measure(t, plan.TitleSize)), thumb.Left + x, y, plan.TitleSize, CardPainter.Chalk);
        letters.Draw(canvas, CardText.Line(Facts(scene), thumb.Width, t => letters.Measure(t, _small)), thumb.Left, y + (_small * 1.4f), _small, CardPainter.Dim);
    }

    /// <summary>The scene's id and its label, where that says something else than its place in the story. Pure.</summary>
    public static string Name(CutScene scene) =>
        string.IsNullOrWhiteSpace(scene.Label) || scene.SceneId.EndsWith($"-{scene.Label.PadLeft(3, '0')}", StringComparison.Ordinal) ? scene.SceneId : $"{scene.SceneId} · {scene.Label}";

    /// <summary>The second line: frames, duration, attempt. Pure.</summary>
    public static string Facts(CutScene scene) => string.Join(" · ", new[]
    {
        !scene.HasTake ? null : scene.Source == Contract.FrameSource.Still ? "still" : scene.FrameCount == 1 ? "1 frame" : string.Create(CultureInfo.InvariantCulture, $"{scene.FrameCount} frames"),
        scene.HasTake && scene.Source != Contract.FrameSource.Still ? CardPainter.Duration(scene) : null,
        scene.Attempt is { } n ? string.Create(CultureInfo.InvariantCulture, $"attempt {n}") : "not attempted",
    }.Where(p => p is not null));

    // A bar at the side, red where something went wrong, so that an eye that runs over a thousand pictures stops there.
    private void Why(SKRectI thumb, CutScene scene, string why)
    {
        var (large, step, left) = (plan.TitleSize * 1.1f, _small * 1.35f, thumb.Left + (plan.TitleSize * 1.1f));
        using var bar = new SKPaint { Color = CardPainter.Ink(scene, scene.Kind) };
        canvas.DrawRect(SKRect.Create(thumb.Left, thumb.Top, 6, thumb.Height), bar);
        var room = thumb.Right - left - (plan.TitleSize * 0.6f);
        var y = thumb.Top + (large * 1.9f);
        letters.Draw(canvas, CardText.Line(CardPainter.Heading(scene, scene.Kind), room, t => letters.Measure(t, large)), left, y, large, CardPainter.Ink(scene, scene.Kind));
        var most = Math.Max(1, (int)((thumb.Bottom - y - (step * 0.6f)) / step));
        foreach (var line in CardText.Wrap(why, room, most, t => letters.Measure(t, _small)))
        {
            y += step;
            letters.Draw(canvas, line, left, y, _small, CardPainter.Chalk);
        }
    }
}
