using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Dailies.Stories;

/// <summary>Reads story.json: demands the scenes, tolerates everything else that is missing, keeps what it does not know.</summary>
internal static class StoryJsonReader
{
    public static readonly ImmutableArray<string> StoryNames =
        ["storyId", "title", "logline", "directorsVision", "generatedAt", "generator", "scenes", "llm", "warnings"];

    public static readonly ImmutableArray<string> SceneNames =
    [
        "id", "title", "summary", "prompt", "negativePrompt", "mood", "expectedFrames", "cameraMovement", "palette",
        "keyframePath", "label", "seed", "fps", "gate", "workflow", "set", "dialogue",
    ];

    private const string Sample = "{ \"scenes\": [ { \"prompt\": \"a lighthouse at night\" } ] }";

    public static Story? Read(string text, Remarks remarks)
    {
        // Line ends are made one kind for the line numbers; inside JSON strings there are none.
        var utf8 = Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'));
        try
        {
            if (JsonMembers.BrokenText(utf8) is { } line)
            {
                remarks.Fault(line, "this text holds half of a surrogate pair", "Write the whole character, for example 🌊 or \\ud83c\\udf0a");
                return null;
            }

            if (JsonMembers.Read(utf8) is { } members)
            {
                return ToStory(members, text, remarks);
            }

            remarks.Fault(1, "the file holds no JSON object", $"Write {Sample}");
        }
        catch (JsonException e)
        {
            remarks.Fault((int)(e.LineNumber ?? 0) + 1, $"broken JSON: {Words(e)}", "Look for a missing comma, quote or bracket there or just above");
        }

        return null;
    }

    private static Story? ToStory(JsonMembers members, string text, Remarks remarks)
    {
        var fields = new JsonFields(members.Story, "", remarks);
        if (members.Scenes is not { Count: > 0 } found)
        {
            var line = members.Scenes is null ? fields.LineOf("scenes") : members.ScenesLine;
            remarks.Fault(line, "no scenes: \"scenes\" must be a list with at least one scene", $"Write {Sample}");
            return null;
        }

        if (found.Count > StoryFile.MaxScenes)
        {
            remarks.Fault(found[StoryFile.MaxScenes].Line, FormattableString.Invariant($"more than {StoryFile.MaxScenes} scenes, the most that one story may have"), "Split the story into several files");
            return null;
        }

        var own = fields.Text("storyId");
        return new Story
        {
            Id = own.Length > 0 ? own : StoryText.IdOf(text),
            Title = fields.Text("title"),
            Logline = fields.Text("logline"),
            DirectorsVision = fields.Text("directorsVision"),
            GeneratedAt = fields.Time("generatedAt"),
            Generator = fields.TextOrNull("generator") ?? "json",
            Scenes = Scenes(found, remarks),
            Llm = fields.Any("llm"),
            Warnings = fields.Texts("warnings"),
            Unknown = fields.Unknown(StoryNames),
        };
    }

    private static List<Scene> Scenes(List<JsonSceneAt> found, Remarks remarks)
    {
        var scenes = new List<Scene>(found.Count);
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var at in found)
        {
            var number = scenes.Count + 1;
            if (at.Members is null)
            {
                remarks.Fault(at.Line, FormattableString.Invariant($"scene {number} is no object"), "Write each scene in braces, for example { \"prompt\": \"a lighthouse at night\" }");
            }

            var fields = new JsonFields(at.Members ?? [], FormattableString.Invariant($" of scene {number}"), remarks);
            if (fields.TextOrNull("id", numbers: true) is { Length: > 0 } id && !ids.TryAdd(id, number))
            {
                remarks.Fault(fields.LineOf("id"), FormattableString.Invariant($"the id \"{StoryText.Excerpt(id)}\" of scene {number} is already that of scene {ids[id]}"), "Give each scene an id of its own, or leave the ids out");
            }

            var scene = ToScene(fields, number, remarks);
            if (at.Members is not null && string.IsNullOrWhiteSpace(scene.Prompt))
            {
                remarks.Note(at.Line, scene.Summary.Length > 0 ? $"{scene.Id} has no prompt: its summary is drawn" : $"{scene.Id} has no prompt: there is nothing to draw");
            }

            scenes.Add(scene);
        }

        return scenes;
    }

    private static Scene ToScene(JsonFields fields, int number, Remarks remarks) => new()
    {
        Id = Scene.IdAt(number),
        Title = fields.Text("title"),
        Summary = fields.Text("summary"),
        Prompt = fields.Text("prompt"),
        NegativePrompt = fields.Text("negativePrompt"),
        Mood = fields.Text("mood"),
        ExpectedFrames = fields.Count("expectedFrames"),
        CameraMovement = fields.Text("cameraMovement"),
        Palette = fields.Text("palette"),
        KeyframePath = fields.TextOrNull("keyframePath"),
        Label = Label(fields, number, remarks),
        Seed = fields.Seed("seed"),
        Fps = fields.Rate("fps"),
        Gate = Gate(fields, number, remarks),
        Workflow = fields.TextOrNull("workflow"),
        Set = fields.Object("set"),
        Dialogue = fields.Texts("dialogue"),
        Unknown = fields.Unknown(SceneNames),
    };

    private static string? Gate(JsonFields fields, int number, Remarks remarks)
    {
        var gate = fields.TextOrNull("gate");
        if (gate is null || Scene.Gates.Contains(gate))
        {
            return gate;
        }

        remarks.Fault(fields.LineOf("gate"), $"gate of {Scene.IdAt(number)} is \"{StoryText.Excerpt(gate)}\"", $"Write one of {string.Join(", ", Scene.Gates)}");
        return null;
    }

    // Ids are ours, by position; an author's own becomes the label, unless there is one.
    private static string? Label(JsonFields fields, int number, Remarks remarks)
    {
        var label = fields.TextOrNull("label", numbers: true);
        var id = fields.TextOrNull("id", numbers: true) ?? "";
        if (id.Length == 0 || id == Scene.IdAt(number))
        {
            return label;
        }

        if (label is not null && label != id)
        {
            remarks.Note(fields.LineOf("id"), $"scene \"{StoryText.Excerpt(id)}\" is called {Scene.IdAt(number)} here and keeps its label \"{StoryText.Excerpt(label)}\"");
        }

        return label ?? id;
    }

    // "'nope' is an invalid JSON literal. LineNumber: 3 | BytePositionInLine: 5.": it counts from 0, and ours stands in front.
    private static string Words(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return StoryText.Cut(StoryText.Collapse(end < 0 ? e.Message : e.Message[..end]), 200).TrimEnd('.');
    }
}
