using System.Text.Json;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;

namespace Dailies.Cli.Views;

/// <summary>One JSON object a line, camelCase: the events, then the result. Words for people go to standard error.</summary>
internal sealed class JsonRunView(RunConsole console) : RunView(console)
{
    public override void Follow(RunLedger ledger) => ledger.Appended += (e, _) => Console.Out.PostLine(e.ToCamelLine());

    public override void Say(string text) => Console.Error.PostLine(text);

    public override Task FinishAsync(RunResult result)
    {
        var scenes = result.State.Scenes.Values;
        Console.Out.PostLine(JsonSerializer.Serialize(
            new RunOutcome(
                "Result", result.ExitCode, result.State.Plan!.RunId, result.RunDir, result.State.State, result.State.Ended?.Why, result.Trouble,
                scenes.Count(s => s.Accepted is not null), scenes.Count(), result.Verdict.ExitCode, result.Verdict.Findings.Count,
                result.State.Archive?.Path, result.State.Archive?.Why),
            ContractJson.CamelLine));
        return Task.CompletedTask;
    }

    /// <summary>Stands where events were dropped because nobody read them; the ledger has them all.</summary>
    internal static string Dropped(long count) => JsonSerializer.Serialize(new DroppedEvents("Dropped", count), ContractJson.CamelLine);

    private sealed record DroppedEvents(string Kind, long Count);

    private sealed record RunOutcome(
        string Kind, int ExitCode, string RunId, string RunDir, string State, string? Why, string? Trouble, int ScenesAccepted, int Scenes, int ValidatorCode, int Findings, string? Archive, string? WhyNoArchive);
}
