namespace Dailies.Artifacts;

/// <summary>The checksum that a zip keeps of each file (CRC-32 of IEEE 802.3): .NET writes it, and does not compare it when it reads.</summary>
internal struct Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Row)];
    private uint inverted;

    /// <summary>Of all bytes so far.</summary>
    public readonly uint Value => inverted ^ uint.MaxValue;

    /// <summary>Of nothing.</summary>
    public Crc32() => inverted = uint.MaxValue;

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var crc = inverted;
        foreach (var b in bytes)
        {
            crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        inverted = crc;
    }

    private static uint Row(int index) => Enumerable.Range(0, 8).Aggregate((uint)index, (row, _) => (row & 1) == 1 ? 0xEDB88320 ^ (row >> 1) : row >> 1);
}
