using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dailies.Workflows;

/// <summary>Seeds that anybody can compute again from a story, a scene and an attempt. Pure.</summary>
public static class SeedDerivation
{
    /// <summary>The seed of an attempt: the first four bytes, big-endian, of SHA-256 over <c>story\nscene\nattempt</c> in UTF-8.</summary>
    /// <returns>0 to 2^32 − 1.</returns>
    public static ulong Derive(string storyId, string sceneId, int attempt)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{storyId}\n{sceneId}\n{attempt}");
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The seed, folded into the range that a node allows; a seed inside it stays as it is.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="min">Least allowed.</param>
    /// <param name="max">Highest allowed; below <paramref name="min"/> gives <paramref name="min"/>.</param>
    public static ulong Narrow(ulong seed, ulong min, ulong max)
    {
        if (max <= min)
        {
            return min;
        }

        // The full range has 2^64 values, which do not fit; but no seed is outside it either.
        return seed >= min && seed <= max ? seed : min + (seed % (max - min + 1));
    }
}
