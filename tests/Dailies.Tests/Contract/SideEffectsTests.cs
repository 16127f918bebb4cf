using System.Collections.Concurrent;
using System.Diagnostics;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Ledger;

namespace Dailies.Tests.Contract;

/// <summary>Whoever listens sees each effect begin before it happens and end after it, under published names; without a listener there is nothing.</summary>
public sealed class SideEffectsTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void Without_a_listener_no_span_is_made()
    {
        SideEffects.OnEvent("RunStarted", null, null).ShouldBeNull();
        SideEffects.OnFile(SideEffects.Write, "file").ShouldBeNull();
        SideEffects.OnStation(SideEffects.Free).ShouldBeNull();
    }

    [Fact]
    public void A_file_is_written_then_renamed_and_each_boundary_stands_where_it_says()
    {
        var path = Path.Combine(temp.Path, "20260101-000000", "scene-001", "file.json");
        var seen = Hear("scene-001/file.json", () => AtomicFile.Write(path, "new"u8), at => $"{at} {File.Exists(path)} {File.Exists(path + AtomicFile.TempSuffix)}");

        // The moment, then whether the file and its temp file are there.
        seen.ShouldBe(["start write False False", "stop write False True", "start rename False True", "stop rename True False"]);
    }

    [Fact]
    public void A_commit_names_its_event_scene_and_attempt_and_is_on_disk_at_its_end()
    {
        var path = Path.Combine(temp.Path, "ledger.db");
        using var ledger = RunLedger.Open(path);
        var seen = Hear("SceneAccepted", () => ledger.Append(new SceneAccepted(DateTimeOffset.UnixEpoch, "scene-007", 2, 25)), at => $"{at} {RunLedger.Read(path).Count}");

        seen.ShouldBe(["start commit 0", "stop commit 1"]);
    }

    [Theory]
    [InlineData("/home/ann/logs/20260101-000000/scene-001/file.json", "scene-001/file.json")]
    [InlineData("/home/20250101-000000/logs/20260101-000000-2/run.log", "run.log")]
    [InlineData("public/artifacts/latest-run.json", "latest-run.json")]
    [InlineData("/home/20260101-000000", "20260101-000000")]
    [InlineData("file", "file")]
    public void A_path_is_shown_relative_to_its_run_and_never_tells_whose_machine_it_is(string path, string shown) =>
        RunFolder.Shown(path).ShouldBe(shown);

    // What the spans of one tag value say at their two boundaries; other tests run beside this one.
    private static List<string> Hear(string tag, Action act, Func<string, string> look)
    {
        var seen = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SideEffects.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = a => Note("start", a),
            ActivityStopped = a => Note("stop", a),
        };
        ActivitySource.AddActivityListener(listener);
        act();
        return [.. seen];

        void Note(string moment, Activity a)
        {
            if (a.TagObjects.Any(t => Equals(t.Value, tag)))
            {
                seen.Enqueue(look($"{moment} {a.OperationName}"));
            }
        }
    }
}
