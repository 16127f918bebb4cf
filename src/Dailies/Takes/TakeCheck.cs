using System.Security.Cryptography;
using Dailies.Contract;

namespace Dailies.Takes;

/// <summary>Whether the files of a take are still what was recorded: by checksum, never by "the file exists".</summary>
public static class TakeCheck
{
    /// <summary>The first file that is gone or changed, in words; null when all are whole. Reads every byte. A file that can't be read counts as changed.</summary>
    public static string? Damage(RunFolder run, IReadOnlyList<FrameRecord> files) => files
        .AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Min(4, Environment.ProcessorCount))
        .Select(f => Damage(run.At(f.File), f)).FirstOrDefault(d => d is not null);

    private static string? Damage(string path, FrameRecord file)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return stream.Length != file.Bytes ? $"{file.File} has {stream.Length} bytes, not {file.Bytes}"
                : Convert.ToHexStringLower(SHA256.HashData(stream)) != file.Sha256 ? $"{file.File} is not what was fetched"
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return $"{file.File} is gone";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{file.File} can't be read: {e.Message}";
        }
    }
}
