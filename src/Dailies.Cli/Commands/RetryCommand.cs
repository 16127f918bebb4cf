using System.CommandLine;
using System.Globalization;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies retry &lt;run&gt; &lt;scene&gt;</c>: one more attempt at a scene that failed, in a run that has ended; then whatever else the run owes.</summary>
internal static class RetryCommand
{
    public static Command Build()
    {
        var run = new Argument<string>("run") { Description = "A run folder, a run id, or latest" };
        var scene = new Argument<string>("scene") { Description = "The scene, for example scene-003 or 3" };
        var seed = new Option<string>("--seed") { Description = "A seed for this attempt", HelpName = "n" };
        var shared = new ResumeOptions();
        var command = new Command("retry", "One more attempt at a scene that failed") { run, scene, seed };
        shared.AddTo(command);
        command.SetAction((parsed, _) => shared.TakeUpAsync(parsed, parsed.GetValue(run)!, setup => Reopen(setup, parsed.GetValue(scene)!, parsed.GetValue(seed))));
        return command;
    }

    private static TakeUp Reopen(ResumeSetup setup, string name, string? seed)
    {
        var id = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? RunFolder.SceneId(number) : name;
        var scene = setup.State!.Scenes.GetValueOrDefault(id);
        ulong own = 0;
        if (seed is not null && !ulong.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out own))
        {
            return TakeUp.Refused($"seed is '{seed}'; allowed: a whole number from 0 to 18446744073709551615");
        }

        return scene switch
        {
            null => TakeUp.Refused($"the run has no scene {name}; it has {setup.State.Scenes.Keys.First()} to {setup.State.Scenes.Keys.Last()}"),
            { Accepted: not null } => TakeUp.Refused($"{id} has a take already; it stays as it is"),
            { Failed: null } => TakeUp.Refused($"{id} has not failed: {CommandLine.Program} resume goes on with it"),
            _ => TakeUp.With(at => new SceneReopened(at, id, seed is null ? null : own)),
        };
    }
}
