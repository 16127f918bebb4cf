using Dailies.Contract;
using Dailies.Markers;

namespace Dailies.Tests.Markers;

/// <summary>The consumer's side: a stale marker of an earlier run was version 1's proof that a scene was done.</summary>
public sealed class MarkerReadingTests : IDisposable
{
    private const string Run = "20261123-221507";
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 22, 15, 7, TimeSpan.Zero);
    private static readonly DateTimeOffset Before = Start.AddSeconds(-1);
    private static readonly DateTimeOffset After = Start.AddSeconds(90);
    private static readonly MarkerWish Ours = new(Run, 2, Start);
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    // Why none counts, or null where it does.
    public static TheoryData<string, MarkerFile?, MarkerWish, string?> Table => new()
    {
        { "nothing there", null, Ours, "no marker" },
        { "rubbish", Marker(After) with { Content = null, Fault = "no JSON" }, Ours, "no marker that can be read: no JSON" },
        { "ours", Marker(After, Run, 2), Ours, null },
        { "ours, of a clock that is behind", Marker(Before, Run, 2), Ours, null },
        { "of another run", Marker(After, "20261122-010000", 2), Ours, "of another run: 20261122-010000" },
        { "of another attempt", Marker(After, Run, 1), Ours, "of another attempt: 1" },
        { "of another attempt, run unknown", Marker(After, attempt: 1), Ours, "of another attempt: 1" },
        { "of another run, attempt unknown", Marker(After, "20261122-010000"), Ours, "of another run: 20261122-010000" },
        { "the sentinel's, fresh", Marker(After), Ours, null },
        { "the sentinel's, at the very start", Marker(Start), Ours, null },
        { "the sentinel's, of an earlier attempt", Marker(Before), Ours, "older than the attempt: 2026-11-23T22:15:06.000Z" },
        { "our run, no attempt, fresh", Marker(After, Run), Ours, null },
        { "our run, no attempt, old", Marker(Before, Run), Ours, "older than the attempt: 2026-11-23T22:15:06.000Z" },
        { "our attempt, no run, old", Marker(Before, attempt: 2), Ours, "older than the attempt: 2026-11-23T22:15:06.000Z" },
        { "an old one, copied", Marker(Before) with { Written = After.UtcDateTime }, Ours, "older than the attempt: 2026-11-23T22:15:06.000Z" },
        { "an old one, of a clock that is ahead", Marker(After) with { Written = Before.UtcDateTime }, Ours, "older than the attempt: 2026-11-23T22:15:06.000Z" },
        { "without a time, fresh", Untimed(After), Ours, null },
        { "without a time, old", Untimed(Before), Ours, "older than the attempt: 2026-11-23T22:15:06.000Z" },
        { "nobody in particular asks, fresh", Marker(After, Run, 2), new MarkerWish(null, null, Start), null },
        { "nobody in particular asks, old", Marker(Before, Run, 2), new MarkerWish(null, null, Start), "older than the attempt: 2026-11-23T22:15:06.000Z" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Only_a_marker_of_this_very_attempt_counts(string what, MarkerFile? file, MarkerWish wish, string? why) =>
        MarkerReading.Judge(file, wish).ShouldBe(why is null ? new MarkerVerdict(file, "") : new MarkerVerdict(null, why), what);

    [Fact]
    public void A_marker_on_disk_is_found_by_its_prefix_alone()
    {
        var marker = new DoneMarker(After, 25, "scene-001_00025_.png") { RunId = Run, Attempt = 2 };
        var path = MarkerWriter.Write(temp.Path, "scene-001", marker);

        var found = MarkerReading.Find(temp.Path, "scene-001", Ours).File.ShouldNotBeNull();

        (found.Path, found.Content).ShouldBe((path, marker));
        MarkerReading.Find(temp.Path, "scene-00", Ours).ShouldBe(new MarkerVerdict(null, "no marker"));
        MarkerReading.Find(Path.Combine(temp.Path, "gone"), "scene-001", Ours).ShouldBe(new MarkerVerdict(null, "no marker"));
    }

    [Fact]
    public void A_half_written_marker_is_none()
    {
        temp.Write("p" + DoneMarker.TempSuffix, """{"FrameCount":25}""");
        MarkerReading.Find(temp.Path, "p", Ours).Why.ShouldBe("no marker");
        temp.Write("p.done", """{"FrameCount":""");
        MarkerReading.Find(temp.Path, "p", Ours).Why.ShouldBe("no marker that can be read: no JSON");
        temp.Write("p.done", "");
        MarkerReading.Find(temp.Path, "p", Ours).Why.ShouldBe("no marker that can be read: 0 bytes");
    }

    [Fact]
    public void A_link_a_folder_and_a_giant_are_no_markers()
    {
        Directory.CreateDirectory(Path.Combine(temp.Path, "folder.done"));
        MarkerReading.Find(temp.Path, "folder", Ours).Why.ShouldBe("no marker");
        temp.Write("giant.done", new string(' ', DoneMarker.MostBytes) + "{}");
        MarkerReading.Find(temp.Path, "giant", Ours).Why.ShouldStartWith("no marker that can be read");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");
        File.CreateSymbolicLink(Path.Combine(temp.Path, "link.done"), temp.Write("elsewhere", """{"FrameCount":25}"""));
        MarkerReading.Find(temp.Path, "link", Ours).Why.ShouldBe("no marker that can be read: a link");
    }

    [Fact]
    public void The_consumer_writes_nothing()
    {
        MarkerReading.Find(temp.Path, "p", Ours);
        Directory.EnumerateFileSystemEntries(temp.Path).ShouldBeEmpty();
    }

    private static MarkerFile Marker(DateTimeOffset at, string? run = null, int? attempt = null) =>
        new("p.done", at.UtcDateTime, new DoneMarker(at, 25, "p_00025_.png") { RunId = run, Attempt = attempt });

    private static MarkerFile Untimed(DateTimeOffset at) => new("p.done", at.UtcDateTime, new DoneMarker(null, 25, null));
}
