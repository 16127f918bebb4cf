using Dailies.Reports;

namespace Dailies.Cli.Glossary;

/// <summary>What the glossary says about failure kinds, for reports: the same texts that <c>dailies explain</c> prints.</summary>
internal static class FailureTexts
{
    /// <summary>By kind.</summary>
    public static IReadOnlyDictionary<string, FailureText> All { get; } = SetTopics.All.Where(t => t.Family == Families.Kind)
        .ToDictionary(t => t.Name, t => new FailureText(t.Meaning, t.Facts.First(f => f.Label == "what to do").Text));
}
