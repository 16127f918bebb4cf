using System.Runtime.InteropServices;
using Dailies.Control;

namespace Dailies.Cli;

/// <summary>What the n-th signal does.</summary>
internal enum StopStep
{
    /// <summary>Take our prompt back, fetch what is rendered, write the evidence.</summary>
    Gently,

    /// <summary>Wait for nothing more, write the evidence.</summary>
    Hurry,

    /// <summary>End the program at once.</summary>
    Leave,
}

/// <summary>Ctrl-C (on Windows also Ctrl-Break), SIGTERM and SIGHUP: the first asks the run to stop, the second to hurry, the third ends the program. SIGQUIT stays the runtime's.</summary>
internal sealed class StopSignals : IDisposable
{
    // A frozen terminal must not keep the program from leaving it.
    private static readonly TimeSpan CursorPatience = TimeSpan.FromMilliseconds(200);
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource hurry = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Action<string> say;
    private readonly bool hurries;
    private int code;
    private int count;

    /// <summary>Listens from now on. <paramref name="hurries"/>: there is evidence to write; without it the second signal is the last.</summary>
    public StopSignals(Action<string> say, bool hurries = true)
    {
        (this.say, this.hurries) = (say, hurries);
        foreach (var (signal, exit, name) in Signals())
        {
            registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Receive(name, exit);
            }));
        }
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>Cancelled by the second.</summary>
    public CancellationToken Hurry => hurry.Token;

    /// <summary>The exit code of the first signal that came, or null.</summary>
    public int? Code => code == 0 ? null : code;

    /// <summary>The <paramref name="number"/>-th signal, from 1.</summary>
    public static StopStep Step(int number, bool hurries) => number switch
    {
        1 => StopStep.Gently,
        2 when hurries => StopStep.Hurry,
        _ => StopStep.Leave,
    };

    public void Dispose()
    {
        registrations.ForEach(r => r.Dispose());
        stop.Dispose();
        hurry.Dispose();
    }

    private static IEnumerable<(PosixSignal Signal, int Exit, string Name)> Signals()
    {
        yield return (PosixSignal.SIGINT, ExitCode.Interrupted, "Ctrl-C");
        yield return (PosixSignal.SIGTERM, ExitCode.Terminated, "SIGTERM");
        yield return (PosixSignal.SIGHUP, ExitCode.Terminated, "SIGHUP");
        if (OperatingSystem.IsWindows())
        {
            yield return (PosixSignal.SIGQUIT, ExitCode.Interrupted, "Ctrl-Break"); // what Windows calls Ctrl-Break comes under this name
        }
    }

    // Nothing in here may wait: not for the console, not for whoever listens to the tokens.
    private void Receive(string name, int exit)
    {
        Interlocked.CompareExchange(ref code, exit, 0);
        switch (Step(Interlocked.Increment(ref count), hurries))
        {
            case StopStep.Gently:
                say($"{name}: taking our prompt back, then the evidence; again: evidence at once");
                _ = stop.CancelAsync();
                break;
            case StopStep.Hurry:
                say($"{name}: writing the evidence now; again: the end, without it");
                _ = hurry.CancelAsync();
                break;
            default:
                ShowCursor();
                Environment.Exit(code);
                break;
        }
    }

    // A live table hides the cursor, and nobody will be there to show it again.
    private static void ShowCursor()
    {
        if (!Console.IsOutputRedirected)
        {
            var showing = new Thread(() => Console.Write("\u001b[?25h\n")) { IsBackground = true };
            showing.Start();
            showing.Join(CursorPatience);
        }
    }
}
