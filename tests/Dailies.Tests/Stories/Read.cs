using System.Runtime.CompilerServices;
using System.Text;
using Dailies.Stories;

namespace Dailies.Tests.Stories;

/// <summary>Short ways to read a story in a test.</summary>
internal static class Read
{
    public static string Lighthouse { get; } = Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "examples", "lighthouse", "lighthouse.fountain"));

    public static StoryReading Fountain(string text) => FountainReader.Parse(text, "story.fountain");

    public static StoryReading Json(string text) => StoryJson.Parse(Encoding.UTF8.GetBytes(text), "story.json");

    /// <summary>The story, where reading it gave no fault.</summary>
    public static Story Whole(this StoryReading reading)
    {
        string.Join('\n', reading.Faults).ShouldBe("");
        return reading.Story.ShouldNotBeNull();
    }

    /// <summary>The only scene of a screenplay that has one.</summary>
    public static Scene OneScene(string text) => Fountain(text).Whole().Scenes.ShouldHaveSingleItem();

    /// <summary>The only fault, as it is printed.</summary>
    public static string OneFault(this StoryReading reading)
    {
        reading.Story.ShouldBeNull();
        return reading.Faults.ShouldHaveSingleItem().ToString();
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
