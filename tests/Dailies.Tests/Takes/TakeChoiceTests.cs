using CsCheck;
using Dailies.Comfy;
using Dailies.Contract;
using Dailies.Disk;
using Dailies.Takes;

namespace Dailies.Tests.Takes;

/// <summary>Which of the announced files are the take.</summary>
public class TakeChoiceTests
{
    /// <summary>Files as <c>node list type name</c>, a <c>*</c> behind the name of an animated one.</summary>
    public static TheoryData<string, string[], string?, string?> Choices => new()
    {
        { "one image is a still", ["9 images output a.png"], FrameSource.Still, "a.png" },
        { "several are a sequence, in announced order", ["9 images output b.png", "9 images output a.png"], FrameSource.Files, "b.png a.png" },
        { "a video beats images", ["8 images output a.png", "8 images output b.png", "9 images output v.mp4*"], FrameSource.Video, "v.mp4" },
        { "a video beats images saved later", ["8 images output v.webm*", "9 images output a.png", "9 images output b.png"], FrameSource.Video, "v.webm" },
        { "the first-frame PNG beside a video is no take", ["9 gifs output v_00001.png", "9 gifs output v_00001.mp4"], FrameSource.Video, "v_00001.mp4" },
        { "the sound version, announced last, is the video", ["9 gifs output v.png", "9 gifs output v.mp4", "9 gifs output v-audio.mp4"], FrameSource.Video, "v-audio.mp4" },
        { "animated WebP is a video", ["9 images output a.webp*"], FrameSource.Video, "a.webp" },
        { "animated PNG is a video", ["9 images output a.png*"], FrameSource.Video, "a.png" },
        { "a plain WebP is a still", ["9 images output a.webp"], FrameSource.Still, "a.webp" },
        { "a list of gifs is a video", ["9 gifs output a.gif"], FrameSource.Video, "a.gif" },
        { "a gif that is not animated is nothing", ["9 images output a.gif"], null, null },
        { "temp files only where nothing was saved", ["8 images temp t.png", "9 images output a.png"], FrameSource.Still, "a.png" },
        { "a preview alone is the take", ["8 images temp t1.png", "8 images temp t2.png"], FrameSource.Files, "t1.png t2.png" },
        { "saved sound does not make a preview the take", ["8 images temp t.png", "9 audio output a.flac"], null, null },
        { "input files are nothing", ["9 images input a.png"], null, null },
        { "of two savers the last", ["8 images output a1.png", "8 images output a2.png", "9 images output b1.png", "9 images output b2.png"], FrameSource.Files, "b1.png b2.png" },
        { "of two videos the last node's", ["8 images output a.mp4*", "9 images output b.webm*"], FrameSource.Video, "b.webm" },
        { "a last saver without pictures is passed over", ["8 images output a.png", "9 audio output s.flac"], FrameSource.Still, "a.png" },
        { "text, sound and latents are nothing", ["7 text output t.txt", "8 audio output s.flac", "9 latents output l.latent"], null, null },
        { "endings are read in any case", ["9 images output A.PNG", "9 images output B.Png"], FrameSource.Files, "A.PNG B.Png" },
        { "no ending is nothing", ["9 images output picture"], null, null },
        { "nothing is nothing", [], null, null },
        { "VHS with saving off is a video all the same", ["9 gifs temp v_00001-audio.mp4"], FrameSource.Video, "v_00001-audio.mp4" },
        { "VHS with saving off beside a saver is a preview", ["8 images output a.png", "9 gifs temp v_00001.mp4"], FrameSource.Still, "a.png" },
        { "VHS makes webm, mov and webp too", ["7 gifs output a.webm", "8 gifs output b.mov", "9 gifs output c.webp"], FrameSource.Video, "c.webp" },
        { "animated AVIF is a video", ["9 images output a.avif*"], FrameSource.Video, "a.avif" },
        { "EXR frames are a sequence", ["9 images output a.exr", "9 images output b.exr"], FrameSource.Files, "a.exr b.exr" },
        { "an AVIF is a still", ["9 images output a.avif"], FrameSource.Still, "a.avif" },
        { "last is the order of the history, not of the numbers", ["12 images output b1.png", "12 images output b2.png", "3 images output a1.png", "3 images output a2.png"], FrameSource.Files, "a1.png a2.png" },
        { "files of two savers in turns don't mix", ["8 images output a1.png", "9 images output b1.png", "8 images output a2.png", "9 images output b2.png"], FrameSource.Files, "b1.png b2.png" },
        { "one node's images are no video's frames", ["9 images output f1.png", "9 images output f2.png", "9 gifs output v.mp4"], FrameSource.Video, "v.mp4" },
    };

