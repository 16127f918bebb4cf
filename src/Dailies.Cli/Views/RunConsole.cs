using Spectre.Console;

namespace Dailies.Cli.Views;

/// <summary>The console of a run: both streams behind queues, so that no reader, slow, frozen or gone, can hold the run up.</summary>
internal sealed class RunConsole : IDisposable
{
    // What a reader who doesn't read may cost at the end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly TimeProvider clock;

    /// <summary>A console before these streams. <paramref name="dropped"/> words the line for so many dropped ones, where no run.log has them.</summary>
    public RunConsole(TextWriter output, TextWriter error, bool json, TimeProvider clock, Func<long, string>? dropped = null)
    {
        this.clock = clock;
        Out = new OutputQueue(output, json ? JsonRunView.Dropped : dropped ?? Dropped);
        Error = new OutputQueue(error, dropped ?? Dropped);
        Ansi = new QueuedOutput(Out).Console();
    }

    /// <summary>Standard output.</summary>
    public OutputQueue Out { get; }

    /// <summary>Standard error.</summary>
    public OutputQueue Error { get; }

    /// <summary>Standard output for tables. What is drawn goes out with <see cref="Show"/>.</summary>
    public IAnsiConsole Ansi { get; }

    /// <summary>Posts what was drawn since the last time as one text: a table is shown whole or not at all.</summary>
    public void Show() => Ansi.Profile.Out.Writer.Flush();

    /// <summary>Waits until both streams are written, a few seconds at most.</summary>
    public Task WrittenAsync() => Task.WhenAll(Out.WrittenAsync(Patience, clock), Error.WrittenAsync(Patience, clock));

    public void Dispose()
    {
        Out.Dispose();
        Error.Dispose();
    }

    internal static string Dropped(long count) => $"… {count} lines were dropped here, for nobody read them; the run's run.log has them all";
}
