using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Dailies.Stories;

/// <summary>What the notes of one scene say: <c>[[camera: slow dolly in]]</c>, <c>[[set steps=30]]</c>. Null where nothing is said.</summary>
internal sealed record SceneNotes
{
    public static readonly ImmutableArray<string> Keys =
        ["camera", "frames", "negative", "seed", "fps", "mood", "palette", "keyframe", "workflow", "title", "prompt", "label", "gate", "set"];

    public string? Camera { get; init; }
    public int? Frames { get; init; }
    public string? Negative { get; init; }
    public ulong? Seed { get; init; }
    public double? Fps { get; init; }
    public string? Mood { get; init; }
    public string? Palette { get; init; }
    public string? Keyframe { get; init; }
    public string? Workflow { get; init; }
    public string? Title { get; init; }
    public string? Prompt { get; init; }
    public string? Label { get; init; }
    public string? Gate { get; init; }
    public ImmutableSortedDictionary<string, JsonElement> Set { get; init; } = ImmutableSortedDictionary.Create<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>All notes of a scene together. A camera or a negative said twice is one after the other; of the rest the last holds.</summary>
    public static SceneNotes Read(IEnumerable<FountainNote> notes, Remarks remarks) =>
        notes.Aggregate(new SceneNotes(), (said, note) => said.With(note, remarks));

    /// <summary>These notes, and where they are silent the story's.</summary>
    public SceneNotes Over(SceneNotes story) => this with
    {
        Camera = Camera ?? story.Camera,
        Frames = Frames ?? story.Frames,
        Negative = Negative ?? story.Negative,
        Seed = Seed ?? story.Seed,
        Fps = Fps ?? story.Fps,
        Mood = Mood ?? story.Mood,
        Palette = Palette ?? story.Palette,
        Workflow = Workflow ?? story.Workflow,
        Gate = Gate ?? story.Gate,
        Set = story.Set.SetItems(Set),
    };

    private SceneNotes With(FountainNote note, Remarks remarks)
    {
        var text = StoryText.Collapse(note.Text);
        if (text.StartsWith("set ", StringComparison.OrdinalIgnoreCase) && text.Contains('=', StringComparison.Ordinal))
        {
            return WithInput(note, text[4..], remarks);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            if (text.StartsWith("set ", StringComparison.OrdinalIgnoreCase) && text.Count(c => c == ' ') <= 2)
            {
                remarks.Note(note.Line, $"\"[[{StoryText.Excerpt(text)}]]\" is read as a remark: a value is set with an equals sign, as in [[set steps=30]]");
            }

            return this; // an author's remark
        }

        var (key, value) = (text[..colon].Trim(), text[(colon + 1)..].Trim());
        switch (key.ToUpperInvariant())
        {
            case "CAMERA": return this with { Camera = Joined(Camera, value) };
            case "NEGATIVE": return this with { Negative = Joined(Negative, value) };
            case "MOOD": return this with { Mood = value };
            case "PALETTE": return this with { Palette = value };
            case "KEYFRAME": return this with { Keyframe = Filled(value) };
            case "WORKFLOW": return this with { Workflow = Filled(value) };
            case "TITLE": return this with { Title = value };
            case "PROMPT": return this with { Prompt = value };
            case "LABEL": return this with { Label = Filled(value) };
            case "GATE": return WithGate(note, value, remarks);
            case "SET": return WithInput(note, value, remarks);
            case "FRAMES": return WithFrames(note, value, remarks);
            case "FPS": return WithFps(note, value, remarks);
            case "SEED": return WithSeed(note, value, remarks);
        }

        if (remarks.HasRoom && NearestName.Among(key, Keys) is { } meant)
        {
            remarks.Note(note.Line, $"\"[[{StoryText.Excerpt(text)}]]\" is read as a remark: did you mean {meant}?");
        }

        return this;
    }

    private SceneNotes WithFrames(FountainNote note, string value, Remarks remarks)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var frames) && frames > 0)
        {
            return this with { Frames = frames };
        }

        remarks.Fault(note.Line, $"\"{StoryText.Excerpt(value)}\" is no number of frames", "Write a whole number of 1 or more, for example [[frames: 25]]");
        return this;
    }

    private SceneNotes WithFps(FountainNote note, string value, Remarks remarks)
    {
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var fps) && fps is >= 1 and <= 240)
        {
            return this with { Fps = fps };
        }

        remarks.Fault(note.Line, $"\"{StoryText.Excerpt(value)}\" is no frame rate", "Write frames per second from 1 to 240, for example [[fps: 12]]");
        return this;
    }

    private SceneNotes WithGate(FountainNote note, string value, Remarks remarks)
    {
        if (Scene.Gates.Contains(value))
        {
            return this with { Gate = value };
        }

        remarks.Fault(note.Line, $"\"{StoryText.Excerpt(value)}\" is no gate", $"Write one of {string.Join(", ", Scene.Gates)}, for example [[gate: off]]");
        return this;
    }

    private SceneNotes WithSeed(FountainNote note, string value, Remarks remarks)
    {
        if (ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            return this with { Seed = seed };
        }

        remarks.Fault(note.Line, $"\"{StoryText.Excerpt(value)}\" is no seed", "Write a whole number from 0 to 18446744073709551615, for example [[seed: 7]], or leave the note out and the seed is derived");
        return this;
    }

    // steps=30, sampler=euler, upscale=true, text="30": a JSON value where it reads as one, else the words.
    private SceneNotes WithInput(FountainNote note, string assignment, Remarks remarks)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? "" : assignment[..equals].Trim();
        if (name.Length == 0 || name.Contains(' ', StringComparison.Ordinal))
        {
            remarks.Fault(note.Line, $"\"[[{StoryText.Excerpt(note.Text)}]]\" sets nothing", "Write a name and a value, for example [[set steps=30]]");
            return this;
        }

        return this with { Set = Set.SetItem(name, JsonWords.ValueOf(assignment[(equals + 1)..].Trim())) };
    }

    // Bounded, or a file of nothing but camera notes would be copied once per note.
    private static string Joined(string? before, string value) =>
        string.IsNullOrEmpty(before) ? value : before.Length > ScenePrompt.Longest ? before : $"{before}, {value}";

    private static string? Filled(string value) => value.Length == 0 ? null : value;
}
