using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dailies.Stories;

/// <summary>story.json: the story as we write it into a run's folder, and as people and models hand it to us.</summary>
/// <remarks>Names are those of the contract, section 1. What a story does not say (null) is left out; texts are written even where empty.
/// <c>dialogue</c> is an addition of ours, written only where something is said, so that a screenplay keeps its words.</remarks>
public static class StoryJson
{
    // The file is read as a file, never pasted into a page: quotes and accents stay legible.
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The story in a story.json; comments, trailing commas and numbers in quotes are tolerated.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="fileName">The file's name, for faults.</param>
    public static StoryReading Parse(ReadOnlyMemory<byte> bytes, string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return StoryFile.Parse(bytes, fileName, (_, _) => true);
    }

    /// <summary>The whole story as story.json.</summary>
    /// <param name="story">The story.</param>
    public static byte[] Write(Story story)
    {
        ArgumentNullException.ThrowIfNull(story);
        return Written(json => Write(json, story));
    }

    /// <summary>One scene as scene.json: the same object as in story.json.</summary>
    /// <param name="scene">The scene.</param>
    public static byte[] WriteScene(Scene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return Written(json => Write(json, scene));
    }

    private static void Write(Utf8JsonWriter json, Story story)
    {
        json.WriteStartObject();
        json.WriteString("storyId", story.Id);
        json.WriteString("title", story.Title);
        json.WriteString("logline", story.Logline);
        json.WriteString("directorsVision", story.DirectorsVision);
        WriteText(json, "generatedAt", story.GeneratedAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("generator", story.Generator);
        json.WriteStartArray("scenes");
        foreach (var scene in story.Scenes)
        {
            Write(json, scene);
        }

        json.WriteEndArray();
        if (story.Llm is { } llm)
        {
            json.WritePropertyName("llm");
            llm.WriteTo(json);
        }

        WriteTexts(json, "warnings", story.Warnings);
        WriteFields(json, story.Unknown.Where(field => !StoryJsonReader.StoryNames.Contains(field.Key)));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Scene scene)
    {
        json.WriteStartObject();
        json.WriteString("id", scene.Id);
        json.WriteString("title", scene.Title);
        json.WriteString("summary", scene.Summary);
        json.WriteString("prompt", scene.Prompt);
        json.WriteString("negativePrompt", scene.NegativePrompt);
        json.WriteString("mood", scene.Mood);
        if (scene.ExpectedFrames is { } frames)
        {
            json.WriteNumber("expectedFrames", frames);
        }

        json.WriteString("cameraMovement", scene.CameraMovement);
        json.WriteString("palette", scene.Palette);
        WriteText(json, "keyframePath", scene.KeyframePath);
        WriteText(json, "label", scene.Label);
        if (scene.Seed is { } seed)
        {
            json.WriteNumber("seed", seed);
        }

        if (scene.Fps is { } fps)
        {
            json.WriteNumber("fps", fps);
        }

        WriteText(json, "gate", scene.Gate);
        WriteText(json, "workflow", scene.Workflow);
        if (scene.Set.Count > 0)
        {
            json.WriteStartObject("set");
            WriteFields(json, scene.Set);
            json.WriteEndObject();
        }

        if (scene.Dialogue.Count > 0)
        {
            WriteTexts(json, "dialogue", scene.Dialogue);
        }

        WriteFields(json, scene.Unknown.Where(field => !StoryJsonReader.SceneNames.Contains(field.Key)));
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteFields(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, JsonElement>> fields)
    {
        foreach (var (name, value) in fields)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            write(json);
        }

        bytes.Write("\n"u8);
        return bytes.WrittenSpan.ToArray();
    }
}
