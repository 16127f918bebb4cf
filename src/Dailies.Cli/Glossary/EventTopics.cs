using System.Reflection;
using System.Text.Json.Serialization;
using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Cli.Glossary;

/// <summary>Events of the ledger by their kind.</summary>
internal static class EventTopics
{
    public static IReadOnlyList<Topic> All { get; } =
    [
        .. from kind in typeof(RunEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
           let doc = CodeDocs.Core.Of(kind.DerivedType)
           select new Topic((string)kind.TypeDiscriminator!, Families.Event, doc.Meaning,
           [
               new Fact("holds", string.Join(", ", ContractField.Of(kind.DerivedType, ContractJson.PascalLine).Select(f => $"`{f.Name}`"))),
               new Fact("stands in", $"{RunFolder.Ledger}, {RunFolder.LedgerExport}; with `--json` on standard output, in camelCase"),
           ]),
    ];
}
