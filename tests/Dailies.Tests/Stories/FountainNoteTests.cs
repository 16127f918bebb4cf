using System.Text.Json;

namespace Dailies.Tests.Stories;

/// <summary>Notes with a key, and the title page, which speaks for all scenes.</summary>
public class FountainNoteTests
{
    [Fact]
    public void Notes_steer_their_scene()
    {
        var scene = Read.OneScene("""
            INT. A - NIGHT #3# [[frames: 49]]

            [[camera: slow dolly in]]
            A door [[Mood: calm]] opens [[ seed : 18446744073709551615 ]].
            [[negative: text,
            watermark]]
            [[palette: blue: cold]] [[keyframe: frames/door.png]] [[workflow: ltx.json]]
            [[title: The door]] [[label: 3B]] [[fps: 12.5]]
            [[set steps=30]] [[set sampler = euler a]] [[set: hires=true]] [[set 6.text="30"]] [[set size=512x512]]
            [[remember: ask Ann]] [[a remark]]
            """);
        scene.ExpectedFrames.ShouldBe(49);
        scene.CameraMovement.ShouldBe("slow dolly in");
        scene.Mood.ShouldBe("calm");
        scene.Seed.ShouldBe(ulong.MaxValue);
        scene.NegativePrompt.ShouldBe("text, watermark");
        scene.Palette.ShouldBe("blue: cold");
        scene.KeyframePath.ShouldBe("frames/door.png");
        scene.Workflow.ShouldBe("ltx.json");
        scene.Title.ShouldBe("The door");
        scene.Label.ShouldBe("3B");
        scene.Fps.ShouldBe(12.5);
        scene.Prompt.ShouldBe("Interior, a, night. A door opens .");
        scene.Set.ToDictionary(set => set.Key, set => set.Value.GetRawText()).ShouldBe(new Dictionary<string, string>
        {
            ["6.text"] = "\"30\"",
            ["hires"] = "true",
            ["sampler"] = "\"euler a\"",
            ["size"] = "\"512x512\"",
            ["steps"] = "30",
        }, ignoreOrder: true);
    }

    [Fact]
    public void A_prompt_note_replaces_the_composed_prompt_as_it_is_written() =>
        Read.OneScene("Title: T\nStyle: oil\n\nINT. A\n\nA door. [[prompt: (masterpiece:1.2), *a* lamp]]").Prompt.ShouldBe("(masterpiece:1.2), *a* lamp");

    [Fact]
    public void A_note_over_lines_may_hold_a_line_of_two_spaces() =>
        Read.OneScene("INT. A\n\n[[camera: pan\n  \nleft]]A door.").CameraMovement.ShouldBe("pan left");

    [Fact]
    public void A_camera_said_twice_is_one_movement_after_the_other() =>
        Read.OneScene("INT. A\n\n[[camera: pan left]] A door. [[camera: tilt up]]").CameraMovement.ShouldBe("pan left, tilt up");

    [Theory]
    [InlineData("frmes: 49", "frames")]
    [InlineData("frame: 49", "frames")]
    [InlineData("Camrea: pan", "camera")]
    [InlineData("sed: 7", "seed")]
    [InlineData("negativ: text", "negative")]
    public void A_slip_in_a_key_is_noted(string note, string meant) => Read.Fountain($"INT. A\n\nA door.\n\n[[{note}]]").Notes
        .ShouldBe([$"line 5: \"[[{note}]]\" is read as a remark: did you mean {meant}?"]);

    [Fact]
    public void A_set_without_an_equals_sign_is_noted() => Read.Fountain("INT. A\n\nA. [[set steps 30]]").Notes
        .ShouldBe(["line 3: \"[[set steps 30]]\" is read as a remark: a value is set with an equals sign, as in [[set steps=30]]"]);

