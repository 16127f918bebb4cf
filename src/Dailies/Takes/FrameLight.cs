using System.Runtime.InteropServices;
using Dailies.Contract;

namespace Dailies.Takes;

/// <summary>The light of one frame: mean and variance of luma, whether every pixel is black, and a fingerprint of its pixels (of this process only).</summary>
internal sealed record FrameLight(double Mean, double Variance, bool Black, int Fingerprint)
{
    // More samples change neither figure by what a gate would notice.
    private const int MostSamples = 65_536;
    private const uint OpaqueBlack = 0xFF000000;

    /// <summary>Reads 32-bit BGRA pixels.</summary>
    public static FrameLight Of(ReadOnlySpan<byte> bgra)
    {
        var pixels = MemoryMarshal.Cast<byte, uint>(bgra);
        var stride = Math.Max(1, pixels.Length / MostSamples);
        long sum = 0, squares = 0, count = 0;
        for (var i = 0; i < pixels.Length; i += stride)
        {
            var p = pixels[i];
            var luma = ((77 * ((p >> 16) & 255)) + (150 * ((p >> 8) & 255)) + (29 * (p & 255))) >> 8;
            sum += luma;
            squares += luma * luma;
            count++;
        }

        var mean = count == 0 ? 0 : (double)sum / count;
        var hash = default(HashCode);
        hash.AddBytes(bgra);
        return new FrameLight(mean, count == 0 ? 0 : ((double)squares / count) - (mean * mean), pixels.IndexOfAnyExcept(OpaqueBlack) < 0, hash.ToHashCode());
    }

    /// <summary>A take's content from its frames in order; null without any.</summary>
    public static TakeContent? Sum(IReadOnlyList<FrameLight> frames) => frames.Count == 0 ? null : new TakeContent(
        Math.Round(frames.Average(f => f.Mean), 1),
        Math.Round(frames.Average(f => f.Variance), 1),
        Math.Round(frames.Min(f => f.Mean), 1),
        Math.Round(frames.Max(f => f.Mean), 1),
        frames.Count == 1 ? 0 : Math.Round(frames.Zip(frames.Skip(1)).Count(p => p.First.Fingerprint == p.Second.Fingerprint) / (frames.Count - 1.0), 3),
        frames.All(f => f.Black));
}
