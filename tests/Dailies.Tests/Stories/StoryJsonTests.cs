using System.Text;
using System.Text.Json;
using Dailies.Stories;

namespace Dailies.Tests.Stories;

public class StoryJsonTests
{
    private const string Full = """
        {
          // a comment, and trailing commas
          "storyId": "tale-1",
          "title": "T", "logline": "L", "directorsVision": "V",
          "generatedAt": "2030-01-31T22:00:00.123+01:00",
          "generator": "a model",
          "mine": { "deep": [1, null] },
          "scenes": [
            {
              "id": "opening", "title": "t", "summary": "s", "prompt": "p", "negativePrompt": "n", "mood": "m",
              "expectedFrames": "25", "cameraMovement": "c", "palette": "blue", "keyframePath": "k.png",
              "seed": 18446744073709551615, "workflow": "w.json", "set": { "steps": 30 }, "weather": null,
            },
            { "id": "scene-002", "label": 12, "expectedFrames": 33.0, "seed": "7", "prompt": null },
          ],
          "llm": { "model": "x" },
          "warnings": ["w"],
        }
        """;

    [Fact]
    public void Every_field_is_read()
    {
        var reading = Read.Json(Full);
        var story = reading.Whole();
        (story.Id, story.Title, story.Logline, story.DirectorsVision, story.Generator).ShouldBe(("tale-1", "T", "L", "V", "a model"));
        story.GeneratedAt.ShouldBe(new DateTimeOffset(2030, 1, 31, 21, 0, 0, 123, TimeSpan.Zero));
        story.Llm!.Value.GetProperty("model").GetString().ShouldBe("x");
        story.Warnings.ShouldBe(["w"]);
        story.Unknown.Keys.ShouldBe(["mine"]);

        var first = story.Scenes[0];
        (first.Id, first.Label, first.Title, first.Summary, first.Prompt).ShouldBe(("scene-001", "opening", "t", "s", "p"));
        (first.NegativePrompt, first.Mood, first.CameraMovement, first.Palette).ShouldBe(("n", "m", "c", "blue"));
        (first.KeyframePath, first.Workflow, first.ExpectedFrames, first.Seed).ShouldBe(("k.png", "w.json", 25, ulong.MaxValue));
        first.Set["steps"].GetInt32().ShouldBe(30);
        first.Unknown["weather"].ValueKind.ShouldBe(JsonValueKind.Null);
        (story.Scenes[1].Label, story.Scenes[1].ExpectedFrames, story.Scenes[1].Seed).ShouldBe(("12", 33, 7ul));
        reading.Notes.ShouldBe(["line 14: scene-002 has no prompt: there is nothing to draw"]);
    }

    [Fact]
    public void Everything_is_written_and_read_back()
    {
        var written = Encoding.UTF8.GetString(StoryJson.Write(Read.Json(Full).Whole()));
        Snapshot.Match(written, "StoryJson.Full");
        Encoding.UTF8.GetString(StoryJson.Write(Read.Json(written).Whole())).ShouldBe(written);
    }

    [Fact]
    public void A_scene_is_written_alone() => Encoding.UTF8.GetString(StoryJson.WriteScene(new Scene { Id = "scene-001", Title = "Tårn \"1\"" })).ShouldBe("""
        {
          "id": "scene-001",
          "title": "Tårn \"1\"",
          "summary": "",
          "prompt": "",
          "negativePrompt": "",
          "mood": "",
          "cameraMovement": "",
          "palette": ""
        }

        """);

    [Fact]
    public void Only_the_scenes_are_demanded()
    {
        var story = Read.Json("""{ "scenes": [ { "prompt": "p" } ] }""").Whole();
        story.Id.ShouldMatch("^story-[0-9a-f]{12}$");
        story.Scenes.ShouldHaveSingleItem().ExpectedFrames.ShouldBeNull();
        story.Generator.ShouldBe("json");
    }

