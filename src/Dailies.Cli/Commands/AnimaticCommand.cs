using System.CommandLine;
using System.Globalization;
using Dailies.Animatic;
using Dailies.Control;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies animatic</c>: the embedded renderer as a server of its own, with faults on request.</summary>
internal static class AnimaticCommand
{
    private const string HowToWrite = "A fault: name[@scene[:attempt]][*count][%percent], such as error@scene-002:1, 500*3 (the first three times) or reset-on-post%20 (one in five); may be repeated";

    public static Command Build()
    {
        var port = new Option<string>("--port") { Description = "Port on loopback, 0 to 65535; 0 takes a free one", HelpName = "n", DefaultValueFactory = _ => "8188" };
        var output = new Option<string>("--output") { Description = "Output folder", HelpName = "folder", DefaultValueFactory = _ => "animatic-output" };
        var faults = new Option<string[]>("--fault") { Description = $"{HowToWrite}:\n{Fault.DescribeFaults()}", HelpName = "fault", AllowMultipleArgumentsPerToken = false };
        var seed = new Option<string>("--fault-seed") { Description = "What faults with %percent are drawn from: the same seed, the same faults", HelpName = "n", DefaultValueFactory = _ => "0" };
        var control = new Option<bool>("--control") { Description = "Also answer /animatic/faults, /animatic/executions and /animatic/kill, for tests" };
        var command = new Command("animatic", "Start the embedded storyboard renderer as a server that speaks ComfyUI's protocol") { port, output, faults, seed, control };
        command.SetAction((parsed, _) => ServeAsync(
            parsed.GetValue(port)!, parsed.GetValue(output)!, parsed.GetValue(faults) ?? [], parsed.GetValue(seed)!, parsed.GetValue(control)));
        return command;
    }

    private static async Task<int> ServeAsync(string portText, string output, IReadOnlyList<string> texts, string seedText, bool control)
    {
        if (!int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > ushort.MaxValue)
        {
            await Console.Error.WriteLineAsync($"{CommandLine.Program}: port is '{portText}'; allowed: a whole number from 0 to 65535");
            return ExitCode.Usage;
        }

        if (!long.TryParse(seedText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
        {
            await Console.Error.WriteLineAsync($"{CommandLine.Program}: fault-seed is '{seedText}'; allowed: a whole number");
            return ExitCode.Usage;
        }

        var faults = new List<Fault>();
        foreach (var text in texts)
        {
            if (!Fault.TryParse(text, out var fault, out var error))
            {
                await Console.Error.WriteLineAsync($"{CommandLine.Program}: {error}");
                return ExitCode.Usage;
            }

            faults.Add(fault!);
        }

        using var signals = new StopSignals(_ => { }, hurries: false);
        try
        {
            await using var server = await AnimaticServer.StartAsync(new AnimaticOptions { Port = port, OutputFolder = output, Faults = faults, Seed = seed, Control = control }, signals.Token);
            Console.WriteLine($"Animatic renders storyboards at {server.Url} into {output}; Ctrl-C ends it");
            await server.WaitForShutdownAsync(signals.Token);
            return ExitCode.Ok;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Ok;
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"{CommandLine.Program}: {e.Message.TrimEnd('.')}. Is the port taken? Try --port 0");
            return ExitCode.Station;
        }
    }
}
