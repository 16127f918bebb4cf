using Dailies.Contract;
using Dailies.Markers;

namespace Dailies.Tests.Markers;

/// <summary>Real folders, a clock of the test's: what is marked, when, and what never is.</summary>
public sealed class SentinelTests
{
    [Theory]
    [InlineData("_{0:00000}_.png")]
    [InlineData("-{0:00000}.png")]
    [InlineData(".{0:00000}.png")]
    [InlineData("{0:00000}.png")]
    [InlineData("_{0}.exr")]
    public void A_sequence_gets_one_marker_whatever_the_naming(string format)
    {
        using var rig = new SentinelRig();
        rig.Frames("shots/p", 25, format);

        rig.Settle().Settle();

        var mark = rig.Marks.ShouldHaveSingleItem();
        (mark.Path, mark.Renewed).ShouldBe((Path.Combine(rig.Root, "shots", "p.done"), false));
        (mark.Marker.FrameCount, mark.Marker.RunId, mark.Marker.Attempt).ShouldBe((25, null, null));
        rig.Marker("shots/p").ShouldBe(mark.Marker);
        Directory.EnumerateFiles(Path.Combine(rig.Root, "shots")).Count().ShouldBe(26);
    }

    [Fact]
    public void Sequences_of_one_folder_and_of_several_are_kept_apart()
    {
        using var rig = new SentinelRig();
        rig.Frames("p", 3);
        rig.Frames("p_2", 4);
        rig.Frames("a/p", 5);
        rig.Frames("a/b/c/q", 6);

        rig.Settle();

        rig.Marks.ToDictionary(m => Path.GetRelativePath(rig.Root, m.Path).Replace('\\', '/'), m => m.Marker.FrameCount)
            .ShouldBe(new Dictionary<string, int?> { ["p.done"] = 3, ["p_2.done"] = 4, ["a/p.done"] = 5, ["a/b/c/q.done"] = 6 }, ignoreOrder: true);
    }

    [Fact]
    public void It_is_marked_once_nothing_has_changed_for_the_stable_span()
    {
        using var rig = new SentinelRig();
        rig.Frames("p", 3);

        rig.Look().Look(2).Look(0.9);
        rig.Marker("p").ShouldBeNull();
        rig.Sentinel.Look().ShouldBe(TimeSpan.FromSeconds(0.1)); // it comes back as soon as the sequence may be whole
        rig.Look(0.1);

        rig.Marker("p").ShouldBe(new DoneMarker(SentinelRig.Start.AddSeconds(3), 3, "p_00003_.png"));
        rig.Sentinel.Look().ShouldBe(TimeSpan.FromSeconds(2));
    }

    public static TheoryData<string, Action<SentinelRig>> Changes => new()
    {
        { "another frame", rig => rig.Frame("p_00004_.png") },
        { "a frame grows", rig => rig.Frame("p_00002_.png", "more pixels") },
        { "a frame is rewritten", rig => File.SetLastWriteTimeUtc(Path.Combine(rig.Root, "p_00001_.png"), new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc)) },
        { "a frame is taken away", rig => File.Delete(Path.Combine(rig.Root, "p_00001_.png")) },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Every_change_begins_the_span_anew_and_after_the_marker_renews_it(string what, Action<SentinelRig> change)
    {
        using var rig = new SentinelRig();
        rig.Frames("p", 3);
        rig.Look().Look(2.9);
        change(rig);
        rig.Look(0.1).Look(2.9);
        rig.Marks.ShouldBeEmpty(what);
        rig.Look(0.1);
        rig.Marks.ShouldHaveSingleItem(what).Renewed.ShouldBeFalse();

        rig.Frames("p", 5);
        rig.Look(2);
        change(rig);
        rig.Settle().Settle();

        rig.Marks.Count().ShouldBe(2, what);
        (rig.Marks.Last().Renewed, rig.Marks.Last().Marker.FrameCount).ShouldBe((true, Directory.EnumerateFiles(rig.Root, "p_*.png").Count()), what);
    }

