using Dailies.Contract;
using Dailies.Ledger;

namespace Dailies.Tests.Ledger;

/// <summary>Two prompts of ours at one station at one time share its GPU: both attempts say so.</summary>
public class GpuOccupancyTests
{
    // s<scene>.<attempt>: sent (to station a; S: to station b), x: executing, y: success, h: history, d: deleted, z: settled.
    public static TheoryData<string, string, string> Nights => new()
    {
        { "one after the other, the first still collected", "s1.1 x1.1 y1.1 s2.1 x2.1 z1.1 y2.1 z2.1", "" },
        { "the second waits behind the first", "s1.1 x1.1 s2.1 y1.1 x2.1 y2.1", "" },
        { "both at once", "s1.1 x1.1 s2.1 x2.1 y1.1 y2.1", "1.1 2.1" },
        { "both at once, seen in the other order", "s1.1 s2.1 x2.1 x1.1", "1.1 2.1" },
        { "three, the third alone", "s1.1 x1.1 s2.1 x2.1 y1.1 y2.1 s3.1 x3.1 y3.1", "1.1 2.1" },
        { "three at once", "s1.1 x1.1 s2.1 x2.1 s3.1 x3.1", "1.1 2.1 3.1" },
        { "at two stations", "s1.1 x1.1 S2.1 x2.1 y1.1 y2.1", "" },
        { "two attempts of one scene", "s1.1 x1.1 s1.2 x1.2", "1.1 1.2" },
        { "taken back before", "s1.1 x1.1 d1.1 s2.1 x2.1", "" },
        { "ended by the history", "s1.1 x1.1 h1.1 s2.1 x2.1", "" },
        { "settled before", "s1.1 x1.1 z1.1 s1.2 x1.2", "" },
        { "never seen executing", "s1.1 y1.1 s2.1 x2.1 z1.1", "" },
        { "seen twice", "s1.1 x1.1 x1.1 y1.1", "" },
        { "seen only when it was over", "s1.1 y1.1 x1.1 s2.1 x2.1", "" },
        { "an attempt that nobody sent", "x1.1 s2.1 x2.1", "" },
        { "a scene that is not in the plan", "s9.1 x9.1 s2.1 x2.1", "" },
    };

    [Theory]
    [MemberData(nameof(Nights))]
    public void Prompts_that_execute_at_one_station_at_once_share_its_GPU(string moment, string night, string shared)
    {
        var run = RunState.Fold([new RunStarted(SampleRun.At(0), SampleRun.Plan(3)), .. night.Split(' ').Select(Event)]);

        string.Join(' ', from scene in run.Scenes.Values
                         from attempt in scene.Attempts
                         where attempt.Measures.Notes.Contains(FallbackNotes.SharedGpu)
                         select $"{int.Parse(scene.Plan.SceneId[6..], System.Globalization.CultureInfo.InvariantCulture)}.{attempt.Number}").ShouldBe(shared, moment);
    }

    [Fact]
    public void The_note_stands_once_in_the_attempt_s_telemetry()
    {
        var run = RunState.Fold([new RunStarted(SampleRun.At(0), SampleRun.Plan(3)), .. "s1.1 x1.1 s2.1 x2.1 y2.1 s3.1 x3.1 y1.1 z1.1".Split(' ').Select(Event)]);

        var telemetry = Dailies.Artifacts.MetadataProjection.Project(run).Scenes[0].Telemetry!;
        telemetry.System.FallbackNotes.Count(n => n == "Two prompts shared the GPU").ShouldBe(1);
        TelemetryLine.Write(telemetry).ShouldEndWith("; Two prompts shared the GPU");
    }

    private static RunEvent Event(string word, int index)
    {
        var (scene, attempt) = (RunFolder.SceneId(word[1] - '0'), word[3] - '0');
        var at = SampleRun.At(index);
        return word[0] switch
        {
            's' or 'S' => new AttemptStarted(at, scene, attempt, "shot", word[0] == 's' ? "a" : "b", $"id-{word}", "client", 1, "p"),
            'x' => new ExecutionSeen(at, scene, attempt, "socket"),
            'y' => new SuccessSeen(at, scene, attempt, "socket"),
            'h' => new HistoryReceived(at, scene, attempt, "h.json", ["failed"], null, null, []),
            'd' => new PromptWithdrawn(at, scene, attempt, "deleted"),
            _ => new AttemptSettled(at, scene, attempt, ExitReason.Success, null, null, Charged: true),
        };
    }
}
