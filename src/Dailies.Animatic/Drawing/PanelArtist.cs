using SkiaSharp;
namespace Dailies.Animatic.Drawing;

/// <summary>Draws the panels of one shot.</summary>
internal sealed class PanelArtist(Shot shot, ShotNotes notes) : IFrameArtist
{
    public byte[] Draw(int index)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(shot.Width, shot.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(new SKColor((byte)index, (byte)shot.Seed, (byte)notes.Title.Length));
        return PngEncoding.Encode(bitmap);
    }
    public void Dispose() { }
}
