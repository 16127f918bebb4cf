using Dailies.Contract;

namespace Dailies.Markers;

/// <summary>A marker as it lies on disk.</summary>
/// <param name="Path">Where.</param>
/// <param name="Written">When the file was last written, by the clock of the disk that it lies on.</param>
/// <param name="Content">What it says; null where it can't be read as a marker.</param>
/// <param name="Fault">Why not.</param>
public sealed record MarkerFile(string Path, DateTime Written, DoneMarker? Content, string? Fault = null)
{
    /// <summary>Reads the marker of a prefix; null where there is none. A link, a pipe or a device is none that we read.</summary>
    /// <remarks>Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> where it is there and can't be opened.</remarks>
    public static MarkerFile? Read(string folder, string prefix)
    {
        var file = new FileInfo(System.IO.Path.Combine(folder, DoneMarker.FileName(prefix)));
        if (!file.Exists)
        {
            return null;
        }

        // A pipe and a device have no length, and opening them may never end.
        if (file.LinkTarget is not null || file.Length is 0 or > DoneMarker.MostBytes)
        {
            return new MarkerFile(file.FullName, file.LastWriteTimeUtc, null, file.LinkTarget is not null ? "a link" : $"{file.Length} bytes");
        }

        try
        {
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[DoneMarker.MostBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return DoneMarker.TryRead(bytes.AsMemory(0, length), out var content, out var fault)
                ? new MarkerFile(file.FullName, file.LastWriteTimeUtc, content)
                : new MarkerFile(file.FullName, file.LastWriteTimeUtc, null, fault);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether a marker speaks of exactly these frames: as many, and none written after it. What it doesn't say can't be wrong, but a count it must have.</summary>
    public bool Fits(FrameSequence frames) => Content is { FrameCount: { } count } && count == frames.Frames && Written >= frames.Newest;
}
