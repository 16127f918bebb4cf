using System.Text.Json;

namespace Dailies.Stories;

/// <summary>A logline, a director's vision and the scenes to render, in story order.</summary>
public sealed record Story
{
    /// <summary>The story's own id, else <c>story-</c> and twelve hex digits of its content's SHA-256.</summary>
    public required string Id { get; init; }

    /// <summary>What the story is called.</summary>
    /// <value>Default: empty.</value>
    public string Title { get; init; } = "";

    /// <summary>The story in a sentence or two.</summary>
    /// <value>Default: empty.</value>
    public string Logline { get; init; } = "";

    /// <summary>How the whole should look and feel.</summary>
    /// <value>Default: empty.</value>
    public string DirectorsVision { get; init; } = "";

    /// <summary>When the story was written, in UTC.</summary>
    /// <value><see langword="null"/> when the file does not say.</value>
    public DateTimeOffset? GeneratedAt { get; init; }

    /// <summary>Who or what wrote the story: <c>fountain</c>, <c>json</c>, or the file's own word.</summary>
    public string Generator { get; init; } = "";

    /// <summary>The scenes, in story order.</summary>
    /// <value>At least 1 and at most <see cref="StoryFile.MaxScenes"/> when read from a file.</value>
    public IReadOnlyList<Scene> Scenes { get; init; } = [];

    /// <summary>What the writer recorded about the language model, kept as it was.</summary>
    public JsonElement? Llm { get; init; }

    /// <summary>What the story's writer warned about.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Fields of the file that we do not know; they are written back as they were.</summary>
    public IReadOnlyDictionary<string, JsonElement> Unknown { get; init; } = NoFields.Instance;
}
