using Dailies.Control;
using Dailies.Ledger;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dailies.Cli.Views;

/// <summary>A table that is drawn anew four times a second while the run goes on, unless the last picture is still on its way to the terminal.</summary>
internal sealed class LiveRunView(RunConsole console, TimeProvider clock) : RunView(console)
{
    private const int MostNotes = 3;
    private const int OtherRows = 9;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(250);
    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<string, AttemptProgress> progress = [];
    private readonly List<string> notes = [];
    private bool ended;
    private Task drawing = Task.CompletedTask;

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

    public override void Say(string text)
    {
        lock (notes)
        {
            notes.Add(TerminalText.Plain(text));
        }
    }

    public override async Task FinishAsync(RunResult result)
    {
        await DisposeAsync();
        PrintEnd(result);
    }

    /// <summary>Wipes the table and shows the cursor again; the notes stay.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (!ended)
        {
            ended = true;
            await stop.CancelAsync();
            await drawing;
            Console.Show();
            lock (notes)
            {
                notes.ForEach(Line);
            }

            stop.Dispose();
        }

        await base.DisposeAsync();
    }

    private Task DrawAsync(RunLedger ledger) => Console.Ansi.Live(new Text("")).AutoClear(true).StartAsync(async live =>
    {
        while (!stop.IsCancellationRequested)
        {
            if (Console.Out.Idle)
            {
                live.UpdateTarget(Picture(ledger.State));
                Console.Show();
            }

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

        AttemptProgress? story;
        lock (progress)
        {
            story = progress.GetValueOrDefault(AttemptProgress.Story);
        }

        List<string> said;
        lock (notes)
        {
            said = [.. notes.TakeLast(MostNotes)];
        }

        var ended = run.Scenes.Values.Count(s => s.Ended);
        var elapsed = clock.GetUtcNow() - run.StartedAt;
        var (width, height) = (Console.Ansi.Profile.Width, Console.Ansi.Profile.Height);
        return new Rows(
        [
            SceneTable.Of(rows, width, Math.Max(3, height - OtherRows - said.Count)),
            new Text($"{ended} of {rows.Count} scenes ended · {elapsed:hh\\:mm\\:ss} · {plan.RunDir}"),
            .. story is null ? [] : new IRenderable[] { new Text($"making the {story.Node}: {story.Value} of {story.Max}") },
            .. said.Select(note => (IRenderable)new Text(note, new Style(Color.Yellow))),
        ]);
    }
}
