using System.ComponentModel;
using System.Diagnostics;
using Dailies.Cli.Views;
using Dailies.Control;

namespace Dailies.Cli.Sleep;

/// <summary>Keeps the machine awake from <see cref="Begin"/> until it is disposed, or until this process dies, however it dies. Where that fails, the operator is told once.</summary>
/// <param name="say">Tells the operator.</param>
/// <param name="clock">Bounds the end.</param>
internal sealed class SleepInhibitor(Action<string> say, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private Process? child;
    private Task watching = Task.CompletedTask;
    private WindowsAwake? thread;
    private bool endsWithInput;
    private volatile bool ending;

    /// <summary>The process that holds the machine awake, if one does.</summary>
    public int? ChildId { get; private set; }

    /// <summary>Does what was decided; returns at once.</summary>
    public void Begin(SleepStep step)
    {
        switch (step)
        {
            case SleepStep.Program program:
                Start(program);
                break;
            case SleepStep.Thread when OperatingSystem.IsWindows():
                thread = WindowsAwake.Begin(() => Complain("Windows refuses it"));
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        thread?.Dispose();
        if (child is null || ending)
        {
            return;
        }

        ending = true;
        await child.StandardInput.DisposeAsync();
        if (!await EndedAsync(endsWithInput ? Patience : TimeSpan.Zero))
        {
            child.Kill(); // does nothing to one that has ended meanwhile
            await EndedAsync(Patience);
        }

        child.Dispose();
    }

    private async Task<bool> EndedAsync(TimeSpan patience)
    {
        try
        {
            await watching.WaitAsync(patience, clock);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Start(SleepStep.Program program)
    {
        // All three redirected: it neither reads our keys nor writes into our table.
        var start = new ProcessStartInfo(program.File, program.Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            child = Process.Start(start)!;
            ChildId = child.Id;
            endsWithInput = program.EndsWithInput;
            watching = WatchAsync(child);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            Complain(e.Message);
        }
    }

    private async Task WatchAsync(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (!ending && process.ExitCode != ExitCode.Interrupted) // the terminal's Ctrl-C is for all who share it, and the run is ending
        {
            var words = await SaidAsync(errors);
            Complain(words.Length > 0 ? words : $"{process.StartInfo.FileName} ended with {process.ExitCode}");
        }
    }

    // Bounded: something that it started may hold the other end open.
    private async Task<string> SaidAsync(Task<string> errors)
    {
        try
        {
            return (await errors.WaitAsync(Patience, clock)).Trim();
        }
        catch (TimeoutException)
        {
            return "";
        }
    }

    private void Complain(string why) => say($"note: this machine is not kept awake: {TerminalText.Plain(why)}");
}
