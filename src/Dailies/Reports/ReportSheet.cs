using Dailies.Contract;
using SkiaSharp;

namespace Dailies.Reports;

/// <summary>The contact sheet small enough to travel inside a report.</summary>
internal static class ReportSheet
{
    /// <summary>What all pages together may take, bytes; as text in the page that is a third more.</summary>
    public const int MostBytes = 1_200_000;

    /// <summary>More pages would each be too small to see anything.</summary>
    public const int MostPages = 6;

    private const long MostPixels = 120_000_000;
    private static readonly (int Width, int Quality)[] Steps = [(1600, 82), (1600, 70), (1280, 70), (1000, 66), (800, 60), (640, 50)];
    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>Pages as JPEG, the first ones first, as many as fit; a page that is gone or can't be read is passed over.</summary>
    public static IReadOnlyList<byte[]> Read(RunFolder run, int pages)
    {
        var (found, room, last) = (new List<byte[]>(), MostBytes, Math.Min(pages, MostPages));
        for (var page = 1; page <= last; page++)
        {
            if (Page(run.At(RunFolder.ContactSheet(page)), room / (last - page + 1)) is { } picture)
            {
                found.Add(picture);
                room -= picture.Length;
            }
        }

        return found;
    }

    private static byte[]? Page(string path, int most)
    {
        try
        {
            using var codec = SKCodec.Create(path);
            if (codec is null || (long)codec.Info.Width * codec.Info.Height is 0 or > MostPixels)
            {
                return null;
            }

            using var bitmap = SKBitmap.Decode(codec);
            using var image = bitmap is null ? null : SKImage.FromBitmap(bitmap);
            return image is null ? null : Steps.Select(s => Encode(image, s.Width, s.Quality)).FirstOrDefault(b => b.Length <= most);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static byte[] Encode(SKImage image, int width, int quality)
    {
        var size = new SKImageInfo(Math.Min(width, image.Width), Math.Max(1, (int)((long)image.Height * Math.Min(width, image.Width) / image.Width)), SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var small = new SKBitmap(size);
        using var canvas = new SKCanvas(small);
        canvas.DrawImage(image, SKRect.Create(size.Width, size.Height), Smooth);
        canvas.Flush();
        using var jpeg = small.Encode(SKEncodedImageFormat.Jpeg, quality);
        return jpeg.ToArray();
    }
}
