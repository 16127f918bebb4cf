using System.Buffers.Binary;
using System.Numerics;

namespace Dailies.Takes;

/// <summary>Whether a file is as long as it says of itself. Decoders often take a file that was cut off for a shorter one, ffprobe without a word for GIF:
/// a video that lost its end must not pass for one of fewer frames.</summary>
internal static class FileEnd
{
    private const string Shorter = "is torn: shorter than it says itself";
    private const int Tail = 64 * 1024;
    private static readonly byte[] PngEnd = [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82];

    /// <summary>What is wrong with the file's end; null when it is whole, and for formats that do not say.</summary>
    public static string? Fault(string path)
    {
        using var file = File.OpenRead(path);
        var head = Read(file, 0, FileSignature.Length);
        return FileSignature.IsPng(head) ? Last(file).AsSpan().IndexOf(PngEnd) >= 0 ? null : "is torn (no end mark)"
            : FileSignature.IsGif(head) ? Last(file).AsSpan().TrimEnd((byte)0) is [.., 0x3B] ? null : "is torn (no end mark)"
            : FileSignature.IsRiff(head) ? head.Length >= 8 && BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4)) + 8L <= file.Length ? null : Shorter
            : FileSignature.IsBoxes(head) ? BoxesFit(file) ? null : Shorter
            : FileSignature.IsMatroska(head) ? SegmentFits(file) ? null : Shorter
            : null;
    }

    // size (4, big-endian) · name (4) · content; size 1: the true size in the next 8 bytes; size 0: up to the end of the file.
    private static bool BoxesFit(FileStream file)
    {
        for (long at = 0; at + 8 <= file.Length;)
        {
            var box = Read(file, at, 16);
            var size = (long)BinaryPrimitives.ReadUInt32BigEndian(box);
            size = size == 1 && box.Length == 16 ? BinaryPrimitives.ReadInt64BigEndian(box.AsSpan(8)) : size;
            if (size is 0)
            {
                return true;
            }

            if (size < 8 || size > file.Length - at)
            {
                return false;
            }

            at += size;
        }

        return true;
    }

    // EBML header, then the segment: id 18 53 80 67, its size as a number whose leading zero bits tell its length; all ones: not known.
    private static bool SegmentFits(FileStream file)
    {
        var (header, begin) = Number(file, 4);
        if (header is null)
        {
            return true;
        }

        var (size, content) = Number(file, begin + header.Value + 4);
        return size is null || size <= file.Length - content;
    }

    private static (long? Value, long Behind) Number(FileStream file, long at)
    {
        var bytes = Read(file, at, 8);
        var length = bytes.Length == 0 || bytes[0] == 0 ? 0 : BitOperations.LeadingZeroCount(bytes[0]) - 23;
        if (length == 0 || length > bytes.Length)
        {
            return (null, at);
        }

        var value = bytes[..length].Aggregate(0L, (sum, b) => (sum << 8) | b) & ((1L << (7 * length)) - 1);
        return (value == (1L << (7 * length)) - 1 ? null : value, at + length);
    }

    private static byte[] Last(FileStream file) => Read(file, Math.Max(0, file.Length - Tail), Tail);

    private static byte[] Read(FileStream file, long at, int count)
    {
        if (at < 0 || at >= file.Length)
        {
            return [];
        }

        var bytes = new byte[Math.Min(count, file.Length - at)];
        file.Seek(at, SeekOrigin.Begin);
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The first bytes of a file.</summary>
    public static byte[] Head(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file, 0, FileSignature.Length);
    }
}
