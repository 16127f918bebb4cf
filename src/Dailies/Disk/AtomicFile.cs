using Dailies.Contract;

namespace Dailies.Disk;

/// <summary>Writes a file so that a reader, or a power cut, sees the old one or the new one whole: temp file beside it, flushed to disk, renamed, folder synced.
/// Every rename of a run goes through here.</summary>
public static class AtomicFile
{
    /// <summary>What a half-written file is called; readers skip it.</summary>
    public const string TempSuffix = ".partial";

    /// <summary>Writes all bytes. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>; the old file then stands untouched.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        Folder.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temp = path + TempSuffix;
        using (SideEffects.OnFile(SideEffects.Write, path))
        {
            using var file = new FileStream(temp, FileMode.Create, FileAccess.Write, FileShare.None);
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        Publish(temp, path);
    }

    /// <summary>Copies a file, whole or not at all. Throws as <see cref="Write"/> does.</summary>
    public static void Copy(string source, string path)
    {
        Folder.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temp = path + TempSuffix;
        using (SideEffects.OnFile(SideEffects.Write, path))
        {
            File.Copy(source, temp, overwrite: true);
            Flush(temp);
        }

        Publish(temp, path);
    }

    /// <summary>Brings a file that another program wrote to disk.</summary>
    public static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Gives a flushed temp file its name, for good: after this a power cut does not take it back.</summary>
    public static void Publish(string temp, string path)
    {
        Rename(temp, path);
        Folder.Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Gives a flushed temp file its name. For many files of one folder: call <see cref="Folder.Sync"/> once, after the last.</summary>
    public static void Rename(string temp, string path)
    {
        using var span = SideEffects.OnFile(SideEffects.Rename, path);
        File.Move(temp, path, overwrite: true);
    }
}