    /// <summary>What the bindings name, what is announced, and the take, or why there is none.</summary>
    public static TheoryData<string, string, string[], string?, string> Bound => new()
    {
        { "the node beats a later one", "8", ["8 images output a1.png", "8 images output a2.png", "9 images output b.png"], FrameSource.Files, "a1.png a2.png" },
        { "the node's images beat another's video", "8", ["8 images output a.png", "9 images output v.mp4*"], FrameSource.Still, "a.png" },
        { "a node that saves nothing but a preview", "9", ["8 images output a.png", "9 gifs temp v.mp4"], FrameSource.Video, "v.mp4" },
        { "a node's saved files beat its previews", "9", ["9 images temp t.png", "9 images output a.png"], FrameSource.Still, "a.png" },
        { "a node that expands saves under ids of its own", "3", ["3.0.0.1 images output a.png", "30 images output b.png"], FrameSource.Still, "a.png" },
        { "3 is not 30", "3", ["30 images output b.png"], null, "node 3, which the bindings name as the take, saved nothing; the history announces files of node 30 (1 file)" },
        { "the node saved nothing", "7", ["8 images output a.png", "8 images output b.png", "9 images output v.mp4*"], null,
            "node 7, which the bindings name as the take, saved nothing; the history announces files of node 8 (2 files), node 9 (1 file)" },
        { "the node saved no picture", "8", ["8 audio output a.flac", "9 images output b.png"], null, "node 8, which the bindings name as the take, saved no picture" },
        { "nobody saved anything", "8", [], null, "the history announces no output at all (a cache hit whose files are gone?)" },
    };

    [Theory]
    [MemberData(nameof(Bound))]
    public void The_node_that_the_bindings_name_is_the_take(string name, string node, string[] files, string? source, string chosen)
    {
        AnnouncedFile[] announced = [.. files.Select(Read)];

        var take = TakeChoice.Choose(announced, node);

        take?.Source.ShouldBe(source, name);
        (take is null ? TakeChoice.WhyNone(announced, node) : string.Join(' ', take.Files.Select(f => f.FileName))).ShouldBe(chosen, name);
    }

    [Theory]
    [InlineData(null, "9 images output a.png", "9 images output b.png", "8 images temp t.png")]
    [InlineData(null, "9 gifs output v.png", "9 gifs output v.mp4", "9 images output v2.png")]
    [InlineData("the take is what node 9 saved; not fetched: node 8 (2 files)", "8 images output a1.png", "8 images output a2.png", "9 images output v.mp4*")]
    [InlineData("the take is what node 9 saved; not fetched: node 7 (1 file), node 8 (1 file)", "7 audio output s.flac", "8 images output a.png", "9 images output b.png")]
    [InlineData(
        "the take is what node 9 saved; not fetched: node 1 (1 file), node 2 (1 file), node 3 (1 file), node 4 (1 file), node 5 (1 file) and 2 more nodes",
        "1 images output a.png", "2 images output a.png", "3 images output a.png", "4 images output a.png", "5 images output a.png", "6 images output a.png", "7 images output a.png", "9 images output a.png")]
    public void What_is_left_aside_is_said(string? words, params string[] files) => TakeChoice.LeftAside(TakeChoice.Choose([.. files.Select(Read)])!).ShouldBe(words);

    [Fact]
    public void A_take_is_of_one_node_whatever_is_announced() => Gen.Select(
        Any("3", "8", "9", "9.0.1"), Any("images", "gifs", "audio"), Any("output", "temp", "input"), Any("a.png", "b.mp4", "c.exr", "d.webp", "e.flac"), Gen.Bool,
        (n, l, t, f, a) => new AnnouncedFile(n, l, f, "", t, a)).Array[0, 12].Select(Any("", "8", "9")).Sample((files, bound) =>
    {
        var node = bound.Length > 0 ? bound : null;
        if (TakeChoice.Choose(files, node) is { } take)
        {
            take.Files.ShouldAllBe(f => f.Node == take.Node && files.Contains(f) && f.Type == take.Files[0].Type && f.Type != "input");
            (take.Source == FrameSource.Files).ShouldBe(take.Files.Count > 1);
            take.Others.ShouldAllBe(o => o.Node != take.Node);
            (node is null || take.Node == node || take.Node.StartsWith(node + ".", StringComparison.Ordinal)).ShouldBeTrue();
        }
    }, iter: 5_000);

    [Theory]
    [MemberData(nameof(Choices))]
    public void The_take_is_chosen(string name, string[] files, string? source, string? chosen)
    {
        var take = TakeChoice.Choose([.. files.Select(Read)]);

        take?.Source.ShouldBe(source, name);
        (take is null ? null : string.Join(' ', take.Files.Select(f => f.FileName))).ShouldBe(chosen, name);
    }

