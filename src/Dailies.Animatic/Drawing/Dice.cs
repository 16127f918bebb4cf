using System.Text;

namespace Dailies.Animatic.Drawing;

/// <summary>Chance that falls the same way every time: SplitMix64 over a seed and a name.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public Dice(ulong seed, string name)
        : this(seed ^ Hash(name))
    {
    }

    public float Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 40) / (float)(1 << 24);
    }

    public float Between(float from, float to) => from + ((to - from) * Next());

    public T Pick<T>(IReadOnlyList<T> from) => from[Math.Min(from.Count - 1, (int)(Next() * from.Count))];

    // FNV-1a, 64 bits.
    public static ulong Hash(string text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ b) * 0x100000001B3;
        }

        return hash;
    }
}
