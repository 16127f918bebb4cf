using System.Buffers.Binary;
using System.Text;

namespace Dailies.Animatic.Files;

/// <summary>Adds tEXt chunks to a PNG, where ComfyUI puts the graph and extra_pnginfo.</summary>
internal static class PngText
{
    // Signature (8 bytes) and IHDR (4 length, 4 type, 13 data, 4 checksum): text goes right behind them.
    private const int AfterHeader = 33;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    /// <summary>Writes the PNG with the texts to the stream. Keys and texts are Latin-1; JSON escaped to ASCII is.</summary>
    public static void Write(Stream to, ReadOnlySpan<byte> png, IEnumerable<KeyValuePair<string, string>> texts)
    {
        to.Write(png[..AfterHeader]);
        foreach (var (key, text) in texts)
        {
            to.Write(Chunk(key, text));
        }

        to.Write(png[AfterHeader..]);
    }

    // length (4, big-endian) · "tEXt" · key · 0 · text · CRC-32 of all but the length
    private static byte[] Chunk(string key, string text)
    {
        var data = Encoding.Latin1.GetBytes($"tEXt{key}\0{text}");
        var chunk = new byte[data.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length - 4);
        data.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 4), Crc(data));
        return chunk;
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc = Table[(crc ^ b) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint Entry(int n)
    {
        var c = (uint)n;
        for (var bit = 0; bit < 8; bit++)
        {
            c = (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
        }

        return c;
    }
}
