using System.Diagnostics;
using CliWrap;
using CliWrap.Buffered;

namespace Dailies.EndToEnd;

/// <summary>What tests do with a process that they started.</summary>
internal static class ProcessWords
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Reads its standard output up to a line that holds <paramref name="word"/>.</summary>
    public static async Task ReadUntilAsync(this Process process, string word)
    {
        var seen = "";
        while (await process.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            seen += line + "\n";
            if (line.Contains(word, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"no line with '{word}' in:\n{seen}");
    }

    /// <summary>Sends a signal, such as <c>INT</c>.</summary>
    public static async Task SignalAsync(this Process process, string signal) =>
        await Cli.Wrap("kill").WithArguments([$"-{signal}", $"{process.Id}"]).ExecuteAsync(Cancel);

    /// <summary>Runs a tool that the test needs; false when it fails or is not there.</summary>
    public static async Task<bool> TryToolAsync(string tool, params string[] arguments)
    {
        try
        {
            return (await Cli.Wrap(tool).WithArguments(arguments).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(Cancel)).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
