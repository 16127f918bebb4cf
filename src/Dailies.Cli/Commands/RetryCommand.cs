using System.CommandLine;
using System.Globalization;
using System.Text;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Disk;
using Dailies.Ledger;

namespace Dailies.Cli.Commands;

/// <summary><c>dailies retry &lt;run&gt; &lt;scene&gt;</c>: one more attempt at a scene that failed. In a run that has ended, here, with whatever else the run owes; in one that goes on, by its controller.</summary>
internal static class RetryCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static Command Build()
    {
        var run = new Argument<string>("run") { Description = "A run folder, a run id, or latest" };
        var scene = new Argument<string>("scene") { Description = "The scene, for example scene-003 or 3" };
        var seed = new Option<string>("--seed") { Description = "A seed for this attempt", HelpName = "n" };
        var shared = new ResumeOptions();
        var command = new Command("retry", "One more attempt at a scene that failed") { run, scene, seed };
        shared.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var wish = new Wish(parsed.GetValue(scene)!, parsed.GetValue(seed));
            return shared.TakeUpAsync(parsed, parsed.GetValue(run)!, (setup, _) => Decide(setup.State!, wish), folder => AskAsync(folder, wish, cancel));
        });
        return command;
    }

    private static TakeUp Decide(RunState run, Wish wish)
    {
        var scene = run.Scenes.GetValueOrDefault(wish.SceneId);
        return scene switch
        {
            _ when wish.Fault is { } fault => TakeUp.Refused(fault),
            null => TakeUp.Refused($"the run has no scene {wish.Name}; it has {run.Scenes.Keys.First()} to {run.Scenes.Keys.Last()}"),
            { Accepted: not null } => TakeUp.Refused($"{wish.SceneId} has a take already; it stays as it is"),
            { Failed: null } => TakeUp.Refused($"{wish.SceneId} has not failed: {(run.Ended is null ? "it is still the run's to render" : $"{CommandLine.Program} resume goes on with it")}"),
            _ => TakeUp.With(at => new SceneReopened(at, wish.SceneId, wish.Seed)),
        };
    }

    // Another controller works on the run: it is asked to do it, and answers in its ledger. Null: it ended before it saw the request.
    private static async Task<int?> AskAsync(RunFolder folder, Wish wish, CancellationToken cancel)
    {
        var before = LatestState.Read(folder.Root);
        if (Decide(before, wish).Fault is { } fault)
        {
            await Console.Error.WriteLineAsync($"{CommandLine.Program}: {fault}");
            return ExitCode.Usage;
        }

        var request = folder.At(RunFolder.RetryRequest(wish.SceneId));
        AtomicFile.Write(request, Encoding.UTF8.GetBytes(wish.Seed?.ToString(CultureInfo.InvariantCulture) ?? ""));
        while (File.Exists(request))
        {
            await Task.Delay(Pause, TimeProvider.System, cancel);
            using var gate = RunLock.TryTake(folder.Root);
            if (gate is not null)
            {
                File.Delete(request);
            }
        }

        if (LatestState.Read(folder.Root).Scenes[wish.SceneId].Reopened == before.Scenes[wish.SceneId].Reopened)
        {
            return null;
        }

        Console.WriteLine($"{wish.SceneId} gets one more attempt; watch it with: {CommandLine.Program} status {folder.Root}");
        return ExitCode.Ok;
    }

    /// <summary>What was typed: the scene by id or number, and a seed or none.</summary>
    private sealed record Wish(string Name, string? SeedText)
    {
        public string SceneId { get; } = int.TryParse(Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? RunFolder.SceneId(number) : Name;

        public ulong? Seed { get; } = ulong.TryParse(SeedText, NumberStyles.None, CultureInfo.InvariantCulture, out var own) ? own : null;

        public string? Fault => SeedText is not null && Seed is null ? $"seed is '{SeedText}'; allowed: a whole number from 0 to 18446744073709551615" : null;
    }
}