    [Theory]
    [InlineData("todo: more rain")]
    [InlineData("note: more rain")]
    [InlineData("just a remark")]
    [InlineData("set the table for two")]
    [InlineData("")]
    public void A_remark_is_dropped_in_silence(string note)
    {
        var reading = Read.Fountain($"INT. A\n\nA door.[[{note}]]");
        reading.Whole().Scenes[0].Prompt.ShouldBe("Interior, a. A door.");
        reading.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("frames: abc", "\"abc\" is no number of frames. Write a whole number of 1 or more, for example [[frames: 25]].")]
    [InlineData("frames: 0", "\"0\" is no number of frames. Write a whole number of 1 or more, for example [[frames: 25]].")]
    [InlineData("frames:", "\"\" is no number of frames. Write a whole number of 1 or more, for example [[frames: 25]].")]
    [InlineData("frames: 99999999999", "\"99999999999\" is no number of frames. Write a whole number of 1 or more, for example [[frames: 25]].")]
    [InlineData("seed: -1", "\"-1\" is no seed. Write a whole number from 0 to 18446744073709551615, for example [[seed: 7]], or leave the note out and the seed is derived.")]
    [InlineData("seed: 18446744073709551616", "\"18446744073709551616\" is no seed. Write a whole number from 0 to 18446744073709551615, for example [[seed: 7]], or leave the note out and the seed is derived.")]
    [InlineData("set: steps", "\"[[set: steps]]\" sets nothing. Write a name and a value, for example [[set steps=30]].")]
    [InlineData("set =30", "\"[[set =30]]\" sets nothing. Write a name and a value, for example [[set steps=30]].")]
    public void A_bad_value_is_a_fault_with_its_line(string note, string words) =>
        Read.Fountain($"INT. A\r\n\r\n/* two\r\nlines */ A door.\r\n\r\n[[{note}]]").OneFault().ShouldBe($"story.fountain:6: {words}");

    [Fact]
    public void All_faults_come_at_once_and_a_flood_is_bounded()
    {
        Read.Fountain("INT. A\n\n[[frames: x]]\n[[seed: y]]").Faults.Select(fault => fault.Line).ShouldBe([3, 4]);
        var flood = Read.Fountain("INT. A\n\n" + string.Concat(Enumerable.Repeat("[[frames: x]]", 1_000)));
        flood.Faults.Count.ShouldBe(51);
        flood.Faults[^1].Message.ShouldBe("950 more faults");
    }

    [Fact]
    public void The_title_page_speaks_for_the_story_and_its_scenes()
    {
        var story = Read.Fountain("""
            Title:
                _**The Last**_
                Keeper
            Credit: written by
            Author: A. Nyone
            Logline: A keeper: alone.
            Director’s vision:
            	Quiet.
            	Cold.
            Negative: text
            Style: oil on canvas
            Palette: blue
            Frames: 33
            Colour of the cover: red

            INT. A

            A door

            INT. B [[frames: 49]] [[palette: red]] [[negative:]]

            A lamp.
            """).Whole();
        (story.Title, story.Logline, story.DirectorsVision).ShouldBe(("The Last Keeper", "A keeper: alone.", "Quiet. Cold."));
        (story.Generator, story.Id.Length).ShouldBe(("fountain", 18));
        story.Scenes.Select(scene => (scene.ExpectedFrames, scene.Palette, scene.NegativePrompt)).ShouldBe([(33, "blue", "text"), (49, "red", "")]);
        story.Scenes.Select(scene => scene.Prompt).ShouldBe(["Interior, a. A door. oil on canvas", "Interior, b. A lamp. oil on canvas"]);
    }

    [Theory]
    [InlineData("FADE IN:\n\nINT. A\n\nA door.", "story")]
    [InlineData("INT. A: THE HALL\n\nA door.", "story")]
    [InlineData("\n\nTitle: T\n\nINT. A\n\nA door.", "T")]
    [InlineData("[[a remark]]\n\nTitle: T\n\nINT. A\n\nA door.", "T")]
    [InlineData("Title: T\nINT. A\n\nA door.", "T")]
    [InlineData("Title:\n\nINT. A\n\nA door.", "story")]
    [InlineData("title: T", null)]
    public void A_title_page_is_known_by_its_keys(string text, string? title) => Read.Fountain(text).Story?.Title.ShouldBe(title);

    [Fact]
    public void Notes_before_the_first_heading_speak_for_all_scenes()
    {
        var story = Read.Fountain("Title: T\nSeed: 1\nMood: calm\n\n[[seed: 2]] [[set steps=4]]\n\nINT. A - DAY\n\n[[set cfg=2]]A.\n\nINT. B\n\n[[seed: 3]]B.").Whole();
        story.Scenes.Select(scene => (scene.Seed, scene.Mood)).ShouldBe([(2ul, "calm"), (3ul, "calm")]);
        JsonSerializer.Serialize(story.Scenes[0].Set).ShouldBe("""{"cfg":2,"steps":4}""");
    }

    [Fact]
    public void A_slip_in_the_title_page_is_noted() => Read.Fountain("Title: T\nLoglin: x\n\nINT. A\n\nA.").Notes
        .ShouldBe(["line 2: the title page's \"Loglin\" is not used: did you mean logline?"]);

    [Fact]
    public void More_than_two_thousand_scenes_are_refused() => Read.Fountain(string.Concat(Enumerable.Repeat("INT. A\n\n", 2_001))).OneFault()
        .ShouldBe("story.fountain:4001: more than 2000 scenes, the most that one story may have. Split the screenplay into several files.");
}
