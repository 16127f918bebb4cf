namespace Dailies.Animatic.Drawing;

/// <summary>A text as the set of its words, lower case, plurals without their s.</summary>
internal static class Words
{
    private static readonly char[] Breaks = [.. " \t\r\n.,;:!?()[]{}\"'`/\\-_—–|<>*#"];

    public static IReadOnlySet<string> Of(string? text) => (text ?? "").ToLowerInvariant()
        .Split(Breaks, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(w => w.Length > 3 && w[^1] == 's' ? new[] { w, w[..^1] } : [w])
        .ToHashSet(StringComparer.Ordinal);
}
