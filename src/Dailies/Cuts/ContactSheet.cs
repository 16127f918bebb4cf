using System.Globalization;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Takes;
using SkiaSharp;

namespace Dailies.Cuts;

/// <summary>What stands above the pictures.</summary>
/// <param name="Title">The story's; any text.</param>
/// <param name="Words">Of the run; any text.</param>
internal sealed record SheetHead(string Title, string Words);

/// <summary>Draws a run at one look: for each scene the picture from the middle of its take, or why it has none. Needs no ffmpeg but for takes that are videos.</summary>
internal sealed class ContactSheet(VideoTools tools, TimeProvider clock)
{
    private static readonly SKColor Ground = new(0xFF0E0F11);
    // A third of the time of the smallest file, which is a tenth smaller.
    private static readonly SKPngEncoderOptions Quick = new(SKPngEncoderFilterFlags.Sub, 3);
    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>Draws and publishes every page. Throws for cancellation and for a disk that fails.</summary>
    /// <param name="run">The run.</param>
    /// <param name="scenes">In story order; one or more.</param>
    /// <param name="head">What stands above.</param>
    /// <param name="progress">Told how many scenes of how many are drawn.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<ContactSheetRecord> DrawAsync(RunFolder run, IReadOnlyList<CutScene> scenes, SheetHead head, Action<int, int> progress, CancellationToken cancel)
    {
        using var letters = new Lettering();
        var plan = SheetPlan.Of(scenes.Count, Aspect(scenes));
        var middle = new MiddleFrame(run, tools, clock);
        for (var page = 0; page < plan.Pages; page++)
        {
            using var surface = SKSurface.Create(new SKImageInfo(plan.Width, plan.Height(page), SKColorType.Bgra8888, SKAlphaType.Opaque));
            surface.Canvas.Clear(Ground);
            Head(surface.Canvas, plan, letters, head, page);
            foreach (var cell in plan.CellsOf(page))
            {
                cancel.ThrowIfCancellationRequested();
                progress(cell, scenes.Count);
                var (picture, why) = await middle.OfAsync(scenes[cell], cancel);
                using (picture)
                {
                    new SheetCell(surface.Canvas, plan, letters).Draw(plan.Thumb(cell), scenes[cell], picture, why, Smooth);
                }
            }

            using var pixels = surface.PeekPixels() ?? throw new InvalidOperationException("no memory for the page");
            using var png = pixels.Encode(Quick) ?? throw new InvalidOperationException("no memory for the page");
            AtomicFile.Write(run.At(RunFolder.ContactSheet(page + 1)), png.AsSpan());
        }

        string[] pages = [.. Enumerable.Range(1, plan.Pages).Select(RunFolder.ContactSheet)];
        return new ContactSheetRecord(pages[0], pages, VideoRecord.Complete, Stamp.Of(clock), null);
    }

    /// <summary>A record of a sheet that is not there.</summary>
    public ContactSheetRecord Missing(string why) => new(null, [], VideoRecord.Missing, Stamp.Of(clock), why);

    private static void Head(SKCanvas canvas, SheetPlan plan, Lettering letters, SheetHead head, int page)
    {
        const float large = 38, small = 22;
        var room = plan.Width - (2 * SheetPlan.Margin);
        letters.Draw(canvas, CardText.Line(head.Title, room, t => letters.Measure(t, large)), SheetPlan.Margin, 74, large, CardPainter.Chalk);
        var words = plan.Pages == 1 ? head.Words : string.Create(CultureInfo.InvariantCulture, $"page {page + 1} of {plan.Pages}  ·  {head.Words}");
        letters.Draw(canvas, CardText.Line(words, room, t => letters.Measure(t, small)), SheetPlan.Margin, 116, small, CardPainter.Dim);
    }

    // Of the size that most takes have.
    private static double Aspect(IReadOnlyList<CutScene> scenes) =>
        scenes.Select(s => s.Files is [{ Width: > 0, Height: > 0 } file, ..] ? Math.Round(file.Width / (double)file.Height, 3) : 0).Where(a => a > 0)
            .GroupBy(a => a).OrderByDescending(g => g.Count()).Select(g => g.Key).FirstOrDefault(16 / 9.0);
}
