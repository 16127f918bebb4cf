using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;

namespace Dailies.Cli.Views;

/// <summary>How a run is shown while it goes on and at its end.</summary>
internal abstract class RunView(RunConsole console) : IAsyncDisposable
{
    /// <summary>Where it is shown. Nothing that is written there makes the run wait.</summary>
    protected RunConsole Console { get; } = console;

    /// <summary>The view that fits: JSON for programs, a live table on a terminal, lines in a pipe.</summary>
    public static RunView Choose(bool json, RunConsole console, TimeProvider clock) =>
        json ? new JsonRunView(console) : console.Ansi.Profile.Out.IsTerminal ? new LiveRunView(console, clock) : new PlainRunView(console);

    /// <summary>Begins to show a run.</summary>
    public abstract void Follow(RunLedger ledger);

    /// <summary>Something to say beside the run.</summary>
    public abstract void Say(string text);

    /// <summary>Ends the showing and prints the result.</summary>
    public abstract Task FinishAsync(RunResult result);

    /// <summary>Ends the showing of a run that has no result.</summary>
    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The last words for people: the folder, the verdict, what to do.</summary>
    protected void PrintEnd(RunResult result)
    {
        var run = result.State;
        var rows = run.Scenes.Values.Select(s => SceneRow.Of(s, run.Plan!.Policy, null, ended: true, run.Ended!.At)).ToList();
        Console.Ansi.Write(SceneTable.Of(rows, Console.Ansi.Profile.Width));
        Console.Show();
        foreach (var scene in run.Scenes.Values.Where(s => s.Ended))
        {
            var record = SceneProjection.Project(scene, run);
            foreach (var line in record.Warnings.Concat(record.Errors))
            {
                Line($"{record.SceneId}: {line}");
            }
        }

        PrintMissingVideos(run);
        if (run.Stations.Any(s => s.Renderer == "animatic"))
        {
            Line("These are storyboards by the embedded Animatic renderer, not a diffusion model's pictures.");
        }

        var accepted = run.Scenes.Values.Count(s => s.Accepted is not null);
        Line("");
        Line($"Run      {result.RunDir}");
        Line($"Scenes   {accepted} of {run.Scenes.Count} have a take{(run.Ended!.Why is { } why ? $"; {run.State}: {why}" : "")}");
        Line($"Verdict  {Verdict(result)}");
        if (run.StoryVideo is { Video: var film })
        {
            Line($"Film     {(film.Path is { } path ? $"{result.RunDir}/{path}" : $"not made: {film.Error}")}");
        }

        if (run.ContactSheet is { Sheet: var sheet })
        {
            Line($"Sheet    {(sheet.Path is { } path ? $"{result.RunDir}/{path}{(sheet.Pages.Count > 1 ? $" and {sheet.Pages.Count - 1} more pages" : "")}" : $"not made: {sheet.Error}")}");
        }

        if (run.Archive is { } archive)
        {
            Line($"Archive  {archive.Path ?? $"not made: {archive.Why}"}");
        }

        if (result.Trouble is { } trouble)
        {
            Line($"Trouble  not everything could be written: {trouble}");
        }

        if (run.State != RunStates.Finished)
        {
            Line($"Go on    {CommandLine.Program} resume {result.RunDir}{Once(result)}");
        }
    }

    private static string Once(RunResult result) => (result.State.Ended!.Why ?? result.Trouble) switch
    {
        { } why when why.StartsWith(FailureKind.LocalStorage, StringComparison.Ordinal) => ", once there is room and the folder can be written to",
        _ when result.ExitCode == ExitCode.Station => ", once the cause is gone (--comfy names another station)",
        _ => "",
    };

    /// <summary>Plain text, never read as markup.</summary>
    protected void Line(string text) => Console.Out.PostLine(TerminalText.Plain(text));

    private void PrintMissingVideos(RunState run)
    {
        if (run.Plan!.Settings.Any(s => s.Key == RunOptions.NoVideo.Key && s.Value == "true"))
        {
            return; // asked for
        }

        foreach (var why in run.Scenes.Values.Select(s => s.Video?.Video.Error).OfType<string>().GroupBy(e => e))
        {
            Line($"no video for {why.Count()} of {run.Scenes.Count} scenes: {why.Key}");
        }
    }

    private static string Verdict(RunResult result) => result.Verdict.ExitCode == 0
        ? $"contract kept ({result.Verdict.Findings.Count} findings)"
        : $"contract broken ({result.Verdict.Findings.Count} findings): {CommandLine.Program} validate {result.RunDir}";
}

/// <summary>Timestamped lines, for pipes and logs.</summary>
internal sealed class PlainRunView(RunConsole console) : RunView(console)
{
    public override void Follow(RunLedger ledger) => ledger.Appended += (e, _) =>
    {
        if (EventLine.IsNews(e))
        {
            Console.Out.PostLine(EventLine.Write(e));
        }
    };

    public override void Say(string text) => Line(text);

    public override Task FinishAsync(RunResult result)
    {
        PrintEnd(result);
        return Task.CompletedTask;
    }
}
