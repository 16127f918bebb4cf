using System.Text;
using System.Text.Json;
using CsCheck;
using Dailies.Stories;

namespace Dailies.Tests.Stories;

/// <summary>What holds for all stories and for all bytes.</summary>
public class StoryPropertyTests
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 20],
        Gen.String[Gen.Char["æøå\"\\<&>{}[]\n\t灯"], 0, 10],
        Gen.Const("🌊 | forged"));

    private static readonly Gen<JsonElement> Value = Gen.OneOf(
        Text.Select(text => JsonSerializer.SerializeToElement(text)),
        Gen.Int.Select(number => JsonSerializer.SerializeToElement(number)),
        Gen.Const(JsonDocument.Parse("""{ "a": [1, 2.50, null, true] }""").RootElement));

    private static readonly Gen<IReadOnlyDictionary<string, JsonElement>> Fields =
        Gen.Dictionary(Text.Select(name => "x-" + name), Value)[0, 3].Select(all => (IReadOnlyDictionary<string, JsonElement>)all);

    private static readonly Gen<Scene> AnyScene =
        from texts in Text.Array[9]
        from frames in Gen.Int[1, int.MaxValue].Nullable()
        from seed in Gen.ULong.Nullable()
        from set in Fields
        from unknown in Fields
        from said in Text.Array[0, 3]
        from optional in Gen.Bool
        select new Scene
        {
            Id = "",
            Title = texts[0],
            Summary = texts[1],
            Prompt = texts[2],
            NegativePrompt = texts[3],
            Mood = texts[4],
            CameraMovement = texts[5],
            Palette = texts[6],
            KeyframePath = optional ? texts[7] : null,
            Workflow = optional ? null : texts[8],
            Label = optional ? null : texts[7],
            ExpectedFrames = frames,
            Seed = seed,
            Set = set,
            Unknown = unknown,
            Dialogue = said,
        };

    private static readonly Gen<Story> AnyStory =
        from texts in Text.Array[5]
        from scenes in AnyScene.Array[1, 4]
        from seconds in Gen.Int[0, int.MaxValue].Nullable()
        from unknown in Fields
        from llm in Value.Nullable()
        from warnings in Text.Array[0, 2]
        select new Story
        {
            Id = "s" + texts[0],
            Title = texts[1],
            Logline = texts[2],
            DirectorsVision = texts[3],
            Generator = texts[4],
            GeneratedAt = seconds is { } s ? DateTimeOffset.UnixEpoch.AddMilliseconds(s * 1_000L + 7) : null,
            Scenes = [.. scenes.Select((scene, i) => scene with { Id = Scene.IdAt(i + 1) })],
            Llm = llm,
            Warnings = warnings,
            Unknown = unknown,
        };

    [Fact]
    public void What_is_written_reads_back_equal() => AnyStory.Sample(
        story => Told(StoryJson.Parse(StoryJson.Write(story), "story.json").Whole()).ShouldBe(Told(story)), iter: 500);

    [Fact]
    public void No_bytes_make_a_reader_throw() => Gen.Byte.Array[0, 400].Sample(
        bytes =>
        {
            ShouldHold(StoryFile.Parse(bytes, "x.fountain"));
            ShouldHold(StoryFile.Parse(bytes, "x.json"));
            ShouldHold(StoryFile.Parse(bytes, "x"));
        },
        iter: 2_000);

    [Fact]
    public void No_characters_make_a_reader_throw() => Gen.String[Gen.Char["[]/*_\\#=>!@.~^(): \n\r\tAaINTEX-7{}\"\ud83d\udf0a"], 0, 200].Sample(
        text =>
        {
            ShouldHold(FountainReader.Parse(text, "x.fountain"));
            ShouldHold(FountainReader.Parse("INT. A\n\n" + text, "x.fountain"));
            ShouldHold(FountainReader.Parse("Title: A\n" + text + "\n\nINT. A", "x.fountain"));
        },
        iter: 5_000);

    [Fact]
    public void No_mutation_of_the_lighthouse_makes_a_reader_throw()
    {
        var fountain = File.ReadAllBytes(Read.Lighthouse);
        var json = StoryJson.Write(StoryFile.Parse(fountain, "x.fountain").Whole());
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte, Gen.Int[0, 3]).Array[1, 20].Sample(
            changes =>
            {
                ShouldHold(StoryFile.Parse(Mutated(fountain, changes), "x.fountain"));
                ShouldHold(StoryFile.Parse(Mutated(json, changes), "x.json"));
            },
            iter: 1_000);
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "[[", ".fountain" }, { "/*", ".fountain" }, { "/*/", ".fountain" }, { "*", ".fountain" }, { "*a ", ".fountain" }, { "a* ", ".fountain" },
        { "_a_*", ".fountain" }, { "[[a]]", ".fountain" }, { "[[camera:a]]", ".fountain" }, { "[[frmes:a]]", ".fountain" }, { "[[set a=1x]]", ".fountain" },
        { "INT. A\n\n", ".fountain" }, { "A\nb\n", ".fountain" }, { "A\n\n", ".fountain" }, { "A\n", ".fountain" }, { "a:\n", ".fountain" }, { "#", ".fountain" },
        { "\\", ".fountain" }, { "[[\n", ".fountain" }, { "]]", ".fountain" }, { "((", ".fountain" }, { "{\"a\":", ".json" }, { "[", ".json" },
        { "{\"scenes\":[", ".json" }, { "\"\\ud83d\",", ".json" },
    };

    // No time is asserted here: a reader that is not linear would take minutes.
    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_megabyte_of_one_thing_is_read_to_its_end(string piece, string extension)
    {
        var head = extension == ".json" ? "" : "Title: A\n\nINT. A\n\n";
        var text = head + string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        ShouldHold(StoryFile.Parse(Encoding.UTF8.GetBytes(text), "x" + extension));
    }

    [Fact]
    public void A_megabyte_of_title_page_and_of_speech_is_read_too()
    {
        ShouldHold(FountainReader.Parse("Title: A\n" + string.Concat(Enumerable.Repeat("b:c\n", 200_000)), "x"));
        ShouldHold(FountainReader.Parse("INT. A\n\nB\n" + string.Concat(Enumerable.Repeat("c\n", 200_000)), "x"));
        ShouldHold(StoryFile.Parse(Encoding.UTF8.GetBytes("{\"scenes\":[" + string.Concat(Enumerable.Repeat("{},\n", 200_000)) + "]}"), "x.json"));
        ShouldHold(StoryFile.Parse(Encoding.UTF8.GetBytes("{\"scenes\":[{" + string.Concat(Enumerable.Repeat("\"promt\":1,\n", 80_000)) + "}]}"), "x.json"));
    }

    // A reading is a story or faults, never both; and what was read can be written.
    private static void ShouldHold(StoryReading reading)
    {
        (reading.Story is null).ShouldBe(reading.Faults.Count > 0);
        if (reading.Story is { } story)
        {
            var written = StoryJson.Write(story);
            if (written.Length <= StoryFile.MaxBytes)
            {
                StoryJson.Write(StoryJson.Parse(written, "x.json").Whole()).AsSpan().SequenceEqual(written).ShouldBeTrue();
            }
        }
    }

    private static byte[] Mutated(byte[] bytes, (int At, byte Value, int Kind)[] changes)
    {
        var all = bytes.ToList();
        foreach (var (seed, value, kind) in changes)
        {
            var at = seed % all.Count;
            switch (kind)
            {
                case 0: all[at] = value; break;
                case 1: all.Insert(at, value); break;
                case 2: all.RemoveAt(at); break;
                default: all.InsertRange(at, all.GetRange(at, Math.Min(40, all.Count - at))); break;
            }
        }

        return [.. all];
    }

    // Every member by itself, so that a field the writer forgot can't hide.
    private static string Told(Story story) => JsonSerializer.Serialize(story with
    {
        Unknown = Sorted(story.Unknown),
        Scenes = [.. story.Scenes.Select(scene => scene with { Set = Sorted(scene.Set), Unknown = Sorted(scene.Unknown) })],
    });

    private static SortedDictionary<string, JsonElement> Sorted(IReadOnlyDictionary<string, JsonElement> fields) =>
        new(fields.ToDictionary(), StringComparer.Ordinal);
}
