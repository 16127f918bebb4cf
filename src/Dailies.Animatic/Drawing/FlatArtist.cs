using SkiaSharp;

namespace Dailies.Animatic.Drawing;

/// <summary>Pictures of one colour, for EmptyImage.</summary>
internal sealed class FlatArtist(int width, int height, uint colour) : IFrameArtist
{
    private byte[]? _png;

    public byte[] Draw(int index) => _png ??= Encode();

    public void Dispose() => _png = null;

    private byte[] Encode()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(new SKColor(colour | 0xFF000000));
        return PngEncoding.Encode(bitmap);
    }
}
