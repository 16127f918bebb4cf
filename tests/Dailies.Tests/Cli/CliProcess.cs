using System.Diagnostics;

namespace Dailies.Tests.Cli;

/// <summary>What the real program said and how it ended.</summary>
internal sealed record CliOutcome(int ExitCode, string Output, string Errors)
{
    /// <summary>Both streams.</summary>
    public string All => Output + Errors;
}

/// <summary>The real program as a process of its own: the console is this process's and belongs to no test.</summary>
internal static class CliProcess
{
    private static readonly string Dll = Path.Combine(AppContext.BaseDirectory, "Dailies.Cli.dll");

    public static async Task<CliOutcome> RunAsync(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = new System.Text.UTF8Encoding(false) };
        foreach (var argument in arguments.Prepend(Dll))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var cancel = TestContext.Current.CancellationToken;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
            await process.WaitForExitAsync(cancel);
            return new CliOutcome(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
