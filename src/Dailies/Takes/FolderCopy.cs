using System.Security.Cryptography;
using Dailies.Contract;
using Dailies.Disk;

namespace Dailies.Takes;

/// <summary>Copies a set of files out of the station's output folder into the run folder: hashed on the way, published by rename. The originals are only read.</summary>
internal static class FolderCopy
{
    private const int Chunk = 128 * 1024;

    /// <summary>The files as they arrived, or why one could not be read. Throws <see cref="IOException"/> only for our own disk.</summary>
    public static async Task<(IReadOnlyList<TakeFile> Files, string? Problem)> CopyAsync(FolderSet set, string folder, CancellationToken cancel)
    {
        Folder.Create(folder);
        var arrived = new List<TakeFile>();
        foreach (var file in set.Files)
        {
            if (WireFileName.Safe(file.Name) is null)
            {
                return (arrived, $"a file name that is refused: {file.Name}");
            }

            var (copy, problem) = await CopyAsync(Path.Combine(set.Folder, file.Name), Path.Combine(folder, file.Name), cancel);
            if (copy is null)
            {
                return (arrived, problem);
            }

            arrived.Add(copy);
        }

        Folder.Sync(folder);
        return (arrived, null);
    }

    private static async Task<(TakeFile? File, string? Problem)> CopyAsync(string from, string to, CancellationToken cancel)
    {
        var temp = to + AtomicFile.TempSuffix;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        using (SideEffects.OnFile(SideEffects.Fetch, to))
        {
            if (Open(from, out var fault) is not { } opened)
            {
                return (null, fault);
            }

            await using var source = opened;
            await using var target = new FileStream(temp, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var buffer = new byte[Chunk];
            for (int read; (read = await ReadAsync(source, buffer, cancel)) != 0; bytes += read)
            {
                if (read < 0)
                {
                    return (null, $"{Path.GetFileName(from)} could not be read to its end");
                }

                hash.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), cancel);
            }

            target.Flush(flushToDisk: true);
        }

        AtomicFile.Rename(temp, to);
        return (new TakeFile(Path.GetFileName(to), bytes, Convert.ToHexStringLower(hash.GetHashAndReset())), null);
    }

    private static FileStream? Open(string path, out string fault)
    {
        try
        {
            fault = "";
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault = $"{Path.GetFileName(path)} can't be opened: {e.Message}";
            return null;
        }
    }

    // -1: the station's disk failed, or its share is gone. Ours fails in the write, and that is another matter.
    private static async Task<int> ReadAsync(FileStream source, byte[] buffer, CancellationToken cancel)
    {
        try
        {
            return await source.ReadAsync(buffer, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return -1;
        }
    }
}
