using System.Text.Json;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;

namespace Dailies.Cli.Views;

/// <summary>One JSON object a line, camelCase: the events, then the result. Words for people go to standard error.</summary>
internal sealed class JsonRunView : RunView
{
    private const string Discriminator = "{\"Kind\":";

    public override void Follow(RunLedger ledger) => ledger.Appended += (e, _) => Console.WriteLine(Line(e));

    public override void Say(string text) => Console.Error.WriteLine(text);

    public override Task FinishAsync(RunResult result)
    {
        var scenes = result.State.Scenes.Values;
        Console.WriteLine(JsonSerializer.Serialize(
            new RunOutcome(
                "Result", result.ExitCode, result.State.Plan!.RunId, result.RunDir, result.State.State, result.State.Ended?.Why,
                scenes.Count(s => s.Accepted is not null), scenes.Count(), result.Verdict.ExitCode, result.Verdict.Findings.Count),
            ContractJson.CamelLine));
        return Task.CompletedTask;
    }

    /// <summary>One event: the ledger's line in camelCase. The discriminator comes first and is the only name that a naming policy does not reach.</summary>
    internal static string Line(RunEvent e) =>
        string.Concat("{\"kind\":", JsonSerializer.Serialize(e, ContractJson.CamelLine).AsSpan(Discriminator.Length));

    private sealed record RunOutcome(
        string Kind, int ExitCode, string RunId, string RunDir, string State, string? Why, int ScenesAccepted, int Scenes, int ValidatorCode, int Findings);
}
