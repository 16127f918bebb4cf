namespace Dailies.Contract;

/// <summary>Writes a file so that a reader, or a power cut, sees the old one or the new one whole: temp file beside it, flushed to disk, renamed.</summary>
public static class AtomicFile
{
    /// <summary>What a half-written file is called; readers skip it.</summary>
    public const string TempSuffix = ".partial";

    /// <summary>Writes all bytes. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>; the old file then stands untouched.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temp = path + TempSuffix;
        using (var file = new FileStream(temp, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(temp, path, overwrite: true);
    }

    /// <summary>Copies a file, whole or not at all. Throws as <see cref="Write"/> does.</summary>
    public static void Copy(string source, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temp = path + TempSuffix;
        File.Copy(source, temp, overwrite: true);
        using (var file = new FileStream(temp, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            file.Flush(flushToDisk: true);
        }

        File.Move(temp, path, overwrite: true);
    }
}
