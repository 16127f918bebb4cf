using System.Diagnostics;
using System.Text;
using Dailies.Contract;

namespace Dailies.Checks;

/// <summary>A check of the operator's own: any command line. It may hold secrets: it reaches no ledger and no metadata.</summary>
/// <param name="Name">What its log and its line are called: letters, digits, <c>-</c> and <c>_</c>.</param>
/// <param name="Line">As a shell takes it; run in the working folder, with <c>DAILIES_RUN_DIR</c> in its environment.</param>
/// <param name="Limit">Longer, and it is killed with all its children.</param>
public sealed record CheckCommand(string Name, string Line, TimeSpan Limit)
{
    /// <summary>The variable that names the run folder.</summary>
    public const string RunDirVariable = "DAILIES_RUN_DIR";

    /// <summary>Further variables, by name.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    private const int MostOutput = 4 * 1024 * 1024;

    /// <summary>Runs it to its end or to its limit. Never throws but for our own disk; whatever it does, the run goes on.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(RunFolder run, TimeProvider clock, CancellationToken cancel)
    {
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd.exe", $"/d /s /c \"{Line}\"") : new ProcessStartInfo("/bin/sh", ["-c", Line]);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError, start.CreateNoWindow) = (true, true, true, true);
        start.Environment[RunDirVariable] = run.Root;
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        var output = new StringBuilder();
        try
        {
            using var process = new Process { StartInfo = start };
            process.OutputDataReceived += (_, e) => Keep(output, e.Data);
            process.ErrorDataReceived += (_, e) => Keep(output, e.Data);
            process.Start();
            process.StandardInput.Close();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            var code = await EndAsync(process, clock, cancel);
            lock (output)
            {
                return (code, output + (code == CheckRecord.TimedOut ? $"killed after {SummaryNumber.Text(Limit.TotalSeconds)} s\n" : ""));
            }
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (127, e.Message + "\n");
        }
    }

    private async Task<int> EndAsync(Process process, TimeProvider clock, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return cancel.IsCancellationRequested ? CheckRecord.Interrupted : CheckRecord.TimedOut;
        }
    }

    private static void Keep(StringBuilder output, string? line)
    {
        lock (output)
        {
            if (line is not null && output.Length < MostOutput)
            {
                output.Append(line).Append('\n');
            }
        }
    }
}
