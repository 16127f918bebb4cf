using Dailies.Contract;

namespace Dailies.Tests.Control;

/// <summary>An accepted take whose files are gone or changed when the run is taken up again: fetched again, else rendered again, never believed.</summary>
public class DamagedTakeTests
{
    [Fact]
    public async Task What_the_station_still_has_is_fetched_again()
    {
        await using var run = await SmallRun.WithAsync(scenes: 2);
        await run.RunAsync();
        var frame = Frame(run, 1);
        var before = File.ReadAllBytes(frame);
        File.WriteAllText(frame, "not a picture");

        var result = await run.ResumeAsync();

        (result.ExitCode, result.Verdict.Findings.Count, run.Server!.Executions).ShouldBe((0, 0, 2));
        File.ReadAllBytes(frame).ShouldBe(before);
        run.Summary.ShouldContain("[Scene scene-001] WARNING: take fetched again: scene-001/generated-frames-attempt-1/");
    }

    [Fact]
    public async Task What_is_gone_everywhere_is_rendered_again_with_its_own_seed_and_not_charged()
    {
        await using var run = await SmallRun.WithAsync(scenes: 2);
        await run.Set("sceneRetryBudget", "1").RunAsync();
        File.Delete(Frame(run, 2));
        Directory.Delete(Path.Combine(run.Folder, "output"), recursive: true);

        var result = await run.ResumeAsync();

        (result.ExitCode, result.Verdict.Findings.Count, run.Server!.Executions).ShouldBe((0, 0, 3));
        var scene = result.State.Scenes["scene-002"];
        scene.Attempts.Select(a => (a.Settled!.FailureKind, a.Settled.Charged)).ShouldBe([(FailureKind.BadFrames, false), (null, true)]);
        scene.Attempts.Select(a => a.Seed).Distinct().ShouldHaveSingleItem();
        result.State.Scenes["scene-001"].Attempts.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_finished_run_with_whole_takes_has_no_damage()
    {
        await using var run = await SmallRun.WithAsync(scenes: 1);
        var result = await run.RunAsync();
        Dailies.Control.ResumeSetup.HasDamage(result.State, new RunFolder(run.RunDir)).ShouldBeFalse();
        File.Delete(Frame(run, 1));
        Dailies.Control.ResumeSetup.HasDamage(result.State, new RunFolder(run.RunDir)).ShouldBeTrue();
    }

    private static string Frame(SmallRun run, int scene) =>
        Directory.GetFiles(Path.Combine(run.RunDir, RunFolder.Frames(RunFolder.SceneId(scene), 1))).Order(StringComparer.Ordinal).First();
}
