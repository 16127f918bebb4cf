namespace Dailies.Tests.Stories;

/// <summary>Each element of https://fountain.io/syntax, and what becomes of it.</summary>
public class FountainSyntaxTests
{
    [Theory]
    [InlineData("INT. HOUSE - DAY", "interior, house, day.")]
    [InlineData("ext. beach at low tide - dusk", "exterior, beach at low tide, dusk.")]
    [InlineData("EST. THE CITY", "establishing shot, the city.")]
    [InlineData("INT HOUSE - NIGHT", "interior, house, night.")]
    [InlineData("INT./EXT. CAR (MOVING) - NIGHT", "interior and exterior, car (moving), night.")]
    [InlineData("INT/EXT CAR", "interior and exterior, car.")]
    [InlineData("EXT./INT. BARN - DAWN", "exterior and interior, barn, dawn.")]
    [InlineData("I/E. PORCH – MORNING", "interior and exterior, porch, morning.")]
    [InlineData("INT. HOUSE - KITCHEN - EARLY MORNING", "interior, house, kitchen, early morning.")]
    [InlineData("INT. HOUSE - KITCHEN", "interior, house, kitchen.")]
    [InlineData("EXT. BAY, NIGHT", "exterior, bay, night.")]
    [InlineData("EXT. McKenna's Bay - NIGHT", "exterior, mckenna's bay, night.")]
    [InlineData("EXT. - NIGHT", "exterior, night.")]
    [InlineData("INT. HOUSE - DAY #12A#", "interior, house, day.")]
    [InlineData(".SNIPER SCOPE POV", "sniper scope pov.")]
    [InlineData(".7TH FLOOR", "7th floor.")]
    public void A_heading_begins_a_scene(string heading, string prompt)
    {
        var scene = Read.OneScene($"\n{heading}\n");
        scene.Id.ShouldBe("scene-001");
        scene.Prompt.ToLowerInvariant().ShouldBe(prompt);
    }

    [Theory]
    [InlineData("INTO THE WOODS WE GO")]
    [InlineData("Extra words")]
    [InlineData("..and then nothing.")]
    [InlineData("...")]
    [InlineData(".")]
    [InlineData(". HOUSE")]
    [InlineData("# INT. HOUSE")]
    [InlineData("= INT. HOUSE")]
    [InlineData("!INT. HOUSE")]
    [InlineData("CUT TO:")]
    [InlineData("> EXT. HOUSE")]
    public void Other_lines_do_not(string line) => Read.Fountain($"\n{line}\n\nMore.\n").OneFault()
        .ShouldBe("story.fountain: no scenes: the screenplay has no scene heading. Put a heading on a line of its own, with an empty line before it, for example \"EXT. LIGHTHOUSE - NIGHT\".");

    [Theory]
    [InlineData("INT. HOUSE #1#", "1", "INT. HOUSE")]
    [InlineData("INT. HOUSE - DAY - #I-1-A#", "I-1-A", "INT. HOUSE - DAY -")]
    [InlineData(".ROOF #110.#", "110.", "ROOF")]
    [InlineData("INT. ROOM #12", null, "INT. ROOM #12")]
    [InlineData("INT. ROOM ##", null, "INT. ROOM ##")]
    public void A_number_between_hashes_is_the_authors_label(string heading, string? label, string title)
    {
        var scene = Read.OneScene(heading);
        scene.Label.ShouldBe(label);
        scene.Title.ShouldBe(title);
    }

    [Theory]
    [InlineData("A door.", "A door.")]
    [InlineData("A door.\nA lamp.", "A door. A lamp.")]
    [InlineData("A door.\n\n\n\tA   lamp.", "A door. A lamp.")]
    [InlineData("!SCANNING THE SEA\nNothing.", "SCANNING THE SEA Nothing.")]
    [InlineData("A LIGHTHOUSE.", "A LIGHTHOUSE.")]
    [InlineData("> A sign: CLOSED <", "A sign: CLOSED")]
    [InlineData("KEEPER\nWho's there?\n\nA door.", "A door.")]
    [InlineData("KEEPER (V.O.)\nWho's there?", "")]
    [InlineData("KEEPER (on the radio)\nWho's there?", "")]
    [InlineData("@McKenna\nWho's there?", "")]
    [InlineData("R2D2\nBeep.", "")]
    [InlineData("23\nA number on a door.", "23 A number on a door.")]
    [InlineData("KEEPER\n\nA door.", "KEEPER A door.")]
    [InlineData("KEEPER\n(low)\nWho's there?\n(pause)\nSpeak!", "")]
    [InlineData("KEEPER\nOne.\n  \nTwo, after an empty line with two spaces.", "")]
    [InlineData("KEEPER\nOne.\n \nA door.", "A door.")]
    [InlineData("KEEPER\nOne.\n!A door.", "A door.")]
    [InlineData("~ The sea, the sea", "")]
    [InlineData("CUT TO:\n\nA door.", "A door.")]
    [InlineData("> Burn to white.\n\nA door.", "A door.")]
    [InlineData("FADE OUT.", "")]
    [InlineData("He points TO:", "He points TO:")]
    [InlineData("A door.\nCUT TO:", "A door. CUT TO:")]
    [InlineData("===\n\nA door.", "A door.")]
    [InlineData("= A synopsis.\n\nA door.", "A door.")]
    [InlineData("## Act\n\nA door.", "A door.")]
    [InlineData("A door. /* no\n\nINT. NOWHERE\n\n*/A lamp.", "A door. A lamp.")]
    [InlineData("A door.[[a remark]] A lamp.", "A door. A lamp.")]
    public void Only_what_is_seen_becomes_the_prompt(string body, string prompt) =>
        Read.OneScene($"INT. X\n\n{body}\n").Prompt.ShouldBe($"Interior, x. {prompt}".Trim());

