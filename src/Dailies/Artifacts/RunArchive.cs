using System.IO.Compression;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Ledger;

namespace Dailies.Artifacts;

/// <summary>The zip of a run: written beside its name, read back whole, then named. Never more than a few buffers in memory.</summary>
public static class RunArchive
{
    private const int BufferBytes = 128 * 1024;
    private static readonly DateTimeOffset FirstZipTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LastZipTime = new(2107, 12, 31, 23, 59, 58, TimeSpan.Zero);

    // Packed by their own makers: packing them again costs time and saves nothing.
    private static readonly HashSet<string> Packed = new([".apng", ".avif", ".gif", ".jpeg", ".jpg", ".mkv", ".mov", ".mp4", ".png", ".webm", ".webp", ".zip"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a run that ends so is archived: a finished one always, a failed one where it has a take. A stopped one is going to be resumed.</summary>
    public static bool IsDue(RunState run) => run.State switch
    {
        RunStates.Finished => true,
        RunStates.Failed => run.Scenes.Values.Any(s => s.Accepted is not null),
        _ => false,
    };

    /// <summary>The archive's path as metadata and summary show it.</summary>
    public static string Shown(string archiveDir, string runId) => Path.Combine(archiveDir, RunFolder.Archive(runId)).Replace('\\', '/');

    /// <summary>Makes the archive at <paramref name="path"/>; an older one there is replaced. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>,
    /// or <see cref="OperationCanceledException"/>; then nothing is left of the new one, and the older one stands.</summary>
    public static void Make(RunFolder run, string path, bool frames, CancellationToken stop = default)
    {
        var entries = ArchiveContents.Of(run, frames);
        Folder.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temp = path + AtomicFile.TempSuffix;
        try
        {
            using (SideEffects.OnFile(SideEffects.Write, path))
            {
                Verify(temp, entries, Write(temp, entries, stop), stop);
            }

            AtomicFile.Publish(temp, path);
        }
        catch
        {
            File.Delete(temp);
            throw;
        }
    }

    private static List<uint> Write(string temp, IReadOnlyList<ArchiveEntry> entries, CancellationToken stop)
    {
        using var file = new FileStream(temp, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        var sums = new List<uint>(entries.Count);
        var buffer = new byte[BufferBytes];
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                var packed = zip.CreateEntry(entry.Name, Packed.Contains(Path.GetExtension(entry.Name)) ? CompressionLevel.NoCompression : CompressionLevel.Optimal);
                packed.LastWriteTime = ZipTime(entry.Path);
                using var content = packed.Open();
                sums.Add(Copy(entry, content, buffer, stop));
            }
        }

        file.Flush(flushToDisk: true);
        return sums;
    }

    // Opened only where it has bytes, and read no further than they went: a pipe has none, and a log may grow meanwhile.
    private static uint Copy(ArchiveEntry entry, Stream content, byte[] buffer, CancellationToken stop)
    {
        var crc = new Crc32();
        if (entry.Length == 0)
        {
            return crc.Value;
        }

        using var file = new FileStream(entry.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        for (var left = entry.Length; left > 0;)
        {
            stop.ThrowIfCancellationRequested();
            var read = file.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0)
            {
                throw new IOException($"{entry.Name} became shorter while it was archived");
            }

            crc.Add(buffer.AsSpan(0, read));
            content.Write(buffer, 0, read);
            left -= read;
        }

        return crc.Value;
    }

    /// <summary>Whether the archive at <paramref name="path"/> lists every entry, in order, with its length, and gives every byte back.
    /// Throws <see cref="IOException"/> with the first that it doesn't.</summary>
    internal static void Verify(string path, IReadOnlyList<ArchiveEntry> entries, IReadOnlyList<uint> sums, CancellationToken stop = default)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            if (zip.Entries.Count != entries.Count)
            {
                throw new IOException($"the archive lists {zip.Entries.Count} files instead of {entries.Count}");
            }

            var buffer = new byte[BufferBytes];
            foreach (var ((entry, sum), found) in entries.Zip(sums).Zip(zip.Entries))
            {
                if (found.FullName != entry.Name || found.Length != entry.Length || found.Crc32 != sum || ReadBack(found, buffer, stop) != sum)
                {
                    throw new IOException($"{entry.Name} did not arrive whole in the archive");
                }
            }
        }
        catch (InvalidDataException e)
        {
            throw new IOException($"the archive can't be read back: {e.Message}", e);
        }
    }

    private static uint ReadBack(ZipArchiveEntry entry, byte[] buffer, CancellationToken stop)
    {
        using var content = entry.Open();
        var crc = new Crc32();
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            stop.ThrowIfCancellationRequested();
            crc.Add(buffer.AsSpan(0, read));
        }

        return crc.Value;
    }

    private static DateTimeOffset ZipTime(string path)
    {
        var at = new DateTimeOffset(File.GetLastWriteTimeUtc(path));
        return at < FirstZipTime ? FirstZipTime : at > LastZipTime ? LastZipTime : at;
    }
}
