using System.Buffers.Binary;

namespace Dailies.Takes;

/// <summary>What a file is by its first bytes, whatever it is called. Pure.</summary>
internal static class FileSignature
{
    /// <summary>As many bytes as any signature here needs.</summary>
    public const int Length = 16;

    /// <summary>The name of a picture's format that Skia has no decoder for: such a file can't be called bad because we can't read it. Null for every other.</summary>
    public static string? Foreign(ReadOnlySpan<byte> head) => head switch
    {
        [0x76, 0x2F, 0x31, 0x01, ..] => "OpenEXR",
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => "TIFF",
        [0xFF, 0x0A, ..] or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', ..] => "JPEG XL",
        [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] => "JPEG 2000",
        [(byte)'S', (byte)'D', (byte)'P', (byte)'X', ..] or [(byte)'X', (byte)'P', (byte)'D', (byte)'S', ..] => "DPX",
        _ when head.StartsWith("#?RADIANCE"u8) || head.StartsWith("#?RGBE"u8) => "Radiance HDR",
        _ when Brand(head) is var brand && (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8)) => "AVIF",
        _ when Brand(head) is var brand && (brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8)) => "HEIF",
        _ => null,
    };

    public static bool IsPng(ReadOnlySpan<byte> head) => head is [0x89, (byte)'P', (byte)'N', (byte)'G', ..];

    public static bool IsGif(ReadOnlySpan<byte> head) => head.StartsWith("GIF8"u8);

    /// <summary>WebP and AVI.</summary>
    public static bool IsRiff(ReadOnlySpan<byte> head) => head.StartsWith("RIFF"u8);

    /// <summary>MP4, MOV, AVIF, HEIF: boxes one behind the other.</summary>
    public static bool IsBoxes(ReadOnlySpan<byte> head) => head.Length >= 8 && head[4..8].SequenceEqual("ftyp"u8);

    /// <summary>WebM and MKV.</summary>
    public static bool IsMatroska(ReadOnlySpan<byte> head) => head.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(head) == 0x1A45DFA3;

    // size (4) · "ftyp" · major brand (4)
    private static ReadOnlySpan<byte> Brand(ReadOnlySpan<byte> head) => IsBoxes(head) && head.Length >= 12 ? head[8..12] : [];
}