    public static TheoryData<string, Action<SentinelRig>> StaleMarkers => new()
    {
        { "of an earlier run, older than the frames", rig => Put(rig, new DoneMarker(null, 3, null), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)) },
        { "of another number of frames", rig => Put(rig, new DoneMarker(null, 2, null)) },
        { "of an attempt, of another number of frames", rig => Put(rig, new DoneMarker(null, 2, null) { RunId = "20261123-221507", Attempt = 1 }) },
        { "without a count", rig => Put(rig, new DoneMarker(null, null, null)) },
        { "rubbish", rig => File.WriteAllText(Path.Combine(rig.Root, "p.done"), "done") },
        { "empty", rig => File.WriteAllText(Path.Combine(rig.Root, "p.done"), "") },
    };

    [Theory]
    [MemberData(nameof(StaleMarkers))]
    public void A_stale_marker_is_renewed_and_never_trusted(string what, Action<SentinelRig> put)
    {
        using var rig = new SentinelRig();
        rig.Frames("p", 3);
        put(rig);

        rig.Look();
        rig.Marks.ShouldBeEmpty(what);
        rig.Settle().Settle();

        (rig.Marks.ShouldHaveSingleItem(what).Renewed, rig.Marker("p")!.FrameCount, rig.Marker("p")!.RunId).ShouldBe((true, 3, null), what);
    }

    [Fact]
    public void The_marker_of_another_producer_that_fits_is_left_alone()
    {
        using var rig = new SentinelRig();
        rig.Frames("p", 3);
        rig.Settle();
        rig.Frames("p", 4);
        rig.Look(2);
        Put(rig, new DoneMarker(null, 4, "p_00004_.png") { RunId = "20261123-221507", Attempt = 2 });

        rig.Settle().Settle();

        rig.Marks.ShouldHaveSingleItem();
        rig.Marker("p")!.RunId.ShouldBe("20261123-221507");
    }

    // Its file can have the marker's time: disks count in ticks, some in seconds.
    [Fact]
    public void A_frame_that_changes_in_the_tick_of_its_marker_renews_it()
    {
        using var rig = new SentinelRig();
        rig.Frames("p", 3);
        rig.Settle();
        rig.Frame("p_00002_.png", "other pixels", File.GetLastWriteTimeUtc(Path.Combine(rig.Root, "p.done")));

        rig.Settle().Settle();

        rig.Marks.Select(m => m.Renewed).ShouldBe([false, true]);
    }

    [Fact]
    public void A_frame_from_the_future_is_marked_once()
    {
        using var rig = new SentinelRig();
        rig.Frames("p", 2);
        rig.Frame("p_00003_.png", at: new DateTime(2099, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        rig.Settle().Settle().Settle();
        using var next = new Sentinel(new SentinelPolicy(), [rig.Root], rig.Clock, rig.Said.Add);
        next.Look();
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        next.Look();

        rig.Marks.ShouldHaveSingleItem().Marker.Latest.ShouldBe("p_00003_.png");
    }

    [Fact]
    public void A_torn_frame_keeps_the_marker_back_however_long_it_stays()
    {
        using var rig = new SentinelRig();
        rig.Frames("p", 3);
        rig.Torn("p_00002_.png");
        rig.Frames("q", 3);
        rig.Torn("q_00003_.png", "");

        rig.Settle().Settle().Look(100_000);
        rig.Marks.ShouldBeEmpty();
        rig.Said.OfType<SentinelEvent.Withheld>().Select(w => w.Frame).ShouldBe(["p_00002_.png", "q_00003_.png"], ignoreOrder: true); // each once

        rig.Frame("p_00002_.png");
        rig.Frame("q_00003_.png");
        rig.Settle().Settle();
        rig.Marks.Select(m => m.Marker.FrameCount).ShouldBe([3, 3]);
        rig.Marks.ShouldAllBe(m => !m.Renewed);
    }

    [Fact]
    public void Too_few_frames_are_not_marked()
    {
        using var rig = new SentinelRig(new SentinelPolicy { MinFrames = 3 });
        rig.Frames("p", 2);
        rig.Settle().Settle();
        rig.Marks.ShouldBeEmpty();

        rig.Frames("p", 3);
        rig.Settle();
        rig.Marks.ShouldHaveSingleItem().Marker.FrameCount.ShouldBe(3);
    }

    [Fact]
    public void What_is_no_frame_is_neither_counted_nor_marked()
    {
        using var rig = new SentinelRig();
        foreach (var name in new[] { "p_00001_.png.partial", "p_00001_.mp4", "q.done", "q.done.tmp", "q_00001_.done", ".p_00001_.png", ".cache/p_00001_.png", "00001.png", "still.png" })
        {
            rig.Frame(name);
        }

        rig.Settle().Settle();

        rig.Said.ShouldBeEmpty();
        Directory.EnumerateFiles(rig.Root, "*.done", SearchOption.AllDirectories).Count().ShouldBe(2);
    }

    private static void Put(SentinelRig rig, DoneMarker marker, DateTime? at = null) => MarkerWriterAt(rig.Root, marker, at ?? new DateTime(2089, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    private static void MarkerWriterAt(string folder, DoneMarker marker, DateTime at)
    {
        var path = Path.Combine(folder, "p.done");
        File.WriteAllBytes(path, marker.Write());
        File.SetLastWriteTimeUtc(path, at);
    }
}
