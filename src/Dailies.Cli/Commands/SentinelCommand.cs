using System.CommandLine;
using Dailies.Cli.Views;
using Dailies.Control;
using Dailies.Markers;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies sentinel --dir &lt;folder&gt;…</c>: writes a done marker beside each image sequence that is whole. Exit 0 after a pass with <c>--once</c> (3 where something
/// could not be read or written), 130 or 143 when it is ended.</summary>
internal static class SentinelCommand
{
    public static Command Build()
    {
        var once = new Option<bool>("--once") { Description = "One pass over what is stable now, then end" };
        var json = new Option<bool>("--json") { Description = "One JSON object a line" };
        var settings = new SettingOptions(SentinelOptions.All);
        var command = new Command("sentinel", "Watch ComfyUI's output folders and mark each image sequence that is whole") { once, json };
        settings.AddTo(command);
        command.SetAction((parsed, _) => WatchAsync(settings.Read(parsed), parsed.GetValue(once), parsed.GetValue(json)));
        return command;
    }

    private static async Task<int> WatchAsync(IReadOnlyDictionary<string, IReadOnlyList<string>> typed, bool once, bool json)
    {
        var (values, faults) = SentinelOptions.Read(typed, Environment.GetEnvironmentVariable);
        if (faults.Count > 0)
        {
            foreach (var fault in faults)
            {
                await Console.Error.WriteLineAsync($"{CommandLine.Program}: {TerminalText.Plain(fault)}");
            }

            return ExitCode.Usage;
        }

        var clock = TimeProvider.System;
        using var console = new RunConsole(StandardStream.Output(), StandardStream.Error(), json, clock, SentinelView.Dropped);
        using var signals = new StopSignals(_ => { }, hurries: false);
        var view = new SentinelView(console, json, clock);
        using var sentinel = new Sentinel(SentinelOptions.ToPolicy(values), values.List(SentinelOptions.Dirs), clock, view.Tell);
        try
        {
            await (once ? sentinel.OnceAsync(signals.Token) : sentinel.RunAsync(signals.Token));
        }
        catch (OperationCanceledException) when (signals.Code is not null)
        {
            // Ended by a signal: its code is the exit code.
        }

        await console.WrittenAsync();
        return signals.Code ?? (view.Troubles > 0 ? ExitCode.Station : ExitCode.Ok);
    }
}
