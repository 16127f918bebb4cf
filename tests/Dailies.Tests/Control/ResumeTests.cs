using Dailies.Animatic;
using Dailies.Artifacts;
using Dailies.Contract;
using Dailies.Control;
using Dailies.Ledger;
using Dailies.Settings;
using Dailies.Validation;

namespace Dailies.Tests.Control;

/// <summary>A run that was killed after any of its events is taken up again: nothing is lost, nothing is rendered twice.</summary>
public class ResumeTests
{
    [Fact]
    public async Task Killed_after_any_event_a_run_ends_whole_and_renders_nothing_twice()
    {
        await using var run = await SmallRun.WithAsync("error@scene-002:1", scenes: 3);
        await run.RunAsync();
        var events = RunLedger.Read(Path.Combine(run.RunDir, RunFolder.Ledger));
        var pixels = Frames(run.RunDir);
        for (var kept = 1; kept < events.Count; kept++)
        {
            var before = run.Server!.Executions;
            var (result, folder) = await ResumeAsync(run, events.Take(kept), run.Server.Url);
            var why = $"killed after event {kept}: {events[kept - 1].GetType().Name}\n{VerdictText.Write(result.Verdict)}";

            result.ExitCode.ShouldBe(0, why);
            result.State.Scenes.Values.ShouldAllBe(s => s.Accepted != null, why);
            RunValidator.Validate(folder.Root).Findings.ShouldBeEmpty(why);
            Frames(folder.Root).ShouldBe(pixels, why);

            // What the cut ledger had begun is known to the renderer: only attempts that it had not begun are executed now.
            var begun = events.Take(kept).OfType<AttemptStarted>().Count();
            (run.Server.Executions - before).ShouldBe(result.State.Scenes.Values.Sum(s => s.Attempts.Length) - begun, why);
            RunLedger.Read(folder.At(RunFolder.Ledger)).OfType<SceneAccepted>().GroupBy(a => a.SceneId).ShouldAllBe(g => g.Count() == 1, why);
        }
    }

    [Fact]
    public async Task What_a_restarted_renderer_no_longer_knows_is_sent_again_and_not_charged()
    {
        await using var run = await SmallRun.WithAsync(scenes: 2);
        await run.RunAsync();
        var events = RunLedger.Read(Path.Combine(run.RunDir, RunFolder.Ledger));
        var cut = events.TakeWhile(e => e is not HistoryReceived).ToList();
        await using var fresh = await AnimaticServer.StartAsync(new AnimaticOptions { OutputFolder = Path.Combine(run.Folder, "fresh"), StepDelay = TimeSpan.Zero }, SmallRun.Cancel);
        var (result, _) = await ResumeAsync(run, cut, fresh.Url);

        result.ExitCode.ShouldBe(0);
        fresh.Executions.ShouldBe(2);
        var first = result.State.Scenes.Values.First();
        first.Attempts[0].Settled!.FailureKind.ShouldBe(FailureKind.StationLost);
        first.Attempts[0].Settled!.Charged.ShouldBeFalse();
        first.Accepted!.Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task A_stopped_run_goes_on_where_it_ended()
    {
        await using var run = await SmallRun.WithAsync(scenes: 3);
        var stopped = await run.RunAsync((e, _, stop) =>
        {
            if (e is SceneAccepted)
            {
                stop.Cancel();
            }
        });
        stopped.ExitCode.ShouldBe(ExitCode.Interrupted);
        var (result, folder) = await ResumeAsync(run, RunLedger.Read(Path.Combine(run.RunDir, RunFolder.Ledger)), run.Server!.Url);
        result.ExitCode.ShouldBe(0, VerdictText.Write(result.Verdict));
        result.State.State.ShouldBe(RunStates.Finished);
        RunValidator.Validate(folder.Root).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Only_one_controller_holds_a_run()
    {
        using var folder = new TempFolder();
        using (var first = RunLock.TryTake(folder.Path))
        {
            first.ShouldNotBeNull();
            RunLock.TryTake(folder.Path).ShouldBeNull();
        }

        using var next = RunLock.TryTake(folder.Path);
        next.ShouldNotBeNull();
    }

    // A copy of the run's folder as it was when its ledger ended with these events, taken up on a station.
    private static async Task<(RunResult Result, RunFolder Folder)> ResumeAsync(SmallRun run, IEnumerable<RunEvent> kept, string url)
    {
        var events = kept.ToList();
        var begun = events.OfType<AttemptStarted>().Select(a => RunFolder.Frames(a.SceneId, a.Attempt)).ToHashSet();
        var folder = new RunFolder(Path.Combine(run.Folder, "resumed", Path.GetRandomFileName(), Path.GetFileName(run.RunDir)));
        Directory.CreateDirectory(folder.Root);
        foreach (var file in Directory.EnumerateFiles(run.RunDir, "*", SearchOption.AllDirectories).Where(f => !Path.GetFileName(f).StartsWith("ledger", StringComparison.Ordinal) && (Path.GetExtension(f) != ".png" || begun.Contains(FolderOf(f)))))
        {
            var target = Path.Combine(folder.Root, Path.GetRelativePath(run.RunDir, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        LedgerExport.Rebuild(folder.At(RunFolder.Ledger), events);
        var typed = new Dictionary<string, IReadOnlyList<string>> { ["comfy"] = [url] };
        var setup = ResumeSetup.Read(folder, new SettingSources(typed, _ => null, null), new ProgramRecord("dailies", "0.0.0", null), run.Tools);
        setup.Fault.ShouldBeNull();
        return (await new RunLoop(setup.Request!, TimeProvider.System).ResumeAsync(folder, SmallRun.Cancel), folder);
    }

    // scene-001/generated-frames-attempt-1
    private static string FolderOf(string frame) => string.Join('/', frame.Split(Path.DirectorySeparatorChar)[^3..^1]);

    // How many pictures each attempt's folder holds.
    private static SortedDictionary<string, int> Frames(string runDir) =>
        new(Directory.EnumerateFiles(runDir, "*.png", SearchOption.AllDirectories).GroupBy(FolderOf).ToDictionary(g => g.Key, g => g.Count()), StringComparer.Ordinal);
}
