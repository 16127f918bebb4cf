using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dailies.Animatic;

/// <summary>Whether a fault that strikes by chance strikes this time. Pure: the same seed, fault and time always give the same answer.</summary>
internal static class FaultChance
{
    /// <summary><paramref name="time"/> names the time: a prompt, or the number of an answer.</summary>
    public static bool Strikes(int percent, long seed, FaultKind kind, string time)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"{seed}\n{FaultCatalog.Of(kind).Name}\n{time}");
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(words))) % 100 < (ulong)percent;
    }
}
