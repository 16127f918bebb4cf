using Dailies.Validation;

namespace Dailies.Cli.Glossary;

/// <summary>Rules by code.</summary>
internal static class RuleTopics
{
    /// <summary>What the rules of each family look at.</summary>
    public static IReadOnlyDictionary<string, string> Families { get; } = new Dictionary<string, string>
    {
        ["presence"] = "the files themselves: whether they are there and can be read",
        ["types"] = "types, ranges and closed sets of the metadata, telemetry aside",
        ["telemetry"] = "types, ranges and closed sets of each attempt's telemetry",
        ["policy"] = "the Queue policy line and the knobs in force",
        ["line"] = "the Telemetry line of each scene, part by part",
        ["files"] = "frames, videos and whatever else the metadata names",
        ["arithmetic"] = "the metadata against itself: sums, differences, flags",
        ["summary"] = "run-summary.txt against the metadata",
        ["other"] = "older runs, and files outside the run folder",
    };

    public static IReadOnlyList<Topic> All { get; } = [.. RuleCatalogue.All.Select(Of)];

    private static Topic Of(Rule rule) => new(
        rule.Code, Glossary.Families.Rule, rule.Sentence,
        [
            new Fact("family", $"{rule.Family}: {Families.GetValueOrDefault(rule.Family)}"),
            new Fact("weighs", rule.Severity == Severity.Error ? "an error: the contract is broken, `dailies validate` ends with 1" : "a warning: worth a look, the contract still holds"),
            new Fact("comes from", "`dailies validate`; each finding names file, place, what was expected and what was found"),
            new Fact("what to do", rule.Fix),
        ]);
}
