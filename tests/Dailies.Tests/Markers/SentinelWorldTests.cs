using Dailies.Contract;
using Dailies.Markers;

namespace Dailies.Tests.Markers;

/// <summary>The sentinel among folders that go, links, many files, lost events; its heartbeat; and the single pass.</summary>
public sealed class SentinelWorldTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Links_lead_nowhere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");
        using var rig = new SentinelRig();
        var outside = Directory.CreateDirectory(Path.Combine(rig.Outside, "elsewhere")).FullName;
        rig.Frames("../elsewhere/q", 2);
        Directory.CreateSymbolicLink(Path.Combine(rig.Root, "away"), outside);
        Directory.CreateSymbolicLink(Path.Combine(rig.Root, "ring"), rig.Root);
        rig.Frame("p_00001_.png");
        File.CreateSymbolicLink(Path.Combine(rig.Root, "p_00002_.png"), Path.Combine(outside, "q_00002_.png"));
        rig.Frames("sub/deep/r", 2);

        rig.Look();
        // A folder that is known becomes a link, while a sequence in it is on its way.
        Directory.Delete(Path.Combine(rig.Root, "sub"), recursive: true);
        Directory.CreateDirectory(Path.Combine(outside, "deep"));
        rig.Frames("../elsewhere/deep/r", 2);
        Directory.CreateSymbolicLink(Path.Combine(rig.Root, "sub"), outside);
        rig.Look(1).Settle().Settle();

        rig.Marks.ShouldHaveSingleItem().Marker.FrameCount.ShouldBe(1);
        Directory.EnumerateFiles(outside, "*.done*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_that_vanishes_is_said_once_and_taken_up_when_it_is_back()
    {
        using var rig = new SentinelRig();
        rig.Frames("sub/p", 2);
        rig.Look();
        Directory.Delete(Path.Combine(rig.Root, "sub"), recursive: true);
        rig.Look(1).Look(10);
        rig.Said.ShouldBeEmpty(); // cleaning up below is nothing to talk about

        Directory.Delete(rig.Root, recursive: true);
        rig.Look(2).Look(2).Look(2);
        rig.Troubles.ShouldHaveSingleItem().ShouldContain("gone");

        rig.Frames("p", 2);
        rig.Settle();
        rig.Said.OfType<SentinelEvent.Watching>().ShouldHaveSingleItem();
        rig.Marks.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_marker_that_can_not_be_written_is_said_once_and_tried_again()
    {
        using var rig = new SentinelRig();
        rig.Frames("p", 2);
        rig.Frames("q", 2);
        var inTheWay = Directory.CreateDirectory(Path.Combine(rig.Root, "p.done.tmp")).FullName;

        rig.Settle().Settle();
        rig.Troubles.ShouldHaveSingleItem().ShouldContain("not written");
        rig.Marks.ShouldHaveSingleItem().Path.ShouldEndWith("q.done");

        Directory.Delete(inTheWay);
        rig.Look(2);
        rig.Marks.Last().Path.ShouldEndWith("p.done");
    }

    [Fact]
    public async Task It_gives_a_sign_of_life_at_each_look_and_takes_it_away_at_the_end()
    {
        using var rig = new SentinelRig();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var watching = rig.Sentinel.RunAsync(stop.Token);
        SentinelHeartbeat.Read(rig.Root).ShouldBe(new SentinelHeartbeat(Environment.ProcessId, SentinelRig.Start, 2));
        rig.Look(4);
        var sign = SentinelHeartbeat.Find(rig.Root, rig.Clock.GetUtcNow()).ShouldNotBeNull();
        sign.WrittenAt.ShouldBe(SentinelRig.Start.AddSeconds(4));

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(watching);
        Directory.EnumerateFileSystemEntries(rig.Root).ShouldBeEmpty();
    }

    // A first look at an old output folder may write thousands of markers.
    [Fact]
    public void Long_looks_give_signs_of_life_too()
    {
        using var rig = new SentinelRig();
        rig.Frames("p", 1);
        rig.Frames("q", 1);
        using var slow = new Sentinel(new SentinelPolicy(), [rig.Root], rig.Clock, _ => rig.Clock.Advance(TimeSpan.FromSeconds(20)));
        slow.Look();
        rig.Clock.Advance(TimeSpan.FromSeconds(3));
        slow.Look();
        SentinelHeartbeat.Read(rig.Root)!.WrittenAt.ShouldBe(rig.Clock.GetUtcNow());
    }

    [Fact]
    public void Folders_inside_others_are_watched_once()
    {
        using var rig = new SentinelRig();
        rig.Frames("a/p", 2);
        using var sentinel = new Sentinel(new SentinelPolicy(), [Path.Combine(rig.Root, "a"), rig.Root, rig.Root + Path.DirectorySeparatorChar], rig.Clock, rig.Said.Add);
        sentinel.Look();
        rig.Clock.Advance(TimeSpan.FromSeconds(4));
        sentinel.Look();

        rig.Marks.ShouldHaveSingleItem();
        sentinel.Listed.ShouldBe(4); // two folders, two looks
    }

    // 50,000 with DAILIES_TEST_ALL=1.
    [Fact]
    public void Many_files_are_listed_once_a_look_and_only_where_something_is_on_its_way()
    {
        var many = Environment.GetEnvironmentVariable("DAILIES_TEST_ALL") == "1" ? 50_000 : 2_000;
        using var rig = new SentinelRig();
        for (var n = 0; n < many; n++)
        {
            File.WriteAllBytes(Path.Combine(rig.Root, $"shot-{n / 25:0000}_{(n % 25) + 1:00000}_.exr"), [1]);
        }

        rig.Look();
        rig.Sentinel.Listed.ShouldBe(1);
        rig.Look(3);
        rig.Marks.Count().ShouldBe(many / 25);
        rig.Marks.ShouldAllBe(m => m.Marker.FrameCount == 25);

        rig.Frames("new/p", 3);
        rig.Look(2).Look(1).Look(1).Look(1);
        rig.Marks.Count().ShouldBe((many / 25) + 1);
        rig.Sentinel.Listed.ShouldBe(2 + 2 + 1 + 2 + 1); // at each second second all, in between the new folder alone
    }

    // The clock hardly moves, so that no scan of everything is due: what is seen, the system has told. It may take its time.
    [Fact]
    public async Task Between_scans_a_change_is_seen_because_the_system_tells_of_it()
    {
        using var rig = new SentinelRig(new SentinelPolicy { Stable = TimeSpan.FromSeconds(1) });
        rig.Frames("a/p", 2);
        rig.Sentinel.Begin();
        rig.Said.ShouldBe([new SentinelEvent.Watching(rig.Root, Events: true)]);
        rig.Look().Look(4);
        rig.Marks.ShouldHaveSingleItem();
        rig.Sentinel.Look().ShouldBe(TimeSpan.FromSeconds(2));

        rig.Frame("a/p_00003_.png");
        for (var patience = 3_000; rig.Sentinel.Look() == TimeSpan.FromSeconds(2); patience--)
        {
            patience.ShouldBeGreaterThan(0, "nothing was told");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);
        }

        rig.Look(1);
        rig.Marks.Last().Marker.FrameCount.ShouldBe(3);
    }

    [Fact]
    public void Lost_events_are_said_and_everything_is_scanned()
    {
        using var temp = new TempFolder();
        using var events = new FolderEvents(temp.Path);
        events.Note(Path.Combine(temp.Path, "a", "p_00001_.png"));
        events.Note(Path.Combine(temp.Path, "a", "p_00002_.png"));
        events.Note(Path.Combine(temp.Path, "b", DoneMarker.HeartbeatFile));
        events.Note(Path.Combine(temp.Path, "b", "p" + DoneMarker.TempSuffix));
        events.Take().ShouldBe(([Path.Combine(temp.Path, "a")], null), new Taken());
        events.Take().ShouldBe(([], null), new Taken());

        events.Lose(new InternalBufferOverflowException("too many"));
        events.Take().Lost.ShouldBe("too many");
        (events.Take().Lost, events.Fault).ShouldBe((null, null)); // it goes on telling

        events.Lose(new IOException("unmounted"));
        (events.Take().Lost, events.Fault).ShouldBe(("unmounted", "unmounted"));
    }

    [Fact]
    public void Where_the_system_tells_nothing_the_sentinel_says_so()
    {
        using var temp = new TempFolder();
        using var events = new FolderEvents(Path.Combine(temp.Path, "gone"));
        events.Fault.ShouldNotBeNull();
        events.Take().Folders.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_pass_marks_what_has_long_been_still_and_waits_for_the_rest_no_longer_than_the_stable_span()
    {
        using var rig = new SentinelRig();
        rig.Frames("old", 2); // its files are of today, the rig's clock is decades ahead
        rig.Frame("new_00001_.png", at: rig.Clock.GetUtcNow().UtcDateTime.AddSeconds(-1));
        rig.Frame("moving_00001_.png", at: rig.Clock.GetUtcNow().UtcDateTime);

        var pass = rig.Sentinel.OnceAsync(Cancel);
        rig.Marks.ShouldHaveSingleItem().Path.ShouldEndWith("old.done");
        pass.IsCompleted.ShouldBeFalse();
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        rig.Frame("moving_00002_.png", at: rig.Clock.GetUtcNow().UtcDateTime);
        while (!pass.IsCompleted)
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(0.5));
            await Task.Yield();
        }

        await pass;
        rig.Marks.Select(m => Path.GetFileName(m.Path)).ShouldBe(["old.done", "new.done"]);
        rig.Said.OfType<SentinelEvent.Withheld>().ShouldHaveSingleItem().ShouldBe(new SentinelEvent.Withheld(rig.Root, "moving", null));
        File.Exists(Path.Combine(rig.Root, DoneMarker.HeartbeatFile)).ShouldBeFalse(); // nobody answers afterwards
    }

    private sealed class Taken : IEqualityComparer<(IReadOnlyCollection<string> Folders, string? Lost)>
    {
        public bool Equals((IReadOnlyCollection<string> Folders, string? Lost) x, (IReadOnlyCollection<string> Folders, string? Lost) y) =>
            x.Lost == y.Lost && x.Folders.Order().SequenceEqual(y.Folders.Order());

        public int GetHashCode((IReadOnlyCollection<string> Folders, string? Lost) obj) => 0;
    }
}
