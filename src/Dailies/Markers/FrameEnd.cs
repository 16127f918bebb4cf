namespace Dailies.Markers;

/// <summary>Whether a frame has its end. A renderer that died in mid-write leaves a PNG under its final name that never grows again (comfyui/contract.md §8): it would look stable for ever.</summary>
internal static class FrameEnd
{
    // Some programs append a little of their own behind the end.
    private const int Tail = 4096;

    /// <summary>The first PNG without its end chunk, or null. Reads the last bytes of each; other formats have no end that can be told without decoding.</summary>
    public static string? FirstWithout(string folder, IEnumerable<string> frames) =>
        frames.FirstOrDefault(f => f.EndsWith(".png", StringComparison.OrdinalIgnoreCase) && !HasEnd(Path.Combine(folder, f)));

    /// <summary>Whether the last bytes of a PNG hold its end chunk: <c>IEND</c> and that chunk's checksum.</summary>
    public static bool IsPngEnd(ReadOnlySpan<byte> tail) => tail.IndexOf((ReadOnlySpan<byte>)[(byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82]) >= 0;

    private static bool HasEnd(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        Span<byte> tail = stackalloc byte[(int)Math.Min(file.Length, Tail)];
        file.Seek(-tail.Length, SeekOrigin.End);
        return IsPngEnd(tail[..file.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false)]);
    }
}
