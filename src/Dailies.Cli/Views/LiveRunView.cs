using Dailies.Control;
using Dailies.Ledger;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dailies.Cli.Views;

/// <summary>A table that is drawn anew four times a second while the run goes on.</summary>
internal sealed class LiveRunView(TimeProvider clock) : RunView, IDisposable
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(250);
    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<string, AttemptProgress> progress = [];
    private Task drawing = Task.CompletedTask;
    private volatile string? word;

    public override void Follow(RunLedger ledger)
    {
        ledger.Progressed += p =>
        {
            lock (progress)
            {
                progress[p.SceneId] = p;
            }
        };
        drawing = Task.Run(() => DrawAsync(ledger));
    }

    public override void Say(string text) => word = text;

    public override async Task FinishAsync(RunResult result)
    {
        await stop.CancelAsync();
        await drawing;
        PrintEnd(result);
    }

    public void Dispose() => stop.Dispose();

    private Task DrawAsync(RunLedger ledger) => AnsiConsole.Live(new Text("")).AutoClear(true).StartAsync(async live =>
    {
        while (!stop.IsCancellationRequested)
        {
            live.UpdateTarget(Picture(ledger.State));
            await Task.Delay(Frame, clock, stop.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    });

    private Rows Picture(RunState run)
    {
        if (run.Plan is not { } plan)
        {
            return new Rows(new Text("starting …"));
        }

        List<SceneRow> rows;
        lock (progress)
        {
            rows = [.. run.Scenes.Values.Select(s => SceneRow.Of(s, plan.Policy, progress.GetValueOrDefault(s.Plan.SceneId), ended: false, clock.GetUtcNow()))];
        }

        var ended = run.Scenes.Values.Count(s => s.Ended);
        var elapsed = clock.GetUtcNow() - run.StartedAt;
        var lines = new List<IRenderable>
        {
            SceneTable.Of(rows, AnsiConsole.Profile.Width, Math.Max(3, AnsiConsole.Profile.Height - 9)),
            new Text($"{ended} of {rows.Count} scenes ended · {elapsed:hh\\:mm\\:ss} · {plan.RunDir}"),
        };
        if (word is { } said)
        {
            lines.Add(new Text(said, new Style(Color.Yellow)));
        }

        return new Rows(lines);
    }
}
