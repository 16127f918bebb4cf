using System.CommandLine;
using Dailies.Contract;
using Dailies.Control;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies resume [&lt;run&gt;]</c>: goes on where a run ended. A finished run is left as it is, byte for byte.</summary>
internal static class ResumeCommand
{
    public static Command Build()
    {
        var run = RunArgument.Optional();
        var shared = new ResumeOptions();
        var command = new Command("resume", "Go on where a run ended: adopt what finished, send only what is lost") { run };
        shared.AddTo(command);
        command.SetAction((parsed, _) => shared.TakeUpAsync(parsed, parsed.GetValue(run)!, Decide));
        return command;
    }

    private static TakeUp Decide(ResumeSetup setup, RunFolder folder)
    {
        var scenes = setup.State!.Scenes.Values;
        var taken = scenes.Count(s => s.Accepted is not null);
        if (!ResumeSetup.IsWhole(setup.State, folder) || ResumeSetup.HasDamage(setup.State, folder))
        {
            return TakeUp.Plain;
        }

        var done = LateEnding.Write(setup.Request!, setup.State, folder, TimeProvider.System) ?? "nothing to do";
        return TakeUp.Nothing($"is finished ({taken} of {scenes.Count()} scenes have a take): {done}", taken == scenes.Count() ? ExitCode.Ok : ExitCode.Failed);
    }
}
