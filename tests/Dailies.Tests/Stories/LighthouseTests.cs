using System.Text;
using Dailies.Stories;

namespace Dailies.Tests.Stories;

/// <summary>The example that everybody runs first.</summary>
public class LighthouseTests
{
    [Fact]
    public void Reads_without_a_word_of_complaint()
    {
        var reading = StoryFile.Read(Read.Lighthouse);
        var story = reading.Whole();
        reading.Notes.ShouldBeEmpty();
        story.Scenes.Count.ShouldBe(5);
        story.Scenes.ShouldAllBe(scene => scene.ExpectedFrames == 25);
        Snapshot.Match(Encoding.UTF8.GetString(StoryJson.Write(story)), "Lighthouse");
    }

    [Fact]
    public void Is_the_one_story_of_its_folder() =>
        StoryFile.Read(Path.GetDirectoryName(Read.Lighthouse)!).Whole().Title.ShouldBe("The Last Keeper of Skarv Rock");
}
