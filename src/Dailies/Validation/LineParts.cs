namespace Dailies.Validation;

/// <summary>The rules for a line made of <c>name=value</c> parts in a fixed order.</summary>
internal sealed record PartRules(Rule Value, Rule Missing, Rule Extra, Rule Order);

/// <summary>Compares the parts that a line has with those it must have. Each fault is told once.</summary>
internal static class LineParts
{
    public static void Judge(
        IReadOnlyList<KeyValuePair<string, string>> expected, IReadOnlyList<KeyValuePair<string, string>> actual,
        Func<string, PartRules> rulesOf, Action<Rule, string, string> report)
    {
        var values = expected.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var inOrder = new List<string>();
        foreach (var (name, value) in actual)
        {
            if (!values.TryGetValue(name, out var right) || !seen.Add(name))
            {
                report(rulesOf(name).Extra, seen.Contains(name) ? $"{name} once" : "no such part", $"{name}={value}");
                continue;
            }

            inOrder.Add(name);
            if (value != right)
            {
                report(rulesOf(name).Value, $"{name}={right}", $"{name}={value}");
            }
        }

        foreach (var (name, value) in expected.Where(p => !seen.Contains(p.Key)))
        {
            report(rulesOf(name).Missing, $"{name}={value}", "nothing");
        }

        var rightOrder = expected.Select(p => p.Key).Where(seen.Contains);
        if (!inOrder.SequenceEqual(rightOrder))
        {
            report(rulesOf(inOrder[0]).Order, string.Join(", ", rightOrder), string.Join(", ", inOrder));
        }
    }
}
