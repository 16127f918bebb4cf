using System.CommandLine;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies stop [&lt;run&gt;]</c>: asks a run's controller to take its prompt back and to end with evidence; waits until it has.</summary>
internal static class StopCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static Command Build()
    {
        var run = RunArgument.Optional();
        var runsDir = RunArgument.RunsDir();
        var command = new Command("stop", "Ask a run to take its prompt back and to end with evidence") { run, runsDir };
        command.SetAction((parsed, cancel) => StopAsync(parsed.GetValue(run)!, parsed.GetValue(runsDir)!, cancel));
        return command;
    }

    private static async Task<int> StopAsync(string name, string runsDir, CancellationToken cancel)
    {
        var (path, fault) = RunFinder.Find(name, runsDir);
        if (path is null)
        {
            await Console.Error.WriteLineAsync($"{CommandLine.Program}: {fault}");
            return ExitCode.Usage;
        }

        if (IsIdle(path))
        {
            Console.WriteLine($"{path}: no controller works on it; nothing to stop");
            return ExitCode.Ok;
        }

        await File.WriteAllTextAsync(new RunFolder(path).At(RunFolder.StopRequest), "", cancel);
        var begin = TimeProvider.System.GetTimestamp();
        while (!IsIdle(path))
        {
            if (TimeProvider.System.GetElapsedTime(begin) > Patience)
            {
                await Console.Error.WriteLineAsync($"{CommandLine.Program}: {path} has not ended within {Patience.TotalSeconds:0} s; its controller may hang: press Ctrl-C there");
                return ExitCode.Failed;
            }

            await Task.Delay(Pause, TimeProvider.System, cancel);
        }

        Console.WriteLine($"{path} has stopped; go on with: {CommandLine.Program} resume {path}");
        return ExitCode.Ok;
    }

    private static bool IsIdle(string path)
    {
        using var gate = RunLock.TryTake(path);
        return gate is not null;
    }
}
