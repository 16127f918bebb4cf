using System.CommandLine;
using Dailies.Artifacts;
using Dailies.Cli.Views;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;
using Dailies.Notices;
using Dailies.Settings;
using Dailies.Takes;

namespace Dailies.Cli.Commands;

/// <summary>Whether and with what a run is taken up: a first event of the operator's, nothing to do, or a reason why not.</summary>
internal sealed record TakeUp(Func<DateTimeOffset, RunEvent>? First, string? Idle, int IdleCode, string? Fault)
{
    public static TakeUp Plain { get; } = new(null, null, 0, null);

    public static TakeUp With(Func<DateTimeOffset, RunEvent> first) => new(first, null, 0, null);

    public static TakeUp Nothing(string why, int code) => new(null, why, code, null);

    public static TakeUp Refused(string fault) => new(null, null, 0, fault);
}

/// <summary>What resume and retry share: the run's lock, its request rebuilt from the ledger, the station.</summary>
internal sealed class ResumeOptions
{
    private readonly Option<string> runsDir = RunArgument.RunsDir();
    private readonly Option<bool> json = new("--json") { Description = "One JSON object a line, the result last" };
    private readonly SettingOptions settings = new([RunOptions.Comfy, .. StationOptions.All, .. NoticeOptions.All, Curfew.Until, RunOptions.AllowSleep]);

    public void AddTo(Command command)
    {
        command.Options.Add(runsDir);
        command.Options.Add(json);
        settings.AddTo(command);
    }

    /// <summary>Takes a run up, unless <paramref name="decide"/> says otherwise. While another controller works on it, <paramref name="ask"/> may ask that one:
    /// its exit code, or null when that controller ended first.</summary>
    public async Task<int> TakeUpAsync(ParseResult parsed, string name, Func<ResumeSetup, RunFolder, TakeUp> decide, Func<RunFolder, Task<int?>>? ask = null)
    {
        var (path, fault) = RunFinder.Find(name, parsed.GetValue(runsDir)!);
        if (path is null)
        {
            return await SayAsync(fault!);
        }

        var folder = new RunFolder(path);
        using var gate = RunLock.TryTake(folder.Root);
        if (gate is null && ask is not null)
        {
            return await ask(folder) ?? await TakeUpAsync(parsed, name, decide, ask);
        }

        if (gate is null)
        {
            return await SayAsync($"another controller works on {path}: watch it with {CommandLine.Program} status {path}, or end it with {CommandLine.Program} stop {path}");
        }

        var (file, fileFault) = SettingsFiles.Find(".");
        var sources = new SettingSources(settings.Read(parsed), Environment.GetEnvironmentVariable, file);
        var setup = ResumeSetup.Read(folder, sources, ProgramIdentity.Current, VideoTools.Find());
        if ((setup.Fault ?? fileFault?.ToString()) is { } problem)
        {
            return await SayAsync(problem);
        }

        var decided = decide(setup, folder);
        if (decided.Fault is { } refused)
        {
            return await SayAsync(refused);
        }

        if (decided.Idle is { } idle)
        {
            await Console.Error.WriteLineAsync($"{path} {idle}");
            return decided.IdleCode;
        }

        var show = new RunShow(setup.Request!, parsed.GetValue(json), SleepSetting.Allows(setup.Request!, sources), []);
        return await show.ShowAsync((loop, stop) => loop.ResumeAsync(folder, stop, decided.First));
    }

    private static async Task<int> SayAsync(string fault)
    {
        await Console.Error.WriteLineAsync($"{CommandLine.Program}: {TerminalText.Plain(fault)}");
        return ExitCode.Usage;
    }
}
