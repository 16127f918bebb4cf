using System.Globalization;
using System.Text;
using Dailies.Artifacts;

namespace Dailies.Cli.Views;

/// <summary>What prune is about to do, in words.</summary>
internal static class PruneText
{
    /// <summary>Each run that goes, and how many stay for which reason. <paramref name="archive"/>: bytes of a run's archive that goes with it.</summary>
    public static string Of(IReadOnlyList<Pruned> wanted, Func<RunEntry, long> archive)
    {
        var text = new StringBuilder();
        var going = wanted.Where(p => p.Goes).Select(p => (p, Bytes: p.Run.Bytes + archive(p.Run))).ToList();
        var width = going.Select(g => SizeText.Of(g.Bytes).Length).DefaultIfEmpty().Max();
        text.Append(CultureInfo.InvariantCulture, $"{going.Count} of {wanted.Count} runs go, {SizeText.Of(going.Sum(g => g.Bytes))}\n");
        foreach (var (p, bytes) in going)
        {
            var name = p.Run.Name is { } n ? $" ({TerminalText.Plain(n)})" : "";
            text.Append(CultureInfo.InvariantCulture, $"  {p.Run.Folder}  {SizeText.Of(bytes).PadLeft(width)}  {p.Why}{name}\n");
        }

        foreach (var kept in wanted.Where(p => !p.Goes).GroupBy(p => p.Why))
        {
            text.Append(CultureInfo.InvariantCulture, $"kept: {kept.Count()} {kept.Key}\n");
        }

        return text.ToString();
    }
}
