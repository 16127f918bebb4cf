namespace Dailies.Settings;

/// <summary>Reads small files that people write. Bounded by what arrives, since a device has no length and a link may lead to one.</summary>
internal static class BoundedFile
{
    /// <summary>The content, or null where there is more than <paramref name="most"/> bytes. Throws what opening a file throws.</summary>
    public static byte[]? Read(string path, int most)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.CanSeek && file.Length > most)
        {
            return null;
        }

        var buffer = new byte[(file.CanSeek && file.Length > 0 ? (int)file.Length : most) + 1];
        var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return length > most ? null : buffer[..length];
    }
}
