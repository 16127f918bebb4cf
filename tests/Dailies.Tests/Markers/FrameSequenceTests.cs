using CsCheck;
using Dailies.Markers;

namespace Dailies.Tests.Markers;

/// <summary>A folder's files as sequences.</summary>
public class FrameSequenceTests
{
    private static readonly DateTime Ten = new(2026, 11, 23, 10, 0, 0, DateTimeKind.Utc);

    private static readonly SeenFile[] Folder =
    [
        new("p_00001_.png", 10, Ten), new("p_00002_.png", 11, Ten.AddSeconds(2)), new("p_00003_.png", 12, Ten.AddSeconds(1)),
        new("q-1.exr", 5, Ten), new("q-2.exr", 5, Ten), new("q-10.exr", 5, Ten),
        new("p.done", 90, Ten.AddHours(1)), new("notes.txt", 1, Ten.AddHours(1)), new("p_00001_.mp4", 1000, Ten),
    ];

    [Fact]
    public void Sequences_are_kept_apart_and_other_files_left_out()
    {
        var found = FrameSequence.Group(Folder);
        found.Keys.ShouldBe(["p", "q"], ignoreOrder: true);
        (found["p"].Frames, found["p"].Latest, found["p"].Newest, found["p"].Empty).ShouldBe((3, "p_00002_.png", Ten.AddSeconds(2), null));
        (found["q"].Frames, found["q"].Latest).ShouldBe((3, "q-10.exr")); // one tick of a coarse disk: the highest number
    }

    [Fact]
    public void A_frame_without_content_is_named() =>
        FrameSequence.Group([.. Folder, new SeenFile("p_00004_.png", 0, Ten)])["p"].Empty.ShouldBe("p_00004_.png");

    public static TheoryData<string, SeenFile[]> Changes => new()
    {
        { "one more", [.. Folder, new SeenFile("p_00004_.png", 10, Ten)] },
        { "one less", Folder[1..] },
        { "longer", [Folder[0] with { Bytes = 11 }, .. Folder[1..]] },
        { "rewritten", [Folder[0] with { Written = Ten.AddTicks(1) }, .. Folder[1..]] },
        { "another name", [Folder[0] with { Name = "p_00004_.png" }, .. Folder[1..]] },
        { "lengths exchanged", [Folder[0] with { Bytes = 11 }, Folder[1] with { Bytes = 10 }, .. Folder[2..]] },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Every_change_shows(string what, SeenFile[] after)
    {
        FrameSequence.Group(after)["p"].Fingerprint.ShouldNotBe(FrameSequence.Group(Folder)["p"].Fingerprint, what);
        FrameSequence.Group(after)["q"].ShouldBe(FrameSequence.Group(Folder)["q"], what);
    }

    [Fact]
    public void The_order_of_a_listing_changes_nothing() => Gen.Shuffle(Folder).Sample(
        shuffled => FrameSequence.Group(shuffled).OrderBy(s => s.Key).Select(s => s.Value).SequenceEqual(FrameSequence.Group(Folder).OrderBy(s => s.Key).Select(s => s.Value)));
}
