namespace Dailies.Reports;

/// <summary>From one moment to a later one.</summary>
internal readonly record struct Span(DateTimeOffset From, DateTimeOffset To);

/// <summary>Sets of moments as sorted spans that don't touch. Pure.</summary>
internal static class Spans
{
    /// <summary>Every moment that is in one of them; spans that end before they begin hold none.</summary>
    public static IReadOnlyList<Span> Union(IEnumerable<Span> spans)
    {
        var union = new List<Span>();
        foreach (var span in spans.Where(s => s.To > s.From).OrderBy(s => s.From))
        {
            if (union.Count > 0 && span.From <= union[^1].To)
            {
                union[^1] = union[^1] with { To = span.To > union[^1].To ? span.To : union[^1].To };
            }
            else
            {
                union.Add(span);
            }
        }

        return union;
    }

    /// <summary>What is left of <paramref name="from"/> without <paramref name="taken"/>; both are unions.</summary>
    public static IReadOnlyList<Span> Minus(IReadOnlyList<Span> from, IReadOnlyList<Span> taken)
    {
        var (left, next) = (new List<Span>(), 0);
        foreach (var span in from)
        {
            var begin = span.From;
            while (next < taken.Count && taken[next].To <= begin)
            {
                next++;
            }

            for (var i = next; i < taken.Count && taken[i].From < span.To; i++)
            {
                if (taken[i].From > begin)
                {
                    left.Add(new Span(begin, taken[i].From));
                }

                begin = taken[i].To > begin ? taken[i].To : begin;
            }

            if (begin < span.To)
            {
                left.Add(new Span(begin, span.To));
            }
        }

        return left;
    }

    /// <summary>What of them lies in one span.</summary>
    public static IReadOnlyList<Span> Within(IEnumerable<Span> spans, Span bounds) =>
        Union(spans.Select(s => new Span(s.From > bounds.From ? s.From : bounds.From, s.To < bounds.To ? s.To : bounds.To)));

    /// <summary>How long they are together, s.</summary>
    public static double Seconds(IEnumerable<Span> spans) => spans.Sum(s => (s.To - s.From).TotalSeconds);
}
