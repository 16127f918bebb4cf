namespace Dailies.Animatic.Drawing;

/// <summary>Draws the pictures of one batch, each as the bytes of a PNG.</summary>
internal interface IFrameArtist : IDisposable
{
    byte[] Draw(int index);
}