    [Theory]
    [InlineData("""["scene-001", "scene-002"]""", "|")]
    [InlineData("""["scene-002", "scene-001"]""", "scene-002|scene-001")]
    [InlineData("""["", null]""", "|")]
    [InlineData("""["a", 2]""", "a|2")]
    public void Ids_are_by_position_and_an_authors_own_becomes_the_label(string ids, string labels)
    {
        var scenes = JsonSerializer.Deserialize<JsonElement[]>(ids)!.Select(id => $$"""{ "id": {{id.GetRawText()}}, "prompt": "p" }""");
        var story = Read.Json($$"""{ "scenes": [ {{string.Join(',', scenes)}} ] }""").Whole();
        story.Scenes.Select(scene => scene.Id).ShouldBe(["scene-001", "scene-002"]);
        string.Join('|', story.Scenes.Select(scene => scene.Label)).ShouldBe(labels);
    }

    [Theory]
    [InlineData("{", "story.json:1: broken JSON: Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed. Look for a missing comma, quote or bracket there or just above.")]
    [InlineData("{\r\n\"a\":\nnope\n}", "story.json:3: broken JSON: 'nope }' is an invalid JSON literal. Expected the literal 'null'. Look for a missing comma, quote or bracket there or just above.")]
    [InlineData("{ \"scenes\": [ { \"seed\": NaN } ] }", "story.json:1: broken JSON: 'N' is an invalid start of a value. Look for a missing comma, quote or bracket there or just above.")]
    [InlineData("[]", "story.json:1: the file holds no JSON object. Write { \"scenes\": [ { \"prompt\": \"a lighthouse at night\" } ] }.")]
    [InlineData("{}", "story.json: no scenes: \"scenes\" must be a list with at least one scene. Write { \"scenes\": [ { \"prompt\": \"a lighthouse at night\" } ] }.")]
    [InlineData("{\n\"scenes\": [] }", "story.json:2: no scenes: \"scenes\" must be a list with at least one scene. Write { \"scenes\": [ { \"prompt\": \"a lighthouse at night\" } ] }.")]
    [InlineData("{\n\"scenes\": {} }", "story.json:2: no scenes: \"scenes\" must be a list with at least one scene. Write { \"scenes\": [ { \"prompt\": \"a lighthouse at night\" } ] }.")]
    [InlineData("{ \"scenes\": [ {},\n 3 ] }", "story.json:2: scene 2 is no object. Write each scene in braces, for example { \"prompt\": \"a lighthouse at night\" }.")]
    [InlineData("{ \"scenes\": [ {\"id\":\"a\"},\n{\n\"id\":\"a\"} ] }", "story.json:3: the id \"a\" of scene 2 is already that of scene 1. Give each scene an id of its own, or leave the ids out.")]
    [InlineData("{ \"scenes\": [ {\n\"prompt\": 3 } ] }", "story.json:2: \"prompt\" of scene 1 is 3. Give text in quotes.")]
    [InlineData("{ \"title\": [],\"scenes\": [ {} ] }", "story.json:1: \"title\" is []. Give text in quotes.")]
    [InlineData("{ \"warnings\": [1],\"scenes\": [ {} ] }", "story.json:1: \"warnings\" is [1]. Give a list of texts, for example [\"one\", \"two\"].")]
    [InlineData("{ \"scenes\": [ { \"set\": [] } ] }", "story.json:1: \"set\" of scene 1 is []. Give an object, for example { \"steps\": 30 }.")]
    [InlineData("{ \"scenes\": [ { \"expectedFrames\": 0 } ] }", "story.json:1: \"expectedFrames\" of scene 1 is 0. Give a whole number of 1 or more, or leave it out.")]
    [InlineData("{ \"scenes\": [ { \"expectedFrames\": 2.5 } ] }", "story.json:1: \"expectedFrames\" of scene 1 is 2.5. Give a whole number of 1 or more, or leave it out.")]
    [InlineData("{ \"scenes\": [ { \"expectedFrames\": \"many\" } ] }", "story.json:1: \"expectedFrames\" of scene 1 is \"many\". Give a whole number of 1 or more, or leave it out.")]
    [InlineData("{ \"scenes\": [ { \"expectedFrames\": 1e99 } ] }", "story.json:1: \"expectedFrames\" of scene 1 is 1e99. Give a whole number of 1 or more, or leave it out.")]
    [InlineData("{ \"scenes\": [ { \"seed\": -1 } ] }", "story.json:1: \"seed\" of scene 1 is -1. Give a whole number from 0 to 18446744073709551615, or leave it out and the seed is derived.")]
    [InlineData("{ \"scenes\": [ { \"fps\": 0 } ] }", "story.json:1: \"fps\" of scene 1 is 0. Give frames per second from 1 to 240, or leave it out.")]
    [InlineData("{ \"scenes\": [ { \"fps\": \"24\" } ] }", "story.json:1: \"fps\" of scene 1 is \"24\". Give frames per second from 1 to 240, or leave it out.")]
    [InlineData("{ \"scenes\": [ { \"seed\": true } ] }", "story.json:1: \"seed\" of scene 1 is true. Give a whole number from 0 to 18446744073709551615, or leave it out and the seed is derived.")]
    [InlineData("{ \"scenes\": [ {\n\"prompt\": \"\\ud83d\" } ] }", "story.json:2: this text holds half of a surrogate pair. Write the whole character, for example 🌊 or \\ud83c\\udf0a.")]
    public void A_fault_has_its_line_and_its_fix(string json, string words) => Read.Json(json).OneFault().ShouldBe(words);

