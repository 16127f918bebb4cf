using CsCheck;
using Dailies.Disk;
using Dailies.Tests.Comfy;

namespace Dailies.Tests.Control;

/// <summary>Whole runs on a station whose answers are damaged at random: whatever it says, the run ends by itself, with evidence that holds, and never as our own fault.</summary>
public class RunFuzzTests
{
    // One answer in three, of the first sixty: so the run gets on.
    private static readonly Gen<Func<byte[], byte[]>[]> Damage =
        Gen.Frequency((2, Gen.Const<Func<byte[], byte[]>>(body => body)), (1, JsonDamage.Changes)).Array[60];

    [Fact]
    public async Task A_run_on_damaged_answers_ends_with_evidence() => await Damage.SampleAsync(
        async changes =>
        {
            var asked = -1;
            await using var station = await CannedStation.StartAsync();
            station.Change = (_, body) => Interlocked.Increment(ref asked) is var n && n < changes.Length ? changes[n](body) : body;
            station.Stats = """{"system":{"os":"posix","comfyui_version":"0.8.0"},"devices":[{"name":"cuda:0 GPU","type":"cuda","index":0,"vram_total":1000000000,"vram_free":900000000}]}""";
            await using var run = SmallRun.Without(scenes: 2, frames: 1).On(station.Url).Set("noVideo", "true").Set("sceneMaxWaitSeconds", "20").Set("sceneQueueWaitSeconds", "20")
                .Set("scenePostExecutionTimeoutSeconds", "5").Set("sceneHistoryPollIntervalSeconds", "1");
            run.Clock = new HurriedClock(50);

            var result = await run.RunAsync();

            var why = $"{result.State.Ended?.Why}\n{Dailies.Validation.VerdictText.Write(result.Verdict)}{run.Summary}";
            result.ExitCode.ShouldBeOneOf([0, 1, 3], why);
            result.Verdict.Findings.ShouldBeEmpty(why);
            result.State.Ended.ShouldNotBeNull();
            if (result.ExitCode != 3)
            {
                result.State.Scenes.Values.ShouldAllBe(s => s.Ended, why);
            }

            Directory.EnumerateFiles(run.Folder, $"*{AtomicFile.TempSuffix}", SearchOption.AllDirectories).ShouldBeEmpty();
        },
        iter: Fuzz.Times(6), threads: 2);
}
