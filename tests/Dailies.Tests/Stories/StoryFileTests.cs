using System.Text;
using Dailies.Stories;

namespace Dailies.Tests.Stories;

public sealed class StoryFileTests : IDisposable
{
    private const string Screenplay = "Title: Tårn\n\nEXT. FJÆRA - NATT\n\nEn gammel båt.\n";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Screenplay) },
        { "UTF-8 with mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Screenplay)] },
        { "UTF-16 LE", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Screenplay)] },
        { "UTF-16 BE", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Screenplay)] },
        { "UTF-16 LE without mark", Encoding.Unicode.GetBytes(Screenplay) },
        { "UTF-16 BE without mark", Encoding.BigEndianUnicode.GetBytes(Screenplay) },
        { "UTF-32", [.. Encoding.UTF32.Preamble, .. Encoding.UTF32.GetBytes(Screenplay)] },
        { "CRLF", Encoding.UTF8.GetBytes(Screenplay.ReplaceLineEndings("\r\n")) },
        { "CR", Encoding.UTF8.GetBytes(Screenplay.ReplaceLineEndings("\r")) },
        { "control characters", Encoding.UTF8.GetBytes(Screenplay.Replace("F", "\0F\u0007", StringComparison.Ordinal)) },
        { "Latin-1", Encoding.Latin1.GetBytes(Screenplay) },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Text_is_read_in_every_encoding(string name, byte[] bytes)
    {
        var reading = StoryFile.Parse(bytes, "x.fountain");
        var story = reading.Whole();
        (story.Title, story.Scenes[0].Prompt).ShouldBe(("Tårn", "Exterior, fjæra, natt. En gammel båt."));
        reading.Notes.ShouldBe(name == "Latin-1" ? ["not valid UTF-8; read as Windows-1252. Save it as UTF-8 if letters look wrong"] : []);
    }

    [Fact]
    public void Windows_quotes_survive() =>
        StoryFile.Parse((byte[])[.. "INT. A\n\n"u8, 0x93, .. "Door"u8, 0x94], "x.fountain").Whole().Scenes[0].Prompt.ShouldBe("Interior, a. “Door”");

    public static TheoryData<string, byte[], string> NotStories => new()
    {
        { "a.png", [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], "a PNG picture, not a story. Give a .fountain file or a story.json" },
        { "a.fountain", [.. "%PDF-1.7"u8], "a PDF document, not a story. Export it as Fountain from the program that made it, and give the .fountain file" },
        { "a.docx", [.. "PK"u8, 3, 4], "a Word document, not a story. Export it as Fountain from the program that made it, and give the .fountain file" },
        { "a.bin", [.. "PK"u8, 3, 4], "a ZIP container (as .docx, .odt and .fadein files are), not a story. Export it as Fountain from the program that made it, and give the .fountain file" },
        { "a.fdx", [.. "<?xml version=\"1.0\"?><FinalDraft>"u8], "a Final Draft document, not a story. Export it as Fountain from the program that made it, and give the .fountain file" },
        { "a.txt", [.. "<?xml version=\"1.0\"?><FinalDraft>"u8], "a Final Draft document, not a story. Export it as Fountain from the program that made it, and give the .fountain file" },
        { "a.fountain", [.. "<!DOCTYPE html><html>"u8], "a web page, not a story. Give a .fountain file or a story.json" },
        { "a", new byte[4_000], "a binary file, not a story. Give a .fountain file or a story.json" },
    };

    [Theory]
    [MemberData(nameof(NotStories))]
    public void Other_files_are_named_with_a_way_out(string name, byte[] bytes, string words) =>
        StoryFile.Parse(bytes, name).OneFault().ShouldBe($"{name}: this is {words}.");

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    public void An_empty_file_is_a_fault(string text) => StoryFile.Parse(Encoding.UTF8.GetBytes(text), "a.fountain").OneFault()
        .ShouldBe("a.fountain: the file is empty. Write at least one scene, for example \"EXT. LIGHTHOUSE - NIGHT\" and, below it, what is seen.");

    [Theory]
    [InlineData("a.json", """{ "scenes": [ {} ] }""", "json")]
    [InlineData("a.txt", """ { "scenes": [ {} ] }""", "json")]
    [InlineData("a.txt", "INT. A", "fountain")]
    [InlineData("a.md", "INT. A", "fountain")]
    [InlineData("A.FOUNTAIN", "{\n\nINT. A", "fountain")]
    public void Extension_and_content_tell_the_reader(string name, string text, string generator) =>
        StoryFile.Parse(Encoding.UTF8.GetBytes(text), name).Whole().Generator.ShouldBe(generator);

    [Fact]
    public void Too_large_a_file_is_refused_unread()
    {
        var path = Path.Combine(_folder.Path, "big.fountain");
        using (var file = File.Create(path))
        {
            file.SetLength(10 * 1024 * 1024);
        }

        StoryFile.Read(path).OneFault().ShouldBe($"{path}: larger than 5 MB, the most that a story may be. A story is text: give the screenplay alone, or split it into several files.");
        StoryFile.Parse(new byte[StoryFile.MaxBytes + 1], "x").OneFault().ShouldStartWith("x: larger than 5 MB");
    }

    [Theory]
    [InlineData("lighthuose.fountain", "no such file. Did you mean lighthouse.fountain?")]
    [InlineData("Lighthouse.txt", "no such file. Did you mean lighthouse.fountain?")]
    [InlineData("other.fountain", "no such file. Check the path; lighthouse.fountain is there.")]
    public void A_missing_file_gets_a_suggestion(string name, string words)
    {
        _folder.Write("lighthouse.fountain", Screenplay);
        var path = Path.Combine(_folder.Path, name);
        StoryFile.Read(path).OneFault().ShouldBe($"{path}: {words}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("/nowhere/at/all/story.json")]
    public void A_path_that_leads_nowhere_is_a_fault(string path) => StoryFile.Read(path).OneFault().ShouldNotBeEmpty();

    [Fact]
    public void A_folder_with_one_story_is_that_story()
    {
        _folder.Write("night.fountain", Screenplay);
        _folder.Write("dailies.json", """{ "scenes": "1-3" }""");
        _folder.Write("workflow.json", """{ "3": { "class_type": "KSampler", "inputs": { "scenes": [] } } }""");
        _folder.Write("workflow.bindings.json", """{ "scenes": 1 }""");
        _folder.Write("broken.json", "{");
        _folder.Write("list.json", "[]");
        _folder.Write("._night.fountain", "\0\0");
        _folder.Write("notes.txt", "INT. NO");
        StoryFile.Read(_folder.Path).Whole().Title.ShouldBe("Tårn");
    }

    [Fact]
    public void A_folder_with_a_json_of_scenes_is_that_story()
    {
        _folder.Write("tale.json", """{ "title": "T", /* c */ "scenes": [ { "prompt": "p" } ] }""");
        StoryFile.Read(_folder.Path).Whole().Title.ShouldBe("T");
    }

    [Fact]
    public void A_folder_with_several_stories_names_them()
    {
        _folder.Write("b.fountain", Screenplay);
        _folder.Write("story.json", "broken");
        StoryFile.Read(_folder.Path).OneFault().ShouldBe($"{_folder.Path}: 2 stories in this folder: b.fountain, story.json. Name the file: {Path.Combine(_folder.Path, "b.fountain")}.");
    }

    [Fact]
    public void A_folder_without_a_story_is_a_fault() => StoryFile.Read(_folder.Path).OneFault()
        .ShouldBe($"{_folder.Path}: no story in this folder. Put a .fountain file or a story.json there, or name another folder.");

    [Fact]
    public void The_same_content_has_the_same_id()
    {
        var one = Read.Fountain(Screenplay).Whole().Id;
        one.ShouldStartWith("story-");
        StoryFile.Read(_folder.Write("x.fountain", Screenplay)).Whole().Id.ShouldBe(one);
        Read.Fountain(Screenplay + "!").Whole().Id.ShouldNotBe(one);
    }
}