    [Fact]
    public void A_rate_is_read_and_written_back()
    {
        var scene = Read.Json("""{ "scenes": [ { "prompt": "p", "fps": 23.976 } ] }""").Story!.Scenes[0];

        scene.Fps.ShouldBe(23.976);
        Read.Json(System.Text.Encoding.UTF8.GetString(StoryJson.Write(Read.Json("""{ "scenes": [ { "prompt": "p", "fps": 23.976 } ] }""").Story!))).Story!.Scenes[0].Fps.ShouldBe(23.976);
    }

    [Theory]
    [InlineData("""{ "scenes": [ { "prompt": "p", "promt": "q" } ] }""", "line 1: \"promt\" of scene 1 is kept but not used: did you mean prompt?")]
    [InlineData("""{ "scenes": [ { "prompt": "p", "negative_prompt": "q" } ] }""", "line 1: \"negative_prompt\" of scene 1 is kept but not used: did you mean negativePrompt?")]
    [InlineData("""{ "scenes": [ { "prompt": "p", "prompt": "q" } ] }""", "line 1: \"prompt\" of scene 1 is given twice; the last one holds")]
    [InlineData("""{ "scenes": [ { "prompt": "p", "id": "a", "label": "b" } ] }""", "line 1: scene \"a\" is called scene-001 here and keeps its label \"b\"")]
    [InlineData("""{ "generatedAt": "today", "scenes": [ { "prompt": "p" } ] }""", "line 1: \"today\" is no time and is left out: write it as 2030-01-31T22:00:00.000Z")]
    public void What_is_odd_is_noted(string json, string note)
    {
        var reading = Read.Json(json);
        reading.Whole();
        reading.Notes.ShouldBe([note]);
    }

    [Fact]
    public void More_than_two_thousand_scenes_are_refused() =>
        Read.Json("{ \"scenes\": [\n" + string.Concat(Enumerable.Repeat("{},\n", 2_001)) + "] }").OneFault()
            .ShouldBe("story.json:2002: more than 2000 scenes, the most that one story may have. Split the story into several files.");

    [Fact]
    public void Control_characters_are_removed() => Read.Json("""{ "scenes": [ { "prompt": "a\u0000b\u001b[31m\r\nc" } ] }""").Whole().Scenes[0].Prompt.ShouldBe("ab[31m\nc");
}
