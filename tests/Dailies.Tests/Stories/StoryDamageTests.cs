using System.Text;
using CsCheck;
using Dailies.Stories;

namespace Dailies.Tests.Stories;

/// <summary>Story files with something wrong in them: a story or clear faults, and work by the size of the file.</summary>
public class StoryDamageTests
{
    private static readonly byte[] Json = StoryJson.Write(StoryFile.Parse(File.ReadAllBytes(Read.Lighthouse), "x.fountain").Whole());

    private static readonly byte[] Every = """
        {"storyId":"s","title":"t","logline":"l","directorsVision":"v","generatedAt":"2030-01-31T22:00:00.000Z","generator":"g","llm":{"model":"m"},"warnings":["w"],"scenes":[
          {"id":"a","title":"t","summary":"s","prompt":"p","negativePrompt":"n","mood":"m","expectedFrames":25,"cameraMovement":"c","palette":"p","keyframePath":"k.png","label":"1","seed":18446744073709551615,
           "workflow":"w.json","set":{"steps":30,"cfg":7.5},"dialogue":["d"],"x":1},{"prompt":"q"}]}
        """u8.ToArray();

    private static readonly Encoding[] Encodings = [new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true), new UTF32Encoding(false, true), new UTF32Encoding(true, true), Encoding.Latin1];

    [Fact]
    public void Damaged_JSON_is_a_story_or_clear_faults() => JsonDamage.Of([Json, Every, Every]).Sample(
        bytes => ShouldHold(bytes, "x.json"), iter: Fuzz.Times(800), print: JsonDamage.Shown);

    // A byte order mark of one encoding before text of another, and cut anywhere: half a letter, half a pair.
    [Fact]
    public void Any_mark_before_any_encoding_is_a_story_or_clear_faults()
    {
        var texts = new[] { File.ReadAllText(Read.Lighthouse), Encoding.UTF8.GetString(Every), "INT. 灯台 🌊 - NIGHT\n\nThe lamp.\n" };
        Gen.Select(Gen.Int[0, texts.Length - 1], Gen.Int[0, Encodings.Length - 1], Gen.Int[0, Encodings.Length - 1], Gen.Double.Unit, Gen.Bool).Sample(
            (text, encoding, mark, cut, json) =>
            {
                byte[] whole = [.. Encodings[mark].GetPreamble(), .. Encodings[encoding].GetBytes(texts[text])];
                ShouldHold(whole[..(int)(whole.Length * cut)], json ? "x.json" : "x.fountain");
            },
            iter: Fuzz.Times(400));
    }

    public static TheoryData<string, string, string> Huge => new()
    {
        { "{\"scenes\":[", "[", ".json" }, { "{\"scenes\":[{\"prompt\":\"", "x", ".json" }, { "{\"scenes\":[{\"expectedFrames\":1", "0", ".json" }, { "{\"scenes\":[{\"seed\":1e", "9", ".json" },
        { "{\"scenes\":[{\"prompt\":\"p\",\"set\":{", "\"a\":1,", ".json" }, { "{\"scenes\":[{\"x\":{\"y\":", "{\"z\":", ".json" }, { "INT. A\n\n", "\ud83c\udf0a", ".fountain" }, { "Title: A\n", "\u0301", ".fountain" },
        { "INT. A\n\n", "[[set a=1]]\n", ".fountain" }, { "INT. A\n\n", "=\n===\n", ".fountain" },
    };

    [Theory]
    [MemberData(nameof(Huge))]
    public void Five_megabytes_of_one_thing_cost_what_they_weigh(string head, string piece, string extension)
    {
        var bytes = Encoding.UTF8.GetBytes(head + string.Concat(Enumerable.Repeat(piece, (StoryFile.MaxBytes - 100) / Encoding.UTF8.GetByteCount(piece))));

        ShouldHold(bytes, "x" + extension);
        StoryFile.Parse(new byte[StoryFile.MaxBytes + 1], "x" + extension).OneFault().ShouldContain("larger than 5 MB");
    }

    private static void ShouldHold(byte[] bytes, string name)
    {
        var reading = Fuzz.Bounded(bytes.Length, () => StoryFile.Parse(bytes, name));
        (reading.Story is null).ShouldBe(reading.Faults.Count > 0);
        foreach (var fault in reading.Faults)
        {
            Fuzz.ShouldBeAClearFault(fault.ToString());
            fault.ToString().ShouldStartWith(name);
        }

        foreach (var note in reading.Notes)
        {
            Fuzz.ShouldBeAClearFault(note);
        }

        if (reading.Story is { } story)
        {
            StoryJson.Write(story).ShouldNotBeEmpty();
        }
    }
}
