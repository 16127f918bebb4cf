using Dailies.Cli.Sleep;
using Dailies.Cli.Views;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Notices;

namespace Dailies.Cli.Commands;

/// <summary>Renders in front of the operator: the view, the stop signals, the embedded renderer if wanted, no sleep meanwhile, the exit code.</summary>
/// <param name="request">What to render.</param>
/// <param name="json">For programs.</param>
/// <param name="allowSleep">The machine may fall asleep.</param>
/// <param name="first">What to say first, on standard error: standard output is the run's.</param>
internal sealed class RunShow(RunRequest request, bool json, bool allowSleep, IReadOnlyList<string> first)
{
    private readonly TimeProvider clock = TimeProvider.System;
    private RunFolder? opened;

    /// <summary>Runs or resumes; <paramref name="go"/> says which.</summary>
    public async Task<int> ShowAsync(Func<RunLoop, CancellationToken, Task<RunResult>> go)
    {
        using var console = new RunConsole(StandardStream.Output(), StandardStream.Error(), json, clock);
        foreach (var line in first)
        {
            console.Error.PostLine(TerminalText.Plain(line));
        }

        await console.WrittenAsync(); // before a live table is drawn below it
        try
        {
            return await RenderAsync(console, go);
        }
        catch (Exception e) when (StorageFault.Is(e))
        {
            console.Error.PostLine($"{CommandLine.Program}: {(opened is null ? "the run could not begin: " : "")}{TerminalText.Plain(e.Message).TrimEnd('.')}. {WhatNow()}");
            await (opened is { } run ? TellAsync(console, RunNotice.Unwritten(ExitCode.Station, run.RunId), CancellationToken.None) : Task.CompletedTask);
            return ExitCode.Station;
        }
        finally
        {
            await console.WrittenAsync();
        }
    }

    private async Task<int> RenderAsync(RunConsole console, Func<RunLoop, CancellationToken, Task<RunResult>> go)
    {
        await using var view = RunView.Choose(json, console, clock);
        using var signals = new StopSignals(view.Say);
        try
        {
            await using var animatic = await OwnAnimatic.StartAsync(request, signals.Token);
            await using var awake = new SleepInhibitor(view.Say, clock);
            var loop = new RunLoop(animatic is null ? request : animatic.Serve(request), clock) { Hurry = signals.Hurry };
            loop.Opened += (ledger, folder) =>
            {
                opened = folder;
                view.Follow(ledger);
                awake.Begin(SleepDecision.Of(SleepFacts.Here(allowSleep, folder.RunId)));
            };
            var result = await go(loop, signals.Token);
            await view.FinishAsync(result);
            var code = result.ExitCode == ExitCode.Interrupted ? signals.Code ?? result.ExitCode : result.ExitCode;
            await TellAsync(console, RunNotice.Of(result.State, code, opened!.RunId), signals.Hurry);
            return code;
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return signals.Code ?? ExitCode.Interrupted; // before there was a run
        }
    }

    // Last of all: the evidence is sealed, and what is said here stands on standard error and in run.log alone.
    private Task TellAsync(RunConsole console, RunNotice notice, CancellationToken cancel) =>
        new NoticeRunner(request.Notices, opened!, clock, line => console.Error.PostLine(TerminalText.Plain(line))).TellAsync(notice, cancel);

    private string WhatNow() => opened is { } run
        ? $"The evidence of {run.Root} could not be written whole; once there is room and it can be written to: {CommandLine.Program} resume {run.Root}"
        : "Nothing was rendered; give another --runs-dir or --public-dir";
}
