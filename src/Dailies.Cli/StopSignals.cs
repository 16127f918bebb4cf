using System.Runtime.InteropServices;
using Dailies.Control;

namespace Dailies.Cli;

/// <summary>Ctrl-C and SIGTERM: the first asks the run to stop with evidence, a second Ctrl-C ends the program at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private int code;

    public StopSignals(Action<string> say)
    {
        foreach (var (signal, exit, name) in new[]
        {
            (PosixSignal.SIGINT, ExitCode.Interrupted, "Ctrl-C"), (PosixSignal.SIGTERM, ExitCode.Terminated, "SIGTERM"), (PosixSignal.SIGHUP, ExitCode.Terminated, "SIGHUP"),
        })
        {
            registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                if (Interlocked.CompareExchange(ref code, exit, 0) == 0)
                {
                    context.Cancel = true;
                    say($"{name}: taking our prompt back and writing the evidence; once more ends at once");
                    stop.Cancel();
                }
                else if (!Console.IsOutputRedirected)
                {
                    Console.Write("\u001b[?25h"); // a live table hides the cursor, and nobody will be there to show it again
                }
            }));
        }
    }

    public CancellationToken Token => stop.Token;

    /// <summary>The exit code of the signal that came, or null.</summary>
    public int? Code => code == 0 ? null : code;

    public void Dispose()
    {
        registrations.ForEach(r => r.Dispose());
        stop.Dispose();
    }
}