    [Theory]
    [InlineData("KEEPER\nWho's there?", "KEEPER: Who's there?")]
    [InlineData("KEEPER (V.O.)\n(low)\nWho's\nthere?", "KEEPER (V.O.): (low) Who's there?")]
    [InlineData("KEEPER\nYou!\n\nBOATMAN ^\nYou!", "KEEPER: You!|BOATMAN: You!")]
    [InlineData("@McKenna\nHm.", "McKenna: Hm.")]
    [InlineData("KEEPER\n~ The sea\n~ the sea", "KEEPER: The sea the sea")]
    [InlineData("~ The sea", "The sea")]
    [InlineData("KEEPER\nOne.\n  \nTwo.", "KEEPER: One. Two.")]
    [InlineData("KEEPER\n[[a remark]]\nOne.", "KEEPER: One.")]
    [InlineData("@KEEPER", "")]
    public void What_is_said_and_sung_is_dialogue(string body, string dialogue) =>
        string.Join('|', Read.OneScene($"INT. X\n\n{body}\n").Dialogue).ShouldBe(dialogue);

    [Theory]
    [InlineData("*slanted*", "slanted")]
    [InlineData("**bold** and ***both***", "bold and both")]
    [InlineData("_an *italic* word_", "an italic word")]
    [InlineData("**bold *both***", "bold both")]
    [InlineData("***both* bold**", "both bold")]
    [InlineData("He dialed *69 and then *23.", "He dialed *69 and then *23.")]
    [InlineData("He dialed \\*69 and then 23\\*.", "He dialed *69 and then 23*.")]
    [InlineData("a snake_case_name", "a snake_case_name")]
    [InlineData("a \\_blank\\_", "a _blank_")]
    [InlineData("5 * 3 * 2", "5 * 3 * 2")]
    [InlineData("**************", "**************")]
    [InlineData("*open\nclosed*", "*open closed*")]
    [InlineData("a \\ b", "a \\ b")]
    public void Emphasis_is_taken_off(string action, string shown) =>
        Read.OneScene($"INT. X\n\n{action}\n").Prompt.ShouldBe($"Interior, x. {shown}");

    [Theory]
    [InlineData("INT. A - NIGHT\n\nINT. B - CONTINUOUS\n\nINT. C - LATER\n\nINT. D", "night|night|night|")]
    [InlineData("INT. A - LATE NIGHT\n\nINT. B - (DAY)", "late night|day")]
    [InlineData("INT. A - CONTINUOUS", "")]
    [InlineData("INT. A - NIGHT [[mood: calm]]", "calm")]
    public void The_mood_is_the_time_of_day_unless_a_note_says_otherwise(string text, string moods) =>
        string.Join('|', Read.Fountain(text).Whole().Scenes.Select(scene => scene.Mood)).ShouldBe(moods);

    [Fact]
    public void Synopses_are_the_summary_and_those_of_a_section_are_not()
    {
        var story = Read.Fountain("= The whole.\n\nINT. A\n\n= One.\n= Two.\n\n# Act two\n\n= Of the act.\n\nINT. B\n").Whole();
        story.Logline.ShouldBe("The whole.");
        story.Scenes[0].Summary.ShouldBe("One. Two.");
        story.Scenes[1].Summary.ShouldBe("");
    }

    [Fact]
    public void A_heading_needs_an_empty_line_before_it_and_says_so()
    {
        var reading = Read.Fountain("INT. A\n\nA door.\nEXT. B - DAY\n");
        reading.Whole().Scenes.Count.ShouldBe(1);
        reading.Notes.ShouldBe(["line 4: \"EXT. B - DAY\" looks like a scene heading, but no blank line stands before it; read as action"]);
    }

    [Fact]
    public void Text_before_the_first_heading_is_no_scene_and_says_so()
    {
        var reading = Read.Fountain("FADE IN:\n\nBlack. The sea.\n\nINT. A\n\nA door.\n");
        reading.Whole().Scenes.ShouldHaveSingleItem().Prompt.ShouldBe("Interior, a. A door.");
        reading.Notes.ShouldBe(["line 3: the text before the first scene heading belongs to no scene and is not rendered"]);
    }

    [Theory]
    [InlineData("INT. A\n\nA /* b", "line 3: \"/*\" is never closed and is read as text. Close the part to leave out with \"*/\"")]
    [InlineData("INT. A\n\nA [[b\n\nc]]", "line 3: \"[[\" is not closed within its paragraph and is read as text. A note may hold an empty line only if two spaces stand on it")]
    [InlineData("INT. A\n", "line 1: scene-001 has no action: its prompt is its heading alone")]
    public void What_is_odd_is_noted(string text, string note) => Read.Fountain(text).Notes.ShouldBe([note]);

    [Fact]
    public void A_long_action_is_cut_at_a_word_and_the_style_stays()
    {
        var reading = Read.Fountain($"Title: T\nStyle: oil on canvas\n\nINT. A\n\n{string.Concat(Enumerable.Repeat("gulls ", 600))}\n");
        var prompt = reading.Whole().Scenes[0].Prompt;
        prompt.Length.ShouldBeInRange(1_950, 2_000);
        prompt.ShouldEndWith("gulls. oil on canvas");
        reading.Notes.ShouldBe(["line 4: the action of scene-001 is longer than a prompt of 2000 characters and is cut there"]);
    }
}
