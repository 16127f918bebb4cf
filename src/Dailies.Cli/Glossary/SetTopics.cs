using System.Globalization;
using System.Reflection;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Validation;

namespace Dailies.Cli.Glossary;

/// <summary>Closed sets: their words are constants, what they mean stands at each.</summary>
internal static class SetTopics
{
    public static IReadOnlyList<Topic> All { get; } =
    [
        .. Of(typeof(ExitReason), Families.Reason, "HistoryExitReason"), .. Of(typeof(FailureKind), Families.Kind, "FailureKind"),
        .. Of(typeof(ExitCode), Families.Code, null), .. Of(typeof(RunStates), Families.State, "State"), .. Of(typeof(FrameSource), Families.Source, "FrameSource"),
        .. Of(typeof(Standings), Families.Standing, "standing"),
    ];

    private static IEnumerable<Topic> Of(Type set, Family family, string? field) =>
        from constant in set.GetFields(BindingFlags.Public | BindingFlags.Static)
        where constant.IsLiteral
        let value = Convert.ToString(constant.GetRawConstantValue(), CultureInfo.InvariantCulture)!
        let doc = CodeDocs.Core.Of(constant)
        select new Topic(value, family, doc.Meaning, [.. Facts(doc, field)])
        {
            Aliases = family == Families.Code ? [$"exit {value}", $"exit code {value}", $"code {value}"] : [],
            Of = field is null ? null : $"a value of {field}",
        };

    private static IEnumerable<Fact> Facts(DocText doc, string? field)
    {
        foreach (var (label, text) in new[] { ("comes from", doc.Source), ("what next", doc.Next), ("what to do", doc.Advice) })
        {
            if (text is not null)
            {
                yield return new Fact(label, text);
            }
        }
    }
}
