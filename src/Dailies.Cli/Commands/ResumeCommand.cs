using System.CommandLine;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;
using Dailies.Settings;
using Dailies.Takes;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies resume [&lt;run&gt;]</c>: goes on where a run ended. A finished run is left as it is, byte for byte.</summary>
internal static class ResumeCommand
{
    public static Command Build()
    {
        var run = RunArgument.Optional();
        var runsDir = RunArgument.RunsDir();
        var json = new Option<bool>("--json") { Description = "One JSON object a line, the result last" };
        var settings = new SettingOptions([RunOptions.Comfy]);
        var command = new Command("resume", "Go on where a run ended: adopt what finished, send only what is lost") { run, runsDir, json };
        settings.AddTo(command);
        command.SetAction((parsed, _) => ResumeAsync(parsed.GetValue(run)!, parsed.GetValue(runsDir)!, settings.Read(parsed), parsed.GetValue(json)));
        return command;
    }

    private static async Task<int> ResumeAsync(string name, string runsDir, IReadOnlyDictionary<string, IReadOnlyList<string>> typed, bool json)
    {
        var (path, fault) = RunFinder.Find(name, runsDir);
        if (path is null)
        {
            return await SayAsync(fault!);
        }

        var folder = new RunFolder(path);
        using var gate = RunLock.TryTake(folder.Root);
        if (gate is null)
        {
            return await SayAsync($"another controller works on {path}: watch it with {CommandLine.Program} status {path}");
        }

        var (file, fileFault) = SettingsFiles.Find(".");
        var setup = ResumeSetup.Read(folder, new SettingSources(typed, Environment.GetEnvironmentVariable, file), ProgramIdentity.Current, VideoTools.Find());
        if ((setup.Fault ?? fileFault?.ToString()) is { } problem)
        {
            return await SayAsync(problem);
        }

        if (setup.State!.State == RunStates.Finished)
        {
            var taken = setup.State.Scenes.Values.Count(s => s.Accepted is not null);
            await Console.Error.WriteLineAsync($"{path} is finished ({taken} of {setup.State.Scenes.Count} scenes have a take): nothing to do");
            return taken == setup.State.Scenes.Count ? ExitCode.Ok : ExitCode.Failed;
        }

        return await RunShow.ShowAsync(setup.Request!, json, (loop, stop) => loop.ResumeAsync(folder, stop));
    }

    private static async Task<int> SayAsync(string fault)
    {
        await Console.Error.WriteLineAsync($"{CommandLine.Program}: {SummaryEscape.Escape(fault)}");
        return ExitCode.Usage;
    }
}
