using System.Globalization;
using System.Text.RegularExpressions;

namespace Dailies.Telemetry;

/// <summary>One card of this machine as nvidia-smi tells it. Memory in bytes, null where it does not say.</summary>
internal sealed partial record SmiCard(int Index, string Uuid, string Name, long? Total, long? Free)
{
    /// <summary>The columns that <see cref="Read"/> expects, as nvidia-smi names them.</summary>
    public const string Columns = "index,uuid,name,memory.total,memory.free,memory.used";

    private const long BytesPerMiB = 1048576;
    private const long MostMiB = 1L << 30; // 1 PiB
    private const string Maker = "NVIDIA"; // older drivers leave it away
    private const int Before = 2, After = 3; // columns around the name, which may hold a comma

    /// <summary>Reads <c>0, GPU-6f1e…, NVIDIA GeForce RTX 4090, 24564, 23910, 312</c>, memory in MiB. A line that is none of it, in whatever language, is passed over; <c>[N/A]</c> is not known.</summary>
    public static IReadOnlyList<SmiCard> Read(string output) => [.. output.Split('\n').Select(ReadLine).OfType<SmiCard>()];

    /// <summary>The card of a station, or null where none is surely its: never another card's memory.</summary>
    /// <param name="cards">What this machine has.</param>
    /// <param name="name">The device as the station last named it; null where it never did.</param>
    /// <param name="uuid">Its UUID, or the beginning of it, where that is known.</param>
    public static SmiCard? Choose(IReadOnlyList<SmiCard> cards, string? name, string? uuid)
    {
        var fit = uuid is not null ? cards.Where(c => c.Uuid.StartsWith(uuid, StringComparison.OrdinalIgnoreCase))
            : name is not null ? cards.Where(c => Plain(c.Name) == Plain(name))
            : cards;
        return fit.Take(2).ToList() is [var only] ? only : null;
    }

    /// <summary>A card's name without what ComfyUI puts around it (<c>cuda:0 … : cudaMallocAsync</c>), the maker's name, case and blanks.</summary>
    public static string Plain(string name)
    {
        var bare = Blanks().Replace(Around().Replace(name, ""), "").ToUpperInvariant();
        return bare.StartsWith(Maker, StringComparison.Ordinal) ? bare[Maker.Length..] : bare;
    }

    private static SmiCard? ReadLine(string line)
    {
        var parts = line.Split(", ", StringSplitOptions.TrimEntries); // not at each comma: a decimal one must not move the columns
        if (parts.Length <= Before + After || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index) || !Uuids().IsMatch(parts[1]))
        {
            return null;
        }

        var (total, free, used) = (Bytes(parts[^3]), Bytes(parts[^2]), Bytes(parts[^1]));
        free ??= total - used;
        var name = string.Join(", ", parts[Before..^After]);
        return name.Length > 0 ? new SmiCard(index, parts[1], name, total is 0 ? null : total, free < 0 || free > total ? null : free) : null;
    }

    private static long? Bytes(string mebibytes) =>
        long.TryParse(mebibytes, NumberStyles.None, CultureInfo.InvariantCulture, out var mib) && mib <= MostMiB ? mib * BytesPerMiB : null;

    [GeneratedRegex("^GPU-[0-9A-Fa-f-]{8,}$")]
    private static partial Regex Uuids();

    [GeneratedRegex(@"^\s*(CUDA\s+)?([a-z]+:)?\d+:?\s+|^\s*CUDA\s+|\s+:\s*\w*\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Around();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
