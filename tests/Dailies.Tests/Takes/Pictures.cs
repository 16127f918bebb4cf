using SkiaSharp;

namespace Dailies.Tests.Takes;

/// <summary>Real pictures, made here.</summary>
internal static class Pictures
{
    public static byte[] Make(SKEncodedImageFormat format, int width = 64, int height = 48, int seed = 1)
    {
        using var bitmap = new SKBitmap(width, height);
        var random = new Random(seed);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                bitmap.SetPixel(x, y, new SKColor((byte)random.Next(256), (byte)(x * 3), (byte)(y * 5)));
            }
        }

        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    public static byte[] Png(int width = 64, int height = 48, int seed = 1) => Make(SKEncodedImageFormat.Png, width, height, seed);
}
