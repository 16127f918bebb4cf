namespace Dailies.Stories;

/// <summary>Reads a screenplay in Fountain (https://fountain.io/syntax): each scene heading is a scene to render. Pure.</summary>
/// <remarks>
/// Headings and action become the prompt; speech and song become <see cref="Scene.Dialogue"/>; synopses become <see cref="Scene.Summary"/>;
/// transitions, sections and page breaks are left out. Notes with a key steer one scene: <c>[[camera: …]]</c>, <c>[[frames: 25]]</c>,
/// <c>[[negative: …]]</c>, <c>[[seed: 7]]</c>, <c>[[mood: …]]</c>, <c>[[palette: …]]</c>, <c>[[keyframe: …]]</c>, <c>[[workflow: …]]</c>, <c>[[title: …]]</c>,
/// <c>[[prompt: …]]</c> (instead of the composed one), <c>[[label: …]]</c>, <c>[[set name=value]]</c>. Before the first heading they, and the title page's keys
/// of the same names, speak for all scenes.
/// </remarks>
public static class FountainReader
{
    /// <summary>The story that a screenplay tells.</summary>
    /// <param name="text">The screenplay.</param>
    /// <param name="fileName">Its name, for faults, and as the title where the screenplay has none.</param>
    public static StoryReading Parse(string text, string fileName)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        var remarks = new Remarks(fileName);
        return remarks.Close(Read(text, fileName, remarks));
    }

    internal static Story? Read(string text, string fileName, Remarks remarks)
    {
        var lines = FountainLines.Read(StoryText.Clean(text), remarks);
        var page = FountainTitlePage.Read(lines, remarks);
        var (opening, drafts) = Gather(FountainElements.Read(lines, page.Lines, remarks));
        if (drafts.Count == 0)
        {
            remarks.Fault(null, "no scenes: the screenplay has no scene heading", "Put a heading on a line of its own, with an empty line before it, for example \"EXT. LIGHTHOUSE - NIGHT\"");
            return null;
        }

        if (drafts.Count > StoryFile.MaxScenes)
        {
            remarks.Fault(drafts[StoryFile.MaxScenes].Line, FormattableString.Invariant($"more than {StoryFile.MaxScenes} scenes, the most that one story may have"), "Split the screenplay into several files");
            return null;
        }

        if (opening.Shown.Count > 0 || opening.Spoken.Count > 0)
        {
            remarks.Note(opening.Line, "the text before the first scene heading belongs to no scene and is not rendered");
        }

        var forAll = SceneNotes.Read(opening.Notes, remarks).Over(SceneNotes.Read(page.Notes, remarks));
        return new Story
        {
            Id = StoryText.IdOf(text),
            Title = page.Title.Length > 0 ? page.Title : Path.GetFileNameWithoutExtension(fileName),
            Logline = page.Logline.Length > 0 ? page.Logline : string.Join(' ', opening.Synopses),
            DirectorsVision = page.Vision,
            Generator = "fountain",
            Scenes = Scenes(drafts, forAll, page.Style, remarks),
        };
    }

    // The scenes as they stand in the file, and before them what stands before the first heading.
    private static (FountainScene Opening, List<FountainScene> Scenes) Gather(IEnumerable<FountainElement> elements)
    {
        var opening = new FountainScene(null, 0);
        var scenes = new List<FountainScene>();
        foreach (var element in elements)
        {
            if (element.Kind == FountainKind.Heading)
            {
                scenes.Add(new FountainScene(FountainHeading.Parse(element.Text), element.Line));
            }

            if (scenes.Count > StoryFile.MaxScenes)
            {
                break; // refused anyhow
            }

            (scenes.Count > 0 ? scenes[^1] : opening).Take(element);
        }

        return (opening, scenes);
    }

    private static List<Scene> Scenes(List<FountainScene> drafts, SceneNotes forAll, string style, Remarks remarks)
    {
        var scenes = new List<Scene>(drafts.Count);
        var time = "";
        foreach (var draft in drafts)
        {
            // "CONTINUOUS" and "LATER" keep the light of the scene before.
            time = draft.Heading!.Continues ? time : draft.Heading.Time;
            scenes.Add(draft.ToScene(scenes.Count + 1, time, forAll, style, remarks));
        }

        return scenes;
    }
}
