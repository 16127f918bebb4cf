using Dailies.Contract;
using Dailies.Markers;
using Dailies.Takes;

namespace Dailies.Tests.Takes;

/// <summary>Which files of an output folder are the take of a prefix.</summary>
public class FolderChoiceTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    // What lies there, name@second[:bytes], folders apart by a bar; what is chosen; what shows that it is not whole.
    public static TheoryData<string, string?, string?> Rows => new()
    {
        { "", null, null },
        { "notes.txt@1 other_00001_.png@1 scene-0011_00001_.png@1", null, null },
        { "s_00002_.png@2 s_00001_.png@1", "files s_00001_.png s_00002_.png", null },
        { "s_00001_.png@1", "still s_00001_.png", null },
        { "s-00001.png@1 s.00002.png@1 s_00003_.png@1", "files s-00001.png s.00002.png s_00003_.png", null },
        { "s_00009_.png@1 s_00010_.png@1 s_100000_.png@1", "files s_00009_.png s_00010_.png s_100000_.png", "number 11 is missing" },
        { "s_00001_.png@1 s_00003_.png@1", "files s_00001_.png s_00003_.png", "number 2 is missing" },
        { "s_00001_.png@1 s_00002_.png@1:0", "files s_00001_.png s_00002_.png", "s_00002_.png is empty" },
        { "s_00001_.png@1 s_00002_.png@1 S_00003_.png@9", "files s_00001_.png s_00002_.png", null },
        { "s_00001.png@1 s_00001.mp4@3 s_00001-audio.mp4@3", "video s_00001-audio.mp4", null },
        { "s_00001.mp4@1 s_00002.mp4@2", "video s_00002.mp4", null },
        { "s_00001_.webm@1 scene_00001_.webm@5", "video s_00001_.webm", null },
        { "s_00001_.png@1 s_00001_.webp@2", "still s_00001_.webp", null },
        { "s_00001_.done@1 s.done@1 .s_00001_.png@1", null, null },
        { "s_00001_.png@1 s_00002_.png@1|s_00001_.png@5", "still s_00001_.png", null },
        { "s_00001_.png@5 s_00002_.png@5|s_00001_.png@5", "files s_00001_.png s_00002_.png", null },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_newest_set_of_the_own_prefix_is_chosen(string lies, string? chosen, string? flaw)
    {
        var candidates = lies.Split('|').Select((files, i) => new FolderCandidate($"/out/{i}", [.. files.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Read)])).ToList();

        var set = FolderChoice.Choose(candidates, "s");

        (set is null ? null : $"{set.Source} {string.Join(' ', set.Files.Select(f => f.Name))}").ShouldBe(chosen);
        set?.Flaw.ShouldBe(flaw);
    }

    [Fact]
    public void The_order_in_which_a_folder_is_listed_changes_nothing()
    {
        var files = Enumerable.Range(1, 40).Select(n => Read($"s_{n:00000}_.png@{n % 7}")).ToArray();
        var first = FolderChoice.Choose([new FolderCandidate("/out", files)], "s")!;

        Random.Shared.Shuffle(files);

        FolderChoice.Choose([new FolderCandidate("/out", files)], "s")!.Same(first).ShouldBeTrue();
    }

    [Theory]
    [InlineData("s_00002_.png@2:9")]
    [InlineData("s_00002_.png@3")]
    [InlineData("s_00003_.png@2")]
    public void Another_length_time_or_name_is_a_change(string second)
    {
        var before = FolderChoice.Choose([new FolderCandidate("/out", [Read("s_00001_.png@1"), Read("s_00002_.png@2")])], "s")!;

        FolderChoice.Choose([new FolderCandidate("/out", [Read("s_00001_.png@1"), Read(second)])], "s")!.Same(before).ShouldBeFalse();
    }

    [Fact]
    public void What_the_history_named_is_found_in_the_folder_and_nothing_outside_it()
    {
        using var temp = new TempFolder();
        temp.Write("out/a/s_00001_.png", "x");
        temp.Write("out/a/s_00007_.png", "x");
        temp.Write("evil.png", "x");
        var folder = new TakeFolder(Path.Combine(temp.Path, "out"));

        var found = folder.Find(new TakeOutput(FrameSource.Files, [Named("s_00001_.png", "a"), Named("s_00007_.png", "a"), Named("s_00008_.png", "a")]), "a/s");

        found!.Files.Select(f => f.Name).ShouldBe(["s_00001_.png", "s_00007_.png"]);
        found.Flaw.ShouldBeNull(); // the history named them: no number is missing
        folder.Find(new TakeOutput(FrameSource.Still, [Named("evil.png", "..")]), "a/s").ShouldBeNull();
        folder.Find(new TakeOutput(FrameSource.Still, [Named("../evil.png", "")]), "a/s").ShouldBeNull();
        folder.Candidates("../s").ShouldBeEmpty();
    }

    private static AnnouncedFile Named(string name, string subfolder) => new("9", "images", name, subfolder, "output", false);

    private static SeenFile Read(string text)
    {
        var (name, rest) = (text.Split('@')[0], text.Split('@')[1].Split(':'));
        return new SeenFile(name, rest.Length > 1 ? long.Parse(rest[1], System.Globalization.CultureInfo.InvariantCulture) : 100, Noon.AddSeconds(double.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture)));
    }
}
