using System.Globalization;
using System.Text.Json;

namespace Dailies.Stories;

/// <summary>The unit that is rendered.</summary>
public sealed record Scene
{
    /// <summary><c>scene-001</c>, <c>scene-002</c> … in story order.</summary>
    public required string Id { get; init; }

    /// <summary>What the scene is called; in a screenplay its heading.</summary>
    public string Title { get; init; } = "";

    /// <summary>What happens, for people; never sent to the renderer.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What the renderer is asked to draw.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>What the renderer is asked to avoid.</summary>
    public string NegativePrompt { get; init; } = "";

    /// <summary>The mood; in a screenplay without a note the time of day.</summary>
    public string Mood { get; init; } = "";

    /// <summary>How many frames the story asks for.</summary>
    /// <value>1 or more; <see langword="null"/> when the story does not say.</value>
    public int? ExpectedFrames { get; init; }

    /// <summary>How the camera moves.</summary>
    public string CameraMovement { get; init; } = "";

    /// <summary>The colours.</summary>
    public string Palette { get; init; } = "";

    /// <summary>The picture the scene starts from, as the story wrote the path.</summary>
    public string? KeyframePath { get; init; }

    /// <summary>The author's own number or name for the scene.</summary>
    public string? Label { get; init; }

    /// <summary>The seed the story fixes.</summary>
    /// <value>0 to 2^64-1; <see langword="null"/> lets it be derived.</value>
    public ulong? Seed { get; init; }

    /// <summary>Frames per second of the scene's video.</summary>
    /// <value>1 to 240; <see langword="null"/> leaves it to the workflow or the run.</value>
    public double? Fps { get; init; }

    /// <summary>What to do with a take of this scene that is dark, flat or frozen: <c>off</c>, <c>warn</c> or <c>retry</c>; null leaves it to the run.</summary>
    public string? Gate { get; init; }

    /// <summary>The workflow for this scene alone, as the story wrote it.</summary>
    public string? Workflow { get; init; }

    /// <summary>Workflow inputs that the story sets for this scene, by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Set { get; init; } = NoFields.Instance;

    /// <summary>What is said or sung, one speech each: <c>NAME: words</c>. Never part of the prompt.</summary>
    public IReadOnlyList<string> Dialogue { get; init; } = [];

    /// <summary>Fields of the file that we do not know; they are written back as they were.</summary>
    public IReadOnlyDictionary<string, JsonElement> Unknown { get; init; } = NoFields.Instance;

    /// <summary>The words of <see cref="Gate"/>.</summary>
    internal static IReadOnlyList<string> Gates { get; } = ["off", "warn", "retry"];

    /// <summary>The id of the scene at a position of the story.</summary>
    /// <param name="number">The position, from 1.</param>
    public static string IdAt(int number) => string.Create(CultureInfo.InvariantCulture, $"scene-{number:D3}");
}