    [Theory]
    [InlineData("history.success.json", FrameSource.Still, 1)]
    [InlineData("history.batch-25.json", FrameSource.Files, 25)]
    [InlineData("history.output.SaveWEBM.json", FrameSource.Video, 1)]
    [InlineData("history.output.CreateVideo-SaveVideo.json", FrameSource.Video, 1)]
    [InlineData("history.output.SaveAnimatedWEBP.json", FrameSource.Video, 1)]
    [InlineData("history.output.SaveAnimatedPNG.json", FrameSource.Video, 1)]
    [InlineData("history.output.MaskPreview.json", FrameSource.Still, 1)]
    [InlineData("history.output.SaveLatent.json", null, 0)]
    [InlineData("history.output.EmptyAudio-SaveAudio.json", null, 0)]
    [InlineData("history.output.PreviewAny.json", null, 0)]
    public void The_take_of_a_recorded_history_is_chosen(string recording, string? source, int files)
    {
        var body = Recordings.Body(recording);
        using var document = LenientJson.Parse(body);
        var entry = HistoryEntry.Read(body, document.RootElement.EnumerateObject().First().Name)!;

        var take = TakeChoice.Choose([.. entry.Files.Select(f => new AnnouncedFile(f.Node, f.List, f.FileName, f.Subfolder, f.Type, f.Animated))]);

        (take?.Source, take?.Files.Count ?? 0).ShouldBe((source, files));
    }

    [Theory]
    [InlineData("a.png", true)]
    [InlineData("shot 001_00001_.png", true)]
    [InlineData("été_日本.png", true)]
    [InlineData("a..png", true)]
    [InlineData("COM.png", true)]
    [InlineData("console.png", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData(".hidden.png", false)]
    [InlineData("../a.png", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("a/b.png", false)]
    [InlineData("a\\b.png", false)]
    [InlineData("C:a.png", false)]
    [InlineData("a.png:stream", false)]
    [InlineData("a\0.png", false)]
    [InlineData("a\n.png", false)]
    [InlineData("a\u0085.png", false)]
    [InlineData("-rf.png", false)]
    [InlineData(" a.png", false)]
    [InlineData("a.png ", false)]
    [InlineData("a.png.", false)]
    [InlineData("NUL", false)]
    [InlineData("nul.png", false)]
    [InlineData("con .png", false)]
    [InlineData("LPT1.tar.gz", false)]
    [InlineData("com9", false)]
    [InlineData("a*?.png", false)]
    [InlineData("a<b>.png", false)]
    [InlineData("a|b.png", false)]
    [InlineData("a\"b.png", false)]
    public void A_name_from_the_wire_is_plain_or_refused(string name, bool safe) => WireFileName.Safe(name).ShouldBe(safe ? name : null);

    [Theory]
    [InlineData('a', 200, true)]
    [InlineData('a', 201, false)]
    public void A_long_name_is_refused(char letter, int length, bool safe) => (WireFileName.Safe(new string(letter, length)) is not null).ShouldBe(safe);

    // Most file systems count bytes, and 200 letters of three bytes are more than 255: our disk would be blamed, and the run stopped.
    [Fact]
    public void Bug_a_name_of_more_bytes_than_a_disk_takes_is_refused() => WireFileName.Safe(new string('日', 90)).ShouldBeNull();

    // Windows reserves these too, and a name may not turn the line around in which somebody reads it.
    [Theory]
    [InlineData("com¹.png")]
    [InlineData("LPT³")]
    [InlineData("CONIN$")]
    [InlineData("conout$.png")]
    [InlineData("a\u202egnp.png")]
    [InlineData("a\u2066.png")]
    [InlineData("a\u200f.png")]
    [InlineData("a\u2028.png")]
    [InlineData("a\u2029.png")]
    [InlineData("a\ufeff.png")]
    public void Bug_a_name_that_Windows_reserves_or_that_misleads_its_reader_is_refused(string name) => WireFileName.Safe(name).ShouldBeNull();

    // Scripts from Persian to Sinhala write with these two.
    [Theory]
    [InlineData("می\u200cخواهم.png")]
    [InlineData("ශ්\u200dරී.png")]
    public void A_joiner_in_a_word_is_no_trick(string name) => WireFileName.Safe(name).ShouldBe(name);

    [Fact]
    public void Any_name_stays_in_its_folder_or_is_refused() => Gen.OneOf(
        Gen.String[0, 260], Gen.String[Gen.Char["./\\:~-$%a \0\u0001\u202Ecompngul1"], 0, 12]).Sample(name =>
    {
        if (WireFileName.Safe(name) is { } safe)
        {
            using var folder = new TempFolder();
            var path = Path.GetFullPath(Path.Combine(folder.Path, safe + AtomicFile.TempSuffix));
            Path.GetDirectoryName(path).ShouldBe(folder.Path);
            safe.ShouldBe(name);
            File.WriteAllText(path, "");
            Directory.GetFileSystemEntries(folder.Path).ShouldBe([path]);
        }
    }, iter: 500);

    private static Gen<string> Any(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static AnnouncedFile Read(string text)
    {
        var parts = text.Split(' ', 4);
        return new AnnouncedFile(parts[0], parts[1], parts[3].TrimEnd('*'), "", parts[2], parts[3].EndsWith('*'));
    }
}
