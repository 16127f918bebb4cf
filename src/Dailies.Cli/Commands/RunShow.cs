using Dailies.Cli.Views;
using Dailies.Control;

namespace Dailies.Cli.Commands;

/// <summary>Renders in front of the operator: the view, the stop signals, the embedded renderer if wanted, the exit code.</summary>
internal static class RunShow
{
    /// <summary>Runs or resumes; <paramref name="go"/> says which.</summary>
    public static async Task<int> ShowAsync(RunRequest request, bool json, Func<RunLoop, CancellationToken, Task<RunResult>> go)
    {
        var view = RunView.Choose(json, TimeProvider.System);
        using var signals = new StopSignals(view.Say);
        try
        {
            await using var animatic = await OwnAnimatic.StartAsync(request, signals.Token);
            var loop = new RunLoop(animatic is null ? request : animatic.Serve(request), TimeProvider.System);
            loop.Opened += (ledger, _) => view.Follow(ledger);
            var result = await go(loop, signals.Token);
            await view.FinishAsync(result);
            return result.ExitCode == ExitCode.Interrupted ? signals.Code ?? result.ExitCode : result.ExitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{CommandLine.Program}: {TerminalText.Plain(e.Message).TrimEnd('.')}. Nothing was rendered; give another --runs-dir or --public-dir");
            return ExitCode.Station;
        }
    }
}
